import type { Tables } from '../../model/compile.ts';
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
  const found = machines.get(key);
  if (found !== undefined) return found;
  const machine = buildMachine({
    tables,
    assumptions,
    ...(facts === undefined ? {} : { facts }),
    ...(faults === undefined ? {} : { faults }),
  });
  if (machines.size >= most) machines.clear();
  machines.set(key, machine);
  return machine;
}
