import { createHash } from 'node:crypto';
import type { AnyStateMachine } from 'xstate';
import type { StateMeta, TransitionMeta } from './chart-transitions.ts';
import { routerInterface } from './lifecycle.ts';

/**
 * The lifecycle chart as tables over sets of states.
 *
 * Stepping a statechart interpreter costs ten times what a table does, and XState takes one
 * transition where the oracle needs all that are permitted. So the chart is read once and every
 * state becomes a bit: a *state set* is a number, and a step is a few lookups.
 */

type AnyNode = AnyStateMachine['root'];

export interface StateRow extends StateMeta {
  readonly name: string;
  readonly bit: number;
}

/** One transition of the chart as seen from one state, its guard reduced to bits. */
export interface TransitionRow extends TransitionMeta {
  /** Unique and stable: where it starts, on what, to where or by which rule it refuses. */
  readonly id: string;
  /** Bit of the violated rule that the guard asks for; 0 when it asks for none. */
  readonly needs: number;
  /** Bit of the resulting state; 0 when the state stays. */
  readonly to: number;
}

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

const lifecycleName = (node: AnyNode): string => node.path.slice(1).join('.');

function leaves(node: AnyNode): AnyNode[] {
  const children = Object.values(node.states);
  return children.length === 0 ? [node] : children.flatMap(leaves);
}

/** Nearest first, as XState looks for a transition: the state itself, then what encloses it. */
function ancestry(node: AnyNode): AnyNode[] {
  return node.parent === undefined ? [node] : [node, ...ancestry(node.parent)];
}

function leafOf(node: AnyNode): AnyNode {
  const [initial] = node.initial?.target ?? [];
  return initial === undefined ? node : leafOf(initial);
}

export function compile(machine: AnyStateMachine = routerInterface): Tables {
  const regions = machine.root.states;
  const lifecycle = regions['lifecycle'];
  if (lifecycle === undefined) throw new Error('The chart has no region named "lifecycle".');
  const leafNodes = leaves(lifecycle);
  if (leafNodes.length > 31) {
    throw new Error(`The lifecycle has ${leafNodes.length} states; a state set holds at most 31.`);
  }
  const states: StateRow[] = leafNodes.map((node, index) => {
    const meta = node.meta as StateMeta | undefined;
    if (meta === undefined) throw new Error(`State "${lifecycleName(node)}" has no label.`);
    return { name: lifecycleName(node), bit: 1 << index, ...meta };
  });
  const bitByName = new Map(states.map((state) => [state.name, state.bit]));

  const ruleBits = new Map<string, Map<string, number>>();
  const ruleBit = (event: string, rule: string): number => ruleBits.get(event)?.get(rule) ?? 0;
  const defineRuleBit = (event: string, rule: string): number => {
    const known = ruleBits.get(event) ?? new Map<string, number>();
    ruleBits.set(event, known);
    const bit = known.get(rule) ?? 1 << known.size;
    if (bit <= 0) throw new Error(`More than 31 rules guard ${event}.`);
    known.set(rule, bit);
    return bit;
  };

  const rows: TransitionRow[] = [];
  const toRows = (node: AnyNode): Map<string, TransitionRow[]> => {
    const byEvent = new Map<string, TransitionRow[]>();
    for (const [event, transitions] of node.transitions) {
      const list: TransitionRow[] = [];
      for (const transition of transitions) {
        const meta = transition.meta as TransitionMeta | undefined;
        if (meta === undefined) continue; // a lock region changing: set by the control hooks, not looked up
        const guard = transition.guard as { type?: string; params?: { rule?: string } } | undefined;
        const rule = guard?.type === 'violates' ? guard.params?.rule : meta.only;
        const target = transition.target?.[0];
        const to = target === undefined ? 0 : (bitByName.get(lifecycleName(leafOf(target))) ?? 0);
        const where = node === machine.root ? 'any' : node.path.at(-1);
        const from = node.path[0] === 'lifecycle' ? lifecycleName(node) || 'any' : where;
        const effect =
          meta.kind === 'refusal'
            ? `refused by ${meta.rules.join('/')}`
            : target === undefined
              ? meta.kind
              : `to ${lifecycleName(leafOf(target))}`;
        const row = {
          id: `${from}: ${event} ${effect}`,
          needs: rule === undefined ? 0 : defineRuleBit(event, rule),
          to,
          ...meta,
        };
        list.push(row);
        rows.push(row);
      }
      byEvent.set(event, list);
    }
    return byEvent;
  };
  const rowsOfNode = new Map<AnyNode, Map<string, TransitionRow[]>>();
  const rowsAt = (node: AnyNode): Map<string, TransitionRow[]> => {
    const known = rowsOfNode.get(node) ?? toRows(node);
    rowsOfNode.set(node, known);
    return known;
  };
  /** Everything the chart offers in a leaf, its own and inherited, by event. */
  const offered = leafNodes.map((leaf) => {
    const all = new Map<string, TransitionRow[]>();
    for (const node of ancestry(leaf)) {
      for (const [event, list] of rowsAt(node)) all.set(event, [...(all.get(event) ?? []), ...list]);
    }
    return all;
  });
  const locks = new Map<string, Map<string, TransitionRow[]>>();
  for (const [name, region] of Object.entries(regions)) {
    if (name === 'lifecycle') continue;
    for (const leaf of leaves(region)) locks.set(leaf.path.at(-1) ?? '', rowsAt(leaf));
  }

  const lockNames = [...locks.keys()];
  const lockNumber = (event: string, region: string): number =>
    locks.get(region)?.has(event) === true ? lockNames.indexOf(region) + 1 : 0;

  const candidates = (event: string, set: number, kind: TransitionMeta['kind']): Candidate[] => {
    const from = new Map<TransitionRow, number>();
    for (const [index, state] of states.entries()) {
      if ((set & state.bit) === 0) continue;
      for (const row of offered[index]?.get(event) ?? []) {
        if (row.kind === kind) from.set(row, (from.get(row) ?? 0) | state.bit);
      }
    }
    return [...from].map(([row, bits]) => ({ row, from: bits, transitions: [row.id] }));
  };
  const operationMemo = new Map<string, Map<number, EventRows>>();
  const onOperation = (event: string, set: number): EventRows => {
    let memo = operationMemo.get(event);
    if (memo === undefined) operationMemo.set(event, (memo = new Map()));
    let found = memo.get(set);
    if (found === undefined) {
      found = {
        refusals: candidates(event, set, 'refusal'),
        accepts: candidates(event, set, 'accept'),
        replays: candidates(event, set, 'replay'),
      };
      memo.set(set, found);
    }
    return found;
  };

  const peerRows = new Map<string, Map<number, Candidate[]>>();
  const peerCandidates = (event: string, set: number): Candidate[] => {
    const memo = peerRows.get(event) ?? new Map<number, Candidate[]>();
    peerRows.set(event, memo);
    const found = memo.get(set) ?? candidates(event, set, 'peer');
    memo.set(set, found);
    return found;
  };
  const onPeer = (event: string, set: number, choices: Readonly<Record<string, string>>): number => {
    let moved = 0;
    let reached = 0;
    for (const { row, from } of peerCandidates(event, set)) {
      if (row.choice !== undefined && choices[row.choice.id] !== row.choice.value) continue;
      moved |= from;
      reached |= row.to;
    }
    return (set & ~moved) | reached;
  };

  const internal = states.map((_, index) =>
    [...(offered[index]?.values() ?? [])].flat().filter((row) => row.kind === 'internal'),
  );
  const closureMemo = new Map<number, number>();
  const closure = (set: number): number => {
    const known = closureMemo.get(set);
    if (known !== undefined) return known;
    let closed = set;
    for (let before = -1; before !== closed;) {
      before = closed;
      for (const [index, state] of states.entries()) {
        if ((closed & state.bit) !== 0) for (const row of internal[index] ?? []) closed |= row.to;
      }
    }
    closureMemo.set(set, closed);
    return closed;
  };
  const mustEnd = states.reduce(
    (set, state) => (state.transitional === true && state.unbounded !== true ? set | state.bit : set),
    0,
  );
  const labelsMemo = new Map<number, readonly (string | null)[]>();
  const labels = (set: number): readonly (string | null)[] => {
    let known = labelsMemo.get(set);
    if (known === undefined) {
      known = [...new Set(states.filter(({ bit }) => (set & bit) !== 0).map(({ label }) => label))];
      labelsMemo.set(set, known);
    }
    return known;
  };
  const byLabel = new Map<string | null, number>();
  for (const { label, bit } of states) byLabel.set(label, (byLabel.get(label) ?? 0) | bit);

  const digest = JSON.stringify({
    states,
    offered: offered.map((all) => Array.from(all)),
    locks: Array.from(locks, ([name, all]) => [name, Array.from(all)]),
  });
  return {
    states,
    rows,
    hash: createHash('sha256').update(digest).digest('hex'),
    stable: states.reduce((set, state) => (state.transitional === true ? set : set | state.bit), 0),
    unbounded: states.reduce((set, state) => (state.unbounded === true ? set | state.bit : set), 0),
    all: states.reduce((set, { bit }) => set | bit, 0),
    bitOfState: (name) => {
      const bit = bitByName.get(name);
      if (bit === undefined)
        throw new Error(`No state "${name}"; there are ${[...bitByName.keys()].join(', ')}.`);
      return bit;
    },
    ruleBit,
    onOperation,
    onLock: (event, region) => locks.get(region)?.get(event) ?? [],
    lockNumber,
    onPeer,
    peerChoices: (event, set) => peerCandidates(event, set).map(({ row }) => row),
    internal: internal.flatMap((list, index) =>
      list.map((row) => ({ row, from: states[index]?.bit ?? 0, transitions: [row.id] })),
    ),
    closure,
    settled: (set) => closure(set) & ~mustEnd,
    possible: (set, boundPassed) => (boundPassed ? closure(set) & ~mustEnd : closure(set)),
    labelled: (label) => byLabel.get(label) ?? 0,
    labels,
  };
}
