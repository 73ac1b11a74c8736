import { displayUrl, parseTargetUrl } from '../adapters/http/target-url.ts';
import { type Presence, watchPresence } from '../adapters/http/presence.ts';
import type { Replayed } from '../properties/replay.ts';
import { SetupError, UsageError } from '../properties/run/errors.ts';
import { paint, tintOf } from '../reports/paint.ts';
import { clip } from '../reports/safe-text.ts';
import type { Engine } from './engine.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { type Flags, gatherAll, usingOrigins } from './gather.ts';
import type { Io } from './io.ts';
import { isNotJudged } from './not-judged.ts';
import type { GivenOptions } from './options.ts';
import { run } from './run.ts';
import { say } from './say.ts';
import { wantsColor } from './settings.ts';
import { chooseTarget, type TargetChoice } from './target-choice.ts';
import { RoundSummaries } from './watch-summary.ts';
import { urlOf } from './whereabouts.ts';

/** What a round does unless told how much: whoever waits for it has just changed one thing. */
export const smallRound = { commands: 2000, seconds: 10 };

export const watchHelp = `Each round runs the stored counterexamples first, tells of each whether it is FIXED, and
then tests the rest with a new seed (--seed keeps it). The report of the last round is in <out>; --reporter console
prints it each time. Enter runs again at once; q and Enter, or Ctrl-C, ends with the exit code of the last round.`;

/** Options that make no sense for more than one run, each with the reason. */
const refused = {
  record: 'keeps one run; use "ri-conformance run --record"',
  shard: 'is for a campaign that is merged; use "ri-conformance run --shard"',
  updateBaseline: 'would list each new divergence as known; use "ri-conformance run --update-baseline"',
} as const satisfies Partial<Record<keyof GivenOptions, string>>;

/** Returns the target, which must be a program of its own. Throws `UsageError`. */
function chooseWatched(given: GivenOptions, env: Io['env']): { choice: TargetChoice; base: URL } {
  const why = 'watch waits for the target to restart, and';
  if (given.target?.startsWith('recording:') === true)
    throw new UsageError(`${why} a recording never does. Give the URL of the target.`);
  if (given.record !== undefined) throw new UsageError(`--record ${refused.record}.`);
  if (given.shard !== undefined) throw new UsageError(`--shard ${refused.shard}.`);
  if (given.updateBaseline === true) throw new UsageError(`--update-baseline ${refused.updateBaseline}.`);
  const choice = chooseTarget(given, env);
  const url = urlOf(choice);
  if (url === undefined)
    throw new UsageError(
      `${why} the embedded emulator never does. Start one with "ri-conformance serve" and give its URL${choice.kind === 'client' ? ' after the client, as CLIENT@URL' : ''}.`,
    );
  return { choice, base: parseTargetUrl(url) };
}

/** Returns what to ask whether the target is there: its control hooks, if it may have any, which cost it least. */
function askedAt(choice: TargetChoice, base: URL): URL {
  const control =
    choice.kind === 'client'
      ? choice.controlUrl
      : choice.kind === 'url'
        ? choice.options.controlUrl
        : undefined;
  if (control === null) return base;
  return parseTargetUrl(control ?? `${displayUrl(base)}/_control`, 'control URL');
}

/** Fills in what a round does otherwise than a run; what was given wins. */
function roundFlags(flags: Flags, given: GivenOptions, round: number): Flags {
  const small = given.commands === undefined && given.time === undefined;
  return {
    ...flags,
    ...(small ? { commands: smallRound.commands, time: smallRound.seconds } : {}),
    ...(given.reporter === undefined ? { reporter: 'html' } : {}),
    // After the first time everybody knows what is tested and where the report goes.
    ...(round > 1 ? { quiet: true } : {}),
  };
}

/** The rounds of one `watch`, and what makes them begin and end. */
class Watch {
  readonly #flags: Flags;
  readonly #given: GivenOptions;
  readonly #io: Io;
  readonly #engine: Engine;
  readonly #where: string;
  readonly #summaries: RoundSummaries;
  /** What a gentle stop calls: those who wait for a Ctrl-C. */
  readonly #stops = new Set<() => void>();
  #here = false;
  /** Why a round is due, if one is. */
  #due: string | undefined;
  #ending = false;
  #round = 0;
  #code: ExitCode = exitCodes.inconclusive;
  #running: AbortController | undefined;
  #wake: () => void = () => undefined;

  constructor(flags: Flags, given: GivenOptions, io: Io, engine: Engine, where: string) {
    this.#flags = flags;
    this.#given = given;
    this.#io = io;
    this.#where = where;
    this.#summaries = new RoundSummaries(io);
    this.#engine = { ...engine, replay: (...asked) => this.#told(engine.replay(...asked), asked[1].id) };
  }

  here(): void {
    this.#here = true;
    this.#due = this.#round === 0 ? 'the target is there' : 'the target has restarted';
    this.#wake();
  }

  gone(why: string): void {
    this.#here = false;
    if (this.#running === undefined) {
      say(this.#io, `Waiting for ${this.#where}: ${why}.`);
      return;
    }
    // What is half the old program's doing and half the new one's says nothing of either.
    this.#running.abort(
      new SetupError(`the target went away, so that this round counts for nothing (${why}).`),
    );
  }

  typed(line: string): void {
    const word = line.trim().toLowerCase();
    if (word === 'q') {
      this.end();
      for (const stop of this.#stops) stop();
    } else if (word !== '') {
      say(this.#io, 'Enter runs again at once; q and Enter ends.');
    } else if (!this.#here) {
      say(this.#io, `Waiting for ${this.#where}: it is not there yet.`);
    } else if (this.#running === undefined) {
      this.#due = 'asked for';
      this.#wake();
    }
  }

  end(): void {
    this.#ending = true;
    this.#wake();
  }

  /** Runs a round whenever one is due, until the end. Returns the exit code of the last. */
  async rounds(): Promise<ExitCode> {
    while (!this.#ending) {
      const why = this.#due;
      if (why === undefined || !this.#here) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      this.#due = undefined;
      await this.#runOne(why);
      if (!this.#ending && this.#due === undefined)
        say(
          this.#io,
          this.#here
            ? 'Waiting for the target to restart. Enter runs again at once; q and Enter ends.'
            : `Waiting for ${this.#where}.`,
        );
    }
    return this.#code;
  }

  async #runOne(why: string): Promise<void> {
    this.#round += 1;
    const running = new AbortController();
    this.#running = running;
    this.#summaries.begin(this.#round, why, wantsColor(this.#given, this.#io));
    try {
      this.#code = await run(
        roundFlags(this.#flags, this.#given, this.#round),
        this.#stoppable(),
        this.#engine,
        { signal: running.signal, finished: (record, context) => this.#summaries.end(record, context) },
      );
    } catch (error) {
      if (!isNotJudged(error)) throw error;
      this.#code = exitCodes.inconclusive;
      say(this.#io, `Nothing could be judged: ${error.message}`);
    } finally {
      this.#running = undefined;
    }
  }

  /** The process, but that `q` can do what Ctrl-C does. */
  #stoppable(): Io {
    return {
      ...this.#io,
      onInterrupt: (callback) => {
        const release = this.#io.onInterrupt(callback);
        this.#stops.add(callback);
        return () => {
          this.#stops.delete(callback);
          release();
        };
      },
    };
  }

  /** Tells what came of a counterexample as soon as it is known. */
  async #told(replaying: Promise<Replayed>, id: string): Promise<Replayed> {
    const colours = paint(wantsColor(this.#given, this.#io));
    const tell = (outcome: Replayed['outcome'], more = ''): void =>
      void this.#io.stdout.write(`  ${tintOf(outcome, colours)(outcome)}  ${clip(id, 60)}${more}\n`);
    try {
      const replayed = await replaying;
      const { outcome, explanation } = replayed;
      if (this.#running?.signal.aborted !== true)
        tell(outcome, outcome === 'COULD NOT RUN' ? `: ${clip(explanation, 200)}` : '');
      return replayed;
    } catch (error) {
      if (isNotJudged(error) && this.#running?.signal.aborted !== true)
        tell('COULD NOT RUN', `: ${clip(error.message, 200)}`);
      throw error;
    }
  }
}

/**
 * `ri-conformance watch`: runs against a target each time it has restarted, first what diverged. Returns the exit code
 * of the last round once it is told to end; that of an inconclusive run when there was none.
 */
export async function watch(flags: Flags, io: Io, engine: Engine): Promise<ExitCode> {
  const gathered = await gatherAll(flags, io);
  const { given } = gathered;
  const { choice, base } = await usingOrigins(gathered, () => chooseWatched(given, io.env));
  const watching = new Watch(flags, given, io, engine, displayUrl(base));
  const releases = [io.onInterrupt(() => watching.end()), io.onLine((line) => watching.typed(line))];
  const presence: Presence = watchPresence(askedAt(choice, base), watching);
  try {
    return await watching.rounds();
  } finally {
    for (const release of releases) release();
    await presence.close();
  }
}
