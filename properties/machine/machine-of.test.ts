import { describe, expect, test } from 'vitest';
import { compile } from '../../model/compile.ts';
import { defaultTables } from '../tables.ts';
import { usualAssumptions } from './assumptions.ts';
import { machineOf } from './machine-of.ts';
import { buildMachine } from './machine.ts';

const tables = defaultTables();
const facts = { accountHook: true, interfaceHook: false, routeEntries: false };

describe('The machine of some tables and options', () => {
  test('is built once, and is the one that is built', () => {
    const machine = machineOf(tables, { assumptions: usualAssumptions });
    expect(machineOf(tables, {})).toBe(machine);
    expect(machine.hash).toBe(buildMachine({ tables }).hash);
  });

  test('is another for other options and for other tables', () => {
    const machine = machineOf(tables, {});
    expect(machineOf(tables, { facts }).hash).toBe(buildMachine({ tables, facts }).hash);
    expect(machineOf(tables, { facts }).hash).not.toBe(machine.hash);
    expect(machineOf(compile(), {})).not.toBe(machine);
  });

  test('is forgotten when there are many others, unless it is asked for meanwhile', () => {
    const own = compile();
    const { choices, excluded } = usualAssumptions;
    const other = (number: number): ReturnType<typeof machineOf> =>
      machineOf(own, { assumptions: { choices, excluded: new Set([`none ${number}`, ...excluded]) } });
    const [machine, first] = [machineOf(own, {}), other(0)];
    for (let number = 1; number < 6; number++) {
      other(number);
      expect(machineOf(own, {})).toBe(machine);
    }
    expect(other(0)).not.toBe(first);
  });
});
