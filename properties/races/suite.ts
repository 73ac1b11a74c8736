import type { Tables } from '../../model/compile.ts';
import type { Router } from '../../model/world.ts';
import type { RacesResult } from '../../reports/record.ts';
import { campaign, type CampaignOptions, type CampaignResult } from '../campaign.ts';
import { given } from '../given.ts';
import { hasOverlap } from '../oracle/judge-race.ts';
import type { Scene } from '../run/scene.ts';
import type { Shard } from '../shards/shard-data.ts';
import { patternsFor, racesOf } from './plan.ts';

/** Runs of each plan: what goes wrong in a race does not do so every time. */
const repetitions = 3;

export interface RacesOptions {
  readonly tables: Tables;
  readonly regionId: string;
  readonly seed: number;
  /** Commands to run, about. */
  readonly commands: number;
  /** Milliseconds to run, at most, and once something diverged. */
  readonly timeMs?: number;
  readonly timeMsOnceDiverged?: number;
  /** Interfaces that a router may have; as documented unless given. */
  readonly quotaPerRouter?: number;
  readonly shard?: Shard;
  readonly concurrency: number;
  readonly signal?: AbortSignal;
  /** The clean routers to use. */
  readonly routers: readonly Router[];
  readonly onProgress?: NonNullable<CampaignOptions['onProgress']>;
}

export type RacesRun =
  | { readonly kind: 'ran'; readonly result: CampaignResult; readonly races: RacesResult }
  | { readonly kind: 'not run'; readonly races: RacesResult };

const nothing: RacesResult = {
  runs: 0,
  overlapped: 0,
  explained: 0,
  diverged: 0,
  undecided: 0,
  patterns: [],
};

/** Lets several clients act at once on shared interfaces, pattern by pattern, and judges what they saw. */
export async function raceSuite(scene: Scene, options: RacesOptions): Promise<RacesRun> {
  const { regionId, routers, commands, seed, quotaPerRouter, ...rest } = options;
  if (routers.length < 2) return notRun('fewer than two clean routers are left');
  const { capabilities, otherRegion } = scene;
  const plans = {
    capabilities,
    maxRouters: routers.length,
    region: regionId,
    otherRegion,
    repetitions,
    ...given({ quotaPerRouter }),
  };
  const counts = patternsFor(plans).map(({ name }) => ({ name, runs: 0, overlapped: 0, diverged: 0 }));
  const total = { runs: 0, overlapped: 0, conforms: 0, diverges: 0, inconclusive: 0 };
  const result = await campaign(scene, {
    ...rest,
    routers,
    commands,
    partOf: (index) => `race ${index}`,
    sequenceAt: racesOf(plans, seed),
    onRace({ race }, trace, verdict) {
      const overlapped = hasOverlap(trace.steps) ? 1 : 0;
      total.runs += 1;
      total.overlapped += overlapped;
      total[verdict] += 1;
      for (const each of counts) {
        if (each.name !== race?.pattern) continue;
        each.runs += 1;
        each.overlapped += overlapped;
        each.diverged += verdict === 'diverges' ? 1 : 0;
      }
    },
  });
  return {
    kind: 'ran',
    result,
    races: {
      runs: total.runs,
      overlapped: total.overlapped,
      explained: total.conforms,
      diverged: total.diverges,
      undecided: total.inconclusive,
      patterns: counts,
    },
  };
}

const notRun = (reason: string): RacesRun => ({
  kind: 'not run',
  races: { ...nothing, notRun: reason },
});
