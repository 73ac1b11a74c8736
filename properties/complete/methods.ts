import { answersApart, type Fsm, reachedFrom } from './fsm.ts';
import { accessWords, Separation, type Word } from './separation.ts';
import { TestTree } from './test-tree.ts';

/** The methods, by the name that `--method` takes. */
export const methods = ['h', 'w', 'wp', 'hsi'] as const;
export type Method = (typeof methods)[number];

export interface Suite {
  readonly method: Method;
  readonly extraStates: number;
  /** Input words from state 0, none the beginning of another. */
  readonly tests: readonly Word[];
  /** Calls of all tests, each with the way to where its part begins. */
  readonly calls: number;
  /** Pairs of states that no answer tells apart: the suite cannot either. */
  readonly inseparable: number;
  /** States that only an open cell leads to: not tested. */
  readonly unreached: number;
}

/**
 * A suite that fails on every machine with at most `extraStates` states more than this one that differs from it
 * (Chow 1978 for W; Fujiwara et al. 1991 for Wp; Petrenko, Yevtushenko and Bochmann 1994 for HSI; Dorofeeva,
 * El-Fakih and Yevtushenko 2005 for H), on the assumption that a reset is reliable.
 */
export function suiteBy(method: Method, fsm: Fsm, extraStates: number): Suite {
  const separation = new Separation(fsm);
  const access = accessWords(fsm);
  const tree = new TestTree(fsm);
  const cover = access.flatMap((word) => (word === undefined ? [] : [tree.add(0, word)]));
  const plan: Plan = { fsm, separation, tree, cover, extraStates };
  const { w, wp, hsi, h } = { w: byW, wp: byWp, hsi: byHsi, h: byH };
  ({ w, wp, hsi, h })[method](plan);
  const { tests } = tree;
  return {
    method,
    extraStates,
    tests,
    calls: tests.reduce((sum, word) => sum + word.length + fsm.resetCost, 0),
    inseparable: separation.inseparable.length,
    unreached: access.filter((word) => word === undefined).length,
  };
}

interface Plan {
  readonly fsm: Fsm;
  readonly separation: Separation;
  readonly tree: TestTree;
  /** The nodes of the tree that reach each state the cheapest way. */
  readonly cover: readonly number[];
  readonly extraStates: number;
}

/** Every node that `length` inputs, or fewer, lead to from a node; grown on the way, itself first. */
function traversal({ fsm, tree }: Plan, from: number, length: number): number[] {
  let last = [from];
  const all = [from];
  for (let step = 0; step < length; step++) {
    const grown: number[] = [];
    for (const node of last)
      for (let x = 0; x < fsm.inputs; x++) {
        const child = tree.grow(node, x);
        if (child !== undefined) grown.push(child);
      }
    all.push(...grown);
    last = grown;
  }
  return all;
}

function byW(plan: Plan): void {
  const words = plan.separation.characterising;
  const nodes = plan.cover.flatMap((node) => traversal(plan, node, plan.extraStates + 1));
  for (const node of nodes) for (const word of words) plan.tree.add(node, word);
}

/** The words of a characterising set that tell one state from all others. */
function identifying(words: readonly Word[], { separation, fsm }: Plan, state: number): readonly Word[] {
  const needed: Word[] = [];
  for (let other = 0; other < fsm.size; other++) {
    if (other === state || needed.some((word) => separation.separates(word, state, other))) continue;
    const word = words.find((each) => separation.separates(each, state, other));
    if (word !== undefined) needed.push(word);
  }
  return needed;
}

function byWp(plan: Plan): void {
  const { cover, tree, extraStates, fsm, separation } = plan;
  const words = separation.characterising;
  const first = new Set(cover.flatMap((node) => traversal(plan, node, extraStates)));
  const second = cover
    .flatMap((node) => traversal(plan, node, extraStates + 1))
    .filter((node) => !first.has(node));
  for (const node of first) for (const word of words) tree.add(node, word);
  const identifiers = Array.from({ length: fsm.size }, (_, state) => identifying(words, plan, state));
  for (const node of second)
    for (const word of identifiers[tree.stateAt(node)] as readonly Word[]) tree.add(node, word);
}

/** Harmonised: any two states have in their families a word in common that tells them apart. */
function byHsi(plan: Plan): void {
  const { cover, tree, extraStates, fsm, separation } = plan;
  const families = Array.from({ length: fsm.size }, () => new Map<string, Word>());
  const familyOf = (state: number): Map<string, Word> => families[state] as Map<string, Word>;
  for (let a = 0; a < fsm.size; a++)
    for (let b = a + 1; b < fsm.size; b++) {
      const word = separation.wordFor(a, b);
      if (word === undefined) continue;
      familyOf(a).set(word.join(), word);
      familyOf(b).set(word.join(), word);
    }
  const nodes = cover.flatMap((node) => traversal(plan, node, extraStates + 1));
  for (const node of nodes) for (const word of familyOf(tree.stateAt(node)).values()) tree.add(node, word);
}

function byH(plan: Plan): void {
  const { cover, extraStates } = plan;
  const apart = new Apart(plan);
  for (const [index, u] of cover.entries()) for (const v of cover.slice(index + 1)) apart.tell(u, v);
  const traversed = cover.map((node) => traversal(plan, node, extraStates + 1));
  for (const nodes of traversed)
    for (const node of nodes.slice(1)) for (const v of cover) apart.tell(node, v);
  if (extraStates === 0) return;
  // Along one traversal, what comes before must be told from what comes after.
  for (const root of cover) for (const pair of ancestry(plan, root, extraStates + 1)) apart.tell(...pair);
}

/** The nodes below `root` with each of those above them, up to but without `root`. */
function ancestry({ fsm, tree }: Plan, root: number, depth: number): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  const visit = (node: number, above: readonly number[]): void => {
    for (const each of above) pairs.push([each, node]);
    if (above.length === depth - 1) {
      for (let x = 0; x < fsm.inputs; x++) {
        const child = tree.child(node, x);
        if (child !== 0) for (const each of [...above, node]) pairs.push([each, child]);
      }
      return;
    }
    for (let x = 0; x < fsm.inputs; x++) {
      const child = tree.child(node, x);
      if (child !== 0) visit(child, [...above, node]);
    }
  };
  for (let x = 0; x < fsm.inputs; x++) {
    const child = tree.child(root, x);
    if (child !== 0) visit(child, []);
  }
  return pairs;
}

/** Makes sure that the tree tells two of its nodes apart, at the least cost. */
class Apart {
  readonly #plan: Plan;
  /** Inputs by how many pairs of states they tell apart at once: equally cheap words then share more. */
  readonly #order: readonly number[];

  constructor(plan: Plan) {
    this.#plan = plan;
    const { fsm, separation } = plan;
    const power = Array.from({ length: fsm.inputs }, (_, x) => {
      let pairs = 0;
      for (let a = 0; a < fsm.size; a++)
        for (let b = a + 1; b < fsm.size; b++) if (separation.separates([x], a, b)) pairs++;
      return pairs;
    });
    this.#order = power.map((_, x) => x).toSorted((x, y) => (power[y] as number) - (power[x] as number));
  }

  tell(u: number, v: number): void {
    const { tree, separation } = this.#plan;
    const [a, b] = [tree.stateAt(u), tree.stateAt(v)];
    if (a === b) return;
    const length = separation.lengthFor(a, b);
    if (length === 0 || this.#toldBelow(u, v)) return;
    const { word } = this.#cheapest(u, a, v, b, length);
    tree.add(u, word);
    tree.add(v, word);
  }

  /** Whether tests that are there already tell them apart. */
  #toldBelow(u: number, v: number): boolean {
    const { tree, fsm } = this.#plan;
    if (tree.isLeaf(u) || tree.isLeaf(v)) return false;
    const [a, b] = [tree.stateAt(u), tree.stateAt(v)];
    if (a === b) return false;
    for (let x = 0; x < fsm.inputs; x++) {
      const s = tree.child(u, x);
      const t = tree.child(v, x);
      if (s === 0 || t === 0) continue;
      if (answersApart(fsm, a, b, x) || this.#toldBelow(s, t)) return true;
    }
    return false;
  }

  /** The word of at most this length that costs least to add below both; node 0 stands for none yet. */
  #cheapest(u: number, a: number, v: number, b: number, length: number): { word: Word; price: number } {
    const { fsm, separation, tree } = this.#plan;
    let best: { word: Word; price: number } = { word: [], price: Infinity };
    for (const x of this.#order) {
      const [s, t] = [reachedFrom(fsm, a, x), reachedFrom(fsm, b, x)];
      if (s < 0 || t < 0) continue;
      const apart = answersApart(fsm, a, b, x);
      if (!apart && (length <= 1 || s === t || separation.lengthFor(s, t) === 0)) continue;
      if (!apart && separation.lengthFor(s, t) > length - 1) continue;
      const step = this.#price(u, x) + this.#price(v, x);
      if (step >= best.price) continue;
      if (apart) {
        best = { word: [x], price: step };
        continue;
      }
      const rest = this.#cheapest(
        u === 0 ? 0 : tree.child(u, x),
        s,
        v === 0 ? 0 : tree.child(v, x),
        t,
        length - 1,
      );
      if (step + rest.price < best.price) best = { word: [x, ...rest.word], price: step + rest.price };
    }
    return best;
  }

  /** Going on at the end of a test costs the call; branching off inside one is a test of its own. */
  #price(node: number, input: number): number {
    const { tree, fsm } = this.#plan;
    if (node !== 0 && tree.child(node, input) !== 0) return 0;
    const step = fsm.cost[input] as number;
    return node === 0 || tree.isLeaf(node) ? step : step + fsm.resetCost;
  }
}

/** About how many calls a suite will have, before it is made: tests are the traversals, told apart by a call or two. */
export function predictedCalls(fsm: Fsm, extraStates: number): number {
  const access = accessWords(fsm).flatMap((word) => (word === undefined ? [] : [word.length]));
  const mean = access.reduce((sum, length) => sum + length, 0) / Math.max(1, access.length);
  const defined = fsm.next.reduce((sum, reached) => sum + (reached >= 0 ? 1 : 0), 0) / fsm.size;
  const tests = access.length * defined ** (extraStates + 1);
  return Math.round(tests * (mean + extraStates + 2 + fsm.resetCost));
}
