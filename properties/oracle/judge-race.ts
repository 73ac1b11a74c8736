import type { Tables } from '../../model/compile.ts';
import type { Call } from '../../model/permitted.ts';
import type { Step } from '../../model/vocabulary.ts';
import type { World } from '../../model/world.ts';
import { componentsOf } from './components.ts';
import { checkEnvelope } from './envelope.ts';
import type { Explanation } from './explain.ts';
import { fieldFindings } from './findings.ts';
import { certainlyExercised, type Exercised } from './exercised.ts';
import { defaultBudget, type Impasse, linearize, type Operation, type Place } from './linearize.ts';
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
export type RaceVerdict = { readonly step: number } & (
  | {
      readonly verdict: Extract<StepVerdict, { kind: 'conforms' }>;
      /** What its steps have put to the test, in whatever order they took effect. */
      readonly exercised: () => readonly Exercised[];
    }
  | { readonly verdict: Exclude<StepVerdict, { kind: 'conforms' }>; readonly exercised?: undefined }
);

export interface RaceJudging {
  /** Steps of the search for an order, at most. */
  readonly budget?: number;
  /** The RequestIds of the whole run, where this is one of many sequences. */
  readonly ofRun?: RequestIds | undefined;
}

/** A step of a race in the search for an order. */
class Entry implements Operation {
  /** Its number in the trace. */
  readonly number: number;
  readonly sent: number;
  readonly answered: number;
  readonly #read: RaceStep;

  constructor(read: RaceStep, number: number, sent: number, answered: number) {
    this.#read = read;
    this.number = number;
    this.sent = sent;
    this.answered = answered;
  }

  after(world: World): readonly World[] {
    return this.#read.after(world);
  }

  explain(world: World): readonly Explanation[] {
    return this.#read.explain?.(world) ?? [];
  }

  finding(belief: readonly World[]): Finding {
    return this.#read.finding(belief);
  }
}

type Lanes = readonly (readonly Entry[])[];

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
  const lanes = sort(tables, during, after, offset);
  if ('open' in lanes) return { step: offset, verdict: { kind: 'inconclusive', reason: lanes.open } };
  // What does not touch each other is explained or not by itself: an impasse shows with less to try.
  const apart = componentsOf(during, belief);
  if (apart.length > 1) {
    for (const component of apart) {
      const numbers = new Set(component.map((index) => offset + index));
      const part = lanes.map((lane) => lane.filter(({ number }) => numbers.has(number)));
      const found = linearize(part, belief, budget);
      if (found.kind === 'unexplained') return told(part, found.impasses);
    }
  }
  const found = linearize(lanes, belief, budget);
  if (found.kind === 'explained')
    return {
      step: offset,
      verdict: { kind: 'conforms' },
      exercised: () => certainlyExercised(lanes, belief),
    };
  if (found.kind === 'open') return { step: offset, verdict: { kind: 'inconclusive', reason: found.reason } };
  return told(lanes, found.impasses);
}

/**
 * Every client's steps in order; what follows the race is one client more, which begins when all have ended.
 * What may have taken effect later, or never, comes on its own: whatever its client did next did not wait for it.
 */
function sort(
  tables: Tables,
  during: readonly Step[],
  after: readonly Step[],
  offset: number,
): Lanes | { readonly open: string } {
  // In between nothing tells earlier from later but the order of calls and answers.
  const span: Span = {
    start: Math.min(...during.map(({ start }) => start)),
    end: Math.max(...during.map(({ end }) => end)),
  };
  const clients = [...new Set(during.map(({ client }) => client))];
  const laneOf = new Map(clients.map((client, lane) => [client, lane]));
  const connects = during.flatMap((step) => connectOf(step) ?? []);
  const lanes: Entry[][] = [...clients, 'after'].map(() => []);
  const late: Entry[][] = [];
  let last = 0;
  for (const [index, each] of during.entries()) {
    // Only of connects does it matter what else was under way (R39).
    const rivals = isConnect(each)
      ? connects.flatMap(({ step, call }) => (overlap(each, step) ? call : []))
      : [];
    const read = raceStep(tables, each, span, rivals);
    if ('open' in read) return read;
    const { sent, answered } = each.order ?? { sent: 2 * index, answered: 2 * index + 1 };
    last = Math.max(last, answered);
    const number = offset + index;
    if (read.isUnknown) late.push([new Entry(read, number, sent, Infinity)]);
    else lanes[laneOf.get(each.client) as number]?.push(new Entry(read, number, sent, answered));
  }
  for (const [index, each] of after.entries()) {
    const read = raceStep(tables, each, each, []);
    if ('open' in read) return read;
    const number = offset + during.length + index;
    const sent = last + 1 + 2 * index;
    if (read.isUnknown) late.push([new Entry(read, number, sent, Infinity)]);
    else lanes.at(-1)?.push(new Entry(read, number, sent, sent + 1));
  }
  return [...lanes, ...late];
}

const isConnect = ({ command }: Step): boolean =>
  command.kind === 'call' && command.operation === 'ConnectRouterInterface';

function connectOf(step: Step): { readonly step: Step; readonly call: Call } | undefined {
  const call = isConnect(step) ? callOf(step) : undefined;
  return call === undefined ? undefined : { step, call };
}

function callOf({ command, sent }: Step): Call | undefined {
  if (command.kind !== 'call') return undefined;
  return { operation: command.operation as Call['operation'], args: sent ?? {} };
}

/** Alternatives that are told of one race, at most. */
const mostUnexplained = 4;

/** Says of the longest explainable beginnings why none of them goes on. */
function told(lanes: Lanes, impasses: readonly Impasse[]): RaceVerdict {
  const at = ({ lane, position }: Place): Entry => lanes[lane]?.[position] as Entry;
  const found = impasses.flatMap(({ order, belief, stuck }) =>
    stuck.map((place) => ({
      finding: at(place).finding(belief),
      step: at(place).number,
      explained: order.map((each) => at(each).number),
    })),
  );
  const simplest = found.toSorted(
    (a, b) =>
      a.finding.rules.length - b.finding.rules.length ||
      a.finding.fingerprint.localeCompare(b.finding.fingerprint) ||
      a.step - b.step,
  );
  // Where no order goes on, something that was answered is stuck.
  const first = simplest[0] as (typeof simplest)[number];
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
