import { expect, test } from 'vitest';
import { scoreMutants } from './score-mutants.ts';
import { fakeIo } from './testing/fake-io.ts';

const few = { budget: 60, every: 150, seed: 1 } as const;

test('mutants --score tells what each suite finds, what survived, and what nothing guards', async () => {
  const io = fakeIo();
  expect(await scoreMutants({ ...few, suite: 'default' }, io)).toBe(0);
  const out = io.out();
  expect(out).toMatch(/default, seed 1[\s\S]*model: output +\d+ of \d+/);
  expect(out).toMatch(/emulator: races +\d of \d/);
  expect(out).toMatch(/Rules that no killed mutant breaks\n {2}R\d+/);
  expect(out).toMatch(/Cannot be told from the model, and count nowhere \(\d+\)/);
  expect(out).toMatch(/Survivors of default \(\d+\)/);
}, 120_000);

test('mutants --score --json gives the same as data', async () => {
  const io = fakeIo();
  await scoreMutants({ ...few, suite: 'races', json: true }, io);
  const [score] = JSON.parse(io.out()) as {
    suites: string[];
    kinds: { kind: string }[];
    unguarded: string[];
  }[];
  expect(score?.suites).toEqual(['races']);
  expect(score?.kinds.map(({ kind }) => kind)).toEqual(['emulator: races']);
  expect(score?.unguarded.length).toBeGreaterThan(10);
});

test.each([
  [{ suite: 'protocol' }, 'suite "protocol" cannot be scored'],
  [{ budget: 0 }, '--budget is 0; it must be a whole number from 1 on'],
])('mutants --score refuses %j', async (flags, message) => {
  await expect(scoreMutants(flags, fakeIo())).rejects.toThrow(message);
});
