import { createHash } from 'node:crypto';
import type { Tables } from '../../model/compile.ts';
import type { Command, Ref } from '../../model/vocabulary.ts';
import type { World } from '../../model/world.ts';
import { drawn } from '../generate/draw.ts';
import { defaultTables } from '../tables.ts';
import {
  emptyPair,
  keyOf,
  keyOfAll,
  otherRegion,
  type Pair,
  plainWorld,
  projected,
  region,
  routerOf,
} from './abstraction.ts';
import { type Assumptions, heldTables, usualAssumptions } from './assumptions.ts';
import { faultyInputs } from './faulty-inputs.ts';
import { type FactCapabilities, factInputs } from './facts.ts';
import { type Input, lifecycleInputs, type Site } from './inputs.ts';
import { Outputs } from './outputs.ts';
import { areDisjoint, type Branch, branchesOf, type Stepping } from './step.ts';
import { cheapestWays, wayTo } from './ways.ts';

/**
 * The model as a finite Mealy machine for one pair of interfaces on two routers.
 *
 * A state is a set of abstract worlds that cannot be told apart yet (see abstraction.ts for what a world
 * is made of); the inputs are operations with a class of parameters, settling, and the hooks; an output is a
 * set of answers, as the documents rarely say which refusal comes first. Where both a success and a refusal
 * are permitted the cell is *open*: the target decides, the documents do not, and no test can fail there.
 *
 * Time stands still but for settling: what is on its way stays so until then. A target with a clock that is
 * held behaves like this; on any other a walk may find that something has ended already.
 */
export interface Machine {
  readonly inputs: readonly Input[];
  readonly states: readonly MachineState[];
  /** SHA-256 of states, inputs and their cells. */
  readonly hash: string;
  /** The state of two routers with nothing on them. */
  readonly start: 0;
  /** What an input does in a state; undefined where it is not enabled. Worked out when first asked for. */
  cell(state: number, input: number): Cell | undefined;
  /** The shortest way to a state from the start; prefers ways that no choice of the target can turn aside. */
  access(state: number): readonly Taken[];
  /** The state that the part of a world about one pair is in; undefined if it is none of the machine. */
  locate(world: World, pair: Pair, now: number, routers?: readonly [string, string]): number | undefined;
  /** Whether an answer can never be taken for another: the numbers of two outputs. */
  disjoint(one: number, other: number): boolean;
  readonly outputs: readonly (readonly string[])[];
}

export interface MachineState {
  readonly key: string;
  /** For people: `initiator Active, acceptor Inactive`. */
  readonly label: string;
  readonly worlds: readonly World[];
  /** Nothing is on its way in it. */
  readonly atRest: boolean;
}

export interface Cell {
  /** Everything that may be answered: an index into `outputs`. */
  readonly output: number;
  readonly branches: readonly CellBranch[];
  /** Success and refusal are both permitted. */
  readonly open: boolean;
}

export interface CellBranch extends Omit<Branch, 'worlds' | 'answers'> {
  readonly output: number;
  /** Undefined where it leads out of the machine: a fault that was accepted as no document forbids it. */
  readonly next: number | undefined;
}

/** One step of a walk: an input, and which of its branches was taken for granted. */
export interface Taken {
  readonly from: number;
  readonly input: number;
  readonly branch: number;
}

export interface MachineOptions {
  readonly tables?: Tables;
  readonly assumptions?: Assumptions;
  /** Locks, bills, route entries, other interfaces; none unless given. */
  readonly facts?: FactCapabilities;
  /** Which inputs there are; all of them unless given. */
  readonly only?: (input: Input) => boolean;
  /** Calls with one thing wrong with them, too; they lead nowhere. */
  readonly faults?: boolean;
  /** Where walks begin, as inputs from the state with nothing on it; there unless given. */
  readonly from?: readonly string[];
  /** More states than this say that the model has outgrown the abstraction. */
  readonly mostStates?: number;
}

/** Names in the abstract world are the names of the slots. */
export const site: Site = {
  region,
  otherRegion,
  interface: (slot): Ref => ({ ref: slot }),
  router: (slot): Ref => ({ ref: routerOf[slot] }),
  routeTable: (slot): Ref => ({ ref: routerOf[slot].replace('router', 'table') }),
  fresh: (slot) => slot,
};

/**
 * Builds the machine by breadth-first search over worlds. Deterministic: equal tables and options give equal
 * machines. Throws when there are more than `mostStates` states.
 */
export function buildMachine(options: MachineOptions = {}): Machine {
  const {
    tables = defaultTables(),
    assumptions = usualAssumptions,
    faults = false,
    mostStates = 5000,
  } = options;
  const held = heldTables(tables, assumptions);
  const choices = Object.fromEntries(Object.entries(assumptions.choices).filter(([id]) => !id.includes(' ')));
  const stepping: Stepping = { tables, held, assumptions, choices, summaries: new WeakMap() };
  const only = options.only ?? (() => true);
  const inputs = [
    ...lifecycleInputs(tables.labelled(null)),
    ...(options.facts === undefined ? [] : factInputs(options.facts, tables)),
    ...(faults ? faultyInputs() : []),
  ].filter(only);
  const commands = inputs.map((input) => drawn(0, 0, (draw) => input.commands(site, draw)));

  const states: MachineState[] = [];
  const byKey = new Map<string, number>();
  const outputs = new Outputs();
  const stateOf = (worlds: readonly World[], add: boolean): number | undefined => {
    const key = keyOfAll(worlds);
    const known = byKey.get(key);
    if (known !== undefined || !add) return known;
    if (states.length >= mostStates) {
      throw new Error(
        `The model has more than ${mostStates} abstract states for one pair: the abstraction no longer fits. ` +
          `The last one is "${labelOf(tables, worlds)}".`,
      );
    }
    byKey.set(key, states.length);
    return (
      states.push({
        key,
        label: labelOf(tables, worlds),
        worlds,
        atRest: worlds.every(({ interfaces }) =>
          interfaces.every((each) => (each.states & ~tables.stable) === 0),
        ),
      }) - 1
    );
  };
  const cells: (Cell | null | undefined)[][] = [];
  const cell = (state: number, input: number): Cell | undefined => {
    const row = (cells[state] ??= []);
    const known = row[input];
    if (known !== undefined) return known ?? undefined;
    const made = compute(state, input);
    row[input] = made ?? null;
    return made;
  };
  const compute = (state: number, number: number): Cell | undefined => {
    const input = inputs[number];
    const worlds = states[state]?.worlds ?? [];
    if (input === undefined || worlds.some((world) => input.enabled?.(world) === false)) return undefined;
    const found = branchesOf(stepping, worlds, input, commands[number] as readonly Command[]);
    if (found.length === 0) return undefined;
    const branches = found.map(({ kind, rows, answers, worlds: reached }): CellBranch => ({
      kind,
      rows,
      output: outputs.numberOf(answers),
      next: reached === worlds ? state : stateOf(reached, input.kind !== 'faulty call'),
    }));
    const [branch] = branches;
    const output =
      branches.length === 1 && branch !== undefined
        ? branch.output
        : outputs.numberOf([...new Set(found.flatMap(({ answers }) => answers))].toSorted());
    return { output, branches, open: branches.length > 1 };
  };

  stateOf([plainWorld(held, emptyPair, choices)], true);
  const last = cheapestWays(
    inputs.map(({ kind }, index) => (kind === 'faulty call' ? undefined : commands[index]?.length)),
    cell,
  );
  const disjointness = new Map<number, boolean>();
  let hash: string | undefined;
  return {
    inputs,
    states,
    outputs: outputs.all,
    start: 0,
    cell,
    get hash() {
      hash ??= hashOf(states, inputs, cell);
      return hash;
    },
    access: (state) => wayTo(state, last),
    locate: (world, pair, now, routers) =>
      byKey.get(keyOf(projected(held, assumptions, world, pair, now, routers))),
    disjoint: (one, other) => {
      const key = Math.min(one, other) * 65_536 + Math.max(one, other);
      let known = disjointness.get(key);
      if (known === undefined) {
        known = areDisjoint(outputs.all[one] as readonly string[], outputs.all[other] as readonly string[]);
        disjointness.set(key, known);
      }
      return known;
    },
  };
}

function hashOf(states: readonly MachineState[], inputs: readonly Input[], cell: Machine['cell']): string {
  const rows = states.map(({ key }, state) => [
    key,
    ...inputs.map((_, input) => {
      const found = cell(state, input);
      return found === undefined
        ? null
        : [found.output, ...found.branches.map(({ kind, next }) => [kind, next])];
    }),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([inputs.map(({ id }) => id), rows]))
    .digest('hex');
}

function labelOf(tables: Tables, worlds: readonly World[]): string {
  return worlds.map((world) => worldLabel(tables, world)).join(' or ');
}

function worldLabel(tables: Tables, { interfaces, routes, overdue }: World): string {
  const crowd = interfaces.filter(({ id }) => id.startsWith('crowd')).length;
  const parts = interfaces
    .filter(({ id }) => !id.startsWith('crowd'))
    .toSorted((a, b) => (a.id > b.id ? -1 : 1))
    .map(({ id, states, opposite, link, business, operationLocked }) => {
      const names = tables.states.filter(({ bit }) => (states & bit) !== 0).map(({ name }) => name);
      const told = opposite.interfaceId === undefined ? '' : ` told of ${opposite.interfaceId}`;
      const linked = link === null ? '' : ` connected with ${link}`;
      const locks = `${business === 'Normal' ? '' : ` ${business}`}${operationLocked ? ' operation lock' : ''}`;
      return `${id} ${names.join('|')}${linked === '' ? told : linked}${locks}`;
    });
  return [
    ...(parts.length === 0 ? ['nothing'] : parts),
    ...(crowd === 0 ? [] : [`${crowd} more on router#1`]),
    ...routes.map(
      ({ nextHop, leavingSince }) => `route to ${nextHop}${leavingSince === undefined ? '' : ' leaving'}`,
    ),
    ...(overdue ? ['overdue'] : []),
  ].join(', ');
}
