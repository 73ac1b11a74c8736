import type { DivergenceRecord, RunRecord } from '../record.ts';

export interface HtmlOptions {
  /** A shell command that runs a divergence again; what can be told from the record unless given. */
  readonly replayCommand?: (divergence: DivergenceRecord, record: RunRecord) => string | undefined;
}
