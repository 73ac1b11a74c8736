import { expect, test } from 'vitest';
import { facts } from './facts.ts';

test('R1 to R100 and P1 to P3, in order, without gaps', () => {
  const expected = [...Array.from({ length: 100 }, (_, index) => `R${index + 1}`), 'P1', 'P2', 'P3'];
  expect(facts.rules.map((rule) => rule.id)).toEqual(expected);
});
