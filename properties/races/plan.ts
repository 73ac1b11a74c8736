import * as fc from 'fast-check';
import { sequenceAt } from '../generate/sequence-arbitrary.ts';
import { describeAttribute } from '../generate/calls.ts';
import { Draw } from '../generate/draw.ts';
import { Plan, type Surroundings } from '../generate/plan.ts';
import type { Capabilities, Sequence } from '../sequence.ts';
import { type Pattern, patterns } from './patterns.ts';
import { settle } from './situation.ts';

export interface RacePlanOptions extends Surroundings {
  readonly capabilities: Capabilities;
  /** Two at least: no pattern takes fewer. */
  readonly maxRouters: number;
  /** How often each plan is run: what goes wrong in a race does not do so every time. */
  readonly repetitions: number;
}

/** Returns the patterns that can be run on a target. */
export function patternsFor({ capabilities, maxRouters }: RacePlanOptions): readonly Pattern[] {
  return patterns.filter(
    (pattern) =>
      pattern.routers <= maxRouters && (pattern.routeEntries !== true || capabilities.routeEntries),
  );
}

class RaceArbitrary extends fc.Arbitrary<Sequence> {
  readonly #options: Surroundings;
  readonly #pattern: Pattern;
  readonly #repetition: number;

  constructor(options: Surroundings, pattern: Pattern, repetition: number) {
    super();
    this.#options = options;
    this.#pattern = pattern;
    this.#repetition = repetition;
  }

  override generate(random: fc.Random): fc.Value<Sequence> {
    const draw = new Draw(random);
    const { name, routers } = this.#pattern;
    const plan = new Plan(routers, this.#options);
    const lanes = shuffled(draw, this.#pattern.lanes(draw, plan));
    const { alive } = plan;
    // Each client alone, and then every interface by itself: both views must agree with what was answered.
    const looks = draw.chance(40) ? alive.slice(0, 4).map((each) => describeAttribute(plan, each)) : [];
    const jitter = draw.int(0, 2 ** 30) + this.#repetition;
    return new fc.Value(
      {
        commands: plan.commands,
        routers,
        exclusive: false,
        race: { pattern: name, lanes, after: [settle, plan.look, ...looks], jitter },
      },
      undefined,
    );
  }

  override canShrinkWithoutContext(_value: unknown): _value is Sequence {
    return false;
  }

  override shrink(): fc.Stream<fc.Value<Sequence>> {
    return fc.Stream.nil();
  }
}

/** Whoever comes first on the list is the first to send where all begin at once. */
function shuffled<T>(draw: Draw, list: readonly T[]): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(draw.int(0, rest.length - 1), 1)[0] as T);
}

/**
 * Returns the races of a seed: patterns in turn, each plan as often as `repetitions` says, alike in all but
 * how far the clients are apart.
 */
export function racesOf(options: RacePlanOptions, seed: number): (index: number) => Sequence {
  const usable = patternsFor(options);
  return (index) => {
    const { repetitions } = options;
    // A round of all patterns before any of them comes again: whatever the budget, each has its turn.
    const round = Math.floor(index / usable.length);
    const pattern = usable[index % usable.length] as Pattern;
    const plan = Math.floor(round / repetitions) * usable.length + (index % usable.length);
    return raceAt(options, pattern, seed, plan, round % repetitions);
  };
}

/** The n-th race of a pattern and a seed; repetitions differ in how far the clients are apart. */
export function raceAt(
  options: Omit<RacePlanOptions, 'repetitions'>,
  pattern: Pattern,
  seed: number,
  index: number,
  repetition = 0,
): Sequence {
  return sequenceAt(new RaceArbitrary(options, pattern, repetition), seed, index);
}
