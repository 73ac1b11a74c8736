import { describe, expect, test } from 'vitest';
import { Emulator } from './emulator.ts';
import { findMutant, findMutants, mutants, profileOf, wireMutants } from './mutants.ts';
import { operations } from './operations.ts';
import { refusalTable } from './refusal-table.ts';
import { tour } from './testing/tour.ts';

describe('mutants', () => {
  test('have names of their own', () => {
    const all = [...mutants, ...wireMutants];
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(mutants.length).toBeGreaterThanOrEqual(60);
  });

  test('name a rule', () => {
    for (const { name, rule } of [...mutants, ...wireMutants]) {
      expect(rule, name).toMatch(/^(R([1-9]\d?|100)|P[123678])$/);
    }
  });

  test('forget a guard that exists', () => {
    const guards = new Set(
      Object.entries(operations).flatMap(([action, { guards }]) =>
        guards.map(({ name }) => `${action}.${name}`),
      ),
    );
    const forgotten = mutants.flatMap(({ without }) => (without === undefined ? [] : [without]));
    for (const guard of forgotten) expect(guards).toContain(guard);
    expect(new Set(forgotten).size).toBe(forgotten.length);
  });

  test('change a refusal that exists', () => {
    for (const { answer } of mutants) {
      if (!answer || answer.reason.startsWith('Missing')) continue;
      expect(Object.keys(refusalTable)).toContain(answer.reason);
    }
  });

  test('are refused by name with the list of names', () => {
    expect(() => new Emulator({ mutant: 'no-such-mutant' })).toThrow(/"no-such-mutant".*connect-any-role/);
    expect(findMutant('connect-any-role').rule).toBe('R33');
  });

  test.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s shows', (name, { profile }) => {
    const clean = tour({ profile });
    expect(tour({ profile, mutant: name })).not.toEqual(clean);
  });

  test('leave the clean emulator alone: the same tour twice is the same', () => {
    expect(tour({})).toEqual(tour({}));
  });
});

describe('several mutants at once', () => {
  test('are all there', () => {
    const { settings } = new Emulator({ mutant: 'list-loses-last, connect-any-role' });
    expect(settings.is('list-loses-last')).toBe(true);
    expect(settings.omitted).toEqual(new Set(['ConnectRouterInterface.role']));
    expect(settings.is('name-not-stored')).toBe(false);
  });

  test('need one profile', () => {
    const [one, other] = ['reads-never-catch-up', 'normalised-keeps-bandwidth'].map(findMutant);
    expect(profileOf('list-loses-last,reads-never-catch-up')).toBe(one?.profile);
    expect(() => findMutants(`${one?.name},${other?.name}`)).toThrow(/cannot be had at once/);
  });
});
