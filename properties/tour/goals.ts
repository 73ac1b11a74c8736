import { findInterface, type Interface, type World } from '../../model/world.ts';
import { isMisdirected } from '../machine/facts.ts';
import type { Input } from '../machine/inputs.ts';
import type { Machine } from '../machine/machine.ts';

/**
 * What a tour is to exercise. A goal is an input in a situation: what the documents make its answer depend on.
 * For a refusal that is the interface itself, its locks and the facts around; for what is accepted, its peer too.
 * Calls with a fault in their parameters are refused whatever the state, so each is made once, where nothing
 * else speaks against it.
 */
export interface Goals {
  /** The goal of each cell, by state and input; -1 where there is none. */
  of(state: number, input: number): number;
  readonly names: readonly string[];
}

/** A state set, what it was told, what it was connected with. */
function situation(each: Interface | undefined): string {
  if (each === undefined) return 'none';
  const { states, opposite, link } = each;
  const told =
    opposite.interfaceId === undefined ? '' : opposite.interfaceId.startsWith('former') ? '?' : '>';
  const tied = link === null ? '' : link.startsWith('former') ? '~' : '=';
  return `${states}${told}${tied}`;
}

/** The facts that hold in a world, each with the interface that it is about if it is about one. */
function factsOf(world: World): readonly { readonly name: string; readonly on?: string }[] {
  const { overdue, interfaces, routes } = world;
  return [
    ...(overdue ? [{ name: 'overdue' }] : []),
    ...(isMisdirected(world) ? [{ name: 'misdirected', on: 'initiator' }] : []),
    ...routes.map(({ nextHop, leavingSince }) => ({
      name: leavingSince === undefined ? 'route' : 'leaving route',
      on: nextHop,
    })),
    ...interfaces.flatMap(({ id, business, operationLocked, states }) => [
      ...(business === 'Normal' ? [] : [{ name: business, on: id }]),
      ...(operationLocked ? [{ name: 'operation lock', on: id }] : []),
      ...(id === 'rival initiator' ? [{ name: `rival ${states}` }] : []),
      ...(id === 'crowd 1' ? [{ name: 'crowd' }] : []),
    ]),
  ];
}

/** The goals of a machine. */
export function goalsOf(machine: Machine): Goals {
  const { states, inputs } = machine;
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const numberOf = (name: string): number => {
    let known = numbers.get(name);
    if (known === undefined) {
      known = names.push(name) - 1;
      numbers.set(name, known);
    }
    return known;
  };
  const goals = states.map(({ worlds: [world] }, state) =>
    inputs.map((input, index) => {
      if (input.kind === 'faulty call' || world === undefined) return -1;
      const cell = machine.cell(state, index);
      if (cell === undefined) return -1;
      const fact = factsOf(world);
      if (fact.length > 0) {
        // Under a fact only what it may change the answer of: calls on the interface that it is about.
        const mine = fact.every(({ on }) => on === undefined || on === input.on);
        if (!mine || input.kind === 'look' || input.kind === 'settle') return -1;
        const own = input.on === undefined ? undefined : findInterface(world, input.on);
        // The rules that apply are part of it: a fact is tested where nothing else speaks against the call.
        const rules = cell.branches.flatMap(({ rows }) => rows).join('; ');
        return numberOf(
          `${input.id} @ ${own?.states ?? 'none'} ${fact.map(({ name }) => name).join()}: ${rules}`,
        );
      }
      const moves = cell.branches.some(({ next }) => next !== state);
      const slots = input.on === undefined ? (['initiator', 'acceptor'] as const) : [input.on];
      // Settling, and looking at everything, is about both; a call that moves something is about its peer too.
      const about = moves && input.on !== undefined ? (['initiator', 'acceptor'] as const) : slots;
      const where = about.map((slot) => situation(findInterface(world, slot))).join(' + ');
      return numberOf(`${input.id} @ ${where}`);
    }),
  );
  for (const [state, input] of homes(machine)) {
    (goals[state] as number[])[input] = numberOf((machine.inputs[input] as Input).id);
  }
  return { names, of: (state, input) => (goals[state] as number[])[input] as number };
}

/** Where each faulty call is made: where the same call without the fault is accepted, or at least has a subject. */
function homes(machine: Machine): readonly (readonly [state: number, input: number])[] {
  const { states, inputs } = machine;
  const found: (readonly [number, number])[] = [];
  const sound = new Map<string, number>();
  for (const [input, { kind, operation, on }] of inputs.entries())
    if (kind === 'call' || kind === 'look') sound.set(`${operation} ${on}`, input);
  for (const [input, { kind, operation, on }] of inputs.entries()) {
    if (kind !== 'faulty call') continue;
    const valid = sound.get(`${operation} ${on}`);
    const accepts = (state: number): boolean => {
      const cell = valid === undefined ? undefined : machine.cell(state, valid);
      return cell?.open === false && cell.branches[0]?.kind === 'success';
    };
    const has = (state: number): boolean =>
      on === undefined ||
      states[state]?.worlds.every((world) => findInterface(world, on) !== undefined) === true;
    const calm = states.flatMap(({ atRest }, state) => (atRest ? [state] : []));
    const home = calm.find((state) => has(state) && accepts(state)) ?? calm.find(accepts) ?? calm.find(has);
    if (home !== undefined) found.push([home, input]);
  }
  return found;
}
