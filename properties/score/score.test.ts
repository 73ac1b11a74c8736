import { describe, expect, test } from 'vitest';
import { defaultTables } from '../tables.ts';
import { dispositions } from './dispositions.ts';
import { modelMutants } from './model-mutants.ts';
import { dispositionFor, firstOnModel, score } from './score.ts';
import { sourceOf } from './sources.ts';
import { Comparison } from './told-apart.ts';

const sequenceAt = sourceOf(['guided', 'random'], 1);
const every = modelMutants();
const found = (name: string): number | undefined => {
  const mutant = every.find((each) => each.name === name);
  if (mutant === undefined) throw new Error(`There is no mutant "${name}" any more.`);
  return firstOnModel(mutant, sequenceAt, 4000)?.commands;
};

describe('A target that behaves as the model says', () => {
  test.each(dispositions)('is never found fault with: $name', (disposition) => {
    const clean = { make: () => ({ tables: defaultTables() }) };
    expect(firstOnModel(clean, sequenceAt, 1500, disposition)).toBeUndefined();
  });

  test('comes to most rows of the chart, one way to behave or another', () => {
    const rows = defaultTables().rows.filter(({ kind }) => kind === 'accept' || kind === 'refusal');
    const come = rows.filter(({ id }) => dispositionFor({ row: id }) !== undefined);
    expect(come.length).toBeGreaterThan(0.8 * rows.length);
    expect(new Set(rows.map(({ id }) => dispositionFor({ row: id }))).size).toBeGreaterThan(2);
  });
});

describe('The target on which a mutant of the model is tried', () => {
  test.each([
    ['a second use', 'Deactivating: DEACTIVATE refused by R51, accepts, to Idle.free from use 2 on'],
    ['a way in', 'after Inactive: ACTIVATE to Activating.connected: Active: DEACTIVATE to Deactivating, '],
  ])('comes to the situation that the mutant waits for: %s', (_, name) => {
    const mutant = every.find((each) => each.name.startsWith(name));
    expect(mutant?.situation).not.toBe(mutant?.row);
    expect(dispositionFor({ row: mutant?.situation ?? '' })).toBeDefined();
  });

  test('has its interfaces known from their creation on', () => {
    expect(
      found('after gone: CREATE to Idle.free: Idle: DELETE to Deleting, redirected to Idle.free'),
    ).toBeGreaterThan(0);
  });
});

describe('A mutant of the model that cannot be told from it', () => {
  const comparison = new Comparison();
  const reasonOf = (name: string): string | undefined => {
    const mutant = every.find((each) => each.name === name);
    if (mutant === undefined) throw new Error(`There is no mutant "${name}" any more.`);
    return comparison.notToldApart(mutant);
  };

  test.each([
    ['Active: MODIFY_SPEC to Activating.connected, removed', 'the documents permit as well'],
    ['Inactive: MODIFY_SPEC refused by R77, removed', 'the documents permit as well'],
    // What ends by itself may end at once.
    ['Inactive: DELETE to Deleting, redirected to gone', 'the documents permit as well'],
  ])('is one that does less of what is permitted: %s', (name, reason) => {
    expect(reasonOf(name)).toContain(reason);
  });

  test.each([
    ['Idle: ACTIVATE refused by R45, wrong code'],
    ['Active: DEACTIVATE to Deactivating, removed'],
    ['Inactive: ACTIVATE to Activating.connected, redirected to Idle.free'],
    ['Active: DEACTIVATE to Deactivating, redirected to Idle.free from use 2 on'],
  ])('is none that a sequence finds: %s', (name) => {
    expect(reasonOf(name)).toBeUndefined();
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
  const { kinds, survivors, notToldApart, rules, unguarded } = await score({
    suites: ['guided', 'races'],
    seed: 1,
    budget: 200,
    every: 60,
  });
  const total = kinds.reduce((sum, each) => sum + each.total, 0);
  const killed = kinds.reduce((sum, each) => sum + each.killed, 0);
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['emulator', 'emulator: races']));
  for (const { name } of notToldApart) expect(survivors.map((each) => each.name)).not.toContain(name);
  expect(notToldApart.length).toBeGreaterThan(0);
  expect(killed).toBeGreaterThan(0);
  expect(survivors).toHaveLength(total - killed);
  const guarded = new Set(rules.filter((each) => each.killed > 0).map(({ rule }) => rule));
  expect(unguarded.filter((rule) => guarded.has(rule))).toEqual([]);
  expect(unguarded.length).toBeGreaterThan(0);
}, 60_000);
