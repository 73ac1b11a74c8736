const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Returns a bijection of 32-bit integers: neighbours come out looking unrelated, none comes out twice. */
function scramble(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x45_d9_f3_b) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x45_d9_f3_b) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0');
}

/** Mints resource ids and RequestIds: the same seed gives the same ids in the same order. */
export class Identifiers {
  readonly #seed: number;
  #resources = 0;
  #requests = 0;

  constructor(seed: number) {
    this.#seed = scramble(seed | 0);
  }

  /** Returns a new resource id such as `ri-2ze0000004f7kq`, unique until {@link restart}. */
  resource(prefix: 'ri' | 'vrt' | 'vpc' | 'vtb' | 'rte'): string {
    this.#resources += 1;
    let mixed = scramble(this.#resources ^ this.#seed);
    let tail = '';
    for (let i = 0; i < 7; i += 1) {
      tail += alphabet[mixed % 36];
      mixed = Math.floor(mixed / 36);
    }
    return `${prefix}-2ze${this.#resources.toString(36).padStart(6, '0')}${tail}`;
  }

  /** Returns a new upper-case UUID. The count is part of it, so none comes twice, {@link restart} or not. */
  request(): string {
    this.#requests += 1;
    const mixed = hex(scramble(this.#requests ^ this.#seed), 8);
    const seed = hex(this.#seed, 8);
    return `${mixed}-${seed.slice(0, 4)}-4${seed.slice(5)}-8${mixed.slice(5)}-${hex(this.#requests, 12)}`;
  }

  /** Starts the resource ids over, as after a reset of the account. RequestIds go on. */
  restart(): void {
    this.#resources = 0;
  }
}
