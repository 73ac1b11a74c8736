import type { Target } from '../adapters/target.ts';
import { type ConformanceOptions, defaultSuites } from '../properties/conformance.ts';
import type { GivenOptions } from './options.ts';
import { editionNamed, freshSeed, routersOf, suitesNamed } from './settings.ts';
import { timesFor } from './times.ts';

const defaults = {
  edition: 'any',
  commands: 20_000,
  /** Seconds, on a target whose clock is real. */
  realSeconds: 24,
  concurrency: 4,
  maxRouters: 8,
  shrink: 3000,
};

/**
 * Where time is real a run spends most of it waiting: unless told how much to do, it does what fits into
 * a short break.
 */
function timeLimit({ time, commands }: GivenOptions, { control, tape }: Target): { timeMs?: number } {
  if (time !== undefined) return { timeMs: time * 1000 };
  if (tape?.played === true) return {};
  return commands === undefined && control?.clock !== 'manual' ? { timeMs: defaults.realSeconds * 1000 } : {};
}

/** Races have a budget of their own, in proportion to what the rest was given. */
function raceBudget({ commands, raceCommands }: GivenOptions): { raceCommands?: number } {
  const most = raceCommands ?? (commands === undefined ? undefined : Math.ceil(commands / 5));
  return most === undefined ? {} : { raceCommands: most };
}

/** What of a run is settled before its target is there. */
export type Decided = Pick<ConformanceOptions, 'edition' | 'seed' | 'regionId'> &
  Required<Pick<ConformanceOptions, 'suites'>>;

/** Returns what a run is to do as far as no target is needed to say so. Throws `UsageError`. */
export function decided(given: GivenOptions): Decided {
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
    extend: given.commands === undefined,
    ...timeLimit(given, target),
    ...raceBudget(given),
    concurrency: given.concurrency ?? defaults.concurrency,
    times: timesFor(target, given),
    shrinkBudget: given.shrink ?? defaults.shrink,
  };
}
