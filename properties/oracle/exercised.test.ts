import { describe, expect, test } from 'vitest';
import { environment } from '../../model/testing/worlds.ts';
import type { Outcome } from '../../model/outcomes.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import { certainlyExercised, type Exercised } from './exercised.ts';

type Entry = Parameters<typeof certainlyExercised>[0][number][number];

/** A register in the place of a world: what is known of the account. */
const start = emptyWorld(environment());
const holding = (value: string): World => ({ ...start, accountId: value });

const outcome = (kind: Outcome['kind'], rules: string[], transitions: string[] = []): Outcome => ({
  kind,
  rules,
  transitions,
  from: 0,
  may: undefined,
  accepted: undefined,
});
let numbers = 0;
/** A step that, from each value there may be, leads on by these outcomes to these values. */
function step(
  [sent, answered]: readonly [number, number],
  ways: (value: string | null) => readonly (readonly [Outcome, string])[],
): Entry {
  const explain = (world: World): { outcome: Outcome; worlds: World[]; mismatches: [] }[] =>
    ways(world.accountId).map(([each, value]) => ({
      outcome: each,
      worlds: [holding(value)],
      mismatches: [],
    }));
  return {
    number: numbers++,
    sent,
    answered,
    ...(answered === Infinity ? {} : { explain }),
    after: (world) => explain(world).flatMap(({ worlds }) => worlds),
  };
}
const writes = (value: string, when: readonly [number, number], rule = `writes ${value}`): Entry =>
  step(when, () => [[outcome('success', [rule], [`to ${value}`]), value]]);
const reads = (value: string, when: readonly [number, number]): Entry =>
  step(when, (held) => (held === value ? [[outcome('success', ['read']), value]] : []));
const told = (entries: readonly Exercised[]): unknown =>
  Object.fromEntries(
    entries
      .toSorted((a, b) => a.number - b.number)
      .map(({ rules, transitions }, index) => [index, [...rules, ...transitions].join(' ')]),
  );

describe('A race has certainly exercised', () => {
  test('everything where there is one order', () => {
    const lanes = [[writes('a', [1, 2])], [writes('b', [3, 4]), reads('b', [5, 6])]];
    expect(told(certainlyExercised(lanes, [start]))).toEqual({
      0: 'writes a to a',
      1: 'writes b to b',
      2: 'read',
    });
  });

  test('what all the orders have in common, and no more', () => {
    // Refused for what came before it: one rule if that was one write, another if it was the other.
    const refused = step([1, 9], (held) => [
      [outcome('refusal', ['refused', `after ${held}`], [`refused after ${held}`]), held ?? ''],
    ]);
    const lanes = [[writes('a', [1, 9])], [refused]];
    expect(told(certainlyExercised(lanes, [start]))).toEqual({ 0: 'refused', 1: 'writes a to a' });
  });

  test('nothing that only orders have in common which explain no more than a beginning', () => {
    const refused = step([1, 8], (held) => [
      [outcome('refusal', [`after ${held}`]), held === 'a' ? 'c' : 'd'],
    ]);
    // That it came after the write shows in the end.
    const lanes = [[writes('a', [1, 9])], [refused], [reads('c', [10, 11])]];
    expect(told(certainlyExercised(lanes, [start]))).toMatchObject({ 0: 'after a' });
  });

  test('nothing of which one of the worlds at its start knows nothing', () => {
    const first = step([1, 2], (held) => [[outcome('success', held === 'x' ? ['R1', 'R2'] : ['R2']), 'z']]);
    expect(told(certainlyExercised([[first]], [holding('x'), holding('y')]))).toEqual({ 0: 'R2' });
    expect(told(certainlyExercised([[first]], [holding('x')]))).toEqual({ 0: 'R1 R2' });
  });

  test('none of several transitions of which one was taken, but all that one refusal stands for', () => {
    const accepted = step([1, 2], () => [[outcome('success', ['R1'], ['one', 'other']), 'a']]);
    const refused = step([3, 4], () => [[outcome('refusal', ['R2'], ['one', 'other']), 'a']]);
    expect(told(certainlyExercised([[accepted, refused]], [start]))).toEqual({ 0: 'R1', 1: 'R2 one other' });
  });

  test('nothing by what was never answered', () => {
    const lanes = [[writes('a', [1, Infinity])], [writes('b', [2, 3])]];
    expect(told(certainlyExercised(lanes, [start]))).toEqual({ 0: '', 1: 'writes b to b' });
  });

  test('nothing that one of two outcomes in the same world has not', () => {
    const either = step([1, 2], () => [
      [outcome('refusal', ['R1']), 'a'],
      [outcome('refusal', ['R2']), 'a'],
    ]);
    expect(told(certainlyExercised([[either]], [start]))).toEqual({ 0: '' });
  });

  test('nothing at all where there are too many orders to look at', () => {
    const lanes = Array.from({ length: 8 }, (_, lane) => [
      step([1, 99], (held) => [[outcome('success', ['R1']), `${held}${lane}`]]),
    ]);
    expect(certainlyExercised(lanes, [start])).toEqual([]);
    expect(certainlyExercised(lanes.slice(0, 4), [start])).toHaveLength(4);
  });
});
