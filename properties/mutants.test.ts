import { describe, expect, test } from 'vitest';
import { mutants } from '../adapters/emulator/mutants.ts';
import { namesTheRule } from './testing/full-run.ts';
import { hunt, shortestOf } from './testing/hunt.ts';
import { notYet, seldom, shortest } from './testing/shortest.ts';

/**
 * The harness tests itself: a default run finds every defect that the emulator can be given, names the
 * rule that it breaks, and shows it with a program about as short as can be.
 */

const known = new Map(Object.entries(shortest));
const open = new Map(Object.entries(notYet));

describe('A default run', () => {
  test.each(
    mutants.filter(({ name }) => !open.has(name)).map((each) => [each.name, each.rule, each] as const),
  )(
    'finds the mutant %s, names %s and shows it in a short program that does it again',
    async (name, _rule, mutant) => {
      const atMost = (known.get(name) ?? unknownLength(name)) + 1;
      const found: string[] = [];
      for (const seed of seldom[name]?.seeds ?? [1]) {
        const { shrunk, fingerprints } = await hunt(mutant, { seed, goodEnough: atMost });
        if ((shortestOf({ shrunk }) ?? Infinity) <= atMost) return;
        found.push(`seed ${seed}, shortest ${shortestOf({ shrunk })}, found ${fingerprints.join('; ')}`);
      }
      throw new Error(`Nothing of at most ${atMost} commands names the rule: ${found.join(' / ')}`);
    },
  );

  test.each(mutants.filter(({ name }) => open.has(name)).map((each) => [each.name, each] as const))(
    'does not find the mutant %s yet: its entry in notYet is not stale',
    async (name, mutant) => {
      const { shrunk } = await hunt(mutant, { seed: 1 });
      expect(shrunk, `${name} is found now: delete its entry from notYet ("${open.get(name)}")`).toEqual([]);
    },
  );

  test.each([
    'connect-role-code',
    'activate-any-status',
    'deleting-for-ever',
    'deactivate-idles-peer',
    'refused-modify-renames',
    'second-page-repeats',
  ])('reports the rule of the mutant %s when everything else that it found is shrunk too', async (name) => {
    const { rules, expected, reproduced } = await namesTheRule(name, { seed: 1, commands: 2500 });
    expect(rules).toContain(expected);
    expect(reproduced).toBe(true);
  });
});

describe('The lists of mutants', () => {
  test('have no entry for a mutant that does not exist', () => {
    const names = new Set(mutants.map(({ name }) => name));
    for (const name of [...known.keys(), ...open.keys(), ...Object.keys(seldom)])
      expect(names).toContain(name);
  });

  test('have every mutant in exactly one of them', () => {
    for (const { name } of mutants) expect(Number(known.has(name)) + Number(open.has(name)), name).toBe(1);
  });
});

function unknownLength(name: string): never {
  throw new Error(`No shortest length is known for "${name}": run properties/testing/find-shortest.ts.`);
}
