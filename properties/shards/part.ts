import type { Observation } from '../../model/vocabulary.ts';
import type { Target } from '../../adapters/target.ts';
import type { Tables } from '../../model/compile.ts';
import type { RawExchange } from '../../reports/record.ts';
import type { Bucket } from '../bucket.ts';
import type { CampaignResult } from '../campaign.ts';
import type { ProtocolResult } from '../protocol/suite.ts';
import type { RacesRun } from '../races/suite.ts';
import { UsageError } from '../run/errors.ts';
import type { Scene } from '../run/scene.ts';
import { alone } from '../shrink/alone.ts';
import type { ShrinkOptions } from '../shrink/shrink-all.ts';
import { shrinkBy } from '../shrink/shrink-buckets.ts';
import { type Attempts, keeping } from './attempts.ts';
import { packCampaign } from './packed-campaign.ts';
import type { Shard, ShardData } from './shard-data.ts';

/** Throws `UsageError` where the parts could not make up the whole. */
export function refuseShard(
  shard: Shard | undefined,
  suites: readonly string[],
  timeMs: number | undefined,
): void {
  if (shard === undefined) return;
  if (suites.includes('complete')) {
    throw new UsageError(
      'the suite "complete" cannot be split: what it sends follows from what its first sequences show. Run it by itself, without --shard.',
    );
  }
  if (timeMs !== undefined)
    throw new UsageError(
      '--shard and --time exclude each other: where a part ends must not rest on a clock.',
    );
}

/** What the campaigns of a part have shown, each by itself. */
export function packParts(
  sequential: CampaignResult,
  raced: RacesRun | undefined,
): Pick<ShardData, 'sequential' | 'raced'> {
  if (raced === undefined) return { sequential: packCampaign(sequential) };
  const { races } = raced;
  return {
    sequential: packCampaign(sequential),
    raced: raced.kind === 'ran' ? { races, result: packCampaign(raced.result) } : { races },
  };
}

/**
 * Makes every divergence short by itself, whatever others there are, and returns all that was tried: so the parts
 * together have tried whatever the whole would have.
 */
export async function shrinkApart(
  scene: Scene,
  tables: Tables,
  buckets: readonly Bucket[],
  options: ShrinkOptions,
): Promise<Attempts> {
  const attempts: Attempts = new Map();
  const live = alone(scene, tables, options.signal);
  const run = keeping(live, attempts);
  for (const bucket of buckets) await shrinkBy(scene, () => run, tables, [bucket], options);
  await live.finish();
  return attempts;
}

/** How the answers that these programs and checks end with went over the wire, as far as the target can tell. */
export function exchangesOf(
  attempts: Attempts,
  buckets: readonly Bucket[],
  protocol: ProtocolResult | undefined,
  target: Pick<Target, 'exchangeOf'>,
): ReadonlyMap<Observation, RawExchange> {
  const found = new Map<Observation, RawExchange>();
  const note = (observation: Observation | undefined): void => {
    const exchange = observation === undefined ? undefined : target.exchangeOf?.(observation);
    if (observation !== undefined && exchange !== undefined) found.set(observation, exchange);
  };
  // A program ends with the step that shows it; a race with its last one, whichever shows it.
  for (const { findings, trace } of [...attempts.values()].flat())
    for (const { step } of findings) for (const at of [step, -1]) note(trace?.steps.at(at)?.observation);
  for (const { witness } of buckets)
    for (const at of [witness.step, -1]) note(witness.trace.steps.at(at)?.observation);
  const checks = protocol?.kind === 'checked' ? protocol.results : [];
  for (const { findings, exchanges } of checks)
    for (const { at } of findings) note(exchanges[at]?.answer.observation);
  return found;
}
