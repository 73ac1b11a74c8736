import type { Outcome } from '../../model/outcomes.ts';
import type { Permitted } from '../../model/permitted.ts';

/** Names of situations that one interface comes to in its life. */
export const situations = {
  /** A row of the chart for the n-th time on the same interface. */
  repeated: (row: string, use: number): string => `${row} for time ${use}`,
  /** A row where the interface came by another one. */
  entered: (row: string, entry: string): string => `${row} after ${entry}`,
};

/** What each interface has behind it, as far as a defect can hang on it. */
export class Lives {
  readonly #uses = new Map<string, number>();
  readonly #entries = new Map<string, readonly string[]>();

  /** How often a row has been open to calls on this interface, this one included. */
  use({ subject }: Permitted, row: string): number {
    const key = `${subject?.id ?? ''} ${row}`;
    const count = (this.#uses.get(key) ?? 0) + 1;
    this.#uses.set(key, count);
    return count;
  }

  /** The rows by which a call last moved the interface. */
  entries({ subject }: Permitted): readonly string[] {
    return this.#entries.get(subject?.id ?? '') ?? [];
  }

  /** Told what was done to the interface of this id. */
  note({ accepted, transitions }: Outcome, id: string | undefined): void {
    if (id !== undefined && accepted?.moved === true) this.#entries.set(id, transitions);
  }
}
