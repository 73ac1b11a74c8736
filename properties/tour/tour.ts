import { type Draw, drawn, mixed } from '../generate/draw.ts';
import type { Input } from '../machine/inputs.ts';
import type { Machine } from '../machine/machine.ts';
import { type Regions, Script } from '../machine/script.ts';
import { goalsOf } from './goals.ts';

/** A walk as inputs; values are drawn when it is written out. */
export type Walk = readonly number[];

export interface Tour {
  readonly walks: readonly Walk[];
  /** Commands of all walks. */
  readonly commands: number;
  readonly goals: number;
  /** What no walk reaches, with the reason. */
  readonly unreached: readonly { readonly goal: string; readonly reason: string }[];
}

/** Commands of one walk, at most: what goes wrong in a short one is soon understood. */
const longest = 60;
/** What another walk costs besides its way: the routers are cleaned up in between. */
const anew = 5;

interface Edge {
  readonly input: number;
  readonly next: number;
  readonly cost: number;
}

const planned = new WeakMap<Machine, Tour>();

/** The tour of a machine, planned when it is first asked for. */
export function tourOf(machine: Machine): Tour {
  const tour = planned.get(machine) ?? planTour(machine);
  planned.set(machine, tour);
  return tour;
}

/**
 * Plans a tour: every goal of the machine at least once, by going on to the nearest goal that is left, or
 * starting anew where that is nearer. Looks at the pair before it moves on, so that what a call did is seen.
 * Deterministic. Where success and refusal are both open a walk ends, as nothing is certain after it.
 */
export function planTour(machine: Machine): Tour {
  const { inputs, states } = machine;
  const goals = goalsOf(machine);
  const cost = inputs.map((input) => drawn(0, 0, (draw) => lengthOf(input, draw)));
  const list = inputs.findIndex(({ id }) => id === 'List');
  const edges = states.map((_, state) => edgesFrom(machine, state, cost));
  const placesOf = new Map<number, number[]>();
  const pending = states.map((_, state) => {
    const here = new Set<number>();
    for (let input = 0; input < inputs.length; input++) {
      const goal = goals.of(state, input);
      if (goal < 0) continue;
      here.add(goal);
      const places = placesOf.get(goal);
      if (places === undefined) placesOf.set(goal, [state]);
      else if (places.at(-1) !== state) places.push(state);
    }
    return here;
  });
  const reach = (state: number, input: number): void => {
    const goal = goals.of(state, input);
    for (const place of placesOf.get(goal) ?? []) pending[place]?.delete(goal);
  };
  const walks: number[][] = [];
  let commands = 0;
  const looked = new Set<string>();

  for (;;) {
    const walk: number[] = [];
    let length = 0;
    let at = 0;
    let unseen = false;
    const go = (input: number, next: number): void => {
      walk.push(input);
      length += cost[input] as number;
      reach(at, input);
      unseen = input !== list && (unseen || next !== at || inputs[input]?.kind !== 'look');
      at = next;
      // What has ended by itself is looked at before anything else tells of it.
      if (inputs[input]?.kind === 'settle') see();
    };
    const see = (): void => {
      if (unseen) go(list, at);
    };
    let sure = true;
    for (;;) {
      if (!sure || length >= longest) break;
      const here = chosen(at);
      if (here !== undefined) {
        const cell = machine.cell(at, here);
        const next = cell?.branches[0]?.next ?? at;
        if (next !== at && unseen) {
          see();
          continue;
        }
        sure = cell?.open !== true || cell.branches.every((branch) => (branch.next ?? at) === at);
        go(here, sure ? next : at);
        if (!sure) walk.push(list);
        // On the way somewhere only a look right after it tells in which state it was that refused.
        const rows = cell?.branches.find(({ kind }) => kind === 'refusal')?.rows ?? [];
        if (states[at]?.atRest === false && rows.some((row) => !looked.has(row))) {
          for (const row of rows) looked.add(row);
          see();
        }
        continue;
      }
      const way = nearest(at);
      if (way === undefined || (walk.length > 0 && wayCost(way) > wayCost(nearest(0) ?? way) + anew)) break;
      for (const { input, next } of way) {
        see();
        go(input, next);
      }
    }
    see();
    if (walk.length === 0) break;
    walks.push(walk);
    commands += length + (sure ? 0 : 1);
  }

  /** What is left to do in a state: what changes nothing first, then what leads on, then what is open. */
  function chosen(state: number): number | undefined {
    let best: number | undefined;
    let rank = Infinity;
    const left = pending[state];
    if (left === undefined || left.size === 0) return undefined;
    for (let input = 0; input < inputs.length; input++) {
      if (!left.has(goals.of(state, input))) continue;
      const cell = machine.cell(state, input);
      const stays = cell?.branches.every(({ next }) => next === undefined || next === state) === true;
      const each = stays ? 0 : cell?.open === true ? 2 : 1;
      if (each < rank) [best, rank] = [input, each];
    }
    return best;
  }

  /** The way of certain steps to the nearest state with something left to do. */
  function nearest(from: number): readonly Edge[] | undefined {
    const entry = new Map<number, { readonly before: number; readonly edge: Edge }>();
    const price = new Map([[from, 0]]);
    const buckets: number[][] = [[from]];
    for (let total = 0; total < buckets.length; total++) {
      for (const state of buckets[total] ?? []) {
        if (price.get(state) !== total) continue;
        if (pending[state]?.size !== 0) {
          const way: Edge[] = [];
          for (let last = entry.get(state); last !== undefined; last = entry.get(last.before))
            way.push(last.edge);
          return way.toReversed();
        }
        for (const edge of edges[state] as readonly Edge[]) {
          const sum = total + edge.cost;
          if (sum >= (price.get(edge.next) ?? Infinity)) continue;
          price.set(edge.next, sum);
          entry.set(edge.next, { before: state, edge });
          (buckets[sum] ??= []).push(edge.next);
        }
      }
    }
    return undefined;
  }

  const left = new Set(pending.flatMap((each) => [...each]));
  return {
    walks,
    commands,
    goals: goals.names.length,
    unreached: [...left].map((goal) => ({
      goal: goals.names[goal] as string,
      reason: 'only a choice of the target that the documents leave open leads there',
    })),
  };
}

const wayCost = (way: readonly Edge[]): number => way.reduce((sum, { cost }) => sum + cost, 0);

function lengthOf(input: Input, draw: Draw): number {
  const nowhere = { ref: 'ri#0' };
  const site = {
    region: '',
    otherRegion: '',
    interface: () => nowhere,
    router: () => nowhere,
    routeTable: () => nowhere,
    fresh: (slot: string) => slot,
  };
  return input.commands(site, draw).length;
}

function edgesFrom(machine: Machine, state: number, cost: readonly number[]): readonly Edge[] {
  return machine.inputs.flatMap(({ kind }, input) => {
    if (kind === 'faulty call') return [];
    const cell = machine.cell(state, input);
    const next = cell?.branches[0]?.next;
    if (cell === undefined || cell.open || next === undefined || next === state) return [];
    return [{ input, next, cost: cost[input] as number }];
  });
}

/** A walk as a program, its values drawn from their classes by the seed. */
export function writtenOut(
  machine: Machine,
  walk: Walk,
  regions: Regions,
  seed: number,
  index: number,
): Script {
  return drawn(mixed(seed, 7919), index, (draw) => {
    const script = new Script(machine, regions, draw);
    for (const input of walk) {
      if (script.state === undefined) break;
      script.take(input);
    }
    return script;
  });
}
