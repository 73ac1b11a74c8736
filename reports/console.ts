import { divergenceText } from './divergence.ts';
import { counted, field, grouped, reportWidth } from './layout.ts';
import { paint, type Paint, tintOf } from './paint.ts';
import type { Coverage, RunRecord } from './record.ts';
import type { ReportContext } from './reporter.ts';
import { rulesLine, rulesTable } from './rules-table.ts';
import { clip } from './safe-text.ts';
import {
  entryFor,
  headline,
  outdatedEntries,
  type Standing,
  standingOf,
  whatToDo,
  whyKnown,
} from './standing.ts';

function verdictLine(record: RunRecord, colours: Paint): string[] {
  const { target, ended } = record;
  const stopped = ended === undefined ? [] : field('', `ended early: ${ended}`, 0, 10);
  const { word, text } = headline(record);
  const left = Math.min(60, reportWidth - word.length - text.length - 4);
  return [`${tints(colours)[standingOf(record)](word)}  ${clip(target, left)}: ${text}`, ...stopped];
}

const tints = ({ good, bad, doubtful }: Paint): Readonly<Record<Standing, (text: string) => string>> => ({
  conforms: good,
  known: good,
  diverges: bad,
  outdated: bad,
  inconclusive: doubtful,
});

function figures({ edition, editionsThatFit, seed, counts, tool, client }: RunRecord): string[] {
  const { sequences, commands, seconds, shrinkCommands, protocolChecks } = counts;
  const protocol =
    protocolChecks === undefined ? '' : `, and ${counted(protocolChecks, 'check')} of the protocol`;
  const rate = seconds > 0 ? ` (${grouped(commands / seconds)} a second)` : '';
  const shrinking =
    shrinkCommands > 0 ? `, and ${counted(shrinkCommands, 'command')} to shorten counterexamples` : '';
  const fit = editionsThatFit.join(', ') || 'none of the documents';
  return [
    ...field(
      'ran',
      `${counted(sequences, 'sequence')}, ${counted(commands, 'command')} in ${seconds.toFixed(1)} s${rate}${shrinking}${protocol}`,
    ),
    ...(client === undefined ? [] : field('client', clip(client.version, 90))),
    ...field('seed', String(seed)),
    ...field(
      'edition',
      edition === 'any' ? `any; the answers fit ${fit}` : `${edition}; the answers fit ${fit}`,
    ),
    ...field('model', `${tool.name} ${tool.version}, chart ${tool.modelHash.slice(0, 12)}`),
  ];
}

function choices({ choices: found }: RunRecord): string[] {
  return found.flatMap(({ id, topic, observed }) => {
    const seen = observed.map(({ value, count }) => `${value} (×${count})`).join(', ') || 'not seen';
    return field(id, `${topic} → ${seen}`, 2, 10, 4);
  });
}

/** Items that are named one by one; the rest is in the record. */
const mostMissing = 12;

/** Reasons with how often, those that differ only in the ambiguity they name as one. */
function reasons(coverage: Coverage): string[] {
  const found = new Map<string, { count: number; ids: Set<string> }>();
  for (const { reason } of coverage.missing) {
    const [, text = reason, id] = /^(.*) \((A\d+)\)$/s.exec(reason ?? '') ?? [];
    if (text === undefined) continue;
    const entry = found.get(text) ?? { count: 0, ids: new Set<string>() };
    entry.count += 1;
    if (id !== undefined) entry.ids.add(id);
    found.set(text, entry);
  }
  return [...found].flatMap(([text, { count, ids }]) =>
    field(String(count), ids.size === 0 ? text : `${text} (${[...ids].join(', ')})`, 6, 4, 3),
  );
}

/** What a longer run might still reach is named; what this target rules out is only counted, by reason. */
function missing(coverage: Coverage): string[] {
  const open = coverage.missing.filter(({ reason }) => reason === undefined).map(({ id }) => id);
  const excused = reasons(coverage);
  return [
    ...(open.length === 0 ? [] : ['    not reached in this run:']),
    ...open.slice(0, mostMissing).flatMap((id) => field('', id, 6, 0, 2)),
    ...(open.length > mostMissing ? [`      and ${open.length - mostMissing} more`] : []),
    ...(excused.length === 0 ? [] : ['    not counted, on this target:']),
    ...excused,
  ];
}

function coverageLine(name: string, { covered, total }: Coverage): string {
  const percent = total === 0 ? '' : ` (${Math.floor((100 * covered) / total)} %)`;
  return `  ${name.padEnd(12)}${covered} of ${total}${percent}`;
}

function coverage({ coverage: { transitions, refusals } }: RunRecord): string[] {
  return [
    coverageLine('transitions', transitions),
    ...missing(transitions),
    coverageLine('refusals', refusals),
    ...missing(refusals),
  ];
}

/** Races that were run, pattern by pattern; those whose calls never met show nothing. */
function races({ races: found }: RunRecord): string[] {
  if (found === undefined) return [];
  if (found.notRun !== undefined) return field('', `not run: ${found.notRun}`, 2, 0);
  const { runs, overlapped, explained, diverged, undecided, patterns } = found;
  const met = `${counted(runs, 'race')}, in ${overlapped} of which calls of different clients were under way at once`;
  const said = `${explained} explained by some order of the calls, ${diverged} by none, ${undecided} undecided`;
  return [
    ...field('', `${met}: ${said}`, 2, 0),
    ...patterns.flatMap((each) => {
      const of = each.diverged === 0 ? '' : `, ${each.diverged} diverged`;
      return field(`${each.overlapped} of ${each.runs}`, `${each.name}${of}`, 4, 10);
    }),
  ];
}

/** What came of each counterexample of an earlier run. */
function regressions({ regressions: found = [] }: RunRecord, colours: Paint): string[] {
  return found.flatMap(({ id, outcome, explanation }) => {
    const tint = tintOf(outcome, colours);
    const why = outcome === 'COULD NOT RUN' ? field('', explanation, 4, 0) : [];
    return [`  ${tint(outcome)}  ${clip(id, 60)}`, ...why];
  });
}

function certificate({ certificate: given }: RunRecord): string[] {
  if (given === undefined) return [];
  const { holds, reason, statement, assumptions, parts, answers, method, choices: assumed } = given;
  return [
    ...field(holds ? 'given' : 'not given', holds ? statement : (reason ?? ''), 2, 12),
    ...parts.flatMap((part) =>
      field(
        '',
        `${part.name}: ${part.states} states × ${part.inputs} inputs, ${part.extraStates} extra, by ${method.toUpperCase()}: ` +
          `${counted(part.tests, 'test')}, ${counted(part.calls, 'call')}; ${counted(part.openCells, 'open cell')}, ` +
          `${counted(part.inseparable, 'pair')} of states that no answer tells apart`,
        4,
        0,
        2,
      ),
    ),
    ...field(
      'answers',
      `${grouped(answers.expected)} as expected, ${grouped(answers.otherwise)} otherwise`,
      2,
      12,
    ),
    ...(holds ? assumptions.flatMap((each) => field('assuming', each, 2, 12)) : []),
    ...field('choices', assumed.join('; '), 2, 12),
  ];
}

function tour({ tour: planned }: RunRecord): string[] {
  if (planned === undefined) return [];
  const { goals, walks, commands, unreached } = planned;
  const reasons = new Map<string, number>();
  for (const { reason } of unreached) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [
    ...field(
      'planned',
      `${grouped(goals)} goals in ${counted(walks, 'walk')}, ${counted(commands, 'command')}`,
      2,
      12,
    ),
    ...[...reasons].flatMap(([reason, count]) => field('left out', `${grouped(count)}: ${reason}`, 2, 12)),
  ];
}

/** Whether nothing was run but the checks of the protocol: then nothing is to be said of the model. */
const isOnlyProtocol = ({ counts }: RunRecord): boolean =>
  counts.sequences === 0 && counts.protocolChecks !== undefined;

/** Rules of one reason are said together: a missing hook costs several. */
function untestable({ notTestable }: RunRecord): string[] {
  const byReason = new Map<string, string[]>();
  for (const { rule, reason } of notTestable) byReason.set(reason, [...(byReason.get(reason) ?? []), rule]);
  return [...byReason].flatMap(([reason, rules]) => field('', `${rules.join(', ')}: ${reason}`, 2, 0, 8));
}

/** Entries of the list of known divergences, those first about which something has to be done. */
function knownOnes(record: RunRecord, { good, bad, doubtful }: Paint): string[] {
  const { baseline } = record;
  if (baseline === undefined) return [];
  const tint = { known: good, stale: bad, expired: bad, 'not exercised': doubtful };
  const urgent = outdatedEntries(record);
  const rest = baseline.entries.filter((each) => !urgent.includes(each));
  return [...urgent, ...rest].flatMap((entry) => [
    `  ${tint[entry.outcome](entry.outcome)}  ${clip(entry.match, 60)}`,
    ...field('', whatToDo(baseline, entry) ?? whyKnown(entry), 4, 0, 3),
  ]);
}

const listed = (items: readonly string[]): string[] => items.flatMap((item) => field('-', item, 2, 2, 4));

function section(title: string, lines: readonly string[], colours: Paint): string[] {
  return lines.length === 0 ? [] : ['', colours.strong(title), ...lines];
}

/**
 * Returns the report of a run for a terminal, at most 100 columns wide but for the commands to copy:
 * the verdict first, then each divergence, then what the verdict rests on. Whatever came from the target
 * is printed without control characters.
 */
export function renderConsole(record: RunRecord, options: ReportContext = {}): string {
  const { color = false, replayCommand, curlFile } = options;
  const colours = paint(color);
  const onlyProtocol = isOnlyProtocol(record);
  const divergences = record.divergences.flatMap((each) => [
    '',
    ...divergenceText(each, {
      color,
      replayCommand: replayCommand?.(each),
      curlFile: curlFile?.(each),
      known: entryFor(record, each),
    }),
  ]);
  const lines = [
    ...verdictLine(record, colours),
    ...figures(record),
    ...section('Counterexamples of earlier runs', regressions(record, colours), colours),
    ...divergences,
    ...section(
      `Known divergences, by ${clip(record.baseline?.file ?? '', 60)}`,
      knownOnes(record, colours),
      colours,
    ),
    ...section('Rules', rulesTable(record.rules, { color, onlyProtocol }), colours),
    ...section('What this target does where the documents are silent', choices(record), colours),
    ...section('Coverage of the model', onlyProtocol ? [] : coverage(record), colours),
    ...section('Races between clients', races(record), colours),
    ...section('Tour', tour(record), colours),
    ...section('Certificate of the complete suite', certificate(record), colours),
    ...section('Not testable here', onlyProtocol ? [] : untestable(record), colours),
    ...section(
      'Steps that could not be judged',
      record.inconclusive.flatMap(({ reason, count }) => field(`×${count}`, reason, 2, 8, 3)),
      colours,
    ),
    ...section('Notes', listed(record.notes), colours),
    ...section('Left behind on the target', listed(record.leftBehind), colours),
    '',
    `${record.divergences.length === 0 ? 'No divergence' : counted(record.divergences.length, 'divergence')}. ${rulesLine(record.rules)}.`,
  ];
  return `${lines.join('\n')}\n`;
}
