import { createHash } from 'node:crypto';
import type { AnyStateMachine } from 'xstate';
import type { TransitionMeta } from './chart-transitions.ts';
import { routerInterface } from './lifecycle.ts';
import { type ChartRead, readChart, type StateRow, type TransitionRow } from './read-chart.ts';

export type { StateRow, TransitionRow } from './read-chart.ts';

/**
 * The lifecycle chart as tables over sets of states.
 *
 * Stepping a statechart interpreter costs ten times what a table does, and XState takes one
 * transition where the oracle needs all that are permitted. So the chart is read once and every
 * state becomes a bit: a *state set* is a number, and a step is a few lookups.
 */

/** A row with the states, out of a given set, from which it is taken. */
export interface Candidate {
  readonly row: TransitionRow;
  readonly from: number;
  /** The row's id alone, as an outcome lists it. */
  readonly transitions: readonly string[];
}

export interface EventRows {
  readonly refusals: readonly Candidate[];
  readonly accepts: readonly Candidate[];
  readonly replays: readonly Candidate[];
}

export interface Tables {
  readonly states: readonly StateRow[];
  readonly rows: readonly TransitionRow[];
  /** SHA-256 of everything above: changes with the chart, and with an XState that reads it differently. */
  readonly hash: string;
  /** The set of all states. */
  readonly all: number;
  /** The states that last until something is done. */
  readonly stable: number;
  /** The states that may end at any moment, or never. */
  readonly unbounded: number;
  bitOfState(name: string): number;
  /** Bit by which the guards of `event` know the rule; 0 when the chart does not mention it there. */
  ruleBit(event: string, rule: string): number;
  /** What the chart offers for an operation, from each state of the set. */
  onOperation(event: string, states: number): EventRows;
  /** Refusals of a lock region, e.g. `FinancialLocked`. */
  onLock(event: string, region: string): readonly TransitionRow[];
  /** A small number for what `onLock` gives for a region; 0 for nothing. */
  lockNumber(event: string, region: string): number;
  /** Where an event of the peer leads, given the target's choices; states that ignore it stay. */
  onPeer(event: string, states: number, choices: Readonly<Record<string, string>>): number;
  /** The choices on which `onPeer` would depend for this set. */
  peerChoices(event: string, states: number): readonly TransitionRow[];
  /** The transitions that happen by themselves, each from its state. */
  readonly internal: readonly Candidate[];
  /** Adds every state that can have been reached by itself. */
  closure(states: number): number;
  /** Drops every state that must have ended by itself. */
  settled(states: number): number;
  /** What a set can have become: by closure, or settled once the bound has passed. */
  possible(states: number, boundPassed: boolean): number;
  labelled(label: string | null): number;
  labels(states: number): readonly (string | null)[];
}

/** Returns the tables of a chart; throws where it cannot be read as sets of bits. */
export function compile(machine: AnyStateMachine = routerInterface): Tables {
  const read = readChart(machine);
  const { states, rows, offered, locks } = read;
  const bitByName = new Map(states.map(({ name, bit }) => [name, bit]));
  const lockNames = [...locks.keys()];
  const onOperation = byEventAndSet((event, set) => ({
    refusals: candidates(read, event, set, 'refusal'),
    accepts: candidates(read, event, set, 'accept'),
    replays: candidates(read, event, set, 'replay'),
  }));
  const ofPeer = byEventAndSet((event, set) => candidates(read, event, set, 'peer'));
  const internal = states.flatMap(({ bit }, index) =>
    [...(offered[index]?.values() ?? [])]
      .flat()
      .filter(({ kind }) => kind === 'internal')
      .map((row) => ({ row, from: bit, transitions: [row.id] })),
  );
  const closure = closing(internal);
  const mustEnd = setOf(states, (state) => state.transitional === true && state.unbounded !== true);
  const byLabel = new Map<string | null, number>();
  for (const { label, bit } of states) byLabel.set(label, (byLabel.get(label) ?? 0) | bit);
  return {
    states,
    rows,
    hash: hashOf(read),
    stable: setOf(states, ({ transitional }) => transitional !== true),
    unbounded: setOf(states, ({ unbounded }) => unbounded === true),
    all: setOf(states, () => true),
    bitOfState: (name) => {
      const bit = bitByName.get(name);
      if (bit === undefined)
        throw new Error(`No state "${name}"; there are ${[...bitByName.keys()].join(', ')}.`);
      return bit;
    },
    ruleBit: (event, rule) => read.ruleBit(event, rule),
    onOperation,
    onLock: (event, region) => locks.get(region)?.get(event) ?? [],
    lockNumber: (event, region) =>
      locks.get(region)?.has(event) === true ? lockNames.indexOf(region) + 1 : 0,
    onPeer: (event, set, choices) => {
      let moved = 0;
      let reached = 0;
      for (const { row, from } of ofPeer(event, set)) {
        if (row.choice !== undefined && choices[row.choice.id] !== row.choice.value) continue;
        moved |= from;
        reached |= row.to;
      }
      return (set & ~moved) | reached;
    },
    peerChoices: (event, set) => ofPeer(event, set).map(({ row }) => row),
    internal,
    closure,
    settled: (set) => closure(set) & ~mustEnd,
    possible: (set, boundPassed) => (boundPassed ? closure(set) & ~mustEnd : closure(set)),
    labelled: (label) => byLabel.get(label) ?? 0,
    labels: bySet((set) => [
      ...new Set(states.filter(({ bit }) => (set & bit) !== 0).map(({ label }) => label)),
    ]),
  };
}

function setOf(states: readonly StateRow[], has: (state: StateRow) => boolean): number {
  return states.reduce((set, state) => (has(state) ? set | state.bit : set), 0);
}

/** The rows of a kind that an event may take, each with the states of the set that offer it. */
function candidates(
  { states, offered }: ChartRead,
  event: string,
  set: number,
  kind: TransitionMeta['kind'],
): Candidate[] {
  const from = new Map<TransitionRow, number>();
  for (const [index, { bit }] of states.entries()) {
    if ((set & bit) === 0) continue;
    for (const row of offered[index]?.get(event) ?? []) {
      if (row.kind === kind) from.set(row, (from.get(row) ?? 0) | bit);
    }
  }
  return [...from].map(([row, bits]) => ({ row, from: bits, transitions: [row.id] }));
}

/** Every state that can have been reached by these transitions, one after another. */
function closing(internal: readonly Candidate[]): (set: number) => number {
  return bySet((set) => {
    let closed = set;
    for (let before = -1; before !== closed;) {
      before = closed;
      for (const { row, from } of internal) if ((closed & from) !== 0) closed |= row.to;
    }
    return closed;
  });
}

function hashOf({ states, offered, locks }: ChartRead): string {
  const digest = JSON.stringify({
    states,
    offered: offered.map((all) => Array.from(all)),
    locks: Array.from(locks, ([name, all]) => [name, Array.from(all)]),
  });
  return createHash('sha256').update(digest).digest('hex');
}

/** Works out once what depends on a set of states alone: a run asks for few sets, again and again. */
function bySet<T>(make: (set: number) => T): (set: number) => T {
  const memo = new Map<number, T>();
  return (set) => {
    let found = memo.get(set);
    if (found === undefined) memo.set(set, (found = make(set)));
    return found;
  };
}

function byEventAndSet<T>(make: (event: string, set: number) => T): (event: string, set: number) => T {
  const memo = new Map<string, (set: number) => T>();
  return (event, set) => {
    let ofEvent = memo.get(event);
    if (ofEvent === undefined) memo.set(event, (ofEvent = bySet((each) => make(event, each))));
    return ofEvent(set);
  };
}
