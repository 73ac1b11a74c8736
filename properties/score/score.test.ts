import { describe, expect, test } from 'vitest';
import { defaultTables } from '../tables.ts';
import { modelMutants } from './model-mutants.ts';
import { firstOnModel, score, sharedSequences } from './score.ts';

const sequenceAt = sharedSequences({ suites: ['guided', 'random'], seed: 1 });
const every = modelMutants();
const found = (name: string): number | undefined => {
  const mutant = every.find((each) => each.name === name);
  if (mutant === undefined) throw new Error(`There is no mutant "${name}" any more.`);
  return firstOnModel(mutant, sequenceAt, 4000)?.commands;
};

describe('A target that behaves as the model says', () => {
  test('is never found fault with', () => {
    const clean = { make: () => ({ tables: defaultTables() }) };
    expect(firstOnModel(clean, sequenceAt, 3000)).toBeUndefined();
  });
});

describe('Mutants of the model', () => {
  test('have names of their own, and there is one of every kind', () => {
    expect(new Set(every.map(({ name }) => name)).size).toBe(every.length);
    expect(new Set(every.map(({ operator }) => operator))).toEqual(
      new Set(['output', 'transfer', 'later', 'extra state']),
    );
  });

  test.each([
    ['Idle: ACTIVATE refused by R45, wrong code'],
    ['Active: DEACTIVATE to Deactivating, removed'],
    ['Inactive: ACTIVATE to Activating.connected, redirected to Idle.free'],
    ['Active: DEACTIVATE to Deactivating, redirected to Idle.free from use 2 on'],
  ])('are found: %s', (name) => {
    expect(found(name)).toBeGreaterThan(0);
  });

  test('that go wrong later are found later than those that do at once', () => {
    const [at, later] = ['', ' from use 3 on'].map((when) =>
      found(`Active: DEACTIVATE to Deactivating, redirected to Idle.free${when}`),
    );
    expect(later).toBeGreaterThan(at ?? Infinity);
  });
});

test('A score counts what was found, and names what was not', async () => {
  const { kinds, survivors, rules, unguarded } = await score({
    suites: ['guided'],
    seed: 1,
    budget: 300,
    every: 40,
  });
  const total = kinds.reduce((sum, each) => sum + each.total, 0);
  const killed = kinds.reduce((sum, each) => sum + each.killed, 0);
  expect(kinds.map(({ kind }) => kind)).toContain('emulator');
  expect(killed).toBeGreaterThan(0);
  expect(survivors).toHaveLength(total - killed);
  const guarded = new Set(rules.filter((each) => each.killed > 0).map(({ rule }) => rule));
  expect(unguarded.filter((rule) => guarded.has(rule))).toEqual([]);
  expect(unguarded.length).toBeGreaterThan(0);
}, 60_000);
