/**
 * The RequestIds of a whole run, to find one that comes twice (P3), in memory that does not grow.
 *
 * Of each id only a hash is kept, in a table in which a later id may take the place of an earlier one:
 * so a repetition can be missed, the more so the longer ago the first was. Two different ids count as
 * one only if 84 bits of hash agree, which does not happen.
 */
export class RequestIds {
  readonly #slots: Uint32Array;
  readonly #mask: number;

  /** Room for 2 to the power of `bits` ids, eight bytes each. */
  constructor(bits = 20) {
    this.#slots = new Uint32Array(2 ** (bits + 1));
    this.#mask = 2 ** bits - 1;
  }

  /** Takes an id in; true when it was there already. */
  repeats(id: string): boolean {
    let place = 0x811c9dc5;
    let first = 0x9e3779b9;
    let second = 0x85ebca6b;
    for (let index = 0; index < id.length; index++) {
      const code = id.charCodeAt(index);
      place = Math.imul(place ^ code, 0x01000193);
      first = Math.imul(first ^ code, 0xcc9e2d51) ^ (first >>> 15);
      second = Math.imul(second + code, 0x1b873593) ^ (second >>> 13);
    }
    // Zero stands for an empty slot.
    const low = (first ^ (first >>> 16)) >>> 0 || 1;
    const high = (second ^ (second >>> 16)) >>> 0;
    const slot = ((place ^ (place >>> 15)) & this.#mask) * 2;
    if (this.#slots[slot] === low && this.#slots[slot + 1] === high) return true;
    this.#slots[slot] = low;
    this.#slots[slot + 1] = high;
    return false;
  }
}
