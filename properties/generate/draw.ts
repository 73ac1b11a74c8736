import * as fc from 'fast-check';
import type { Random } from 'fast-check';

/** Small choices from one source of randomness. */
export class Draw {
  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return this.random.nextInt(min, max);
  }

  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean {
    return this.random.nextInt(1, 100) <= percent;
  }

  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    const picked = list[this.random.nextInt(0, list.length - 1)];
    if (picked === undefined) throw new Error('Cannot pick from an empty list.');
    return picked;
  }

  /** Picks by weight; weights are relative. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
    const choice = choices[this.place(choices.map(([weight]) => weight))];
    if (choice === undefined) throw new Error('Weights must be positive.');
    return choice[1];
  }

  /** The same where only the place in the list is asked for. */
  place(weights: readonly number[]): number {
    let sum = 0;
    for (const weight of weights) sum += weight;
    let rest = this.random.nextInt(1, sum);
    for (let place = 0; place < weights.length; place++) {
      rest -= weights[place] ?? 0;
      if (rest <= 0) return place;
    }
    throw new Error('Weights must be positive.');
  }
}

/** Spreads (seed, index) over 32 bits, so that neighbouring sequences share nothing (splitmix32). */
export function mixed(seed: number, index: number): number {
  let z = (seed + Math.imul(index + 1, 0x9e3779b9)) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

class Drawing<T> extends fc.Arbitrary<{ readonly made: T }> {
  readonly #act: (draw: Draw) => T;

  constructor(act: (draw: Draw) => T) {
    super();
    this.#act = act;
  }

  override generate(random: Random): fc.Value<{ readonly made: T }> {
    return new fc.Value({ made: this.#act(new Draw(random)) }, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is { readonly made: T } {
    return false;
  }

  override shrink(): fc.Stream<fc.Value<{ readonly made: T }>> {
    return fc.Stream.nil();
  }
}

/** What `act` makes with the n-th draw of a seed: the same on every machine. */
export function drawn<T>(seed: number, index: number, act: (draw: Draw) => T): T {
  const [found] = fc.sample(new Drawing(act), { seed: mixed(seed, index), numRuns: 1 });
  if (found === undefined) throw new Error(`Nothing was drawn for seed ${seed}, index ${index}.`);
  return found.made;
}
