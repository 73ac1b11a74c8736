import type { Tables } from '../../model/compile.ts';
import type { Router } from '../../model/world.ts';
import type { RacesResult } from '../../reports/record.ts';
import {
  type Bucket,
  campaign,
  type CampaignOptions,
  type CampaignResult,
  type Counts,
} from '../campaign.ts';
import { given } from '../given.ts';
import { hasOverlap, raceParts } from '../oracle/judge-race.ts';
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
  const counts = new Map(
    patternsFor(plans).map(({ name }) => [name, { runs: 0, overlapped: 0, diverged: 0 }]),
  );
  const total = { runs: 0, overlapped: 0, conforms: 0, diverges: 0, inconclusive: 0 };
  const result = await campaign(scene, {
    ...rest,
    routers,
    commands,
    partOf: (index) => `race ${index}`,
    sequenceAt: racesOf(plans, seed),
    onRace(sequence, trace, verdict) {
      const overlapped = hasOverlap(raceParts(trace.steps)?.during ?? []) ? 1 : 0;
      const of = counts.get(sequence.race?.pattern ?? '');
      total.runs += 1;
      total.overlapped += overlapped;
      total[verdict] += 1;
      if (of === undefined) return;
      of.runs += 1;
      of.overlapped += overlapped;
      if (verdict === 'diverges') of.diverged += 1;
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
      patterns: [...counts].map(([name, each]) => Object.assign({ name }, each)),
    },
  };
}

const notRun = (reason: string): RacesRun => ({
  kind: 'not run',
  races: { ...nothing, notRun: reason },
});

export function added(one: Counts, other: Counts): Counts {
  return {
    sequences: one.sequences + other.sequences,
    commands: one.commands + other.commands,
    inconclusive: one.inconclusive + other.inconclusive,
  };
}

/** Two campaigns as one, for a record of both. */
export function together(one: CampaignResult, other: CampaignResult): CampaignResult {
  const { counts, buckets } = other;
  one.evidence.merge(other.evidence, true);
  const inconclusive = new Map(one.inconclusive);
  for (const [reason, count] of other.inconclusive)
    inconclusive.set(reason, (inconclusive.get(reason) ?? 0) + count);
  const ended = one.ended ?? other.ended;
  const fault = one.fault ?? other.fault;
  return {
    ...one,
    counts: added(one.counts, counts),
    buckets: merged([...one.buckets, ...buckets]),
    leftBehind: [...one.leftBehind, ...other.leftBehind],
    inconclusive,
    ...given({ ended, fault }),
  };
}

/** The same divergence in one bucket, with the shorter of its witnesses. */
export function merged(buckets: readonly Bucket[]): readonly Bucket[] {
  const found = new Map<string, Bucket>();
  for (const bucket of buckets) {
    const known = found.get(bucket.finding.fingerprint);
    const [first, second] =
      known !== undefined && known.witness.step <= bucket.witness.step ? [known, bucket] : [bucket, known];
    const occurrences = first.occurrences + (second?.occurrences ?? 0);
    const others = [...first.others, ...(second?.others ?? [])];
    found.set(bucket.finding.fingerprint, { ...first, occurrences, others });
  }
  return [...found.values()];
}
