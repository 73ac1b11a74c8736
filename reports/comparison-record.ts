import type { ProgramLine } from './record.ts';

/**
 * What `compare` found, as plain JSON (`<out>/compare.json`): fields are added, never renamed.
 */
export interface ComparisonRecord {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'ri-conformance'; readonly version: string; readonly modelHash: string };
  readonly a: ComparedTarget;
  readonly b: ComparedTarget;
  readonly edition: string;
  readonly seed: number;
  /** same: exit code 0; different: 1; inconclusive: nothing could be compared, 2. */
  readonly verdict: 'same' | 'different' | 'inconclusive';
  /** Why the comparison ended before its budget was used up, if it did. */
  readonly ended?: string;
  readonly counts: {
    /** Sequences that ran on both targets. */
    readonly sequences: number;
    /** Commands of them, until the targets went different ways. */
    readonly commands: number;
    /** Sequences in which they differed, permitted differences left aside. */
    readonly differing: number;
    readonly seconds: number;
  };
  readonly differences: readonly DifferenceRecord[];
  readonly notes: readonly string[];
}

export interface ComparedTarget {
  readonly name: string;
  readonly commands: number;
  /** Distinct divergences from the model, of all sequences. */
  readonly divergences: number;
}

/**
 * divergence: one of them at least does what the documents do not permit; choice: both may, but a caller
 * sees the difference; permitted: the moment, the order or the words, on which nobody may rely.
 */
export type Severity = 'divergence' | 'choice' | 'permitted';

export interface DifferenceRecord {
  /** Stable: the same difference has the same id in every comparison. */
  readonly id: string;
  readonly severity: Severity;
  readonly operation: string;
  readonly kind: string;
  /** Why it is permitted, or what it rests on. */
  readonly reason?: string;
  readonly a: SideRecord;
  readonly b: SideRecord;
  /** In how many sequences it was met. */
  readonly occurrences: number;
  /** False when the program is as long as it was found. */
  readonly shortened: boolean;
  readonly program: readonly ComparedLine[];
}

export interface SideRecord {
  readonly observed: string;
  /** What the model says of this answer. */
  readonly verdict: 'conforms' | 'diverges' | 'not judged';
  readonly rules: readonly string[];
}

/** One command; its `answer` is A's. */
export interface ComparedLine extends ProgramLine {
  /** What B answered. */
  readonly other?: string;
}
