import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberedMemo } from './numbered-memo.ts';

const whole = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer());
const numbers = fc.tuple(whole, whole, whole, whole);

test('gives back what was kept for the same numbers, and nothing for others', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(numbers, fc.nat()), { maxLength: 24 }), (entries) => {
      const memo = new NumberedMemo<number>(3);
      const expected = new Map<string, number>();
      for (const [key, value] of entries) {
        if (expected.size === 8) expected.clear();
        memo.set(...key, value);
        expected.set(key.join(), value);
      }
      for (const [key] of entries) expect(memo.get(...key)).toBe(expected.get(key.join()));
    }),
  );
});

test('starts over once it is full', () => {
  const memo = new NumberedMemo<string>(1);
  memo.set(1, 0, 0, 0, 'one');
  memo.set(0, 1, 0, 0, 'two');
  memo.set(0, 0, 1, 0, 'three');
  expect([memo.get(1, 0, 0, 0), memo.get(0, 1, 0, 0), memo.get(0, 0, 1, 0)]).toEqual([
    undefined,
    undefined,
    'three',
  ]);
});
