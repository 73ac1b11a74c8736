import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Draw } from './draw.ts';

/** Many draws from one seed. */
function draws<T>(act: (draw: Draw) => T, count = 4000): T[] {
  const [found] = fc.sample(new Drawing(act, count), { seed: 5, numRuns: 1 });
  return found ?? [];
}

class Drawing<T> extends fc.Arbitrary<T[]> {
  readonly #act: (draw: Draw) => T;
  readonly #count: number;

  constructor(act: (draw: Draw) => T, count: number) {
    super();
    this.#act = act;
    this.#count = count;
  }

  override generate(random: fc.Random): fc.Value<T[]> {
    const draw = new Draw(random);
    return new fc.Value(
      Array.from({ length: this.#count }, () => this.#act(draw)),
      undefined,
    );
  }

  override canShrinkWithoutContext(value: unknown): value is T[] {
    return Array.isArray(value);
  }

  override shrink(): fc.Stream<fc.Value<T[]>> {
    return fc.Stream.nil();
  }
}

const share = <T>(list: readonly T[], value: T): number =>
  list.filter((each) => each === value).length / list.length;

describe('A draw', () => {
  test('takes whole numbers from both ends and between', () => {
    expect(new Set(draws((draw) => draw.int(3, 6)))).toEqual(new Set([3, 4, 5, 6]));
  });

  test('is true as often as was asked for', () => {
    expect(
      share(
        draws((draw) => draw.chance(30)),
        true,
      ),
    ).toBeCloseTo(0.3, 1);
    expect(new Set(draws((draw) => draw.chance(0)))).toEqual(new Set([false]));
    expect(new Set(draws((draw) => draw.chance(100)))).toEqual(new Set([true]));
  });

  test('picks every member of a list, and none from an empty one', () => {
    expect(new Set(draws((draw) => draw.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
    expect(() => draws((draw) => draw.pick([]))).toThrow('Cannot pick from an empty list.');
  });

  test('picks by weight', () => {
    const picked = draws((draw) =>
      draw.weighted([
        [1, 'seldom'],
        [3, 'often'],
      ]),
    );
    expect(share(picked, 'often')).toBeCloseTo(0.75, 1);
  });

  test('refuses weights of which none is positive', () => {
    expect(() => draws((draw) => draw.weighted([[0, 'never']]))).toThrow(
      /weights|minimum|min|max|bigger|lower/i,
    );
  });
});
