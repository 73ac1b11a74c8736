import type { Target } from '../adapters/target.ts';
import type { Tables } from '../model/compile.ts';
import type { EditionId } from '../model/spec/editions.ts';
import type { Router } from '../model/world.ts';
import type { RunRecord } from '../reports/record.ts';
import { type Bucket, campaign, type CampaignResult, type Counts } from './campaign.ts';
import type { Counterexample } from './counterexample.ts';
import { defaultLength, sequenceArbitrary, sequenceAt } from './generate/sequence-arbitrary.ts';
import type { ProtocolCounterexample } from './protocol/counterexample.ts';
import { withProtocol } from './protocol/record.ts';
import { protocolSuite } from './protocol/suite.ts';
import { coverageOf, runRecord, type Shown } from './make-record.ts';
import type { Evidence } from './oracle/evidence.ts';
import type { Finding } from './oracle/verdict.ts';
import type { Times } from './run/clock.ts';
import { setScene, type Scene } from './run/scene.ts';
import type { Sequence } from './sequence.ts';
import { alone } from './shrink/alone.ts';
import { rootCause } from './shrink/root-cause.ts';
import { covers, shrink } from './shrink/shrink.ts';
import { defaultTables } from './tables.ts';
import type { Trace } from './trace.ts';

/** What a run shows of itself while it goes on. */
export interface Progress {
  readonly phase: 'setting up' | 'running' | 'shrinking' | 'cleaning up';
  readonly sequences: number;
  readonly commands: number;
  readonly seconds: number;
  readonly transitions: { readonly covered: number; readonly total: number };
  readonly refusals: { readonly covered: number; readonly total: number };
  readonly divergences: number;
}

/** Random sequences judged by the model; the checks of the gateway. */
export const suiteNames = ['random', 'protocol'] as const;
export type SuiteName = (typeof suiteNames)[number];

export interface ConformanceOptions {
  readonly target: Target;
  readonly edition: EditionId | 'any';
  readonly regionId: string;
  readonly routers?: readonly Router[];
  readonly maxRouters: number;
  /** What is run: random sequences alone unless given. */
  readonly suites?: readonly SuiteName[];
  readonly seed: number;
  /** Commands to run, about. */
  readonly commands: number;
  /** Goes on by up to half as much again, while something of the model has not been covered. */
  readonly extend?: boolean;
  /** Milliseconds to run, at most. */
  readonly timeMs?: number;
  readonly concurrency: number;
  readonly times: Times;
  /** Commands to spend on making one counterexample shorter, at most. */
  readonly shrinkBudget: number;
  /** Milliseconds to spend on making all of them shorter, at most; a minute unless given. */
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
  const scene = await setScene(target, {
    edition: options.edition,
    regionId: options.regionId,
    maxRouters: options.maxRouters,
    times: options.times,
    ...(options.routers === undefined ? {} : { routers: options.routers }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { suites = ['random'], regionId, times } = options;
  const isRandom = suites.includes('random');
  try {
    const protocol = suites.includes('protocol')
      ? await protocolSuite(scene, { regionId, times, ...(signal === undefined ? {} : { signal }) })
      : undefined;
    const arbitrary = sequenceArbitrary({
      capabilities: scene.capabilities,
      maxLength: defaultLength,
      maxRouters: scene.routers.length,
      region: options.regionId,
      otherRegion: scene.otherRegion,
    });
    const result = await campaign(scene, {
      tables,
      sequenceAt: (index) => sequenceAt(arbitrary, seed, index),
      commands: isRandom ? options.commands : 0,
      ...(isRandom && options.extend === true
        ? { enough: (evidence) => isCovered(coverageOf(tables, evidence, scene.capabilities)) }
        : {}),
      concurrency: options.concurrency,
      ...(options.timeMs === undefined ? {} : { timeMs: options.timeMs }),
      ...(signal === undefined ? {} : { signal }),
      onProgress: ({ counts, evidence, divergences }) => report('running', counts, evidence, divergences),
    });
    const seconds = (performance.now() - began) / 1000;
    report('shrinking', result.counts, result.evidence, result.buckets.length);
    const { shown, fault } = await shrinkOrKeep(scene, tables, result, options);
    report('cleaning up', result.counts, result.evidence, shown.length);
    const struck = await scene.strike();
    const judged = runRecord({
      options,
      scene,
      tables,
      result,
      shown,
      seconds,
      leftBehind: [...result.leftBehind, ...struck],
    });
    const made = protocol === undefined ? judged : withProtocol(judged, protocol, options);
    return fault === undefined ? made : { ...made, fault };
  } catch (error) {
    await scene.strike().catch(() => []); // the first error is the one to tell
    throw error;
  }
}

/** Shrinks; if that fails, what was found is kept as it was found. */
async function shrinkOrKeep(
  scene: Scene,
  tables: Tables,
  { buckets, fault }: CampaignResult,
  options: ConformanceOptions,
): Promise<{ shown: readonly Shown[]; fault?: unknown }> {
  const known = fault === undefined ? {} : { fault };
  try {
    return { shown: await shrinkAll(scene, tables, buckets, options), ...known };
  } catch (error) {
    const asFound = buckets.map(({ finding, occurrences, witness }): Shown => {
      const trace = { ...witness.trace, steps: witness.trace.steps.slice(0, witness.step + 1) };
      const commands = witness.sequence.commands.slice(0, witness.step + 1);
      const sequence = { ...witness.sequence, commands };
      return { finding, occurrences, sequence, trace, reproduced: false, cost: 0, consequences: [] };
    });
    return { shown: asFound, fault: error, ...known };
  }
}

/**
 * Makes one counterexample per distinct divergence. One that says no more than another is folded into
 * it, and one that is only the consequence of another is listed with its cause.
 */
async function shrinkAll(
  scene: Scene,
  tables: Tables,
  buckets: readonly Bucket[],
  { shrinkBudget, shrinkMs = 60_000, signal }: ConformanceOptions,
): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  const run = alone(scene, tables, signal);
  const until = performance.now() + shrinkMs;
  const same = (finding: Finding): Shown | undefined =>
    shown.find((each) => each.finding.fingerprint === finding.fingerprint || covers(each.finding, finding));
  const shorten = async (
    sequence: Sequence,
    step: number,
    finding: Finding,
    trace?: Trace,
  ): Promise<Shown> => {
    const over = (): boolean => signal?.aborted === true || performance.now() > until;
    const budget = over() ? 0 : shrinkBudget;
    const short = await shrink(sequence, step, finding, budget, async (candidate) =>
      over() ? { findings: [], cost: budget } : run.attempt(candidate),
    );
    const known = same(short.finding);
    if (known !== undefined) return known;
    const last = short.reproduced ? run.lastShowing(short.finding) : undefined;
    const entry: Shown = {
      ...short,
      trace: last ?? trace ?? emptyTrace(scene),
      occurrences: 0,
      consequences: [],
    };
    return entry;
  };
  const simplestFirst = buckets.toSorted(
    (a, b) =>
      a.finding.rules.length - b.finding.rules.length ||
      a.witness.step - b.witness.step ||
      a.witness.index - b.witness.index ||
      a.finding.fingerprint.localeCompare(b.finding.fingerprint),
  );
  for (const { witness, others, finding, occurrences } of simplestFirst) {
    const known = same(finding);
    if (known !== undefined) {
      known.occurrences += occurrences;
      continue;
    }
    const trace = { ...witness.trace, steps: witness.trace.steps.slice(0, witness.step + 1) };
    let short: Shown | undefined;
    const before = run.unrecorded;
    for (const each of [witness, ...others]) {
      if (short?.reproduced === true) break;
      const tried = await shorten(each.sequence, each.step, finding, trace);
      if (short === undefined || tried.reproduced) short = tried;
    }
    if (short === undefined) continue;
    if (!short.reproduced && run.unrecorded > before) short = { ...short, notShortened: onlyRecorded };
    const cause =
      short.reproduced && performance.now() < until
        ? await rootCause(short.sequence, short.finding, run)
        : undefined;
    const root =
      cause === undefined
        ? short
        : (same(cause.finding) ?? (await shorten(cause.sequence, cause.step, cause.finding)));
    if (!shown.includes(root)) shown.push(root);
    root.occurrences += occurrences;
    if (root !== short) root.consequences.push(short.finding);
  }
  await run.finish();
  return shown.toSorted((a, b) => a.sequence.commands.length - b.sequence.commands.length);
}

const onlyRecorded =
  'It was not made shorter: the target is a recording, which does not hold what this takes.';

const emptyTrace = (scene: Scene): Trace => ({
  traceVersion: 1,
  target: scene.target.name,
  environment: scene.environmentFor([]),
  steps: [],
});

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
