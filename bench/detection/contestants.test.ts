import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../properties/score/sources.ts';
import { Arena } from './arena.ts';
import { fastCheckDefaults, fastCheckTuned } from './fast-check.ts';
import { bySequences, byTheModel } from './sequences.ts';
import { shortestPaths } from './xstate-paths.ts';

const guided = bySequences('guided', '', (seed) => sourceOf(['guided'], seed), byTheModel);

// Each with a mutant that it comes to soon: the defaults hardly ever connect a pair, paths are never refused.
describe.each([
  { name: fastCheckDefaults.name, contestant: fastCheckDefaults, mutant: 'activate-any-status' },
  { name: fastCheckTuned.name, contestant: fastCheckTuned, mutant: 'connect-ends-inactive' },
  { name: shortestPaths.name, contestant: shortestPaths, mutant: 'connect-ends-inactive' },
  { name: guided.name, contestant: guided, mutant: 'connect-ends-inactive' },
])('$name', ({ contestant, mutant }) => {
  test('finds no fault with the emulator as it should be, and uses its calls', async () => {
    const arena = await Arena.with({});
    expect(await contestant.find(arena, 1, 200)).toBeUndefined();
    expect(arena.calls).toBeGreaterThanOrEqual(200);
    await arena.close();
  });

  test('finds what shows soon, with a counterexample and what it cost', async () => {
    const arena = await Arena.with({ name: mutant });
    const found = await contestant.find(arena, 1, 5000);
    expect(found?.calls).toBeGreaterThan(1);
    expect(found?.length).toBeGreaterThan(1);
    expect(arena.calls).toBe((found?.calls ?? 0) + (found?.shrinkCalls ?? 0));
    await arena.close();
  });
});
