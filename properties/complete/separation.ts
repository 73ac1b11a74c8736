import { answersApart, type Fsm, reachedFrom } from './fsm.ts';

/** An input word. */
export type Word = readonly number[];

/** Shortest words that tell pairs of states apart. */
export class Separation {
  readonly #fsm: Fsm;
  /** Length of the shortest word for a pair; 0 where there is none. */
  readonly #length: Uint8Array;
  readonly #first: Int16Array;

  constructor(fsm: Fsm) {
    this.#fsm = fsm;
    const { size, inputs } = fsm;
    this.#length = new Uint8Array(size * size);
    this.#first = new Int16Array(size * size);
    // Partition refinement by lengths: a word of one input more where the successors are told apart.
    for (let length = 1, found = true; found && length < 255; length++) {
      found = false;
      for (let a = 0; a < size; a++) {
        for (let b = a + 1; b < size; b++) {
          const pair = a * size + b;
          if (this.#length[pair] !== 0) continue;
          for (let x = 0; x < inputs; x++) {
            const u = reachedFrom(fsm, a, x);
            const v = reachedFrom(fsm, b, x);
            if (u < 0 || v < 0) continue;
            const apart = length === 1 ? answersApart(fsm, a, b, x) : this.lengthFor(u, v) === length - 1;
            if (!apart) continue;
            this.#length[pair] = length;
            this.#first[pair] = x;
            found = true;
            break;
          }
        }
      }
      // The first length may find none where outputs never differ; longer ones cannot then either.
    }
  }

  /** Length of the shortest word that tells two states apart; 0 where there is none. */
  lengthFor(a: number, b: number): number {
    return this.#length[Math.min(a, b) * this.#fsm.size + Math.max(a, b)] as number;
  }

  /** That word; undefined where there is none. */
  wordFor(a: number, b: number): Word | undefined {
    const { size } = this.#fsm;
    const word: number[] = [];
    let [u, v] = [Math.min(a, b), Math.max(a, b)];
    for (let left = this.lengthFor(u, v); left > 0; left--) {
      const x = this.#first[u * size + v] as number;
      word.push(x);
      const [s, t] = [reachedFrom(this.#fsm, u, x), reachedFrom(this.#fsm, v, x)];
      [u, v] = [Math.min(s, t), Math.max(s, t)];
    }
    return word.length === 0 ? undefined : word;
  }

  /** Whether a word tells two states apart, as far as it is defined in both. */
  separates(word: Word, a: number, b: number): boolean {
    let [u, v] = [a, b];
    for (const x of word) {
      const [s, t] = [reachedFrom(this.#fsm, u, x), reachedFrom(this.#fsm, v, x)];
      if (s < 0 || t < 0) return false;
      if (answersApart(this.#fsm, u, v, x)) return true;
      [u, v] = [s, t];
    }
    return false;
  }

  /** Pairs of states that no word tells apart. */
  get inseparable(): readonly (readonly [number, number])[] {
    const { size } = this.#fsm;
    const found: [number, number][] = [];
    for (let a = 0; a < size; a++)
      for (let b = a + 1; b < size; b++) if (this.lengthFor(a, b) === 0) found.push([a, b]);
    return found;
  }

  /** A characterising set: words that together tell all states apart that can be; few, found greedily. */
  get characterising(): readonly Word[] {
    const { size } = this.#fsm;
    let open: [number, number][] = [];
    const words = new Map<string, Word>();
    for (let a = 0; a < size; a++) {
      for (let b = a + 1; b < size; b++) {
        const word = this.wordFor(a, b);
        if (word === undefined) continue;
        open.push([a, b]);
        words.set(word.join(), word);
      }
    }
    const chosen: Word[] = [];
    while (open.length > 0) {
      let best: { word: Word; left: [number, number][] } | undefined;
      for (const word of words.values()) {
        const left = open.filter(([a, b]) => !this.separates(word, a, b));
        if (best === undefined || left.length < best.left.length) best = { word, left };
      }
      if (best === undefined || best.left.length === open.length) break;
      chosen.push(best.word);
      open = best.left;
    }
    return chosen;
  }
}

/** The cheapest word to each state from state 0; undefined where none leads there by defined steps alone. */
export function accessWords(fsm: Fsm): readonly (Word | undefined)[] {
  const { size, inputs, cost } = fsm;
  const words: (Word | undefined)[] = Array.from({ length: size });
  const price = Array.from({ length: size }, () => Infinity);
  words[0] = [];
  price[0] = 0;
  // Bellman-Ford: the machines are small, and costs differ.
  for (let changed = true; changed;) {
    changed = false;
    for (let state = 0; state < size; state++) {
      const word = words[state];
      if (word === undefined) continue;
      for (let x = 0; x < inputs; x++) {
        const reached = reachedFrom(fsm, state, x);
        const total = (price[state] as number) + (cost[x] as number);
        if (reached < 0 || total >= (price[reached] as number)) continue;
        price[reached] = total;
        words[reached] = [...word, x];
        changed = true;
      }
    }
  }
  return words;
}
