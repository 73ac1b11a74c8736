import { kindWords } from '../divergence.ts';
import { inFull } from '../in-full.ts';
import { counted } from '../layout.ts';
import { codeBlock, markdownCode, markdownTable, markdownText } from '../markdown-text.ts';
import type { DivergenceRecord, RunRecord } from '../record.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { rulesLine } from '../rules-table.ts';
import { clip } from '../safe-text.ts';
import { byKnown, entryFor, headline, type Standing, standingOf, whatToDo, whyKnown } from '../standing.ts';

/** Beyond these the record and the page have it: a comment or a job summary takes a megabyte at most. */
const most = { rows: 100, details: 20, lines: 200 };

const signs: Readonly<Record<Standing, string>> = {
  conforms: '✅',
  known: '✅',
  diverges: '❌',
  outdated: '❌',
  inconclusive: '⚠️',
};

const cell = (text: string): string => markdownText(clip(text, 300));

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];
}

function beyond(count: number, limit: number, what: string): string[] {
  return count > limit ? ['', `And ${counted(count - limit, what)} more, in the record.`] : [];
}

function divergences(record: RunRecord, context: ReportContext): string[] {
  const { unknown, known } = byKnown(record);
  const all = [...unknown, ...known];
  if (all.length === 0) return [];
  const row = (each: DivergenceRecord): string[] => [
    each.rules.map(cell).join(' ') || 'none',
    `${cell(each.operation)}: ${cell(kindWords(each.kind))}`,
    markdownCode(clip(each.observed, 300)),
    markdownCode(clip(each.expected, 300)),
    String(each.occurrences),
    [
      markdownCode(each.id),
      ...(known.includes(each) ? [`known: ${cell(entryFor(record, each)?.reason ?? '')}`] : []),
    ].join(', '),
  ];
  return [
    ...markdownTable(
      ['Rule', 'Divergence', 'Observed', 'Permitted', 'Seen', 'Id'],
      all.slice(0, most.rows).map(row),
    ),
    ...beyond(all.length, most.rows, 'divergence'),
    ...all.slice(0, most.details).flatMap((each) => details(record, each, context)),
  ];
}

/** One divergence in full, folded away. */
function details(record: RunRecord, divergence: DivergenceRecord, context: ReportContext): string[] {
  const { id, rules, operation } = divergence;
  const lines = inFull(record, divergence, context);
  const shown = lines.slice(0, most.lines).map((line) => clip(line, 400));
  return [
    '',
    `<details><summary>${cell(rules.join(' '))} ${cell(operation)}, ${markdownCode(id)}</summary>`,
    '',
    ...codeBlock(lines.length > most.lines ? [...shown, '…'] : shown),
    '',
    '</details>',
  ];
}

function knownOnes({ baseline }: RunRecord): string[] {
  if (baseline === undefined || baseline.entries.length === 0) return [];
  const rows = baseline.entries.map((entry) => [
    String(entry.line),
    cell(entry.match),
    entry.outcome,
    cell(whatToDo(baseline, entry) ?? whyKnown(entry)),
  ]);
  return [
    ...markdownTable(['Line', 'Entry', 'Outcome', 'Reason'], rows.slice(0, most.rows)),
    ...beyond(rows.length, most.rows, 'entry'),
  ];
}

function choices({ choices: found }: RunRecord): string[] {
  if (found.length === 0) return [];
  const rows = found.map(({ id, topic, observed }) => [
    cell(id),
    cell(topic),
    observed.map(({ value, count }) => `${cell(value)} (×${count})`).join(', ') || 'not seen',
  ]);
  return markdownTable(['Where', 'Documents leave open', 'This target'], rows.slice(0, most.rows));
}

function untestable({ notTestable }: RunRecord): string[] {
  const byReason = new Map<string, string[]>();
  for (const { rule, reason } of notTestable) byReason.set(reason, [...(byReason.get(reason) ?? []), rule]);
  return [...byReason].map(([reason, rules]) => `- ${rules.map(cell).join(', ')}: ${cell(reason)}`);
}

function figures(record: RunRecord): string[] {
  const { edition, editionsThatFit, seed, counts, coverage, tool, client, ended } = record;
  const { transitions, refusals } = coverage;
  return markdownTable(
    ['', ''],
    [
      ...(ended === undefined ? [] : [['ended early', cell(ended)]]),
      [
        'ran',
        `${counted(counts.commands, 'command')} in ${counted(counts.sequences, 'sequence')}, ${counts.seconds.toFixed(1)} s`,
      ],
      ['rules', rulesLine(record.rules)],
      [
        'coverage',
        `transitions ${transitions.covered} of ${transitions.total}, refusals ${refusals.covered} of ${refusals.total}`,
      ],
      [
        'edition',
        `${cell(edition)}; the answers fit ${editionsThatFit.map(cell).join(', ') || 'none of the documents'}`,
      ],
      ['seed', String(seed)],
      ...(client === undefined ? [] : [['client', cell(client.version)]]),
      ['model', `${tool.name} ${cell(tool.version)}, chart ${cell(tool.modelHash.slice(0, 12))}`],
    ],
  );
}

function one(record: RunRecord, context: ReportContext): string[] {
  const { word, text } = headline(record);
  return [
    `## ${signs[standingOf(record)]} ${word}: ${markdownCode(clip(record.target, 100))}, ${text}`,
    '',
    ...figures(record),
    ...section('Divergences', divergences(record, context)),
    ...section('Known divergences', knownOnes(record)),
    ...section('Where the documents are silent', choices(record)),
    ...section('Not testable here', untestable(record)),
    ...section(
      'Notes',
      record.notes.slice(0, most.rows).map((note) => `- ${cell(note)}`),
    ),
    ...section(
      'Left behind on the target',
      record.leftBehind.slice(0, most.rows).map((id) => `- ${markdownCode(id)}`),
    ),
  ];
}

/** Returns the report for a comment, a wiki page or a job summary: Markdown as GitHub has it. */
export function renderMarkdown(records: readonly RunRecord[], context: ReportContext): string {
  return `${records.map((record) => one(record, context).join('\n')).join('\n\n')}\n`;
}

export const markdownReporter: Reporter = { name: 'markdown', file: 'report.md', render: renderMarkdown };
