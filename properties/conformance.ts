import type { Target } from '../adapters/target.ts';
import type { Tables } from '../model/compile.ts';
import type { EditionId } from '../model/spec/editions.ts';
import type { Router } from '../model/world.ts';
import type { RunRecord } from '../reports/record.ts';
import { type CampaignOptions, type Counts } from './campaign.ts';
import type { Method } from './complete/methods.ts';
import type { Counterexample } from './counterexample.ts';
import { generatorNames } from './generate/suites.ts';
import { given } from './given.ts';
import type { ProtocolCounterexample } from './protocol/counterexample.ts';
import { withProtocol } from './protocol/record.ts';
import { protocolSuite } from './protocol/suite.ts';
import { runRecord } from './make-record.ts';
import { coverageOf } from './record/coverage.ts';
import type { Evidence } from './oracle/evidence.ts';
import type { Times } from './run/clock.ts';
import { raceSuite } from './races/suite.ts';
import { setScene } from './run/scene.ts';
import { fromKept } from './shards/attempts.ts';
import { exchangesOf, packParts, refuseShard, shrinkApart } from './shards/part.ts';
import type { Plan, Shard, ShardData } from './shards/shard-data.ts';
import { shrinkBuckets, shrinkBy } from './shrink/shrink-buckets.ts';
import { runSuites, sequenceSuites } from './suites.ts';
import { defaultTables } from './tables.ts';
import { added, together } from './together.ts';

/** About twenty races of every pattern. */
const defaultRaceCommands = 4000;

/** What a run shows of itself while it goes on. */
export interface Progress {
  readonly phase: 'setting up' | 'running' | 'racing' | 'shrinking' | 'cleaning up';
  readonly sequences: number;
  readonly commands: number;
  readonly seconds: number;
  readonly transitions: { readonly covered: number; readonly total: number };
  readonly refusals: { readonly covered: number; readonly total: number };
  readonly divergences: number;
}

/** Sequences planned, by chance, and steered; the gateway; several clients at once; what earlier runs found. */
export const suiteNames = [...sequenceSuites, 'protocol', 'races', 'regressions'] as const;
export type SuiteName = (typeof suiteNames)[number];
/** What runs when nothing else is asked for. */
export const defaultSuites: readonly SuiteName[] = [...generatorNames, 'protocol', 'races', 'regressions'];

export interface ConformanceOptions {
  readonly target: Target;
  readonly edition: EditionId | 'any';
  readonly regionId: string;
  readonly routers?: readonly Router[];
  readonly maxRouters: number;
  /** Interfaces that a router may have; five unless given. An account may have a raised quota (A19). */
  readonly quotaPerRouter?: number;
  /** The account of the credentials: peers are said to belong to it. */
  readonly accountId?: string;
  /** What is run: sequences by chance alone unless given. */
  readonly suites?: readonly SuiteName[];
  /** How the complete suite is made; the H-method without extra states unless given. */
  readonly method?: Method;
  readonly extraStates?: number;
  readonly seed: number;
  /** Commands of random sequences to run, about. */
  readonly commands: number;
  /** Goes on by up to half as much again, while something of the model has not been covered. */
  readonly extend?: boolean;
  /** Milliseconds to run, at most; setting the scene and shrinking included. */
  readonly timeMs?: number;
  /** Commands to run in races between clients, about; 4000 unless given. */
  readonly raceCommands?: number;
  /** Runs only this part of the campaign; what the parts show is put together by `mergeShards`. */
  readonly shard?: Shard;
  readonly concurrency: number;
  readonly times: Times;
  /** Commands to spend on making one counterexample shorter, at most. */
  readonly shrinkBudget: number;
  /** Milliseconds to spend on making all of them shorter, at most; a minute, or what is left of `timeMs`. */
  readonly shrinkMs?: number;
  /** Stops the run gently: what was made is still deleted, and what was found is still reported. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Another reading of the documents than the chart's own; for tests of the harness. */
  readonly tables?: Tables;
}

export interface ConformanceResult {
  readonly record: RunRecord;
  /** One per divergence, by its id. */
  readonly counterexamples: ReadonlyMap<string, Counterexample>;
  /** The same for those of the protocol suite, where it ran. */
  readonly protocolCounterexamples?: ReadonlyMap<string, ProtocolCounterexample>;
  /** What putting the parts of a campaign together takes, where this was one of them. */
  readonly shardData?: ShardData;
  /** A fault of the harness that cut the run short; the record holds what was found before it. */
  readonly fault?: unknown;
}

/**
 * The main job: sets the scene, runs and judges random sequences, makes every divergence it met as
 * short as it can, and cleans up. Rejects with SetupError when nothing could be judged.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceResult> {
  const { target, seed, signal } = options;
  const tables = options.tables ?? defaultTables();
  const began = performance.now();
  const report = progressReporter(options, tables, began);
  report('setting up');
  refuseShard(options.shard, options.suites ?? [], options.timeMs);
  const scene = await setScene(target, {
    edition: options.edition,
    regionId: options.regionId,
    maxRouters: options.maxRouters,
    times: options.times,
    concurrency: options.concurrency,
    ...given({
      quotaPerRouter: options.quotaPerRouter,
      accountId: options.accountId,
      routers: options.routers,
      signal,
    }),
  });
  const { suites = ['random'], regionId, times, shard } = options;
  try {
    const protocol =
      suites.includes('protocol') && (shard === undefined || shard.index === 1)
        ? await protocolSuite(scene, { regionId, times, ...given({ signal }) })
        : undefined;
    const { result: sequential, ...planned } = await runSuites(scene, tables, { ...options, suites }, () => ({
      ...(options.extend === true
        ? { enough: (evidence) => isCovered(coverageOf(tables, evidence, scene.capabilities)) }
        : {}),
      ...given({ shard, signal }),
      concurrency: options.concurrency,
      ...timeLeft(
        options,
        began,
        suites.includes('races') && sequenceSuites.some((suite) => suites.includes(suite))
          ? 1 - raceShare
          : 1,
      ),
      onProgress: ({ counts, evidence, divergences }) => report('running', counts, evidence, divergences),
    }));
    const raced = suites.includes('races')
      ? await raceSuite(scene, {
          tables,
          regionId,
          seed,
          commands: options.raceCommands ?? defaultRaceCommands,
          ...given({ quotaPerRouter: options.quotaPerRouter, shard, signal }),
          ...timeLeft(options, began),
          concurrency: scene.accountQuota ? 1 : options.concurrency,
          routers: sequential.routers,
          onProgress: ({ counts, divergences }) =>
            report(
              'racing',
              added(sequential.counts, counts),
              sequential.evidence,
              sequential.buckets.length + divergences,
            ),
        })
      : undefined;
    // Putting together changes the first of them.
    const parts = shard === undefined ? undefined : packParts(sequential, raced);
    const result = raced?.kind === 'ran' ? together(sequential, raced.result) : sequential;
    const seconds = (performance.now() - began) / 1000;
    report('shrinking', result.counts, result.evidence, result.buckets.length);
    const shrinking = {
      budget: options.shrinkBudget,
      until: shrinkingEnds(options, began),
      // Without its hook the target is not in a known state, and asking again may take long.
      ...(result.hookFailed ? { not: 'a control hook failed' } : {}),
      ...given({ signal }),
    };
    const attempts =
      shard === undefined ? undefined : await shrinkApart(scene, tables, result.buckets, shrinking);
    const shrunk =
      attempts === undefined
        ? await shrinkBuckets(scene, tables, result.buckets, shrinking)
        : await shrinkBy(scene, () => fromKept(attempts), tables, result.buckets, shrinking);
    report('cleaning up', result.counts, result.evidence, shrunk.shown.length);
    const struck = await scene.strike();
    const judged = runRecord({
      options,
      scene,
      tables,
      result,
      shrunk,
      began,
      seconds,
      leftBehind: [...result.leftBehind, ...struck].toSorted(),
      races: raced?.races,
      planned,
    });
    const made = protocol === undefined ? judged : withProtocol(judged, protocol, options);
    const whole =
      shard === undefined || parts === undefined || attempts === undefined
        ? made
        : asShard(made, {
            shard,
            plan: planOf(options, suites),
            modelHash: tables.hash,
            target: {
              target: target.name,
              ...given({ client: target.client }),
            },
            startedAt: made.record.startedAt ?? '',
            seconds: made.record.counts.seconds,
            capabilities: scene.capabilities,
            notes: scene.notes,
            ...parts,
            ...given({ protocol }),
            planned,
            leftBehind: struck,
            attempts,
            exchanges: exchangesOf(attempts, result.buckets, protocol, target),
          });
    const fault = result.fault ?? shrunk.fault;
    return fault === undefined ? whole : { ...whole, fault };
  } catch (error) {
    await scene.strike().catch(() => []); // the first error is the one to tell
    throw error;
  }
}

function planOf(options: ConformanceOptions, suites: readonly string[]): Plan {
  const { edition, regionId, seed, commands, maxRouters, shrinkBudget, raceCommands, quotaPerRouter } =
    options;
  return {
    edition,
    regionId,
    seed,
    commands,
    maxRouters,
    shrinkBudget,
    raceCommands,
    quotaPerRouter,
    suites,
  };
}

const asShard = (made: ConformanceResult, shardData: ShardData): ConformanceResult => ({
  ...made,
  record: { ...made.record, shard: shardData.shard },
  shardData,
});

/** What of the time shrinking may take, once there is something to shrink. */
const shrinkShare = 0.25;
/** However long setting the scene took, something is to be tried. */
const leastMs = 250;

/** What of the time is kept for races, where both are run. */
const raceShare = 0.25;

function timeLeft(
  { timeMs }: ConformanceOptions,
  began: number,
  share = 1,
): Pick<CampaignOptions, 'timeMs' | 'timeMsOnceDiverged'> {
  if (timeMs === undefined) return {};
  const left = (timeMs - (performance.now() - began)) * share;
  return {
    timeMs: Math.max(leastMs, left),
    timeMsOnceDiverged: Math.max(leastMs, left - timeMs * shrinkShare),
  };
}

function shrinkingEnds({ timeMs, shrinkMs }: ConformanceOptions, began: number): number {
  if (shrinkMs !== undefined || timeMs === undefined) return performance.now() + (shrinkMs ?? 60_000);
  return began + timeMs;
}

function isCovered({ transitions, refusals }: ReturnType<typeof coverageOf>): boolean {
  return transitions.covered === transitions.total && refusals.covered === refusals.total;
}

function progressReporter(
  { onProgress }: ConformanceOptions,
  tables: Tables,
  began: number,
): (phase: Progress['phase'], counts?: Counts, evidence?: Evidence, divergences?: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  let lastPhase = '';
  return (phase, counts, evidence, divergences = 0) => {
    const now = performance.now();
    // Counting coverage costs more than judging a command: a few times a second is enough.
    if (onProgress === undefined || (phase === lastPhase && now - last < 100)) return;
    last = now;
    lastPhase = phase;
    const { transitions, refusals } = coverageOf(tables, evidence);
    onProgress({
      phase,
      sequences: counts?.sequences ?? 0,
      commands: counts?.commands ?? 0,
      seconds: (now - began) / 1000,
      transitions: { covered: transitions.covered, total: transitions.total },
      refusals: { covered: refusals.covered, total: refusals.total },
      divergences,
    });
  };
}
