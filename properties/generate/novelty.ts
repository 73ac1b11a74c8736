import { eventOf } from '../../model/chart-transitions.ts';
import type { Tables } from '../../model/compile.ts';
import type { Permitted } from '../../model/permitted.ts';
import type { CallCommand } from '../../model/vocabulary.ts';
import { findInterface, type Interface, type World } from '../../model/world.ts';
import type { Moment } from './plan.ts';

/**
 * What there is to cover: for each command of a plan the names of what it would put to the test, as the
 * model has it. Nothing here looks at a target, so the same seed covers the same in the same order on all of
 * them.
 */

/** What a sequence has done so far, as far as it decides what its next command would show. */
export interface History {
  /** The classes of the last command and the state it was sent in. */
  readonly last: string;
  /** What was done or refused since all interfaces were looked at, in order. */
  readonly unseen: readonly string[];
  /** How often each interface has been the subject of an operation, by both. */
  readonly uses: Readonly<Record<string, number>>;
  /** What each interface has behind it, by its name. */
  readonly lives: Readonly<Record<string, Life>>;
}

interface Life {
  /** The row by which a call last moved it. */
  readonly entry?: string;
  /** How often each row of the chart was open to calls on it. */
  readonly uses: Readonly<Record<string, number>>;
}

export const nothingYet: History = { last: '', unseen: [], uses: {}, lives: {} };

/** Something to cover, and what the first time of it is worth. */
export type Feature = readonly [name: string, worth: number];

/** What each kind of thing is worth: most of all what the chart has a transition or a refusal for. */
export const worthOf = {
  row: 24,
  perhaps: 2,
  /** Defects wait: for the second or third time, or for one of the ways into a state. */
  situation: 4,
  state: 2,
  letter: 1,
  pair: 0.5,
  parameter: 0.5,
  ordinal: 1,
  seen: 1,
};

export type Worths = typeof worthOf;

/** More repetitions than this are as good as this many. */
const mostUses = 5;
/** From one use of a row to the next more can go wrong than by then only up to here. */
const mostOfRow = 3;
/** More commands than this are not told apart when what they did is seen at last. */
const mostUnseen = 4;

/** Names of situations of one row, made once: they are asked for at every step, of every interface. */
const repeated = new Map<string, readonly string[]>();
const entered = new Map<string, Map<string, string>>();

function repeatedFor(row: string, use: number): string | undefined {
  let known = repeated.get(row);
  if (known === undefined) {
    known = Array.from({ length: mostOfRow + 1 }, (_, index) => `${row} for time ${index}`);
    repeated.set(row, known);
  }
  return known[use];
}

function enteredBy(row: string, entry: string): string {
  let byEntry = entered.get(row);
  if (byEntry === undefined) entered.set(row, (byEntry = new Map<string, string>()));
  let known = byEntry.get(entry);
  if (known === undefined) byEntry.set(entry, (known = `${row} after ${entry}`));
  return known;
}

/** What covering a row once more would add, where the interface has come to: how often it was, and how it came there. */
export function situationsOf({ lives }: History, subject: string, row: string): readonly string[] {
  const life = lives[subject];
  // What is refused in every state alike has no history.
  if (life === undefined || row.startsWith('any:')) return [];
  const use = (life.uses[row] ?? 0) + 1;
  const again = use > 1 ? repeatedFor(row, use) : undefined;
  const after = life.entry === undefined ? [] : [enteredBy(row, life.entry)];
  return again === undefined ? after : [again, ...after];
}

/** What a command would cover after what was done before, and what the history is then. */
export function featuresOf(
  moment: Moment,
  history: History,
  worths: Worths = worthOf,
): readonly [readonly Feature[], History] {
  const { command, world, tables, permits, now } = moment;
  if (command.kind === 'settle') return settling(moment, history);
  if (command.kind === 'control') {
    const set = Object.values(command.set).join();
    const state = stateOf(tables, world, findInterface(world, command.on?.ref), now);
    return [[[`control ${set} ${state}`, worthOf.state]], changed(history, `control ${set}`)];
  }
  if (permits === undefined)
    return [[[command.operation, worthOf.state]], changed(history, command.operation)];
  return calling(command, moment, permits, history, worths);
}

function settling({ world, tables, now }: Moment, history: History): readonly [readonly Feature[], History] {
  const features: Feature[] = [];
  for (const each of world.interfaces) {
    if ((each.states & ~tables.stable) === 0) continue;
    features.push([`settle ${stateOf(tables, world, each, now)}`, worthOf.state]);
    for (const { row, from } of tables.internal)
      if ((each.states & from) !== 0) features.push([row.id, worthOf.row]);
  }
  return [features, changed(history, 'settle')];
}

function calling(
  { operation, args: given, as }: CallCommand,
  { world, tables, args, now }: Moment,
  permits: Permitted,
  history: History,
  worths: Worths,
): readonly [readonly Feature[], History] {
  const { outcomes, subject, violations } = permits;
  const state = stateOf(tables, world, subject, now);
  const { must, may, repeats } = violations;
  const event = eventOf[operation as keyof typeof eventOf];
  const kind = `${event} ${must}.${may}${repeats === undefined ? '' : ` again`}`;
  const features: Feature[] = [];
  const alone = outcomes.length === 1;
  for (const { transitions } of outcomes)
    for (const id of transitions) {
      features.push(alone ? [id, worthOf.row] : [`perhaps ${id}`, worthOf.perhaps]);
      // Where nothing but the state decides it is worth knowing what each target makes of that.
      if (alone || must === 0)
        for (const each of situationsOf(history, subject?.id ?? '', id))
          features.push([each, worths.situation]);
    }
  features.push(
    [`${kind} in ${state}`, worthOf.state],
    [`${history.last} > ${kind} in ${state}`, worthOf.pair],
  );
  for (const name in args)
    features.push([`${event} ${name}=${valueClass(given[name], args[name])}`, worthOf.parameter]);
  features.push([`${event} ${Object.keys(args).toSorted().join()}`, worthOf.parameter]);
  if (operation.startsWith('Describe')) {
    const all = operation === 'DescribeRouterInterfaces';
    const recent = history.unseen.slice(-mostUnseen);
    for (const each of recent) features.push([`${event} sees ${each}`, worthOf.seen]);
    const before = recent.join(' > ');
    if (before !== '') features.push([`${event} sees ${before}`, worthOf.seen]);
    return [features, all ? { ...history, unseen: [], last: event } : { ...history, last: event }];
  }
  const accepted = outcomes.some(({ kind: each }) => each !== 'refusal');
  const use = `${subject?.id ?? ''} ${event} ${accepted ? 'done' : 'refused'}`;
  const uses = Math.min(mostUses, (history.uses[use] ?? 0) + 1);
  const ordinal = `${event} ${accepted ? 'done' : 'refused'} for time ${uses}`;
  features.push([ordinal, worthOf.ordinal], [`${ordinal} in ${state}`, worthOf.ordinal]);
  const next = changed(history, `${kind} in ${state}`);
  const lives = livedBy(history.lives, permits, as);
  return [features, { ...next, lives, uses: { ...history.uses, [use]: uses } }];
}

/** What the interfaces have behind them after a call on one of them, or that makes it. */
function livedBy(
  lives: History['lives'],
  { outcomes, subject }: Permitted,
  made: string | undefined,
): History['lives'] {
  const name = subject?.id ?? made;
  if (name === undefined) return lives;
  const before = lives[name];
  const uses: Record<string, number> = { ...before?.uses };
  for (const row of new Set(outcomes.flatMap(({ transitions }) => transitions)))
    uses[row] = (uses[row] ?? 0) + 1;
  const done = outcomes.find(({ kind }) => kind === 'success');
  const entry = (done?.accepted?.moved === true ? done.transitions[0] : undefined) ?? before?.entry;
  return { ...lives, [name]: entry === undefined ? { uses } : { uses, entry } };
}

const changed = (history: History, what: string): History => ({
  ...history,
  last: what,
  unseen: [...history.unseen, what],
});

/** Everything about an interface and its peer that may decide how a call about it is answered. */
export function stateOf(tables: Tables, world: World, each: Interface | undefined, now: number): string {
  if (each === undefined) return world.overdue ? 'none, overdue' : 'none';
  const { settleMs } = world.env.bounds;
  const statesOf = ({ states, since }: Interface): number => tables.possible(states, now - since > settleMs);
  const { link, opposite, role, business, operationLocked, id } = each;
  const peer = findInterface(world, link ?? opposite.interfaceId);
  const told = peer === undefined ? '' : peer.opposite.interfaceId === id ? '=' : '-';
  const held = world.routes.some(({ nextHop }) => nextHop === id) ? 'h' : '';
  const locks = `${business === 'Normal' ? '' : business}${operationLocked ? '!' : ''}`;
  const there = `${told}${peer === undefined ? '' : statesOf(peer)}${link === null ? '' : 'c'}`;
  return `${role.slice(0, 1)}${statesOf(each)}${there}${held}${locks}${world.overdue ? 'o' : ''}`;
}

/** Longer texts differ by their length and by how they begin. */
const plainLength = 24;

function valueClass(given: CallCommand['args'][string] | undefined, sent: string | undefined): string {
  if (typeof given === 'object') return given.ref.replace(/\d+$/, '');
  const text = sent ?? '';
  if (text.length <= plainLength && /^[\w .:/-]*$/.test(text)) return text;
  return `${text.slice(0, 1)}… ${text.length}`;
}

/** How often everything was covered, and what covering something once more is worth. */
export class Coverage {
  readonly #counts = new Map<string, number>();

  /** What these features are worth, each counted once. */
  worth(features: readonly Feature[]): number {
    const seen = new Set<string>();
    let sum = 0;
    for (const [name, worth] of features) {
      if (seen.has(name)) continue;
      seen.add(name);
      const count = this.countOf(name);
      sum += worth / (1 + count) ** 2;
    }
    return sum;
  }

  countOf(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  add(features: readonly Feature[]): void {
    for (const [name] of features) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}
