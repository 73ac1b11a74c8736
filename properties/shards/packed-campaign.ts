import { type Bucket, isBetter } from '../bucket.ts';
import type { CampaignResult } from '../campaign.ts';
import type { Counts } from '../tally.ts';
import { given } from '../given.ts';
import { fewOf } from '../keep-sightings.ts';
import { Evidence } from '../oracle/evidence.ts';

/** What a campaign has shown, as plain data: what is of classes and of this process alone is left out. */
export interface PackedCampaign {
  readonly counts: Counts;
  readonly evidence: PackedEvidence;
  readonly buckets: readonly Bucket[];
  readonly ended: string | undefined;
  readonly hookFailed: boolean;
  readonly leftBehind: readonly string[];
  readonly inconclusive: ReadonlyMap<string, number>;
}

interface PackedEvidence {
  readonly rules: readonly Seen[];
  readonly transitions: readonly Seen[];
  readonly answers: ReturnType<Evidence['answers']['all']>;
  readonly choices: ReadonlyMap<string, Map<string, number>>;
  readonly eclipsed: ReadonlySet<string>;
  readonly untold: ReadonlySet<string>;
  readonly lengths: readonly (readonly [index: number, length: number])[];
  readonly editions: number;
}

type Seen = ReturnType<Evidence['rules']['entries']> extends IterableIterator<infer Entry> ? Entry : never;

const copied = ([id, seen]: Seen): Seen => [id, { ...seen }];

/** A copy: what is added to the evidence later does not change it. */
export function packCampaign(result: CampaignResult): PackedCampaign {
  const { counts, evidence, buckets, ended, hookFailed, leftBehind, inconclusive } = result;
  const { choices, eclipsed, untold, editions } = evidence;
  return {
    counts: { ...counts },
    evidence: {
      rules: [...evidence.rules.entries()].map(copied),
      transitions: [...evidence.transitions.entries()].map(copied),
      answers: evidence.answers.all(),
      choices: new Map([...choices].map(([id, values]) => [id, new Map(values)])),
      eclipsed: new Set(eclipsed),
      untold: new Set(untold),
      lengths: evidence.lengths.flatMap((length, index) => [[index, length] as const]),
      editions,
    },
    buckets,
    ended,
    hookFailed,
    leftBehind,
    inconclusive,
  };
}

function unpackEvidence(packed: PackedEvidence): Evidence {
  const evidence = new Evidence();
  evidence.rules.merge({ entries: () => packed.rules.values() }, 0);
  evidence.transitions.merge({ entries: () => packed.transitions.values() }, 0);
  evidence.answers.merge({ all: () => packed.answers });
  for (const [id, values] of packed.choices) evidence.choices.set(id, new Map(values));
  for (const id of packed.eclipsed) evidence.eclipsed.add(id);
  for (const part of packed.untold) evidence.untold.add(part);
  for (const [index, length] of packed.lengths) evidence.lengths[index] = length;
  evidence.editions = packed.editions;
  return evidence;
}

/** Of what several parts of a campaign met, the divergence with the witness that the whole would have taken. */
function earlier(one: Bucket, other: Bucket): Bucket {
  const [first, second] = isBetter(one.witness, other.witness) ? [one, other] : [other, one];
  return {
    ...first,
    occurrences: first.occurrences + second.occurrences,
    others: fewOf([...one.others, ...other.others]),
  };
}

/** Returns what the parts of one campaign have shown together. */
export function unitedCampaign(parts: readonly PackedCampaign[]): CampaignResult {
  const counts: Counts = { sequences: 0, commands: 0, inconclusive: 0 };
  const evidence = new Evidence();
  const buckets = new Map<string, Bucket>();
  const inconclusive = new Map<string, number>();
  for (const part of parts) {
    counts.sequences += part.counts.sequences;
    counts.commands += part.counts.commands;
    counts.inconclusive += part.counts.inconclusive;
    evidence.merge(unpackEvidence(part.evidence));
    for (const bucket of part.buckets) {
      const known = buckets.get(bucket.finding.fingerprint);
      buckets.set(bucket.finding.fingerprint, known === undefined ? bucket : earlier(known, bucket));
    }
    for (const [reason, count] of part.inconclusive)
      inconclusive.set(reason, (inconclusive.get(reason) ?? 0) + count);
  }
  const ended = parts.flatMap(({ ended }) => ended ?? [])[0];
  return {
    counts,
    evidence,
    buckets: [...buckets.values()],
    ...given({ ended }),
    hookFailed: parts.some(({ hookFailed }) => hookFailed),
    leftBehind: parts.flatMap(({ leftBehind }) => leftBehind),
    routers: [],
    inconclusive,
  };
}
