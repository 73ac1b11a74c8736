import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { editions } from '../../adapters/emulator/editions.ts';
import type { EmulatorOptions } from '../../adapters/emulator/emulator.ts';
import { raceMutants } from '../../adapters/emulator/mutants.ts';
import { profiles } from '../../adapters/emulator/profiles.ts';
import { startEmulator } from '../../adapters/emulator/serve.ts';
import { httpTarget } from '../../adapters/http/http-target.ts';
import type { Target } from '../../adapters/target.ts';
import { campaign, type CampaignResult } from '../campaign.ts';
import { hasOverlap } from '../oracle/judge-race.ts';
import type { StepVerdict } from '../oracle/verdict.ts';
import { defaultTables } from '../tables.ts';
import { regionId, sceneOn, summary } from '../testing/campaigns.ts';
import { shuffled } from '../testing/shuffled.ts';
import { patterns } from './patterns.ts';
import { racesOf } from './plan.ts';
import { raceSuite } from './suite.ts';

interface Races {
  readonly result: CampaignResult;
  readonly verdicts: readonly StepVerdict['kind'][];
  readonly patterns: ReadonlySet<string>;
  readonly overlapped: number;
}

/** Races on a target; ends early once so many of them diverged. */
async function races(
  target: Target,
  seed: number,
  commands: number,
  enough = Infinity,
  edition: Parameters<typeof sceneOn>[1] = {},
): Promise<Races> {
  const scene = await sceneOn(target, edition);
  const { capabilities, otherRegion } = scene;
  const options = { capabilities, maxRouters: 8, region: regionId, otherRegion, repetitions: 3 };
  const stop = new AbortController();
  const verdicts: StepVerdict['kind'][] = [];
  const met = new Set<string>();
  let overlapped = 0;
  const result = await campaign(scene, {
    tables: defaultTables(),
    sequenceAt: racesOf(options, seed),
    commands,
    concurrency: 4,
    signal: stop.signal,
    onRace(sequence, trace, verdict) {
      verdicts.push(verdict);
      met.add(sequence.race?.pattern ?? '');
      if (hasOverlap(trace.steps)) overlapped += 1;
      if (verdicts.filter((kind) => kind === 'diverges').length >= enough) stop.abort();
    },
  });
  return { result, verdicts, patterns: met, overlapped };
}

/** The commands of a default run. */
const defaultCommands = 4000;

describe('The races of a default run', () => {
  test.each(raceMutants.map((each) => [each.name, each.rule, each] as const))(
    'find the mutant %s and name %s',
    async (name, rule, { profile }) => {
      const found: string[] = [];
      for (const enough of [3, Infinity]) {
        const { result } = await races(embeddedTarget({ mutant: name, profile }), 1, defaultCommands, enough);
        const named = result.buckets.filter(({ finding }) => finding.rules.includes(rule));
        if (named.some(({ finding }) => finding.race !== undefined)) return;
        found.push(...result.buckets.map(({ finding }) => finding.fingerprint));
      }
      throw new Error(`Only found: ${found.join('; ') || 'nothing'}`);
    },
  );

  test('meet in nearly all of them, and try every pattern', async () => {
    const met = await races(shuffled(embeddedTarget(), 5), 5, 700);
    expect(met.overlapped).toBeGreaterThan(met.verdicts.length * 0.8);
    expect([...met.patterns].toSorted()).toEqual(patterns.map(({ name }) => name).toSorted());
  });
});

/** All conform, and none is left open. */
async function expectClean(emulator: EmulatorOptions, seed: number, edition = {}): Promise<void> {
  const target = shuffled(embeddedTarget(emulator), seed);
  const { result, verdicts } = await races(target, seed, 500, Infinity, edition);
  expect(summary(result), `seed ${seed}`).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(20);
  expect(new Set(verdicts), `seed ${seed}`).toEqual(new Set(['conforms']));
}

describe('The suite of races', () => {
  const common = {
    tables: defaultTables(),
    regionId,
    seed: 3,
    commands: 300,
    concurrency: 4,
  };

  test('is not run on fewer than two clean routers, and says so', async () => {
    const scene = await sceneOn(embeddedTarget());
    const run = await raceSuite(scene, { ...common, routers: scene.routers.slice(0, 1) });
    expect(run).toEqual({
      kind: 'not run',
      races: expect.objectContaining({
        runs: 0,
        patterns: [],
        notRun: 'fewer than two clean routers are left',
      }) as unknown,
    });
  });

  test('counts each race once, under its pattern, and leaves out patterns that take more routers', async () => {
    const scene = await sceneOn(shuffled(embeddedTarget(), 3));
    const run = await raceSuite(scene, { ...common, routers: scene.routers.slice(0, 2) });
    const { patterns: told, ...total } = run.races;
    const sum = (of: 'runs' | 'overlapped' | 'diverged'): number =>
      told.reduce((all, each) => all + each[of], 0);
    expect(total).toMatchObject({ runs: sum('runs'), overlapped: sum('overlapped'), diverged: 0 });
    expect(total.explained).toBe(total.runs);
    expect(total.runs).toBeGreaterThan(told.length / 2);
    const most = patterns.filter(({ routers }) => routers <= 2).map(({ name }) => name);
    expect(told.map(({ name }) => name)).toEqual(most);
    expect(most.length).toBeLessThan(patterns.length);
  });
});

describe('Races on the clean emulator whose calls overtake each other', () => {
  test.each(Object.keys(profiles))('show no divergence with the profile %s', async (profile) => {
    for (const seed of [21, 22]) await expectClean({ profile }, seed);
  });

  test.each(editions)('show no divergence in the edition %s, judged by it', async (edition) => {
    await expectClean({ edition }, 31, { edition });
  });

  test.each([41, 42])('show no divergence over HTTP with the seed %i', async (seed) => {
    const served = await startEmulator({ clock: 'manual' });
    const target = await httpTarget({
      url: served.url,
      accessKeyId: 'testid',
      accessKeySecret: 'testsecret',
    });
    try {
      const { result, verdicts, overlapped } = await races(target, seed, 900);
      expect(summary(result)).toEqual([]);
      expect(new Set(verdicts)).toEqual(new Set(['conforms']));
      expect(overlapped).toBeGreaterThan(verdicts.length * 0.8);
    } finally {
      await target.close();
      await served.close();
    }
  });
});
