import { divergenceText } from './divergence.ts';
import type { DivergenceRecord, RunRecord } from './record.ts';
import type { ReportContext } from './reporter.ts';
import { entryFor } from './standing.ts';

/** Returns a divergence as lines with all that there is to say of it, without colours. */
export function inFull(record: RunRecord, divergence: DivergenceRecord, context: ReportContext): string[] {
  return divergenceText(divergence, {
    replayCommand: context.replayCommand?.(divergence),
    curlFile: context.curlFile?.(divergence),
    known: entryFor(record, divergence),
  });
}
