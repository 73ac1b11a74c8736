import type { ProgressFigures } from './progress.ts';
import type { DivergenceRecord, RunRecord } from './record.ts';

/** What a report may say beside what the records hold. */
export interface ReportContext {
  readonly color?: boolean;
  /** Returns the shell command that runs a divergence again. */
  readonly replayCommand?: (divergence: DivergenceRecord) => string | undefined;
  /** Returns the file that shows a divergence with curl. */
  readonly curlFile?: (divergence: DivergenceRecord) => string | undefined;
}

/** What is known of a run before it begins. */
export type RunStart = Pick<RunRecord, 'tool' | 'target' | 'client' | 'edition' | 'seed' | 'startedAt'>;

/**
 * Renders run records. What a target said is untrusted text in them: a reporter keeps it from being taken for
 * anything else than text in its format.
 */
export interface Reporter {
  readonly name: string;
  /** The file that it writes in the output directory of a run; without it, it writes to standard output. */
  readonly file?: string;
  /** Whether its text can stand on standard output together with others'. */
  readonly mixes?: boolean;
  /** Returns the report on one record or more. */
  readonly render: (records: readonly RunRecord[], context: ReportContext) => string | Promise<string>;
  /** A second text, which is put behind the file that a variable of the environment names, where it does. */
  readonly append?: {
    readonly variable: string;
    readonly render: (records: readonly RunRecord[], context: ReportContext) => string;
  };
  /** For a report that grows with its run: three parts, which follow each other as they come about. */
  readonly live?: {
    readonly start: (run: RunStart) => string;
    readonly progress: (figures: ProgressFigures) => string;
    /** Returns what comes after the progress. */
    readonly end: (record: RunRecord) => string;
  };
}
