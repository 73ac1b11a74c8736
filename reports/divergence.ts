import { block, field, reportWidth } from './layout.ts';
import { paint, type Paint } from './paint.ts';
import { programText } from './program.ts';
import type { DivergenceRecord, ProgramLine, RaceRecord } from './record.ts';
import { clip, columns, pad } from './safe-text.ts';
import { type BaselineEntry, whyKnown } from './standing.ts';

export interface DivergenceOptions {
  readonly color?: boolean;
  /** A shell command that runs it again. */
  readonly replayCommand?: string | undefined;
  /** A file that shows it with curl alone. */
  readonly curlFile?: string | undefined;
  /** The entry that lists it as known. */
  readonly known?: BaselineEntry | undefined;
}

/** Rules whose sentence is quoted; a divergence may rest on a dozen. */
const mostQuoted = 4;

/** What kind of divergence it is, in words. */
const divergenceKinds: Readonly<Record<string, string>> = {
  accepted: 'accepted, must be refused',
  refused: 'refused, must be accepted',
  code: 'refused with another code',
  field: 'wrong content of an answer',
  envelope: 'wrong shape of an answer',
  silence: 'no answer',
  inconsistent: 'now one way, now another',
  protocol: 'not as the protocol has it',
  client: 'the client library broke down',
  race: 'no order of what clients did at once explains it',
};

/** Returns what kind of divergence it is, in words. */
export const kindWords = (kind: string): string =>
  (Object.hasOwn(divergenceKinds, kind) ? divergenceKinds[kind] : undefined) ?? kind;

function heading(divergence: DivergenceRecord, colours: Paint, isKnown: boolean): string[] {
  const { id, rules, operation, kind, occurrences } = divergence;
  const seen = occurrences === 1 ? 'seen once' : `seen ${occurrences} times`;
  const verdict = pad(isKnown ? 'KNOWN' : 'DIVERGES', 10);
  const about = clip(rules.slice(0, 6).join(' ') + (rules.length > 6 ? ' …' : '') || 'no single rule', 30);
  const name = clip(id, reportWidth - columns(verdict) - columns(about) - 4);
  return [
    `${(isKnown ? colours.doubtful : colours.bad)(verdict)}${colours.strong(about)}  ${name}`,
    `  ${clip(`${operation}: ${kindWords(kind)}, ${seen}`, reportWidth - 2)}`,
  ];
}

const quoteIndent = 8;

function indented(text: string): string[] {
  return field('', text, quoteIndent, 0, 3);
}

function quotedRules({ sources }: DivergenceRecord, colours: Paint): string[] {
  const lines: string[] = [];
  for (const { rule, statement, certainty, sources: from } of sources.slice(0, mostQuoted)) {
    lines.push(...field(rule, statement, 2, quoteIndent - 2));
    lines.push(...indented(`${certainty}, from ${from.join('; ') || 'no document'}`).map(colours.faint));
  }
  const more = sources.slice(mostQuoted).map(({ rule }) => rule);
  return more.length === 0 ? lines : [...lines, ...indented(`and ${more.join(', ')}`)];
}

/** Consequences that are told one by one. */
const mostTold = 5;

function explained({ consequences = [] }: DivergenceRecord): string[] {
  const lines = consequences.slice(0, mostTold).flatMap(({ operation, rules, expected, observed }, index) => {
    const about = `${operation} (${rules.join(' ') || 'no single rule'})`;
    return field(index === 0 ? 'Explains:' : '', `${about}: ${observed}, instead of ${expected}`, 2, 12, 3);
  });
  const more = consequences.length - mostTold;
  return more > 0 ? [...lines, ...field('', `and ${more} more`)] : lines;
}

/** Returns why no order of what several clients did explains what they saw. */
function ordersText({ unexplained }: RaceRecord, program: readonly ProgramLine[]): string[] {
  return unexplained.flatMap(({ step, explained: before, expected, observed }) => {
    const name = (index: number): string => {
      const { operation = '', client, args = {} } = program[index] ?? {};
      const about = (args['RouterInterfaceId'] ?? args['InstanceId'] ?? '').replace('#', '');
      const who = client === undefined ? '' : ` of client ${client}`;
      return `${operation.replace(/RouterInterfaces?/, '')}${about === '' ? '' : ` ${about}`}${who}`;
    };
    const first = before.filter((index) => program[index]?.client !== undefined).map(name);
    const order = first.length === 0 ? '' : `after ${first.join(', then ')}: `;
    return [
      ...field('Permitted:', `${order}for ${name(step)}: ${expected}`),
      ...field('Observed:', observed),
    ];
  });
}

function oftenText({ runs, diverged }: NonNullable<DivergenceRecord['reproduction']>): string {
  return `in ${diverged} of ${runs} runs of this program`;
}

/**
 * Returns one divergence as lines: the rules it breaks with their sentence and source, the shortest
 * program that shows it, what was permitted beside what was seen, and how to see it again.
 */
export function divergenceText(divergence: DivergenceRecord, options: DivergenceOptions = {}): string[] {
  const { color = false, replayCommand, curlFile, known } = options;
  const { expected, observed, counterexample, reproduced, minimal, notShortened } = divergence;
  const body = counterexample.findLast(({ diverges }) => diverges)?.body;
  return [
    ...heading(divergence, paint(color), known?.outcome === 'known'),
    ...(known === undefined ? [] : field('Listed:', `${known.outcome}: ${whyKnown(known)}`)),
    ...quotedRules(divergence, paint(color)),
    ...(counterexample.length === 0 ? [] : ['  Program:', ...programText(counterexample, { color })]),
    ...(divergence.race === undefined
      ? [...field('Permitted:', expected), ...field('Observed:', observed)]
      : ordersText(divergence.race, counterexample)),
    ...(divergence.reproduction === undefined ? [] : field('Shows:', oftenText(divergence.reproduction))),
    ...(body === undefined ? [] : block('Answer:', JSON.stringify(body) ?? '', 4)),
    ...(reproduced
      ? []
      : field('Note:', notShortened ?? 'It did not show again when its sequence ran alone.')),
    ...(minimal === undefined ? [] : field('Shortest:', `${minimal}.`)),
    ...explained(divergence),
    // Commands stay on one line each, to be copied.
    ...(replayCommand === undefined ? [] : [`  Replay:     ${replayCommand}`]),
    ...(curlFile === undefined ? [] : [`  With curl:  bash ${curlFile}`]),
  ];
}
