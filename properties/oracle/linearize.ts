import { sameBelief, type World } from '../../model/world.ts';
import { mostWorlds } from './judge.ts';
import { distinct } from './judge-parts.ts';

/** Something that was sent and answered, as the search for an order sees it. */
export interface Operation {
  /** Counts of the sending and of the answer among those of all clients. */
  readonly sent: number;
  /** Infinity where no answer came: it may take effect at any later time, or never. */
  readonly answered: number;
  /** The worlds in which one world can be once this has taken effect with the answer it got; none: never. */
  after(world: World): readonly World[];
}

/** An operation of a history: whose it is, and which of that client's. */
export interface Place {
  readonly lane: number;
  readonly position: number;
}

/** How far an order got, and what none of the worlds there permits next. */
export interface Impasse {
  readonly order: readonly Place[];
  readonly belief: readonly World[];
  readonly stuck: readonly Place[];
}

export type Linearized =
  | { readonly kind: 'explained'; readonly order: readonly Place[]; readonly belief: readonly World[] }
  /** No order explains it; the longest ones that explain a beginning. */
  | { readonly kind: 'unexplained'; readonly impasses: readonly Impasse[] }
  /** The search was given up. */
  | { readonly kind: 'open'; readonly reason: string };

/** Steps from one world to the next that a search may take: a fraction of a second. */
export const defaultBudget = 8000;
/** Longest orders that are kept: they differ in what they put before what. */
const mostImpasses = 24;

/**
 * Searches for an order of the operations of several clients in which one world after another permits what
 * was answered: each operation takes effect at one moment between its sending and its answer
 * (linearizability, Herlihy and Wing 1990).
 *
 * The search is that of Wing and Gong (1993) with the memory of Lowe (2017): an operation can be next if it
 * was sent before the earliest answer among those that are left, and worlds that failed once with the same
 * operations done are not tried again. Every client does one thing at a time, so how far each of them has
 * got tells which operations are done.
 */
export function linearize(
  lanes: readonly (readonly Operation[])[],
  start: readonly World[],
  budget = defaultBudget,
): Linearized {
  return new Search(lanes, budget).run(start);
}

class Search {
  readonly #lanes: readonly (readonly Operation[])[];
  readonly #budget: number;
  readonly #positions: number[];
  readonly #order: Place[] = [];
  readonly #needed: number;
  /** Worlds that came to nothing, by how far the clients had got. */
  readonly #failed = new Map<number, World[]>();
  #spent = 0;
  #reason: string | undefined;
  #deepest = -1;
  #impasses: Impasse[] = [];
  #end: readonly World[] = [];

  constructor(lanes: readonly (readonly Operation[])[], budget: number) {
    this.#lanes = lanes;
    this.#budget = budget;
    this.#positions = lanes.map(() => 0);
    this.#needed = lanes.flat().filter(({ answered }) => answered !== Infinity).length;
  }

  run(start: readonly World[]): Linearized {
    if (this.#from(start, 0)) return { kind: 'explained', order: this.#order, belief: this.#end };
    if (this.#reason !== undefined) return { kind: 'open', reason: this.#reason };
    return { kind: 'unexplained', impasses: this.#impasses };
  }

  /** Whether what is left can be explained from here, `done` of the answered operations being done. */
  #from(belief: readonly World[], done: number): boolean {
    if (done === this.#needed) {
      this.#end = belief;
      return true;
    }
    const key = keyOf(this.#lanes, this.#positions);
    const failed = this.#failed.get(key);
    const open = failed === undefined ? belief : belief.filter((each) => !this.#isAmong(failed, each));
    if (open.length === 0 || this.#isSpent()) return false;
    const stuck: Place[] = [];
    for (const lane of eligible(this.#lanes, this.#positions)) {
      const position = this.#positions[lane] as number;
      const operation = this.#lanes[lane]?.[position] as Operation;
      const next = this.#step(operation, open);
      if (this.#reason !== undefined) return false;
      if (next.length === 0) {
        // What was never answered may as well never take effect.
        if (operation.answered !== Infinity) stuck.push({ lane, position });
        continue;
      }
      this.#positions[lane] = position + 1;
      this.#order.push({ lane, position });
      if (this.#from(next, done + (operation.answered === Infinity ? 0 : 1))) return true;
      this.#order.pop();
      this.#positions[lane] = position;
      if (this.#reason !== undefined) return false;
    }
    this.#note(open, done, stuck);
    if (failed === undefined) this.#failed.set(key, [...open]);
    else failed.push(...open);
    return false;
  }

  #step(operation: Operation, belief: readonly World[]): readonly World[] {
    this.#spent += belief.length;
    const [only] = belief;
    // Mostly it is one world: no list of lists is made for it.
    const after =
      belief.length === 1 && only !== undefined
        ? operation.after(only)
        : belief.flatMap((world) => operation.after(world));
    const next = after.length === 1 ? after : distinct(after);
    if (next.length > mostWorlds) this.#reason = `more than ${mostWorlds} worlds explain what was seen`;
    return next;
  }

  #isSpent(): boolean {
    if (this.#spent > this.#budget)
      this.#reason = `no order was found that explains what the clients saw, and not all were tried (${this.#budget} steps)`;
    return this.#reason !== undefined;
  }

  #isAmong(worlds: readonly World[], world: World): boolean {
    // Comparing costs about as much as a tenth of a step.
    this.#spent += worlds.length / 10;
    return worlds.some((each) => isSame(each, world));
  }

  #note(belief: readonly World[], done: number, stuck: readonly Place[]): void {
    if (done < this.#deepest || stuck.length === 0) return;
    if (done > this.#deepest) this.#impasses = [];
    this.#deepest = done;
    if (this.#impasses.length < mostImpasses) this.#impasses.push({ order: [...this.#order], belief, stuck });
  }
}

/** Clients whose next operation can be the next of all, the one that was answered first coming first. */
export function eligible(
  lanes: readonly (readonly Operation[])[],
  positions: readonly number[],
): readonly number[] {
  let earliest = Infinity;
  const heads: { lane: number; head: Operation }[] = [];
  for (let lane = 0; lane < lanes.length; lane++) {
    const head = lanes[lane]?.[positions[lane] as number];
    if (head === undefined) continue;
    heads.push({ lane, head });
    if (head.answered < earliest) earliest = head.answered;
  }
  return heads
    .filter(({ head }) => head.sent < earliest)
    .toSorted((a, b) => a.head.answered - b.head.answered)
    .map(({ lane }) => lane);
}

/** One number for how far each of the clients has got. */
export function keyOf(lanes: readonly (readonly Operation[])[], positions: readonly number[]): number {
  let key = 0;
  for (let lane = 0; lane < lanes.length; lane++)
    key = key * ((lanes[lane]?.length ?? 0) + 1) + (positions[lane] as number);
  return key;
}

/** What comes next is the same in both: beyond `sameBelief` also what only some later calls ask. */
export function isSame(a: World, b: World): boolean {
  if (a === b) return true;
  if (!sameBelief(a, b)) return false;
  const sameTokens = a.tokens.every((token, index) => {
    const other = b.tokens[index];
    return (
      token === other ||
      (token.token === other?.token &&
        token.accepted === other.accepted &&
        token.made === other.made &&
        token.operation === other.operation &&
        token.request === other.request)
    );
  });
  return sameTokens && a.interfaces.every((each, index) => each.shown === b.interfaces[index]?.shown);
}
