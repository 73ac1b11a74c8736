import type { Target } from '../adapters/target.ts';
import { type ConformanceOptions, defaultSuites } from '../properties/conformance.ts';
import { UsageError } from '../properties/run/errors.ts';
import type { Shard } from '../properties/shards/shard-data.ts';
import type { GivenOptions } from './options.ts';
import { editionNamed, freshSeed, routersOf, suitesNamed } from './settings.ts';
import { timesFor } from './times.ts';

const defaults = {
  edition: 'any',
  commands: 20_000,
  /** Seconds, on a target whose clock is real: it spends most of them waiting. */
  realSeconds: 24,
  /** Seconds, on a target whose clock is moved: what it does takes its time all the same. */
  movedSeconds: 55,
  concurrency: 4,
  maxRouters: 8,
  shrink: 3000,
};

/**
 * Unless told how much to do, a run does what fits into a short break: a first report takes less than a minute,
 * however slow the target. Only the embedded emulator, whose speed is known, always does all of it.
 */
function timeLimit(
  { time, commands, shard, target: named }: GivenOptions,
  { control, tape }: Target,
): { timeMs?: number } {
  if (time !== undefined) return { timeMs: time * 1000 };
  // Where a part of a campaign ends must not rest on a clock.
  if (tape?.played === true || shard !== undefined) return {};
  if (commands !== undefined) return {};
  if (control?.clock !== 'manual') return { timeMs: defaults.realSeconds * 1000 };
  return named === 'emulator' ? {} : { timeMs: defaults.movedSeconds * 1000 };
}

/** Races have a budget of their own, in proportion to what the rest was given. */
function raceBudget({ commands, raceCommands }: GivenOptions): { raceCommands?: number } {
  const most = raceCommands ?? (commands === undefined ? undefined : Math.ceil(commands / 5));
  return most === undefined ? {} : { raceCommands: most };
}

/** Returns the part that `2/3` means. Throws `UsageError` where there is no such part. */
function shardOf(text: string): Shard {
  const [index = 0, count = 0] = text.split('/').map(Number);
  if (index <= count) return { index, count };
  throw new UsageError(`--shard ${text} is no part: there are only ${count}.`);
}

/** Throws `UsageError` where parts that run apart could not be parts of the same. */
function checkShard({ shard, seed, target }: GivenOptions): void {
  if (shard === undefined) return;
  shardOf(shard);
  if (seed === undefined)
    throw new UsageError('--shard needs --seed: all parts must be of the same campaign. Give each the same.');
  if (target?.startsWith('recording:') === true)
    throw new UsageError('--shard is for a live target; a recording is played as it was recorded.');
}

/** What of a run is settled before its target is there. */
export type Decided = Pick<ConformanceOptions, 'edition' | 'seed' | 'regionId'> &
  Required<Pick<ConformanceOptions, 'suites'>>;

/** Returns what a run is to do as far as no target is needed to say so. Throws `UsageError`. */
export function decided(given: GivenOptions): Decided {
  checkShard(given);
  return {
    suites: given.suite === undefined ? defaultSuites : suitesNamed(given.suite),
    edition: editionNamed(given.edition ?? defaults.edition),
    seed: given.seed ?? freshSeed(),
    regionId: given.region ?? given.routers?.[0]?.regionId ?? 'cn-hangzhou',
  };
}

/** Returns what a run on this target is to do, with every default filled in. */
export function conformanceOptions(
  given: GivenOptions,
  target: Target,
  { suites, edition, seed, regionId }: Decided,
): ConformanceOptions {
  const routers = routersOf(given);
  return {
    target,
    edition,
    regionId,
    ...(routers === undefined ? {} : { routers }),
    maxRouters: given.maxRouters ?? defaults.maxRouters,
    ...(given.quotaPerRouter === undefined ? {} : { quotaPerRouter: given.quotaPerRouter }),
    ...(given.accountId === undefined ? {} : { accountId: given.accountId }),
    suites,
    ...(given.completeMethod === undefined ? {} : { method: given.completeMethod }),
    ...(given.extraStates === undefined ? {} : { extraStates: given.extraStates }),
    seed,
    commands: given.commands ?? defaults.commands,
    extend: given.commands === undefined && given.shard === undefined,
    ...(given.shard === undefined ? {} : { shard: shardOf(given.shard) }),
    ...timeLimit(given, target),
    ...raceBudget(given),
    concurrency: given.concurrency ?? defaults.concurrency,
    times: timesFor(target, given),
    shrinkBudget: given.shrink ?? defaults.shrink,
  };
}
