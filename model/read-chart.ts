import type { AnyStateMachine } from 'xstate';
import type { StateMeta, TransitionMeta } from './chart-transitions.ts';

type AnyNode = AnyStateMachine['root'];
type AnyTransition = AnyNode['transitions'] extends ReadonlyMap<string, readonly (infer T)[]> ? T : never;

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

/** Transitions by the event that they answer. */
type ByEvent = ReadonlyMap<string, readonly TransitionRow[]>;

/** The chart as it is written: its states, and what each of them offers. */
export interface ChartRead {
  readonly states: readonly StateRow[];
  readonly rows: readonly TransitionRow[];
  /** By the number of the state: everything that is offered there, its own and inherited. */
  readonly offered: readonly ByEvent[];
  /** By the name of a state of a lock region. */
  readonly locks: ReadonlyMap<string, ByEvent>;
  /** Bit by which the guards of `event` know the rule; 0 when the chart does not mention it there. */
  ruleBit(event: string, rule: string): number;
}

/** Rules and states are bits of a number, and so many of them fit. */
const mostBits = 31;

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

/** Reads the chart once. Throws where it has no lifecycle, or more states or guards than bits. */
export function readChart(machine: AnyStateMachine): ChartRead {
  const regions = machine.root.states;
  const lifecycle = regions['lifecycle'];
  if (lifecycle === undefined) throw new Error('The chart has no region named "lifecycle".');
  const leafNodes = leaves(lifecycle);
  const reader = new Reader(leafNodes.map(stateRow));
  const offered = leafNodes.map((leaf) => {
    const all = new Map<string, TransitionRow[]>();
    for (const node of ancestry(leaf)) {
      for (const [event, list] of reader.rowsAt(node)) all.set(event, [...(all.get(event) ?? []), ...list]);
    }
    return all;
  });
  const locks = new Map<string, ByEvent>();
  for (const [name, region] of Object.entries(regions)) {
    if (name === 'lifecycle') continue;
    for (const leaf of leaves(region)) locks.set(leaf.path.at(-1) ?? '', reader.rowsAt(leaf));
  }
  const { states, rows } = reader;
  return { states, rows, offered, locks, ruleBit: (event, rule) => reader.ruleBit(event, rule) };
}

function stateRow(node: AnyNode, index: number, { length }: readonly AnyNode[]): StateRow {
  if (length > mostBits)
    throw new Error(`The lifecycle has ${length} states; a state set holds at most ${mostBits}.`);
  const meta = node.meta as StateMeta | undefined;
  if (meta === undefined) throw new Error(`State "${lifecycleName(node)}" has no label.`);
  return { name: lifecycleName(node), bit: 1 << index, ...meta };
}

/** Turns the transitions of nodes into rows, those of each node once. */
class Reader {
  readonly states: readonly StateRow[];
  readonly rows: TransitionRow[] = [];
  readonly #bitByName: ReadonlyMap<string, number>;
  readonly #ruleBits = new Map<string, Map<string, number>>();
  readonly #rowsOfNode = new Map<AnyNode, ByEvent>();

  constructor(states: readonly StateRow[]) {
    this.states = states;
    this.#bitByName = new Map(states.map(({ name, bit }) => [name, bit]));
  }

  ruleBit(event: string, rule: string): number {
    return this.#ruleBits.get(event)?.get(rule) ?? 0;
  }

  rowsAt(node: AnyNode): ByEvent {
    let known = this.#rowsOfNode.get(node);
    if (known === undefined) {
      known = new Map(
        Array.from(node.transitions, ([event, list]) => [event, this.#read(node, event, list)]),
      );
      this.#rowsOfNode.set(node, known);
    }
    return known;
  }

  #read(node: AnyNode, event: string, transitions: readonly AnyTransition[]): TransitionRow[] {
    const list = transitions.flatMap((transition) => this.#row(node, event, transition) ?? []);
    this.rows.push(...list);
    return list;
  }

  #row(node: AnyNode, event: string, transition: AnyTransition): TransitionRow | undefined {
    const meta = transition.meta as TransitionMeta | undefined;
    if (meta === undefined) return undefined; // a lock region changing: set by the control hooks, not looked up
    const guard = transition.guard as { type?: string; params?: { rule?: string } } | undefined;
    const rule = guard?.type === 'violates' ? guard.params?.rule : meta.only;
    const target = transition.target?.[0];
    const to = target === undefined ? undefined : lifecycleName(leafOf(target));
    const inLifecycle = node.path[0] === 'lifecycle' && lifecycleName(node);
    const from = inLifecycle || (node.path.length < 2 ? 'any' : node.path.at(-1));
    const kept = to === undefined ? meta.kind : `to ${to}`;
    const effect = meta.kind === 'refusal' ? `refused by ${meta.rules.join('/')}` : kept;
    return {
      id: `${from}: ${event} ${effect}`,
      needs: rule === undefined ? 0 : this.#defineRuleBit(event, rule),
      to: to === undefined ? 0 : (this.#bitByName.get(to) ?? 0),
      ...meta,
    };
  }

  #defineRuleBit(event: string, rule: string): number {
    const known = this.#ruleBits.get(event) ?? new Map<string, number>();
    this.#ruleBits.set(event, known);
    const bit = known.get(rule) ?? 1 << known.size;
    if (bit <= 0) throw new Error(`More than ${mostBits} rules guard ${event}.`);
    known.set(rule, bit);
    return bit;
  }
}
