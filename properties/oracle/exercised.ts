import type { Outcome } from '../../model/outcomes.ts';
import type { World } from '../../model/world.ts';
import { eligible, isSame, keyOf, type Operation } from './linearize.ts';
import type { RaceStep } from './race-step.ts';

/** What a step of a race put to the test, whatever the order. */
export interface Exercised {
  /** The number of the step in the trace. */
  readonly number: number;
  readonly rules: readonly string[];
  /** Ids of the chart's transitions. */
  readonly transitions: readonly string[];
}

type Entry = Operation & Pick<RaceStep, 'explain'> & { readonly number: number };

/** Outcomes that are worked out, at most; beyond that nothing is said. */
const mostTried = 2000;

/**
 * Returns what each step of a race that was explained has exercised in every order that explains it, and in each of the
 * worlds that it may have met: what one of them has not exercised is not certain. Nothing where there are
 * too many of them to look at all.
 */
export function certainlyExercised(
  lanes: readonly (readonly Entry[])[],
  start: readonly World[],
): readonly Exercised[] {
  const search = new EveryOrder(lanes);
  for (const world of start) search.explains(world, 0);
  return search.isSpent ? [] : [...search.exercised.values()];
}

class EveryOrder {
  /** By the number of the step; no more than all ways to explain it have in common. */
  readonly exercised = new Map<number, Exercised>();
  readonly #lanes: readonly (readonly Entry[])[];
  readonly #positions: number[];
  readonly #needed: number;
  /** Where it was before, by how far the clients had got, and whether what was left could be explained from there. */
  readonly #known = new Map<number, { readonly world: World; readonly explains: boolean }[]>();
  #left = mostTried;

  constructor(lanes: readonly (readonly Entry[])[]) {
    this.#lanes = lanes;
    this.#positions = lanes.map(() => 0);
    this.#needed = lanes.flat().filter(({ answered }) => answered !== Infinity).length;
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** Whether what is left can be explained from here, `done` of the answered operations being done. */
  explains(world: World, done: number): boolean {
    if (done === this.#needed) return true;
    const key = keyOf(this.#lanes, this.#positions);
    const known = this.#known.get(key) ?? [];
    this.#known.set(key, known);
    const before = known.find((each) => isSame(each.world, world));
    if (before !== undefined) return before.explains;
    let explains = false;
    for (const lane of eligible(this.#lanes, this.#positions)) {
      if (this.isSpent) return false;
      this.#left -= 1;
      const position = this.#positions[lane] as number;
      const entry = this.#lanes[lane]?.[position] as Entry;
      const next = done + (entry.answered === Infinity ? 0 : 1);
      this.#positions[lane] = position + 1;
      for (const { outcome, worlds } of waysOf(entry, world)) {
        // Each of them is looked at, not only the first that does.
        if (worlds.filter((each) => this.explains(each, next)).length === 0) continue;
        explains = true;
        this.#note(entry.number, outcome);
      }
      this.#positions[lane] = position;
    }
    known.push({ world, explains });
    return explains;
  }

  #note(number: number, outcome: Outcome | undefined): void {
    const { rules, transitions } = outcome === undefined ? nothing : certainOf(outcome);
    const known = this.exercised.get(number);
    this.exercised.set(number, {
      number,
      rules: known === undefined ? rules : known.rules.filter((id) => rules.includes(id)),
      transitions:
        known === undefined ? transitions : known.transitions.filter((id) => transitions.includes(id)),
    });
  }
}

interface Way {
  readonly outcome?: Outcome;
  readonly worlds: readonly World[];
}

/**
 * The outcomes by which a step may have led on; where the model has none for it, only where it led. What was never
 * answered has none: in some orders it took no effect at all.
 */
function waysOf(entry: Entry, world: World): readonly Way[] {
  const explained = entry.explain?.(world) ?? [];
  return explained.length > 0 ? explained : [{ worlds: entry.after(world) }];
}

const nothing: Pick<Exercised, 'rules' | 'transitions'> = { rules: [], transitions: [] };

/** Of an acceptance that may have been any of several transitions, none is certain. */
const certainOf = ({ kind, rules, transitions }: Outcome): Pick<Exercised, 'rules' | 'transitions'> => ({
  rules,
  transitions: kind === 'refusal' || transitions.length === 1 ? transitions : [],
});
