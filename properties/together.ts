import type { Bucket } from './bucket.ts';
import type { CampaignResult } from './campaign.ts';
import type { Counts } from './tally.ts';
import { given } from './given.ts';

/** What two campaigns ran. */
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
    hookFailed: one.hookFailed || other.hookFailed,
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
