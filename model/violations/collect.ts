import type { Tables } from '../compile.ts';

/**
 * Which rules a call violates, as bits that the guards of its event know.
 *
 * `must`: certainly violated, so the call cannot be accepted. `may`: perhaps violated, or contested:
 * refusal and acceptance are both permitted.
 */
export interface Violations {
  readonly must: number;
  readonly may: number;
}

/** Collects violations for one event; rules that the chart does not guard that event with are ignored. */
export class Collector implements Violations {
  must = 0;
  may = 0;
  readonly #tables: Tables;
  readonly #event: string;

  constructor(tables: Tables, event: string) {
    this.#tables = tables;
    this.#event = event;
  }

  certain(rule: string): void {
    this.must |= this.#tables.ruleBit(this.#event, rule);
  }

  possible(rule: string): void {
    this.may |= this.#tables.ruleBit(this.#event, rule);
  }
}
