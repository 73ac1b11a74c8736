import type { EditionId } from '../model/spec/editions.ts';
import type { RunRecord } from '../reports/record.ts';
import { divergenceRecord, editionNames } from './make-record.ts';
import { Evidence } from './oracle/evidence.ts';
import { judgeSteps } from './oracle/judge-steps.ts';
import { shownBy } from './shrink/alone.ts';
import { defaultTables } from './tables.ts';
import type { Trace } from './trace.ts';

export interface JudgedTrace {
  readonly verdict: 'conforms' | 'diverges' | 'inconclusive';
  readonly edition: string;
  readonly editionsThatFit: readonly string[];
  readonly divergences: RunRecord['divergences'];
  readonly inconclusive: RunRecord['inconclusive'];
  readonly steps: number;
}

/** Judges a stored trace again, by the edition it was judged by or by another; needs no target. */
export function judgeTrace(trace: Trace, edition?: EditionId | 'any'): JudgedTrace {
  const environment = edition === undefined ? trace.environment : { ...trace.environment, edition };
  const evidence = new Evidence();
  const divergences: RunRecord['divergences'][number][] = [];
  const inconclusive = new Map<string, number>();
  for (const { step, verdict } of judgeSteps(defaultTables(), { ...trace, environment }, evidence).verdicts) {
    if (verdict.kind === 'inconclusive') {
      inconclusive.set(verdict.reason, (inconclusive.get(verdict.reason) ?? 0) + 1);
      continue;
    }
    for (const finding of verdict.divergences) {
      const { traceFile: _none, ...record } = divergenceRecord(
        {
          finding,
          occurrences: 1,
          trace: shownBy(finding, trace, step),
          reproduced: true,
          consequences: [],
        },
        defaultTables(),
      );
      divergences.push(record);
    }
  }
  const judged = trace.steps.length - [...inconclusive.values()].reduce((sum, count) => sum + count, 0);
  return {
    verdict: divergences.length > 0 ? 'diverges' : judged > 0 ? 'conforms' : 'inconclusive',
    edition: environment.edition,
    editionsThatFit: editionNames(evidence.editions),
    divergences,
    inconclusive: [...inconclusive].map(([reason, count]) => ({ reason, count })),
    steps: trace.steps.length,
  };
}
