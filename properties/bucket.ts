import { withSighting } from './keep-sightings.ts';
import type { Finding } from './oracle/verdict.ts';
import type { Sequence } from './sequence.ts';
import type { Trace } from './trace.ts';

/** The same divergence, however often it was met, with the shortest sequence that showed it. */
export interface Bucket {
  readonly finding: Finding;
  readonly occurrences: number;
  /** Of those in which the fewest other things diverged until then, the one that showed it soonest. */
  readonly witness: Witness;
  /** A few more, for when the shortest only inherited what an earlier sequence had brought about. */
  readonly others: readonly Sighting[];
}

/** Where a divergence was met. */
export type Sighting = Omit<Witness, 'trace'>;

export interface Witness {
  readonly sequence: Sequence;
  readonly index: number;
  /** The step that showed it. */
  readonly step: number;
  /** How many other things diverged up to then: where there are none, it is the consequence of nothing. */
  readonly besides?: number;
  readonly trace: Trace;
}

/** Puts what diverged into its bucket, with where it was met. */
export function record(buckets: Map<string, Bucket>, finding: Finding, witness: Witness): void {
  const known = buckets.get(finding.fingerprint);
  if (known === undefined) {
    buckets.set(finding.fingerprint, { finding, occurrences: 1, witness, others: [] });
    return;
  }
  const better = isBetter(witness, known.witness);
  buckets.set(finding.fingerprint, {
    finding: better ? finding : known.finding,
    occurrences: known.occurrences + 1,
    witness: better ? witness : known.witness,
    others: withSighting(known.others, witness),
  });
}

/** Whether one witness tells more clearly than another what is wrong: with less beside it, or sooner. */
export function isBetter(one: Witness, other: Witness): boolean {
  const rank = ({ besides: more = 0, step, index }: Witness): readonly number[] => [more, step, index];
  const ranked = rank(other);
  const differs = rank(one).map((each, place) => each - (ranked[place] ?? 0));
  return (differs.find((each) => each !== 0) ?? 0) < 0;
}
