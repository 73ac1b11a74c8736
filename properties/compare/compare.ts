import type { Target } from '../../adapters/target.ts';
import type { Tables } from '../../model/compile.ts';
import type { EditionId } from '../../model/spec/editions.ts';
import type { Router } from '../../model/world.ts';
import type { ComparisonRecord, Severity } from '../../reports/comparison-record.ts';
import { campaign, type CampaignResult } from '../campaign.ts';
import { type GeneratorName, generatorNames, generatorOptions, sequencesOf } from '../generate/suites.ts';
import { given } from '../given.ts';
import type { Times } from '../run/clock.ts';
import { SetupError } from '../run/errors.ts';
import { setScene, type Scene } from '../run/scene.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import { version } from '../tool-version.ts';
import type { Trace } from '../trace.ts';
import { type Bucket, shorten, type ShortenOptions } from './shorten.ts';
import { compareTraces } from './traces.ts';

/** One of the two, with what is true of it only. */
export interface Side {
  readonly target: Target;
  readonly times: Times;
  readonly routers?: readonly Router[];
}

export interface CompareOptions extends ShortenOptions {
  readonly a: Side;
  readonly b: Side;
  readonly edition: EditionId | 'any';
  readonly regionId: string;
  readonly maxRouters: number;
  readonly seed: number;
  /** Interfaces that a router may have; as documented unless given. */
  readonly quotaPerRouter?: number;
  /** The account that the key belongs to. */
  readonly accountId?: string;
  /** What makes the sequences: as a run has it by default, unless given. */
  readonly generators?: readonly GeneratorName[];
  /** Commands to run on each, about. */
  readonly commands: number;
  /** Milliseconds to run, at most. */
  readonly timeMs?: number;
  readonly concurrency: number;
  readonly onProgress?: (commands: number, differences: number) => void;
}

const weights: Readonly<Record<Severity, number>> = { divergence: 0, choice: 1, permitted: 2 };

/**
 * Runs the same sequences on two targets and tells in what they differ. Rejects with `SetupError` or
 * `CannotAnswer` when one of them cannot be set up or does not hold what is asked.
 */
export async function compareTargets(options: CompareOptions): Promise<ComparisonRecord> {
  const tables = defaultTables();
  const began = performance.now();
  const scenes: Scene[] = [];
  try {
    for (const side of [options.a, options.b]) scenes.push(await sceneFor(side, options));
    const [a, b] = scenes as [Scene, Scene];
    const { results, buckets, met } = await runBoth(a, b, tables, options);
    const programs = await shorten(a, b, tables, buckets, options);
    const differences = programs.toSorted(
      (x, y) => weights[x.severity] - weights[y.severity] || y.occurrences - x.occurrences,
    );
    const left = (await Promise.all(scenes.splice(0).map((scene) => scene.strike()))).flat();
    const ended = results[0].ended ?? results[1].ended;
    const counting = differences.some(({ severity }) => options.strict || severity !== 'permitted');
    const told = ({ name }: Target, { counts, buckets }: CampaignResult): ComparisonRecord['a'] => ({
      name,
      commands: counts.commands,
      divergences: buckets.length,
    });
    return {
      schemaVersion: 1,
      tool: { name: 'ri-conformance', version, modelHash: tables.hash },
      a: told(options.a.target, results[0]),
      b: told(options.b.target, results[1]),
      edition: options.edition,
      seed: options.seed,
      verdict: counting ? 'different' : ended !== undefined || met.commands === 0 ? 'inconclusive' : 'same',
      ...given({ ended }),
      counts: { ...met, seconds: Math.round(performance.now() - began) / 1000 },
      differences,
      notes: [
        ...notesOf('A', a, results[0]),
        ...notesOf('B', b, results[1]),
        ...(left.length === 0 ? [] : [`Left behind: ${left.join(', ')}.`]),
      ],
    };
  } finally {
    // The first error is the one to tell.
    await Promise.allSettled(scenes.map((scene) => scene.strike()));
  }
}

const notesOf = (name: string, { notes }: Scene, { leftBehind }: CampaignResult): readonly string[] => [
  ...notes.map((note) => `${name}: ${note}`),
  ...(leftBehind.length === 0 ? [] : [`${name}: left behind are ${leftBehind.join(', ')}.`]),
];

function sceneFor({ target, times, routers }: Side, options: CompareOptions): Promise<Scene> {
  const { edition, regionId, maxRouters, quotaPerRouter, accountId, signal } = options;
  return setScene(target, {
    edition,
    regionId,
    maxRouters,
    times,
    ...given({ quotaPerRouter, accountId, routers, signal }),
  });
}

/** Sequences that ask nothing of a target that only the other one offers. */
function jointSequences(
  a: Scene,
  b: Scene,
  { regionId, seed, quotaPerRouter, generators = generatorNames }: CompareOptions,
): (index: number) => Sequence {
  const regions = b.environmentFor([]).regions;
  const otherRegion = a
    .environmentFor([])
    .regions.find((each) => each !== regionId && regions.includes(each));
  const options = generatorOptions({
    capabilities: {
      accountHook: a.capabilities.accountHook && b.capabilities.accountHook,
      interfaceHook: a.capabilities.interfaceHook && b.capabilities.interfaceHook,
      routeEntries: a.capabilities.routeEntries && b.capabilities.routeEntries,
    },
    routers: Math.min(a.routers.length, b.routers.length),
    regionId,
    otherRegion: otherRegion ?? a.otherRegion,
    quotaPerRouter,
  });
  // As a run does: recordings of runs are compared too.
  return sequencesOf(generators, options, seed);
}

interface BothRuns {
  readonly results: readonly [CampaignResult, CampaignResult];
  readonly buckets: readonly Bucket[];
  readonly met: { sequences: number; commands: number; differing: number };
}

async function runBoth(a: Scene, b: Scene, tables: Tables, options: CompareOptions): Promise<BothRuns> {
  const { signal, timeMs } = options;
  const sequenceOf = jointSequences(a, b, options);
  const buckets = new Map<string, Bucket>();
  const met = { sequences: 0, commands: 0, differing: 0 };
  const waiting = new Map<number, Trace>();
  const compare = (index: number, sequence: Sequence, traces: readonly [Trace, Trace]): void => {
    const { differences, steps } = compareTraces(tables, ...traces);
    met.sequences += 1;
    met.commands += steps;
    if (differences.some(({ severity }) => severity !== 'permitted')) met.differing += 1;
    const told = new Set<string>();
    for (const difference of differences) {
      if (told.has(difference.fingerprint)) continue;
      told.add(difference.fingerprint);
      note(buckets, { difference, sequence, traces, index, occurrences: 1 });
    }
    options.onProgress?.(met.commands, buckets.size);
  };
  // When one of them fails there is nothing left to compare the other with.
  const stop = new AbortController();
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const run = (scene: Scene, isA: boolean): Promise<CampaignResult> =>
    campaign(scene, {
      tables,
      sequenceAt: sequenceOf,
      commands: options.commands,
      concurrency: options.concurrency,
      ...given({ timeMs }),
      signal: both,
      onTrace: (index, sequence, trace) => {
        const other = waiting.get(index);
        if (other === undefined) waiting.set(index, trace);
        else {
          waiting.delete(index);
          compare(index, sequence, isA ? [trace, other] : [other, trace]);
        }
      },
    }).catch((error: unknown) => {
      stop.abort();
      throw error;
    });
  const ends = await Promise.allSettled([run(a, true), run(b, false)]);
  const results = ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    if (end.value.fault !== undefined) throw end.value.fault;
    return end.value;
  }) as [CampaignResult, CampaignResult];
  if (met.sequences === 0)
    throw new SetupError(results.flatMap(({ ended }) => ended ?? [])[0] ?? 'no sequence ran on both targets');
  return { results, buckets: [...buckets.values()], met };
}

function note(buckets: Map<string, Bucket>, one: Bucket): void {
  const known = buckets.get(one.difference.fingerprint);
  if (known === undefined) {
    buckets.set(one.difference.fingerprint, one);
    return;
  }
  const shorter =
    one.difference.step < known.difference.step ||
    (one.difference.step === known.difference.step && one.index < known.index);
  buckets.set(one.difference.fingerprint, {
    ...(shorter ? one : known),
    occurrences: known.occurrences + 1,
  });
}
