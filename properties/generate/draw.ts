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
    let rest = this.random.nextInt(
      1,
      choices.reduce((sum, [weight]) => sum + weight, 0),
    );
    for (const [weight, value] of choices) {
      rest -= weight;
      if (rest <= 0) return value;
    }
    throw new Error('Weights must be positive.');
  }
}
