import type { Trace } from '../trace.ts';

/** Where judging stands. */
export interface Moment {
  sequence: number;
  /** Of the trace, from 0. */
  step: number;
  trace: Trace | undefined;
}

/** What was seen of one thing. */
export interface Sighting {
  count: number;
  /** The number of the first sequence that showed it. */
  first: number;
  /** The trace that showed it soonest after its beginning; of several, that of the first sequence. */
  sequence: number;
  step: number;
  trace: Trace | undefined;
}

/** How often each of many things was seen, where first and where soonest. Adding is commutative. */
export class Sightings {
  readonly #at: Readonly<Moment>;
  readonly #seen = new Map<string, Sighting>();

  /** `at`: where judging stands whenever something is added. */
  constructor(at: Readonly<Moment>) {
    this.#at = at;
  }

  get size(): number {
    return this.#seen.size;
  }

  has(id: string): boolean {
    return this.#seen.has(id);
  }

  get(id: string): Readonly<Sighting> | undefined {
    return this.#seen.get(id);
  }

  keys(): IterableIterator<string> {
    return this.#seen.keys();
  }

  entries(): IterableIterator<readonly [string, Readonly<Sighting>]> {
    return this.#seen.entries();
  }

  add(id: string): void {
    const { sequence, step, trace } = this.#at;
    const seen = this.#seen.get(id);
    if (seen === undefined) this.#seen.set(id, { count: 1, first: sequence, sequence, step, trace });
    else {
      seen.count += 1;
      this.#compare(seen, sequence, step, trace, sequence);
    }
  }

  /** Adds what another has seen, the numbers of its sequences made larger by `offset`. */
  merge(other: { entries(): Iterable<readonly [string, Readonly<Sighting>]> }, offset: number): void {
    for (const [id, { count, first, sequence, step, trace }] of other.entries()) {
      const seen = this.#seen.get(id);
      if (seen === undefined) {
        this.#seen.set(id, { count, first: first + offset, sequence: sequence + offset, step, trace });
      } else {
        seen.count += count;
        this.#compare(seen, sequence + offset, step, trace, first + offset);
      }
    }
  }

  #compare(seen: Sighting, sequence: number, step: number, trace: Trace | undefined, first: number): void {
    if (first < seen.first) seen.first = first;
    if (step > seen.step || (step === seen.step && sequence >= seen.sequence)) return;
    seen.sequence = sequence;
    seen.step = step;
    seen.trace = trace;
  }
}
