import type { Tables } from '../../model/compile.ts';
import type { Bucket } from '../bucket.ts';
import { given } from '../given.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import type { Alone } from './alone.ts';
import { notShorter, type ShrinkOptions, type Shown, type ShrunkAll } from './shrink-all.ts';
import { isSameRace, shrinkRace } from './shrink-race.ts';
import type { Attempt } from './shrink.ts';

export interface ShrunkRaces extends ShrunkAll {
  /** Divergences that one client alone shows as well: they are none of a race. */
  readonly plain: readonly Bucket[];
}

/**
 * Makes the divergences of races as short as can be, the same one once. One that does not show again is
 * tried from the other places where it was met, and reported all the same.
 */
export async function shrinkRaces(
  tables: Tables,
  buckets: readonly Bucket[],
  { budget, until, not, signal, run }: ShrinkOptions & { readonly run: Alone },
): Promise<ShrunkRaces> {
  const shown: Shown[] = [];
  const plain: Bucket[] = [];
  let commands = 0;
  let stopped = not;
  let fault: unknown;
  const over = (): string | undefined => {
    if (signal?.aborted === true) stopped ??= 'the run was stopped';
    if (performance.now() > until) stopped ??= 'time was up';
    return stopped;
  };
  const attempt = async (candidate: Sequence): Promise<Attempt> => {
    if (over() !== undefined) return { findings: [], cost: budget, notRun: true };
    const tried = await run.attempt(candidate);
    commands += tried.cost;
    stopped = over() ?? tried.broken;
    return tried;
  };
  const known = (finding: Finding): Shown | undefined => shown.find((each) => saysAsMuch(each, finding));

  /** The shortest of the places where it was met; undefined where it is none of a race. */
  const shorten = async (bucket: Bucket): Promise<Shown | undefined> => {
    const { finding, occurrences, witness, others } = bucket;
    let best: Shown | undefined;
    for (const { sequence, index } of [witness, ...others]) {
      if (best?.reproduced === true || sequence.race === undefined) break;
      if (best !== undefined && over() !== undefined) break;
      const short = await shrinkRace({ ...sequence, race: sequence.race }, finding, budget, attempt);
      if (short.alone !== undefined) {
        const { sequence: merged, step, finding: same } = short.alone;
        const trace = run.lastShowing(same) ?? witness.trace;
        const place = { sequence: merged, index, step, trace };
        plain.push({ finding: same, occurrences, witness: place, others: [] });
        return undefined;
      }
      const { reproduced, reproduction, trace = witness.trace } = short;
      const why = reproduced ? undefined : over();
      best = {
        finding: short.finding,
        sequence: short.sequence,
        trace,
        reproduced,
        ...(reproduction.runs === 0 ? {} : { reproduction }),
        occurrences,
        consequences: [],
        ...(why === undefined ? {} : { notShortened: notShorter(why) }),
      };
    }
    return best;
  };

  const simplestFirst = buckets.toSorted(
    (a, b) =>
      a.finding.rules.length - b.finding.rules.length ||
      a.witness.trace.steps.length - b.witness.trace.steps.length ||
      a.finding.fingerprint.localeCompare(b.finding.fingerprint),
  );
  for (const bucket of simplestFirst) {
    const { finding, occurrences, witness } = bucket;
    const covered = known(finding);
    if (covered !== undefined) {
      covered.occurrences += occurrences;
      continue;
    }
    const short = await shorten(bucket).catch((error: unknown): Shown => {
      fault ??= error;
      stopped ??= 'the harness failed before';
      const { sequence, trace } = witness;
      const why = notShorter('the harness failed before');
      return {
        finding,
        sequence,
        trace,
        reproduced: false,
        notShortened: why,
        occurrences,
        consequences: [],
      };
    });
    if (short === undefined) continue;
    const same = known(short.finding);
    if (same === undefined) shown.push(short);
    else same.occurrences += occurrences;
  }
  await run.finish();
  return {
    shown,
    plain,
    commands,
    ...given({ cutShort: stopped, fault }),
  };
}

/** Whether a race that was shortened breaks the rules of another on the same operation, and no others. */
function saysAsMuch({ finding, reproduced }: Shown, other: Finding): boolean {
  if (finding.fingerprint === other.fingerprint) return true;
  return (
    reproduced &&
    isSameRace(finding, other) &&
    finding.operation === other.operation &&
    finding.rules.every((rule) => other.rules.includes(rule))
  );
}
