import type { Target } from '../adapters/target.ts';
import type { EditionId } from '../model/spec/editions.ts';
import type { Router } from '../model/world.ts';
import type { RunRecord } from '../reports/record.ts';
import type { Counterexample } from './counterexample.ts';
import type { Times } from './run/clock.ts';
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

export interface ConformanceOptions {
  readonly target: Target;
  readonly edition: EditionId | 'any';
  readonly regionId: string;
  readonly routers?: readonly Router[];
  readonly maxRouters: number;
  readonly seed: number;
  /** Commands to run, about. */
  readonly commands: number;
  /** Milliseconds to run, at most. */
  readonly timeMs?: number;
  readonly concurrency: number;
  readonly times: Times;
  /** Commands to spend on making one counterexample shorter, at most. */
  readonly shrinkBudget: number;
  /** Stops the run gently: what was made is still deleted, and what was found is still reported. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface ConformanceResult {
  readonly record: RunRecord;
  /** One per divergence, by its id. */
  readonly counterexamples: ReadonlyMap<string, Counterexample>;
}

export interface Replayed {
  readonly outcome: 'FIXED' | 'STILL DIVERGES' | 'DIVERGES DIFFERENTLY' | 'COULD NOT RUN';
  readonly explanation: string;
  /** What diverged this time, if anything did. */
  readonly record?: RunRecord['divergences'][number];
}

export interface JudgedTrace {
  readonly verdict: 'conforms' | 'diverges' | 'inconclusive';
  readonly edition: string;
  readonly editionsThatFit: readonly string[];
  readonly divergences: RunRecord['divergences'];
  readonly inconclusive: RunRecord['inconclusive'];
  readonly steps: number;
}

export declare function runConformance(options: ConformanceOptions): Promise<ConformanceResult>;
export declare function replay(
  options: Omit<ConformanceOptions, 'seed' | 'commands' | 'shrinkBudget' | 'concurrency'>,
  counterexample: Counterexample,
): Promise<Replayed>;
export declare function judgeTrace(trace: Trace, edition?: EditionId | 'any'): JudgedTrace;
