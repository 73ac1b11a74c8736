import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import { type ServeOptions, startEmulator } from '../adapters/emulator/serve.ts';
import { httpTarget, type HttpTargetOptions } from '../adapters/http/http-target.ts';
import type { Target } from '../adapters/target.ts';
import { campaign, type CampaignResult } from './campaign.ts';
import type { Times } from './run/clock.ts';
import { defaultTables } from './tables.ts';
import { manualTimes, sceneOn, sequencesFor, summary } from './testing/campaigns.ts';
import { interfacesLeft } from './testing/targets.ts';

/** The same campaigns over a real wire: signed requests to an emulator that listens on a free port. */

interface Settings {
  readonly commands: number;
  readonly concurrency?: number;
  readonly times?: Times;
}

async function run(
  target: Target,
  { commands, concurrency = 4, times = manualTimes }: Settings,
): Promise<CampaignResult> {
  const scene = await sceneOn(target, { times });
  const result = await campaign(scene, {
    tables: defaultTables(),
    sequenceAt: sequencesFor(scene, 2),
    commands,
    concurrency,
  });
  return { ...result, leftBehind: [...result.leftBehind, ...(await scene.strike())] };
}

/** Serves an emulator, uses it over HTTP, and sees to it that nothing stays open. */
async function serving<T>(
  emulator: ServeOptions,
  use: (target: Target) => Promise<T>,
  wire: Partial<HttpTargetOptions> = {},
): Promise<T> {
  const served = await startEmulator(emulator);
  const target = await httpTarget({
    url: served.url,
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
    ...wire,
  });
  try {
    return await use(target);
  } finally {
    await target.close();
    await served.close();
  }
}

/** Runs a campaign over HTTP against an emulator, and sees to it that nothing stays on it either. */
function overHttp(
  emulator: ServeOptions,
  settings: Settings,
  wire: Partial<HttpTargetOptions> = {},
): Promise<CampaignResult> {
  return serving(
    emulator,
    async (target) => {
      const result = await run(target, settings);
      expect(await interfacesLeft(target)).toEqual([]);
      return result;
    },
    wire,
  );
}

/** Keeps the machine busy, so that nothing else gets on. */
function stall(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

const found = ({ buckets }: CampaignResult): string[] =>
  buckets.map(({ finding, occurrences }) => `${occurrences} ${finding.fingerprint}`).toSorted();

describe('Over HTTP with a manual clock', () => {
  test.each(['GET', 'POST'] as const)('the clean emulator conforms with %s', async (method) => {
    const result = await overHttp({ clock: 'manual' }, { commands: 500 }, { method });
    expect(summary(result)).toEqual([]);
    expect(result.counts.inconclusive).toBe(0);
    expect(result.counts.commands).toBeGreaterThanOrEqual(500);
  });

  test.each([
    ['acs3', 'GET', 'JSON'],
    ['acs3', 'POST', 'XML'],
    ['v1', 'POST', 'XML'],
  ] as const)('the clean emulator conforms with %s, %s and %s', async (signature, method, format) => {
    const result = await overHttp({ clock: 'manual' }, { commands: 500 }, { signature, method, format });
    expect(summary(result)).toEqual([]);
    expect(result.counts.inconclusive).toBe(0);
    expect(result.counts.commands).toBeGreaterThanOrEqual(500);
  });

  test.each(['reads:lagging', 'contrary', 'transitions:slow'])(
    'the clean emulator conforms with the profile %s',
    async (profile) => {
      expect(summary(await overHttp({ clock: 'manual', profile }, { commands: 300 }))).toEqual([]);
    },
  );

  test.each(['connect-role-code', 'activate-any-status', 'refused-connect-freezes', 'second-page-repeats'])(
    'the mutant %s shows exactly as in process, whatever the concurrency',
    async (mutant) => {
      const here = await run(embeddedTarget({ mutant }), { commands: 700, concurrency: 1 });
      expect(found(here)).not.toEqual([]);
      for (const concurrency of [1, 5]) {
        const there = await overHttp({ mutant, clock: 'manual' }, { commands: 700, concurrency });
        expect(found(there)).toEqual(found(here));
        expect(there.counts).toEqual(here.counts);
      }
    },
  );
});

/** Transitions short enough for a test, and bounds generous enough for a busy machine. */
const quick: ServeOptions = {
  clock: 'real',
  connectMs: 12,
  activateMs: 8,
  deactivateMs: 8,
  deleteMs: 8,
  specChangeMs: 6,
};
const times: Times = { settleMs: 4000, staleMs: 1000, pollMs: [2, 20] };

describe('Over HTTP with a real clock', () => {
  test('the clean emulator conforms', async () => {
    const result = await overHttp(quick, { commands: 600, times, concurrency: 6 });
    expect(summary(result)).toEqual([]);
    expect(result.counts.inconclusive).toBe(0);
  });

  test('the clean emulator conforms where reads lag', async () => {
    const lagging = { ...quick, profile: 'reads:lagging', readLagMs: 80 };
    const result = await overHttp(lagging, {
      commands: 100,
      times: { settleMs: 4000, staleMs: 400, pollMs: [2, 20] },
      concurrency: 6,
    });
    expect(summary(result)).toEqual([]);
  });

  /** The reads of set-up come so late that none of them shows a lag, and the machine is busy afterwards. */
  const missingTheLag = (target: Target, lagMs: number): Target => {
    let reads = 0;
    return {
      ...target,
      call: async (operation, params) => {
        if (operation.startsWith('DescribeRouterInterface') && ++reads < 40) await sleep(lagMs);
        else if (reads % 20 === 0) stall(lagMs);
        return target.call(operation, params);
      },
    };
  };

  test.each(['reads=lagging', 'reads=attributeLagging'])(
    'the clean emulator conforms where a short lag escaped set-up: %s',
    async (profile) => {
      const readLagMs = 15;
      await serving({ ...quick, profile, readLagMs }, async (target) => {
        const result = await run(missingTheLag(target, 2 * readLagMs), {
          commands: 200,
          times: { settleMs: 4000, staleMs: 200, pollMs: [2, 20] },
          concurrency: 6,
        });
        expect(summary(result)).toEqual([]);
        expect(result.evidence.choices.get('reads')?.get('lagging')).toBeGreaterThan(0);
      });
    },
  );

  test('reads that lag for longer than they may are blamed', async () => {
    const lagging = { ...quick, profile: 'reads:lagging', readLagMs: 300 };
    const times: Times = { settleMs: 1000, staleMs: 50, pollMs: [2, 20] };
    const { buckets } = await serving(lagging, (target) => run(target, { commands: 100, times }));
    expect(buckets.length).toBeGreaterThan(0);
  });

  test.each(['connect-role-code', 'created-inactive'])('the mutant %s shows', async (mutant) => {
    const { buckets } = await overHttp({ ...quick, mutant }, { commands: 300, times });
    const here = await run(embeddedTarget({ mutant }), { commands: 300 });
    const kinds = (result: Pick<CampaignResult, 'buckets'>): Set<string> =>
      new Set(result.buckets.flatMap(({ finding }) => finding.rules));
    const shown = kinds({ buckets });
    expect(buckets.length).toBeGreaterThan(0);
    expect([...kinds(here)].filter((rule) => shown.has(rule)).length).toBeGreaterThan(0);
  });
});

describe('Over HTTP to a target that breaks down', () => {
  test('the campaign ends with the reason when the server is gone half-way', async () => {
    const served = await startEmulator({ clock: 'manual' });
    const target = await httpTarget({
      url: served.url,
      accessKeyId: 'testid',
      accessKeySecret: 'testsecret',
    });
    let calls = 0;
    const breaking: Target = {
      ...target,
      call: async (operation, params) => {
        if (++calls === 300) await served.close();
        return target.call(operation, params);
      },
    };
    const scene = await sceneOn(breaking);
    const result = await campaign(scene, {
      tables: defaultTables(),
      sequenceAt: sequencesFor(scene, 2),
      commands: 5000,
      concurrency: 1,
    }).finally(() => target.close());
    expect(result.ended).toMatch(/cannot be reached|connection broke/);
    expect(result.buckets).toEqual([]);
    expect(result.counts.commands).toBeLessThan(300);
  });
});
