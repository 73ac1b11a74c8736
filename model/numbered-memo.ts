/**
 * Remembers what was worked out for four whole numbers of 32 bits, for so many of them at a time. A table of its own
 * with open addressing: maps inside maps take a lookup for each number, and this is asked at every step.
 */
export class NumberedMemo<Value> {
  readonly #most: number;
  readonly #mask: number;
  readonly #numbers: Int32Array;
  readonly #values: (Value | undefined)[];
  #size = 0;

  /** `bits`: it remembers up to 2 to this power, in a table twice as large. */
  constructor(bits: number) {
    const slots = 2 ** (bits + 1);
    this.#most = slots / 2;
    this.#mask = slots - 1;
    this.#numbers = new Int32Array(4 * slots);
    this.#values = Array.from({ length: slots }, () => undefined);
  }

  get(a: number, b: number, c: number, d: number): Value | undefined {
    return this.#values[this.#slot(a, b, c, d)];
  }

  /** Once it is full it starts over: what comes up often is soon back, and what was of one run only is gone. */
  set(a: number, b: number, c: number, d: number, value: Value): void {
    if (this.#size >= this.#most) {
      this.#values.fill(undefined);
      this.#size = 0;
    }
    const slot = this.#slot(a, b, c, d);
    if (this.#values[slot] === undefined) this.#size += 1;
    this.#numbers.set([a, b, c, d], 4 * slot);
    this.#values[slot] = value;
  }

  /** Where these numbers are, or else the free place where they belong; there is one, as half of them stay free. */
  #slot(a: number, b: number, c: number, d: number): number {
    const numbers = this.#numbers;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ d;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & this.#mask;
    while (this.#values[slot] !== undefined) {
      const at = 4 * slot;
      if (numbers[at] === a && numbers[at + 1] === b && numbers[at + 2] === c && numbers[at + 3] === d)
        return slot;
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }
}
