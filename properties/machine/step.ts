import type { Tables } from '../../model/compile.ts';
import type { Outcome } from '../../model/outcomes.ts';
import { type Call, permitted } from '../../model/permitted.ts';
import { codesOf } from '../../model/refusals.ts';
import { afterControl, afterRouteCreated, afterRouteDeleted } from '../../model/surroundings.ts';
import { textOf } from '../../model/text.ts';
import { type Command, type JudgedOperation, symbolicArgs } from '../../model/vocabulary.ts';
import { findInterface, type World } from '../../model/world.ts';
import type { Assumptions } from './assumptions.ts';
import { formerOf, keyOf, plainWorld, slots } from './abstraction.ts';
import type { Input } from './inputs.ts';

/** One way in which an input can be answered, and the worlds that are possible then. */
export interface Branch {
  readonly kind: 'success' | 'refusal' | 'silent';
  /** What can be answered: `ok` with what a look shows, or error codes; a `*` stands for the rest of the code. */
  readonly answers: readonly string[];
  /** Ids of the chart's transitions that it stands for. */
  readonly rows: readonly string[];
  readonly worlds: readonly World[];
}

/** How worlds of the machine are stepped through. */
export interface Stepping {
  readonly tables: Tables;
  readonly held: Tables;
  readonly assumptions: Assumptions;
  /** The choices that worlds know by name. */
  readonly choices: World['choices'];
  readonly summaries: WeakMap<readonly Outcome[], ReturnType<typeof summaryOf>>;
}

/** Sends an input to every world of a belief; returns one branch for all successes and one for all refusals. */
export function branchesOf(
  stepping: Stepping,
  belief: readonly World[],
  input: Input,
  commands: readonly Command[],
): readonly Branch[] {
  const before = commands.slice(0, -1);
  const last = commands.at(-1);
  if (last === undefined) return [];
  let worlds = belief;
  for (const command of before)
    worlds = worlds.flatMap(
      (world) => ways(stepping, world, command).find(({ kind }) => kind !== 'refusal')?.worlds ?? [],
    );
  const all = worlds.flatMap((world) => ways(stepping, world, last, input.kind === 'look'));
  const merged: Branch[] = [];
  for (const kind of ['silent', 'success', 'refusal'] as const) {
    const same = all.filter((way) => way.kind === kind);
    const [first] = same;
    if (first === undefined) continue;
    const alone = same.length === 1;
    const reached = distinct(
      same.flatMap((way) =>
        way.worlds.map((world) =>
          belief.includes(world) ? world : plainWorld(stepping.held, world, stepping.choices),
        ),
      ),
    );
    merged.push({
      kind,
      answers: alone ? first.answers : sorted(same.flatMap(({ answers }) => answers)),
      rows: alone ? first.rows : sorted(same.flatMap(({ rows }) => rows)),
      worlds: asBefore(belief, reached) ? belief : reached,
    });
  }
  return merged;
}

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();

function distinct(worlds: readonly World[]): readonly World[] {
  return worlds.length === 1 ? worlds : [...new Map(worlds.map((world) => [keyOf(world), world])).values()];
}

/** Most inputs change nothing. */
const asBefore = (before: readonly World[], after: readonly World[]): boolean =>
  before.length === after.length && after.every((world) => before.includes(world));

const silent = (...worlds: readonly World[]): readonly Branch[] => [
  { kind: 'silent', answers: ['ok'], rows: [], worlds },
];

function ways(stepping: Stepping, world: World, command: Command, shows = false): readonly Branch[] {
  if (command.kind === 'settle') return silent(settled(stepping.tables, world));
  if (command.kind === 'control') return silent(afterControl(world, command, command.on?.ref, 0));
  const args = symbolicArgs(command.args);
  if (command.operation === 'CreateRouteEntry') {
    return silent(afterRouteCreated(world, args, command.as ?? ''));
  }
  if (command.operation === 'DeleteRouteEntry') return silent(afterRouteDeleted(world, args, 0));
  return answered(stepping, world, { operation: command.operation, args }, command.as ?? '', shows);
}

function answered(
  stepping: Stepping,
  world: World,
  call: Call,
  as: string,
  shows: boolean,
): readonly Branch[] {
  const { held } = stepping;
  const creates = call.operation === 'CreateRouterInterface';
  const permits = permitted(held, creates ? withRoomFor(world, as) : world, call, 0);
  const { refusals, successes } = summaryOf(stepping, permits.outcomes, call.operation);
  const found: Branch[] = [];
  if (successes !== undefined) {
    const { rows, outcomes } = successes;
    const reads = call.operation.startsWith('Describe');
    const worlds = reads
      ? [world]
      : outcomes.flatMap((outcome) => permits.next(outcome, { RouterInterfaceId: as }));
    const answers = shows ? [`ok ${shown(held, world, call.operation, call.args)}`] : successes.answers;
    found.push({ kind: 'success', answers, rows, worlds });
  }
  if (refusals !== undefined) {
    const { answers, rows, outcomes } = refusals;
    const states = permits.subject?.states ?? 0;
    // A refusal changes nothing; but where several states are possible it tells in which it was.
    const worlds = outcomes.every(({ from }) => (states & ~from) === 0)
      ? [world]
      : outcomes.flatMap((outcome) => permits.next(outcome, {}));
    found.push({ kind: 'refusal', answers, rows, worlds });
  }
  return found;
}

interface Summary {
  readonly outcomes: readonly Outcome[];
  readonly answers: readonly string[];
  readonly rows: readonly string[];
}

/** What may be answered, with what is known of the target; there are few situations, each met many times. */
function summaryOf(
  { assumptions: { choices }, summaries }: Stepping,
  outcomes: readonly Outcome[],
  operation: JudgedOperation,
): { refusals: Summary | undefined; successes: Summary | undefined } {
  const known = summaries.get(outcomes);
  if (known !== undefined) return known;
  const value = ({ may, rules }: Outcome): string | undefined =>
    may === undefined ? undefined : choices[`${may} ${rules.join('/')}`];
  const accepts = outcomes.some(({ kind }) => kind !== 'refusal');
  const refused = outcomes.some((outcome) => value(outcome) === 'refused');
  const refusing = outcomes.filter(
    (outcome) => outcome.kind === 'refusal' && !(accepts && value(outcome) === 'accepted'),
  );
  const accepting = refused ? [] : outcomes.filter(({ kind }) => kind !== 'refusal');
  const summary = (some: readonly Outcome[], answers: readonly string[]): Summary | undefined =>
    some.length === 0
      ? undefined
      : {
          outcomes: some,
          answers: sorted(answers),
          rows: sorted(some.flatMap(({ transitions }) => transitions)),
        };
  const made = {
    refusals: summary(
      refusing,
      refusing.flatMap(({ rules }) => rules.flatMap((rule) => codesOf(rule, operation, 'any'))),
    ),
    successes: summary(accepting, ['ok']),
  };
  summaries.set(outcomes, made);
  return made;
}

/** Makes room for a new interface in its slot: what was there is its predecessor from now on. */
function withRoomFor(world: World, slot: string): World {
  if (findInterface(world, slot) === undefined) return world;
  const former = formerOf(slot);
  const renamed = <T extends string | undefined | null>(id: T): T | string => (id === slot ? former : id);
  const interfaces = world.interfaces
    .filter(({ id }) => id !== former)
    .map((each) => ({
      ...each,
      id: renamed(each.id),
      link: renamed(each.link),
      opposite: { ...each.opposite, interfaceId: renamed(each.opposite.interfaceId) },
    }));
  return { ...world, interfaces };
}

/** Nothing is on its way any more. */
function settled(tables: Tables, world: World): World {
  return {
    ...world,
    interfaces: world.interfaces.map((each) => ({ ...each, states: tables.settled(each.states) })),
    routes: world.routes.filter(({ leavingSince }) => leavingSince === undefined),
  };
}

/** What a look can show of the pair: for each its status, what it was told of, and its lock. */
function shown(
  held: Tables,
  world: World,
  operation: JudgedOperation,
  args: Readonly<Record<string, string>>,
): string {
  const wanted =
    operation === 'DescribeRouterInterfaces' ? slots : slots.filter((slot) => args['InstanceId'] === slot);
  return wanted
    .map((slot) => {
      const each = findInterface(world, slot);
      if (each === undefined) return '-';
      const labels = held.labels(each.states).map((label) => label ?? '-');
      const leaving = held.labelled('Deleting');
      const told = each.opposite.interfaceId === undefined || each.states === leaving ? '' : '>';
      const lock = each.business === 'Normal' ? '' : ` ${each.business}`;
      return `${labels.toSorted().join('|')}${labels.includes('-') ? '' : told + lock}`;
    })
    .join(' + ');
}

/** Whether no answer fits both: only then does the answer tell two states apart. */
export function areDisjoint(a: readonly string[], b: readonly string[]): boolean {
  return a.every((one) => b.every((other) => !canBeSame(one, other)));
}

function canBeSame(a: string, b: string): boolean {
  if (a.startsWith('ok') || b.startsWith('ok'))
    return a.startsWith('ok') && b.startsWith('ok') && looksMeet(a, b);
  if (a.endsWith('*'))
    return b.startsWith(a.slice(0, -1)) || (b.endsWith('*') && a.startsWith(b.slice(0, -1)));
  return b.endsWith('*') ? a.startsWith(b.slice(0, -1)) : a === b;
}

/** Two looks can be the same if, for each interface, some status is possible in both. */
function looksMeet(a: string, b: string): boolean {
  const parts = (look: string): string[][] => textOf(look).slice(3).split(' + ').map(alternatives);
  const others = parts(b);
  return parts(a).every((one, index) => one.some((each) => others[index]?.includes(each) === true));
}

function alternatives(part: string): string[] {
  const [statuses = ''] = part.split(/[> ]/, 1);
  const rest = part.slice(statuses.length);
  return statuses.split('|').map((status) => `${status}${status === '-' ? '' : rest}`);
}
