import { expect, test } from 'vitest';
import { progressLine } from './progress.ts';

const figures = {
  phase: 'running',
  sequences: 12,
  commands: 1234,
  seconds: 2,
  transitions: { covered: 3, total: 42 },
  refusals: { covered: 5, total: 90 },
  divergences: 1,
};

test('says phase, divergences, commands, rate and coverage', () => {
  expect(progressLine(figures, 200)).toBe(
    'running  1 divergence  1 234 commands  617/s  12 sequences  transitions 3/42  refusals 5/90',
  );
});

test('leaves the rate out before time has passed, and fits the terminal', () => {
  expect(progressLine({ ...figures, seconds: 0 }, 200)).not.toContain('/s');
  expect(progressLine(figures, 30)).toBe('running  1 divergence  1 234 …');
});
