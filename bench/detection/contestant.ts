import type { Arena } from './arena.ts';

/** What a contestant made of one mutant. */
export interface Found {
  /** Commands until the oracle found something wrong. */
  readonly calls: number;
  /** Commands of the counterexample that it shows in the end. */
  readonly length: number;
  /** Commands that making it shorter took; undefined where it does not shorten. */
  readonly shrinkCalls?: number;
}

/** A way to test, as somebody would use it. */
export interface Contestant {
  readonly name: string;
  /** What it sends, and how the oracle comes in. */
  readonly how: string;
  /** Looks for the mutant of an arena with this seed, and this many commands; undefined when it finds none. */
  find(arena: Arena, seed: number, budget: number): Promise<Found | undefined>;
  /** Ends what it has started. */
  close?(): void;
}

/** Commands that anybody may spend on making a counterexample shorter. */
export const shrinkBudget = 3000;
