import type { Target } from '../adapters/target.ts';
import type { Tables } from '../model/compile.ts';
import type { EditionId } from '../model/spec/editions.ts';
import type { Router } from '../model/world.ts';
import type { RunRecord } from '../reports/record.ts';
import type { CampaignResult } from './campaign.ts';
import type { Method } from './complete/methods.ts';
import type { Counterexample } from './counterexample.ts';
import { generatorNames } from './generate/suites.ts';
import { given } from './given.ts';
import type { ProtocolCounterexample } from './protocol/counterexample.ts';
import { withProtocol } from './protocol/record.ts';
import { type ProtocolResult, protocolSuite } from './protocol/suite.ts';
import { runRecord } from './make-record.ts';
import { coverageOf } from './record/coverage.ts';
import { type Progress, type ProgressReporter, progressReporter } from './progress.ts';
import type { Times } from './run/clock.ts';
import { type RacesRun, raceSuite } from './races/suite.ts';
import { type Scene, setScene } from './run/scene.ts';
import { type Attempts, fromKept } from './shards/attempts.ts';
import { exchangesOf, packParts, refuseShard, shrinkApart } from './shards/part.ts';
import type { Plan, Shard, ShardData } from './shards/shard-data.ts';
import type { ShrunkAll } from './shrink/shrink-all.ts';
import { shrinkBuckets, shrinkBy } from './shrink/shrink-buckets.ts';
import { runSuites, sequenceSuites, type SuitesResult } from './suites.ts';
import { defaultTables } from './tables.ts';
import { shrinkingEnds, timeLeft } from './time-left.ts';
import { added, together } from './together.ts';

/** What of the time is kept for races, where both are run. */
const raceShare = 0.25;

/** About twenty races of every pattern. */
const defaultRaceCommands = 4000;

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
 * The main job: sets the scene, runs the suites and judges them, makes every divergence they met as
 * short as it can, and cleans up. Rejects with SetupError when nothing could be judged.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceResult> {
  const tables = options.tables ?? defaultTables();
  const began = performance.now();
  const report = progressReporter(options.onProgress, tables, began);
  const { suites = ['random'], edition, regionId, maxRouters, times, concurrency } = options;
  const { quotaPerRouter, accountId, routers, signal } = options;
  report('setting up');
  refuseShard(options.shard, suites, options.timeMs);
  const scene = await setScene(options.target, {
    edition,
    regionId,
    maxRouters,
    times,
    concurrency,
    ...given({ quotaPerRouter, accountId, routers, signal }),
  });
  try {
    return await runOn({ scene, tables, options: { ...options, suites }, began, report });
  } catch (error) {
    await scene.strike().catch(() => []); // the first error is the one to tell
    throw error;
  }
}

/** What every phase of a run goes by. */
interface Run {
  readonly scene: Scene;
  readonly tables: Tables;
  readonly options: ConformanceOptions & { readonly suites: readonly SuiteName[] };
  /** When it began, as `performance.now` tells it. */
  readonly began: number;
  readonly report: ProgressReporter;
}

async function runOn(run: Run): Promise<ConformanceResult> {
  const { scene, tables, options, began, report } = run;
  const { target, shard } = options;
  const protocol = await askGateway(run);
  const { result: sequential, ...planned } = await runSequences(run);
  const raced = await runRaces(run, sequential);
  // Putting together changes the first of them.
  const parts = shard === undefined ? undefined : packParts(sequential, raced);
  const result = raced?.kind === 'ran' ? together(sequential, raced.result) : sequential;
  const seconds = (performance.now() - began) / 1000;
  const { shrunk, attempts } = await shrinkAll(run, result);
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
          plan: planOf(options, options.suites),
          modelHash: tables.hash,
          target: { target: target.name, ...given({ client: target.client }) },
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
}

/** The protocol suite, where it is asked for; of several shards the first has it. */
async function askGateway({ scene, options }: Run): Promise<ProtocolResult | undefined> {
  const { suites, shard, regionId, times, signal } = options;
  if (!suites.includes('protocol') || (shard !== undefined && shard.index !== 1)) return undefined;
  return protocolSuite(scene, { regionId, times, ...given({ signal }) });
}

function runSequences({ scene, tables, options, began, report }: Run): ReturnType<typeof runSuites> {
  const { suites, shard, signal, concurrency } = options;
  const racesFollow = suites.includes('races') && sequenceSuites.some((suite) => suites.includes(suite));
  return runSuites(scene, tables, options, () => ({
    ...(options.extend === true
      ? { enough: (evidence) => isCovered(coverageOf(tables, evidence, scene.capabilities)) }
      : {}),
    ...given({ shard, signal }),
    concurrency,
    ...timeLeft(options, began, racesFollow ? 1 - raceShare : 1),
    onProgress: ({ counts, evidence, divergences }) => report('running', counts, evidence, divergences),
  }));
}

/** The races, where they are asked for, on the routers that the sequences have left clean. */
async function runRaces(run: Run, sequential: SuitesResult['result']): Promise<RacesRun | undefined> {
  const { scene, tables, options, began, report } = run;
  const { suites, regionId, seed, quotaPerRouter, shard, signal } = options;
  if (!suites.includes('races')) return undefined;
  return raceSuite(scene, {
    tables,
    regionId,
    seed,
    commands: options.raceCommands ?? defaultRaceCommands,
    ...given({ quotaPerRouter, shard, signal }),
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
  });
}

/** Shortens all that diverged; a shard keeps what it tried, for the others to be put together with. */
async function shrinkAll(
  { scene, tables, options, began, report }: Run,
  { counts, evidence, buckets, hookFailed }: CampaignResult,
): Promise<{ shrunk: ShrunkAll; attempts?: Attempts }> {
  report('shrinking', counts, evidence, buckets.length);
  const shrinking = {
    budget: options.shrinkBudget,
    until: shrinkingEnds(options, began),
    // Without its hook the target is not in a known state, and asking again may take long.
    ...(hookFailed ? { not: 'a control hook failed' } : {}),
    ...given({ signal: options.signal }),
  };
  if (options.shard === undefined) return { shrunk: await shrinkBuckets(scene, tables, buckets, shrinking) };
  const attempts = await shrinkApart(scene, tables, buckets, shrinking);
  return { attempts, shrunk: await shrinkBy(scene, () => fromKept(attempts), tables, buckets, shrinking) };
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

function isCovered({ transitions, refusals }: ReturnType<typeof coverageOf>): boolean {
  return transitions.covered === transitions.total && refusals.covered === refusals.total;
}
