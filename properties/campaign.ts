import { CannotAnswer, HookError } from '../adapters/target.ts';
import type { Tables } from '../model/compile.ts';
import type { Router } from '../model/world.ts';
import { given } from './given.ts';
import { withSighting } from './keep-sightings.ts';
import { Evidence } from './oracle/evidence.ts';
import { divergencesIn, judgeSteps } from './oracle/judge-steps.ts';
import { RequestIds } from './oracle/request-ids.ts';
import type { Finding, StepVerdict } from './oracle/verdict.ts';
import { Account } from './run/account.ts';
import { clean } from './run/clean.ts';
import { SetupError } from './run/errors.ts';
import { type Bindings, executeSequence, type Stage } from './run/execute.ts';
import { inParallel } from './run/in-parallel.ts';
import { release, stillThere } from './run/give-back.ts';
import { RouterPool, RoutersExhausted } from './run/router-pool.ts';
import { besides } from './shrink/same.ts';
import type { Scene } from './run/scene.ts';
import { commandsOf, type Sequence } from './sequence.ts';
import type { Shard } from './shards/shard-data.ts';
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

export interface Counts {
  sequences: number;
  commands: number;
  inconclusive: number;
}

export interface CampaignOptions {
  readonly tables: Tables;
  readonly sequenceAt: (index: number) => Sequence;
  /** The clean routers to use; all of the scene unless given. */
  readonly routers?: readonly Router[];
  /** The number of the first sequence; 0 unless given. */
  readonly first?: number;
  /** A campaign on the same scene that this one goes on from: all that it found is found by this one, too. */
  readonly after?: CampaignResult;
  /** Ends after so many sequences, whatever is left of the budget. */
  readonly sequences?: number;
  /** Judged commands to run, about. */
  readonly commands: number;
  /** Runs only the sequences that are this part's, of all that the budget is for. */
  readonly shard?: Shard;
  /** The name of the part of the run that a sequence is; `sequence 17` unless given. */
  readonly partOf?: (index: number) => string;
  /** Asked when they are used up: goes on, by half as much at most, until it says yes. */
  readonly enough?: (evidence: Evidence) => boolean;
  /** Milliseconds to run, at most. */
  readonly timeMs?: number;
  /** The same once something has diverged: making it shorter takes its time too. */
  readonly timeMsOnceDiverged?: number;
  readonly concurrency: number;
  readonly signal?: AbortSignal;
  /** Told of each sequence that ran, in the order in which they came to an end. */
  readonly onTrace?: (index: number, sequence: Sequence, trace: Trace) => void;
  /** Told of each sequence in which clients acted at once, and what came of it. */
  readonly onRace?: (sequence: Sequence, trace: Trace, verdict: StepVerdict['kind']) => void;
  readonly onProgress?: (progress: { counts: Counts; evidence: Evidence; divergences: number }) => void;
}

export interface CampaignResult {
  readonly counts: Counts;
  readonly evidence: Evidence;
  readonly buckets: readonly Bucket[];
  /** Why it ended early, if it did. */
  readonly ended?: string;
  /** It ended because a control hook failed. */
  readonly hookFailed: boolean;
  /** A fault of the harness that ended it; what was found before is not lost. */
  readonly fault?: unknown;
  readonly leftBehind: readonly string[];
  /** The routers that are clean in the end: others than those of the scene where it had to start over. */
  readonly routers: readonly Router[];
  /** Reasons for which steps could not be judged, with how often. */
  readonly inconclusive: ReadonlyMap<string, number>;
}

/** A sequence and its number. */
type Planned = readonly [sequence: Sequence, index: number];

/** Of what it forgot nothing can be said. */
const lostScene =
  'the target has lost the routers that the run made: it was restarted or emptied meanwhile. What it answered in the sequences that found out is not judged';

/** Commands by which a campaign goes on that has not had enough: many enough to run sequences side by side. */
const extension = 500;

/**
 * Runs sequences until the budget is used up and judges each trace. A divergence ends nothing: it goes
 * into its bucket and testing goes on.
 */
export async function campaign(scene: Scene, options: CampaignOptions): Promise<CampaignResult> {
  const { tables, sequenceAt, signal, partOf = (index) => `sequence ${index}` } = options;
  const { after, shard } = options;
  const counts: Counts = { sequences: 0, commands: 0, inconclusive: 0, ...after?.counts };
  const evidence = after?.evidence ?? new Evidence();
  const requestIds = new RequestIds();
  const buckets = new Map((after?.buckets ?? []).map((each) => [each.finding.fingerprint, each]));
  const inconclusive = new Map(after?.inconclusive);
  const leftBehind: string[] = [...(after?.leftBehind ?? [])];
  const account = new Account();
  const pool = new RouterPool(options.routers ?? after?.routers ?? scene.routers);
  const began = performance.now();
  let deadline = began + (options.timeMs ?? Number.POSITIVE_INFINITY);
  const earlier = began + (options.timeMsOnceDiverged ?? Number.POSITIVE_INFINITY);
  let ended: string | undefined;
  let resets = 0;
  let fault: unknown;
  let hookFailed = false;
  const over = (): boolean =>
    ended !== undefined ||
    signal?.aborted === true ||
    performance.now() > (buckets.size > 0 ? Math.min(earlier, deadline) : deadline);

  const endOfRecording = (): void => {
    deadline = Number.NEGATIVE_INFINITY;
    ended ??= scene.target.tape?.ended;
  };

  const judge = async (
    sequence: Sequence,
    index: number,
    trace: Trace,
    routers: readonly Router[],
  ): Promise<void> => {
    const { verdicts, noticedLag, race } = judgeSteps(tables, trace, evidence, requestIds, index);
    const all = divergencesIn({ verdicts });
    const isNew = all.some(({ finding }) => !buckets.has(finding.fingerprint));
    if (isNew && !(await scene.stands(routers, `${partOf(index)} look`))) {
      ended ??= lostScene;
      return;
    }
    for (const { step, verdict } of verdicts) {
      if (verdict.kind === 'inconclusive') {
        counts.inconclusive += 1;
        inconclusive.set(verdict.reason, (inconclusive.get(verdict.reason) ?? 0) + 1);
      } else {
        for (const finding of verdict.divergences) {
          const { size } = besides(all, step, finding);
          record(buckets, finding, { sequence, index, step, trace, besides: size });
        }
      }
    }
    if (noticedLag) scene.noticeLag();
    if (race !== undefined) options.onRace?.(sequence, trace, race);
    options.onTrace?.(index, sequence, trace);
    counts.sequences += 1;
    counts.commands += trace.steps.length;
    options.onProgress?.({ counts, evidence, divergences: buckets.size });
  };

  /** Runs and judges one sequence; false when there are not enough clean routers for it. */
  const runOne = async ([sequence, index]: Planned): Promise<boolean> => {
    const place = scene.place(partOf(index));
    if (place === undefined) {
      endOfRecording();
      return true;
    }
    const routers = await pool.take(sequence.routers, place.routers).catch((error: unknown) => {
      if (error instanceof RoutersExhausted) return undefined;
      throw error;
    });
    if (routers === undefined) {
      place.begin([]);
      return false;
    }
    // It waited for them until the run was over. Of a recording, what is in it has been run.
    if (over() && scene.target.tape?.played !== true) {
      pool.give(routers);
      return true;
    }
    place.begin(routers.map(({ id }) => id));
    const stage: Stage = {
      ...place,
      account: account.share(),
      environment: scene.environmentFor(routers),
      ...given({ signal }),
    };
    let made: Bindings | undefined;
    try {
      const { trace, bindings, broken, failedHook, cutShort } = await executeSequence(stage, sequence);
      made = bindings;
      hookFailed ||= failedHook !== undefined;
      if (broken !== undefined) ended ??= signal?.aborted === true ? 'stopped' : broken;
      if (cutShort === true) again.push([sequence, index]);
      else await judge(sequence, index, trace, routers);
      const left = await clean(stage, commandsOf(sequence), bindings);
      scene.emptied(routers, bindings.interfaces, stage.clock.now());
      await release(scene, pool, { ...stage, ...place }, routers, left, leftBehind);
    } catch (error) {
      leftBehind.push(...(await stillThere(stage, made)));
      // Others may wait for these routers: they must learn that they will not come.
      for (let lost = routers.length; lost > 0; lost--) pool.retire(undefined);
      throw error;
    } finally {
      place.time.release();
      stage.account?.leave();
    }
    return true;
  };

  let index = options.first ?? 0;
  const end = index + (options.sequences ?? Infinity);
  const most = counts.commands + options.commands * 1.5;
  let budget = counts.commands + options.commands;
  let planned = counts.commands;
  /** Those that clean routers were missing for, or that others got in the way of; then new ones until the budget is used up. */
  let again: Planned[] = [];
  const next = (): Planned | undefined => {
    const retried = again.shift();
    if (retried !== undefined) return retried;
    while (planned < budget && index < end) {
      const sequence = sequenceAt(index);
      planned += commandsOf(sequence).length;
      const at = index++;
      if (shard === undefined || at % shard.count === shard.index - 1) return [sequence, at];
    }
    return undefined;
  };
  const enough = (): boolean => {
    if (index >= end || counts.commands >= most || options.enough?.(evidence) !== false) return true;
    budget = Math.min(most, counts.commands + extension);
    planned = counts.commands;
    return false;
  };
  const startOver = (): ReturnType<Scene['reset']> => {
    const place = scene.place(`reset ${++resets}`);
    return place === undefined ? Promise.resolve(undefined) : scene.reset(undefined, place);
  };
  /** How many were left when it started over: doing so again without getting any further would never end. */
  let leftBefore = Infinity;
  try {
    while (!over()) {
      const left = await inParallel(next, scene.accountQuota ? 1 : options.concurrency, over, runOne);
      if (over()) break;
      if (left.length === 0 && enough()) break;
      if (left.length === 0) {
        leftBefore = Infinity;
        continue;
      }
      again = left;
      const routers = left.length === leftBefore ? undefined : await startOver();
      leftBefore = left.length;
      if (routers === undefined) ended = new RoutersExhausted(pool.size).message;
      else {
        pool.refill(routers);
        leftBehind.length = 0;
      }
    }
  } catch (error) {
    if (counts.sequences === 0 || error instanceof CannotAnswer) throw error;
    if (error instanceof HookError) {
      ended ??= error.message;
      hookFailed = true;
    } else if (error instanceof SetupError) {
      ended ??= `there are too few clean routers, and no others are to be had: ${error.message}`;
    } else {
      fault = error;
      ended = `a fault of the harness: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  if (ended === undefined && signal?.aborted === true) ended = 'stopped';
  return {
    counts,
    evidence,
    buckets: [...buckets.values()],
    ...given({ ended }),
    hookFailed,
    ...given({ fault }),
    leftBehind: leftBehind.toSorted(),
    routers: pool.free,
    inconclusive,
  };
}

function record(buckets: Map<string, Bucket>, finding: Finding, witness: Witness): void {
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
