import { createHash } from 'node:crypto';
import type { Tables } from '../../model/compile.ts';
import type { ComparedLine, DifferenceRecord } from '../../reports/comparison-record.ts';
import { given } from '../given.ts';
import { programLine } from '../program-line.ts';
import type { Scene } from '../run/scene.ts';
import type { Sequence } from '../sequence.ts';
import { alone } from '../shrink/alone.ts';
import { shrink } from '../shrink/shrink.ts';
import type { Trace } from '../trace.ts';
import { inShort } from './comparable.ts';
import { compareTraces, type Difference } from './traces.ts';

/** The same difference, however often it was met, with the sequence that showed it soonest. */
export interface Bucket {
  readonly difference: Difference;
  readonly sequence: Sequence;
  readonly traces: readonly [a: Trace, b: Trace];
  readonly index: number;
  readonly occurrences: number;
}

export interface ShortenOptions {
  /** Commands to spend on one program on each, at most. */
  readonly shrinkBudget: number;
  /** Milliseconds to spend on all of them, at most. */
  readonly shrinkMs?: number;
  /** Whether permitted differences are worth it. */
  readonly strict: boolean;
  readonly signal?: AbortSignal;
}

/** Makes each program as short as it can be while the two still differ in the same way. */
export async function shorten(
  a: Scene,
  b: Scene,
  tables: Tables,
  buckets: readonly Bucket[],
  { shrinkBudget, shrinkMs = 60_000, strict, signal }: ShortenOptions,
): Promise<readonly DifferenceRecord[]> {
  const [onA, onB] = [alone(a, tables, signal), alone(b, tables, signal)];
  const until = performance.now() + shrinkMs;
  const shown: DifferenceRecord[] = [];
  for (const bucket of buckets) {
    const { difference: wanted, sequence } = bucket;
    let best = bucket;
    const budget = wanted.severity === 'permitted' && !strict ? 0 : shrinkBudget;
    const short = await shrink(sequence, wanted.step, asFinding(wanted), budget, async (candidate) => {
      if (performance.now() > until || signal?.aborted === true) return { findings: [], cost: budget };
      const [ranA, ranB] = [await onA.attempt(candidate), await onB.attempt(candidate)];
      const cost = Math.max(ranA.cost, ranB.cost);
      if (ranA.trace === undefined || ranB.trace === undefined) return { findings: [], cost };
      const { differences } = compareTraces(tables, ranA.trace, ranB.trace);
      const same = differences.find(({ fingerprint }) => fingerprint === wanted.fingerprint);
      if (same === undefined) return { findings: [], cost };
      best = { ...bucket, difference: same, sequence: candidate, traces: [ranA.trace, ranB.trace] };
      return { findings: [{ finding: asFinding(same), step: same.step }], cost };
    });
    shown.push(recordOf(best, short.reproduced));
  }
  await onA.finish();
  await onB.finish();
  return shown;
}

/** A difference as what shrinking looks for: rules play no part, so only the very same counts. */
function asFinding({ operation, a, b, fingerprint }: Difference): Parameters<typeof shrink>[2] {
  return { kind: 'field', operation, rules: [], expected: a.observed, observed: b.observed, fingerprint };
}

function recordOf({ difference, traces, occurrences }: Bucket, shortened: boolean): DifferenceRecord {
  const { step, operation, kind, severity, reason, a, b, fingerprint } = difference;
  const name = operation.replace('RouterInterface', '').replace(/s$/, '').toLowerCase();
  return {
    id: `${name}-${kind}-${createHash('sha256').update(fingerprint).digest('hex').slice(0, 6)}`,
    severity,
    operation,
    kind,
    ...given({ reason }),
    a,
    b,
    occurrences,
    shortened,
    program: programOf(traces, step),
  };
}

function programOf([a, b]: readonly [Trace, Trace], last: number): readonly ComparedLine[] {
  return a.steps.slice(0, last + 1).map((step, index) => {
    const { sent: _ids, ...line } = programLine(step, index === last);
    const other = inShort(b.steps[index]?.observation);
    return other === '' ? line : { ...line, other };
  });
}
