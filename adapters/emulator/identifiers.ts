const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Returns a bijection of 32-bit integers: neighbours come out looking unrelated, none comes out twice. */
function scramble(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x45_d9_f3_b) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x45_d9_f3_b) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

function byteOf(value: number, shift: number): string {
  return bytes[(value >>> shift) & 255] ?? '';
}

/** Returns the lowest 16 bits of `value`, or the 16 above them, in four hex digits. */
function low(value: number): string {
  return byteOf(value, 8) + byteOf(value, 0);
}

function high(value: number): string {
  return byteOf(value, 24) + byteOf(value, 16);
}

/** Mints resource ids and RequestIds: the same seed gives the same ids in the same order. */
export class Identifiers {
  readonly #seed: number;
  readonly #middle: string;
  #resources = 0;
  #requests = 0;

  constructor(seed: number) {
    this.#seed = scramble(seed | 0);
    this.#middle = `${high(this.#seed)}-4${low(this.#seed).slice(1)}`;
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
    const count = this.#requests;
    const mixed = scramble(count ^ this.#seed);
    const tail = low(Math.floor(count / 2 ** 32)) + high(count) + low(count);
    return `${high(mixed)}${low(mixed)}-${this.#middle}-8${low(mixed).slice(1)}-${tail}`;
  }

  /** Starts the resource ids over, as after a reset of the account. RequestIds go on. */
  restart(): void {
    this.#resources = 0;
  }
}
