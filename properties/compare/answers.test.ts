import { describe, expect, test } from 'vitest';
import type { Observation } from '../../model/vocabulary.ts';
import { answer, refusal } from '../testing/targets.ts';
import { answerDifference } from './answers.ts';
import { namesOf } from './comparable.ts';
import { noSteps } from '../shrink/testing/races.ts';

const namesA = new Map([
  ['ri-a1', '<ri#1>'],
  ['ri-a2', '<ri#2>'],
  ['vrt-a', '<router#1>'],
]);
const namesB = new Map([
  ['ri-b1', '<ri#1>'],
  ['ri-b2', '<ri#2>'],
  ['vrt-b', '<router#1>'],
]);
const difference = (a: Observation, b: Observation, wide = false): unknown =>
  answerDifference(a, b, namesA, namesB, wide);
const item = (id: string, more = {}): object => ({ RouterInterfaceId: id, Status: 'Idle', ...more });
const list = (...items: readonly object[]): Observation =>
  answer({ TotalCount: items.length, RouterInterfaceSet: { RouterInterfaceType: items } });

describe('Two answers', () => {
  test.each<[string, Observation, Observation]>([
    [
      'ids, times and what is their own',
      answer({ RouterInterfaceId: 'ri-a1', CreationTime: '2024-01-02T03:04:05Z', OwnerId: 12, HostId: 'x' }),
      answer({ RouterInterfaceId: 'ri-b1', CreationTime: '2025-01-02T03:04Z', OwnerId: 13, HostId: 'y' }),
    ],
    ['ids within a text', refusal('X', 400, 'no ri-a1 here'), refusal('X', 400, 'no ri-b1 here')],
    [
      'how the connection broke',
      { kind: 'indeterminate', cause: 'a' },
      { kind: 'indeterminate', cause: 'b' },
    ],
    ['nothing', list(item('ri-a1')), list(item('ri-b1'))],
  ])('are the same but for %s', (_what, a, b) => {
    expect(difference(a, b)).toBeUndefined();
  });

  test.each<[string, Observation, Observation, object]>([
    ['answer', answer({}), { kind: 'silence', afterMs: 5 }, { detail: 'answer/silence', b: 'silence' }],
    ['outcome', answer({}), refusal('X'), { detail: '200/400 X', a: '200', b: '400 X' }],
    ['code', refusal('X'), refusal('Y'), { detail: '400 X/400 Y' }],
    ['status', refusal('X', 400), refusal('X', 404), { detail: '400 X/404 X' }],
    ['message', refusal('X', 400, 'No.'), refusal('X', 400, 'Yes.'), { detail: '', b: 'Message "Yes."' }],
    ['field', answer({ Code: '200' }), answer({}), { detail: 'Code|string/absent', b: 'Code absent' }],
    ['field', answer({ N: 1 }), answer({ N: '1' }), { detail: 'N|number/string' }],
    ['field', answer({ N: '' }), answer({ N: 'x' }), { detail: 'N|empty/string' }],
    [
      'field',
      answer({}),
      { kind: 'answer', status: 200, defect: 'no JSON' },
      { detail: 'body', b: 'no JSON' },
    ],
    [
      'field',
      list(item('ri-a1', { Spec: 'a' }), item('ri-a2')),
      list(item('ri-b1', { Spec: 'b', Status: 'Active' }), item('ri-b2')),
      { detail: 'RouterInterfaceSet.RouterInterfaceType[].Status|Idle/Active' },
    ],
    ['order', list(item('ri-a1'), item('ri-a2')), list(item('ri-b2'), item('ri-b1')), { detail: '' }],
    ['field', list(item('ri-a1')), list(), { detail: 'TotalCount|value' }],
  ])('differ in %s', (kind, a, b, more) => {
    expect(difference(a, b)).toMatchObject({ kind, ...more });
  });

  test('that list what others have are compared in what both of them show of ours', () => {
    const a = list(item('ri-a1'), item('ri-stranger'), item('ri-a2'));
    expect(difference(a, list(item('ri-b1')), true)).toBeUndefined();
    expect(difference(a, list(item('ri-b1', { Status: 'Active' })), true)).toMatchObject({ kind: 'field' });
    expect(difference(answer({}), list(), true)).toBeUndefined();
  });
});

test('What was never made goes by the name that the program has for it, and what was made by its own', () => {
  const about = { RouterInterfaceId: { ref: 'ri#9' }, OppositeInterfaceId: { ref: 'ri#1' } };
  const steps = [
    {
      command: { kind: 'call', operation: 'CreateRouterInterface', args: {}, as: 'ri#1' },
      observation: answer({ RouterInterfaceId: 'ri-made' }),
      start: 0,
      end: 0,
    },
    {
      command: { kind: 'call', operation: 'ModifyRouterInterfaceAttribute', args: about },
      sent: { RouterInterfaceId: 'ri-unbound', OppositeInterfaceId: 'ri-made' },
      start: 0,
      end: 0,
    },
  ] as const;
  expect([...namesOf({ ...noSteps, steps }, 1)].slice(-2)).toEqual([
    ['ri-made', '<ri#1>'],
    ['ri-unbound', '<ri#9>'],
  ]);
  expect(namesOf({ ...noSteps, steps }, 0).has('ri-unbound')).toBe(false);
});
