import { expect, test } from 'vitest';
import type { Step } from '../../model/vocabulary.ts';
import type { Machine } from '../machine/machine.ts';
import type { Script } from '../machine/script.ts';
import { region } from '../../model/testing/worlds.ts';
import type { Trace } from '../trace.ts';
import { answersExpected, type Compared } from './expected-answers.ts';

const answered = (operation: string, status: number, body: object | undefined, as?: string): Step =>
  ({
    command: { kind: 'call', operation, args: { RegionId: region }, ...(as === undefined ? {} : { as }) },
    observation: { kind: 'answer', status, ...(body === undefined ? {} : { body }) },
  }) as unknown as Step;

/** Compares one answer, after the two interfaces were made, with what the machine has for it. */
function compared(step: Step, expected: string, cell = true): Compared {
  const machine = {
    inputs: [{ id: 'List' }],
    states: [{ label: 'both' }],
    outputs: [[expected]],
    cell: () => (cell ? { output: 0 } : undefined),
  } as unknown as Machine;
  const names = new Map([
    ['initiator', 'ri#1'],
    ['acceptor', 'ri#2'],
  ]);
  const script = {
    origins: [undefined, undefined, 0],
    taken: [{ from: 0, input: 0, names }],
  } as unknown as Script;
  const made = (id: string, as: string): Step =>
    answered('CreateRouterInterface', 200, { RouterInterfaceId: id }, as);
  const result: Compared = { expected: 0, otherwise: new Map() };
  const steps = [made('ri-a', 'ri#1'), made('ri-b', 'ri#2'), step];
  answersExpected(machine, script, { steps } as unknown as Trace, result);
  return result;
}

const list = (...items: object[]): Step =>
  answered('DescribeRouterInterfaces', 200, { RouterInterfaceSet: { RouterInterfaceType: items } });

test.each([
  [
    'a refusal, by its code',
    answered('ConnectRouterInterface', 400, { Code: 'IncorrectStatus' }),
    'IncorrectStatus',
  ],
  ['a refusal without a body', answered('ConnectRouterInterface', 400, undefined), ''],
  ['a success', answered('ConnectRouterInterface', 200, {}), 'ok'],
  ['a list without a set', answered('DescribeRouterInterfaces', 200, {}), 'ok - + -'],
  [
    'a list, by status, peer and business',
    list(
      { RouterInterfaceId: 'ri-a', Status: 'Active', OppositeInterfaceId: 'ri-b', BusinessStatus: 'Normal' },
      {
        RouterInterfaceId: 'ri-b',
        Status: 'Deleting',
        OppositeInterfaceId: 'ri-a',
        BusinessStatus: 'Normal',
      },
    ),
    'ok Active> + Deleting',
  ],
  [
    'what is locked, and what is not there',
    list({ RouterInterfaceId: 'ri-b', Status: 'Idle', BusinessStatus: 'FinancialLocked' }),
    'ok - + Idle FinancialLocked',
  ],
])('takes %s', (_what, step, words) => {
  expect(compared(step, words)).toEqual({ expected: 1, otherwise: new Map() });
});

test('tells what was answered instead, to what and where', () => {
  const { expected, otherwise } = compared(list(), 'ok Idle + -');
  expect(expected).toBe(0);
  expect([...otherwise]).toEqual([['"ok - + -" to List in "both"', 1]]);
});

test('says nothing where the machine is not defined', () => {
  expect(compared(list(), 'ok Idle + -', false)).toEqual({ expected: 0, otherwise: new Map() });
});
