import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../properties/score/sources.ts';
import { Arena } from './arena.ts';
import { fastCheckDefaults, fastCheckTuned } from './fast-check.ts';
import { bySequences, byTheModel } from './sequences.ts';
import { shortestPaths } from './xstate-paths.ts';

const guided = bySequences('guided', '', (seed) => sourceOf(['guided'], seed), byTheModel);

describe.each([fastCheckDefaults, fastCheckTuned, shortestPaths, guided])('$name', (contestant) => {
  test('finds no fault with the emulator as it should be, and uses its calls', async () => {
    const arena = await Arena.with({});
    expect(await contestant.find(arena, 1, 200)).toBeUndefined();
    expect(arena.calls).toBeGreaterThanOrEqual(200);
    await arena.close();
  });

  test('finds what shows soon, with a counterexample and what it cost', async () => {
    const arena = await Arena.with({ name: 'activate-any-status' });
    const found = await contestant.find(arena, 1, 5000);
    expect(found?.calls).toBeGreaterThan(1);
    expect(found?.length).toBeGreaterThan(1);
    expect(arena.calls).toBe((found?.calls ?? 0) + (found?.shrinkCalls ?? 0));
    await arena.close();
  });
});
