import { CannotAnswer, HookError } from '../adapters/target.ts';
import type { Tables } from '../model/compile.ts';
import type { Router } from '../model/world.ts';
import { Agenda, type AgendaOptions, type Planned } from './agenda.ts';
import type { Bucket } from './bucket.ts';
import { given } from './given.ts';
import type { Evidence } from './oracle/evidence.ts';
import type { StepVerdict } from './oracle/verdict.ts';
import { Account } from './run/account.ts';
import { clean } from './run/clean.ts';
import { SetupError } from './run/errors.ts';
import { type Bindings, executeSequence, type Stage } from './run/execute.ts';
import { inParallel } from './run/in-parallel.ts';
import { release, stillThere } from './run/give-back.ts';
import type { Place } from './run/place.ts';
import { RouterPool, RoutersExhausted } from './run/router-pool.ts';
import type { Scene } from './run/scene.ts';
import { commandsOf, type Sequence } from './sequence.ts';
import { type Counts, Tally } from './tally.ts';
import type { Trace } from './trace.ts';

export interface CampaignOptions extends AgendaOptions {
  readonly tables: Tables;
  /** The clean routers to use; all of the scene unless given. */
  readonly routers?: readonly Router[];
  /** A campaign on the same scene that this one goes on from: all that it found is found by this one, too. */
  readonly after?: CampaignResult;
  /** The name of the part of the run that a sequence is; `sequence 17` unless given. */
  readonly partOf?: (index: number) => string;
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

/** Of what it forgot nothing can be said. */
const lostScene =
  'the target has lost the routers that the run made: it was restarted or emptied meanwhile. What it answered in the sequences that found out is not judged';

/**
 * Runs sequences until the budget is used up and judges each trace. A divergence ends nothing: it goes
 * into its bucket and testing goes on.
 */
export function campaign(scene: Scene, options: CampaignOptions): Promise<CampaignResult> {
  return new Campaign(scene, options).run();
}

class Campaign {
  readonly #scene: Scene;
  readonly #options: CampaignOptions;
  readonly #tally: Tally;
  readonly #agenda: Agenda;
  readonly #account = new Account();
  readonly #pool: RouterPool;
  readonly #leftBehind: string[];
  #deadline: number;
  readonly #deadlineOnceDiverged: number;
  #resets = 0;
  #ended: string | undefined;
  #hookFailed = false;
  #fault: unknown;

  constructor(scene: Scene, options: CampaignOptions) {
    const { after, routers, timeMs = Infinity, timeMsOnceDiverged = Infinity } = options;
    this.#scene = scene;
    this.#options = options;
    this.#tally = new Tally(after);
    this.#agenda = new Agenda(options, this.#tally.counts.commands);
    this.#pool = new RouterPool(routers ?? after?.routers ?? scene.routers);
    this.#leftBehind = [...(after?.leftBehind ?? [])];
    const began = performance.now();
    this.#deadline = began + timeMs;
    this.#deadlineOnceDiverged = began + timeMsOnceDiverged;
  }

  async run(): Promise<CampaignResult> {
    try {
      await this.#runAll();
    } catch (error) {
      this.#endBy(error);
    }
    if (this.#ended === undefined && this.#options.signal?.aborted === true) this.#ended = 'stopped';
    return {
      ...this.#tally.found,
      ...given({ ended: this.#ended }),
      hookFailed: this.#hookFailed,
      ...given({ fault: this.#fault }),
      leftBehind: this.#leftBehind.toSorted(),
      routers: this.#pool.free,
    };
  }

  /** Runs what is next until there is enough, and starts over where clean routers are missing. */
  async #runAll(): Promise<void> {
    const next = (): Planned | undefined => this.#agenda.next();
    const over = (): boolean => this.#isOver();
    /** How many were left when it started over: doing so again without getting any further would never end. */
    let leftBefore = Infinity;
    while (!over()) {
      const concurrency = this.#scene.accountQuota ? 1 : this.#options.concurrency;
      const left = await inParallel(next, concurrency, over, (planned) => this.#runOne(planned));
      if (over()) return;
      if (left.length === 0) {
        if (this.#agenda.isEnough(this.#tally.counts.commands, this.#tally.evidence)) return;
        leftBefore = Infinity;
        continue;
      }
      this.#agenda.onlyAgain(left);
      const routers = left.length === leftBefore ? undefined : await this.#startOver();
      leftBefore = left.length;
      if (routers === undefined) this.#ended = new RoutersExhausted(this.#pool.size).message;
      else {
        this.#pool.refill(routers);
        this.#leftBehind.length = 0;
      }
    }
  }

  /** What was found before is kept, whatever went wrong; where nothing was, the error is the caller's. */
  #endBy(error: unknown): void {
    if (this.#tally.counts.sequences === 0 || error instanceof CannotAnswer) throw error;
    if (error instanceof HookError) {
      this.#ended ??= error.message;
      this.#hookFailed = true;
    } else if (error instanceof SetupError) {
      this.#ended ??= `there are too few clean routers, and no others are to be had: ${error.message}`;
    } else {
      this.#fault = error;
      this.#ended = `a fault of the harness: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #isOver(): boolean {
    const deadline =
      this.#tally.divergences > 0 ? Math.min(this.#deadlineOnceDiverged, this.#deadline) : this.#deadline;
    return (
      this.#ended !== undefined || this.#options.signal?.aborted === true || performance.now() > deadline
    );
  }

  #partOf(index: number): string {
    return this.#options.partOf?.(index) ?? `sequence ${index}`;
  }

  #startOver(): ReturnType<Scene['reset']> {
    const place = this.#scene.place(`reset ${++this.#resets}`);
    return place === undefined ? Promise.resolve(undefined) : this.#scene.reset(undefined, place);
  }

  /** Finds routers for one sequence and runs it; false when there are not enough clean ones. */
  async #runOne(planned: Planned): Promise<boolean> {
    const [sequence, index] = planned;
    const place = this.#scene.place(this.#partOf(index));
    if (place === undefined) {
      // The recording is at its end.
      this.#deadline = Number.NEGATIVE_INFINITY;
      this.#ended ??= this.#scene.target.tape?.ended;
      return true;
    }
    const routers = await this.#pool.take(sequence.routers, place.routers).catch((error: unknown) => {
      if (error instanceof RoutersExhausted) return undefined;
      throw error;
    });
    if (routers === undefined) {
      place.begin([]);
      return false;
    }
    // It waited for them until the run was over. Of a recording, what is in it has been run.
    if (this.#isOver() && this.#scene.target.tape?.played !== true) {
      this.#pool.give(routers);
      return true;
    }
    place.begin(routers.map(({ id }) => id));
    await this.#runOn(routers, place, planned);
    return true;
  }

  /** Runs and judges one sequence on these routers, and gives them back clean. */
  async #runOn(routers: readonly Router[], place: Place, [sequence, index]: Planned): Promise<void> {
    const { signal } = this.#options;
    const stage: Stage = {
      ...place,
      account: this.#account.share(),
      environment: this.#scene.environmentFor(routers),
      ...given({ signal }),
    };
    let made: Bindings | undefined;
    try {
      const { trace, bindings, broken, failedHook, cutShort } = await executeSequence(stage, sequence);
      made = bindings;
      this.#hookFailed ||= failedHook !== undefined;
      if (broken !== undefined) this.#ended ??= signal?.aborted === true ? 'stopped' : broken;
      if (cutShort === true) this.#agenda.putOff([sequence, index]);
      else await this.#judge(sequence, index, trace, routers);
      const left = await clean(stage, commandsOf(sequence), bindings);
      this.#scene.emptied(routers, bindings.interfaces, stage.clock.now());
      await release(this.#scene, this.#pool, { ...stage, ...place }, routers, left, this.#leftBehind);
    } catch (error) {
      this.#leftBehind.push(...(await stillThere(stage, made)));
      // Others may wait for these routers: they must learn that they will not come.
      for (let lost = routers.length; lost > 0; lost--) this.#pool.retire(undefined);
      throw error;
    } finally {
      place.time.release();
      stage.account?.leave();
    }
  }

  async #judge(sequence: Sequence, index: number, trace: Trace, routers: readonly Router[]): Promise<void> {
    const { tables, onRace, onTrace, onProgress } = this.#options;
    const tally = this.#tally;
    const judged = tally.judge(tables, trace, index);
    if (tally.hasNews(judged) && !(await this.#scene.stands(routers, `${this.#partOf(index)} look`))) {
      this.#ended ??= lostScene;
      return;
    }
    tally.add(judged, sequence, index, trace);
    if (judged.noticedLag) this.#scene.noticeLag();
    if (judged.race !== undefined) onRace?.(sequence, trace, judged.race);
    onTrace?.(index, sequence, trace);
    onProgress?.({ counts: tally.counts, evidence: tally.evidence, divergences: tally.divergences });
  }
}
