import type { Tables } from '../model/compile.ts';
import type { Counts } from './tally.ts';
import type { Evidence } from './oracle/evidence.ts';
import { coverageOf } from './record/coverage.ts';

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

export type ProgressReporter = (
  phase: Progress['phase'],
  counts?: Counts,
  evidence?: Evidence,
  divergences?: number,
) => void;

/** Counting coverage costs more than judging a command: a few times a second is enough (milliseconds). */
const leastBetween = 100;

/** Returns what tells `onProgress` how far a run has got that `began` then, as `performance.now` tells it. */
export function progressReporter(
  onProgress: ((progress: Progress) => void) | undefined,
  tables: Tables,
  began: number,
): ProgressReporter {
  let last = Number.NEGATIVE_INFINITY;
  let lastPhase = '';
  return (phase, counts, evidence, divergences = 0) => {
    const now = performance.now();
    if (onProgress === undefined || (phase === lastPhase && now - last < leastBetween)) return;
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
