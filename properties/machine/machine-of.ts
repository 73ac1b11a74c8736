import type { Tables } from '../../model/compile.ts';
import { given } from '../given.ts';
import { usualAssumptions } from './assumptions.ts';
import { buildMachine, type Machine, type MachineOptions } from './machine.ts';

/** Machines that are kept for one chart, at most: each has its thousands of cells. */
const most = 6;

const known = new WeakMap<Tables, Map<string, Machine>>();

/**
 * The machine for these tables and options, built when it is first asked for and then the same one: a run asks
 * for one several times, and building it takes as long as running it on a target does.
 */
export function machineOf(
  tables: Tables,
  { assumptions = usualAssumptions, facts, faults }: Pick<MachineOptions, 'assumptions' | 'facts' | 'faults'>,
): Machine {
  const machines = known.get(tables) ?? new Map<string, Machine>();
  known.set(tables, machines);
  const key = JSON.stringify([assumptions.choices, [...assumptions.excluded], facts, faults]);
  const machine = machines.get(key) ?? buildMachine({ tables, assumptions, ...given({ facts, faults }) });
  // What was asked for last comes last: those that every run needs stay.
  machines.delete(key);
  machines.set(key, machine);
  for (const oldest of machines.keys()) if (machines.size > most) machines.delete(oldest);
  return machine;
}
