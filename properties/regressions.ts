import type { RegressionResult, RunRecord } from '../reports/record.ts';
import type { ConformanceOptions, ConformanceResult } from './conformance.ts';
import type { Counterexample } from './counterexample.ts';
import type { ProtocolCounterexample } from './protocol/counterexample.ts';
import type { Replayed, replay } from './replay.ts';
import { SetupError } from './run/errors.ts';

type Stored = Counterexample | ProtocolCounterexample;

/** A counterexample of an earlier run, and what came of it this time. */
export interface Regression {
  readonly counterexample: Stored;
  readonly replayed: Replayed;
}

/**
 * Runs counterexamples of earlier runs again, one after another, each on routers of its own. Stops when the run
 * is stopped; what cannot be run is told with its reason, and ends nothing.
 */
export async function runRegressions(
  again: typeof replay,
  options: ConformanceOptions,
  stored: readonly Stored[],
): Promise<readonly Regression[]> {
  const done: Regression[] = [];
  for (const counterexample of stored) {
    if (options.signal?.aborted === true) break;
    const replayed = await again(options, counterexample).catch((error: unknown): Replayed => {
      if (!(error instanceof SetupError)) throw error;
      return { outcome: 'COULD NOT RUN', explanation: error.message };
    });
    done.push({ counterexample, replayed });
  }
  return done;
}

/**
 * Adds to a run what came of earlier counterexamples. What diverges still, or otherwise now, is a divergence of this
 * run too, unless the run has met it anyway.
 */
export function withRegressions(
  result: ConformanceResult,
  regressions: readonly Regression[],
): ConformanceResult {
  if (regressions.length === 0) return result;
  const { record } = result;
  const known = new Set(record.divergences.map(({ id }) => id));
  const counterexamples = new Map(result.counterexamples);
  const protocolCounterexamples = new Map(result.protocolCounterexamples);
  const added: RunRecord['divergences'][number][] = [];
  for (const { counterexample, replayed } of regressions) {
    const shown = replayed.record;
    if (shown === undefined || known.has(shown.id)) continue;
    known.add(shown.id);
    const { traceFile: _none, ...withoutFile } = shown;
    added.push(shown.id === counterexample.id ? shown : withoutFile);
    if (shown.id !== counterexample.id) continue;
    if ('suite' in counterexample) protocolCounterexamples.set(shown.id, counterexample);
    else counterexamples.set(shown.id, counterexample);
  }
  const broken = new Set(added.flatMap(({ rules }) => rules));
  return {
    ...result,
    counterexamples,
    ...(protocolCounterexamples.size === 0 ? {} : { protocolCounterexamples }),
    record: {
      ...record,
      verdict: added.length > 0 ? 'diverges' : withFixed(record, regressions),
      divergences: [...added, ...record.divergences],
      rules: record.rules.map((rule) => (broken.has(rule.id) ? { ...rule, verdict: 'diverges' } : rule)),
      regressions: regressions.map(({ counterexample, replayed }) => resultOf(counterexample, replayed)),
    },
  };
}

/** Where nothing else was to be judged, counterexamples that are all fixed are a verdict. */
function withFixed({ verdict, ended }: RunRecord, regressions: readonly Regression[]): RunRecord['verdict'] {
  const fixed = ended === undefined && regressions.every(({ replayed }) => replayed.outcome === 'FIXED');
  return verdict === 'inconclusive' && fixed ? 'conforms' : verdict;
}

const resultOf = (
  { id, rules }: Pick<Stored, 'id' | 'rules'>,
  { outcome, explanation }: Replayed,
): RegressionResult => ({ id, rules, outcome, explanation });
