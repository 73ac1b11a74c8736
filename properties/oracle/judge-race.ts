import type { Tables } from '../../model/compile.ts';
import type { Call } from '../../model/permitted.ts';
import type { Step } from '../../model/vocabulary.ts';
import type { World } from '../../model/world.ts';
import { componentsOf } from './components.ts';
import { checkEnvelope } from './envelope.ts';
import { fieldFindings } from './findings.ts';
import { defaultBudget, type Impasse, linearize, type Linearized, type Operation } from './linearize.ts';
import type { RequestIds } from './request-ids.ts';
import { type RaceStep, raceStep, type Span } from './race-step.ts';
import { type Finding, fingerprintOf, type StepVerdict } from './verdict.ts';

/** The steps of a trace by when they ran: one client alone, several at once, one client alone again. */
export interface RaceParts {
  readonly before: readonly Step[];
  readonly during: readonly Step[];
  readonly after: readonly Step[];
}

/** Returns the parts of a trace in which clients acted at once; undefined where none did. */
export function raceParts(steps: readonly Step[]): RaceParts | undefined {
  const first = steps.findIndex(({ client }) => client !== undefined);
  if (first < 0) return undefined;
  const last = steps.findLastIndex(({ client }) => client !== undefined);
  return {
    before: steps.slice(0, first),
    during: steps.slice(first, last + 1),
    after: steps.slice(last + 1),
  };
}

/** Whether calls of different clients were under way at the same time: otherwise nothing was put to the test. */
export function hasOverlap(steps: readonly Step[]): boolean {
  return steps.some((a, index) => steps.slice(index + 1).some((b) => overlap(a, b)));
}

function overlap(a: Step, b: Step): boolean {
  if (a.client === b.client || a.order === undefined || b.order === undefined) return false;
  return a.order.sent < b.order.answered && b.order.sent < a.order.answered;
}

/** What is said of a race, and which of its steps shows it (counted from the first step of all). */
export interface RaceVerdict {
  readonly step: number;
  readonly verdict: StepVerdict;
}

export interface RaceJudging {
  /** Steps of the search for an order, at most. */
  readonly budget?: number;
  /** The RequestIds of the whole run, where this is one of many sequences. */
  readonly ofRun?: RequestIds | undefined;
}

interface Sorted {
  readonly lanes: readonly (readonly Operation[])[];
  readonly steps: readonly (readonly RaceStep[])[];
  /** The number of each step in the trace. */
  readonly numbers: readonly (readonly number[])[];
}

/**
 * Judges a race and the look at everything that follows it, from what is believed at its start: some order
 * of what the clients did, within the times of calls and answers, must explain every answer.
 */
export function judgeRace(
  tables: Tables,
  { before, during, after }: RaceParts,
  belief: readonly World[],
  { budget = defaultBudget, ofRun }: RaceJudging = {},
): RaceVerdict {
  const offset = before.length;
  const early = inEnvelopes(before, [...during, ...after], ofRun) ?? inSilence(during);
  if (early !== undefined) return plainly(early.finding, offset + early.step);
  const sorted = sort(tables, during, after, offset);
  if ('open' in sorted) return { step: offset, verdict: { kind: 'inconclusive', reason: sorted.open } };
  // What does not touch each other is explained or not by itself: an impasse shows with less to try.
  const apart = componentsOf(during, belief);
  if (apart.length > 1) {
    for (const component of apart) {
      const part = only(sorted, new Set(component.map((index) => offset + index)));
      const found = linearize(part.lanes, belief, budget);
      if (found.kind === 'unexplained') return told(part, found.impasses, offset);
    }
  }
  const found: Linearized = linearize(sorted.lanes, belief, budget);
  if (found.kind === 'explained') return { step: offset, verdict: { kind: 'conforms' } };
  if (found.kind === 'open') return { step: offset, verdict: { kind: 'inconclusive', reason: found.reason } };
  return told(sorted, found.impasses, offset);
}

/** Every client's steps in order; what follows the race is one client more, which begins when all have ended. */
function sort(
  tables: Tables,
  during: readonly Step[],
  after: readonly Step[],
  offset: number,
): Sorted | { readonly open: string } {
  // In between nothing tells earlier from later but the order of calls and answers.
  const span: Span = {
    start: Math.min(...during.map(({ start }) => start)),
    end: Math.max(...during.map(({ end }) => end)),
  };
  const clients = [...new Set(during.map(({ client }) => client))];
  const lanes: Operation[][] = [];
  const steps: RaceStep[][] = [];
  const numbers: number[][] = [];
  const add = (lane: number, each: RaceStep, number: number, sent: number, answered: number): void => {
    (lanes[lane] ??= []).push({
      sent,
      answered: each.isUnknown ? Infinity : answered,
      after: (world) => each.after(world),
    });
    (steps[lane] ??= []).push(each);
    (numbers[lane] ??= []).push(number);
  };
  let last = 0;
  for (const [index, each] of during.entries()) {
    const rivals = isConnect(each)
      ? during
          .filter((other) => isConnect(other) && overlap(each, other))
          .flatMap((other) => callOf(other) ?? [])
      : [];
    const read = raceStep(tables, each, span, rivals);
    if ('open' in read) return read;
    const { sent, answered } = each.order ?? { sent: index, answered: index };
    last = Math.max(last, answered);
    add(clients.indexOf(each.client), read, offset + index, sent, answered);
  }
  for (const [index, each] of after.entries()) {
    const read = raceStep(tables, each, each, []);
    if ('open' in read) return read;
    const sent = last + 1 + 2 * index;
    add(clients.length, read, offset + during.length + index, sent, sent + 1);
  }
  return { lanes, steps, numbers };
}

/** Only of connects does it matter what else was under way (R39). */
function isConnect({ command }: Step): boolean {
  return command.kind === 'call' && command.operation === 'ConnectRouterInterface';
}

function callOf({ command, sent }: Step): Call | undefined {
  if (command.kind !== 'call') return undefined;
  return { operation: command.operation as Call['operation'], args: sent ?? {} };
}

/** The steps with these numbers alone. */
function only({ lanes, steps, numbers }: Sorted, wanted: ReadonlySet<number>): Sorted {
  const kept = numbers.map((lane) =>
    lane.flatMap((number, position) => (wanted.has(number) ? [position] : [])),
  );
  const pick = <T>(all: readonly (readonly T[])[]): T[][] =>
    kept.map((positions, lane) => positions.flatMap((position) => all[lane]?.[position] ?? []));
  return { lanes: pick(lanes), steps: pick(steps), numbers: pick(numbers) };
}

/** Alternatives that are told of one race, at most. */
const mostUnexplained = 4;

/** Says of the longest explainable beginnings why none of them goes on. */
function told({ steps, numbers }: Sorted, impasses: readonly Impasse[], offset: number): RaceVerdict {
  const found = impasses.flatMap(({ order, belief, stuck }) =>
    stuck.flatMap(({ lane, position }) => {
      const finding = steps[lane]?.[position]?.finding(belief);
      const step = numbers[lane]?.[position] ?? offset;
      const explained = order.map((each) => numbers[each.lane]?.[each.position] ?? offset);
      return finding === undefined ? [] : [{ finding, step, explained }];
    }),
  );
  const simplest = found.toSorted(
    (a, b) =>
      a.finding.rules.length - b.finding.rules.length ||
      a.finding.fingerprint.localeCompare(b.finding.fingerprint) ||
      a.step - b.step,
  );
  const [first] = simplest;
  if (first === undefined) throw new Error('A race was not explained, and nothing of it stands out.');
  // The same said once; the other ways to put them in order come second.
  const different = simplest.filter(
    (each, index) =>
      simplest.findIndex(({ finding }) => finding.fingerprint === each.finding.fingerprint) === index,
  );
  const shown = different.slice(0, mostUnexplained);
  const rules = [...new Set(shown.flatMap(({ finding }) => finding.rules))];
  const finding: Finding = {
    ...raced(first.finding, rules),
    race: {
      explained: first.explained,
      unexplained: shown.map(({ step, explained, finding: { expected, observed } }) => ({
        step,
        explained,
        expected,
        observed,
      })),
    },
  };
  return { step: first.step, verdict: { kind: 'diverges', divergences: [finding] } };
}

/** A finding as one of a race: what was seen is the same, but it takes several clients to see it. */
function raced(finding: Finding, rules: readonly string[]): Finding {
  return {
    ...finding,
    kind: 'race',
    rules,
    fingerprint: fingerprintOf(['race', finding.kind, finding.operation, rules]),
  };
}

/** A finding that no order has anything to do with. */
function plainly(found: Finding, step: number): RaceVerdict {
  const { expected, observed } = found;
  const race = { explained: [], unexplained: [{ step, explained: [], expected, observed }] };
  return { step, verdict: { kind: 'diverges', divergences: [{ ...found, race }] } };
}

interface Early {
  /** Counted from the first step of the race. */
  readonly step: number;
  readonly finding: Finding;
}

/** What is wrong with the shape of an answer, whatever it says. */
function inEnvelopes(
  before: readonly Step[],
  rest: readonly Step[],
  ofRun: RequestIds | undefined,
): Early | undefined {
  const requestIds = new Set<string>();
  for (const { observation } of before)
    if (observation?.kind === 'answer') checkEnvelope(observation, requestIds);
  for (const [step, each] of rest.entries()) {
    const call = callOf(each);
    if (call === undefined || each.observation?.kind !== 'answer') continue;
    const mayFindNothing = call.operation === 'DescribeRouterInterfaceAttribute';
    const [found] = fieldFindings(
      call,
      checkEnvelope(each.observation, requestIds, mayFindNothing, ofRun),
      'envelope',
    );
    if (found !== undefined) return { step, finding: raced(found, found.rules) };
  }
  return undefined;
}

/** A call of the race that is never answered: clients that wait for each other may do that to a target. */
function inSilence(during: readonly Step[]): Early | undefined {
  const step = during.findIndex(({ observation }) => observation?.kind === 'silence');
  const silent = during[step];
  const call = silent === undefined ? undefined : callOf(silent);
  if (silent?.observation?.kind !== 'silence' || call === undefined) return undefined;
  const finding: Finding = {
    kind: 'silence',
    operation: call.operation,
    rules: ['R8'],
    expected: 'an answer',
    observed: `nothing within ${silent.observation.afterMs} ms`,
    fingerprint: '',
  };
  return { step, finding: raced(finding, finding.rules) };
}
