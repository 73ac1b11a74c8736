import { inFull } from '../in-full.ts';
import type { DivergenceRecord, RunRecord } from '../record.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { clip, safe, safeLines } from '../safe-text.ts';
import { byKnown, entryFor, headline, outdatedEntries, standingOf, whatToDo, whyKnown } from '../standing.ts';
import { renderMarkdown } from './markdown.ts';

type Level = 'error' | 'warning' | 'notice';

/** The characters of a workflow command's message that would end it. */
const data = (text: string): string =>
  safeLines(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** The same for what stands before it. */
const property = (text: string): string => data(safe(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Returns a workflow command on one line, from which no part of a text can break out. */
export function workflowCommand(
  level: Level,
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const named = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${level} ${named.join(',')}::${data(message)}`;
}

function annotation(
  record: RunRecord,
  divergence: DivergenceRecord,
  context: ReportContext,
  level: Level,
): string {
  const { rules, operation, observed } = divergence;
  const entry = entryFor(record, divergence);
  const title = clip(`${rules.join(' ')} ${operation}: ${observed}`.trim(), 120);
  const known = level === 'error' ? '' : `known: ${entry === undefined ? '' : whyKnown(entry)}\n`;
  const text = inFull(record, divergence, context);
  // An annotation takes 64 KB.
  return workflowCommand(level, { title }, clipLines(`${known}${text.join('\n')}`, 100));
}

function clipLines(text: string, mostLines: number): string {
  const lines = text.split('\n');
  return [...lines.slice(0, mostLines), ...(lines.length > mostLines ? ['…'] : [])].join('\n');
}

function annotations(record: RunRecord, context: ReportContext): string[] {
  const { baseline, target } = record;
  const { unknown, known } = byKnown(record);
  const { word, text } = headline(record);
  const standing = standingOf(record);
  return [
    ...outdatedEntries(record).map((entry) =>
      workflowCommand(
        'error',
        { file: baseline?.file ?? '', line: String(entry.line), title: `known divergence ${entry.outcome}` },
        (baseline && whatToDo(baseline, entry)) ?? entry.outcome,
      ),
    ),
    ...unknown.map((each) => annotation(record, each, context, 'error')),
    ...known.map((each) => annotation(record, each, context, 'notice')),
    workflowCommand(
      standing === 'inconclusive' ? 'warning' : 'notice',
      { title: `ri-conformance: ${word}` },
      `${clip(target, 100)}: ${text}`,
    ),
  ];
}

/**
 * For GitHub Actions: annotations as workflow commands on standard output, and the Markdown report as the
 * summary of the job. GitHub shows the first ten annotations of a level; all are in the log.
 */
export const githubReporter: Reporter = {
  name: 'github',
  mixes: true,
  render: (records, context) =>
    records
      .flatMap((record) => annotations(record, context))
      .map((line) => `${line}\n`)
      .join(''),
  append: { variable: 'GITHUB_STEP_SUMMARY', render: renderMarkdown },
};
