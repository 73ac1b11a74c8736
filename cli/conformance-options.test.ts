import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import type { Target } from '../adapters/target.ts';
import { conformanceOptions, decided } from './conformance-options.ts';
import type { GivenOptions } from './options.ts';

describe('How long a run takes, at most', () => {
  const { control, ...without } = embeddedTarget({});
  const clocks = {
    moved: { ...without, ...(control === undefined ? {} : { control }) },
    real: without,
  } satisfies Record<string, Target>;
  const url = 'http://127.0.0.1:8787';

  test.each<[string, keyof typeof clocks, GivenOptions, number | undefined]>([
    ['less than a minute where the clock is moved', 'moved', { target: url }, 55_000],
    ['a short break where time is real', 'real', { target: url }, 24_000],
    ['as long as all of it takes, embedded', 'moved', { target: 'emulator' }, undefined],
    ['as long as what was asked for takes', 'real', { target: url, commands: 9 }, undefined],
    ['as long as was asked for', 'moved', { target: url, time: 2 }, 2000],
    ['as long as a part of a campaign takes', 'moved', { target: url, shard: '1/2', seed: 1 }, undefined],
  ])('%s', (_, clock, given, most) => {
    expect(conformanceOptions(given, clocks[clock], decided(given)).timeMs).toBe(most);
  });
});
