import { type Fsm, reachedFrom } from './fsm.ts';
import type { Word } from './separation.ts';

/** Tests as one tree, so that what they share is counted and sent once. */
export class TestTree {
  readonly #fsm: Fsm;
  /** `children[node * inputs + input]`: 0 for none, as nothing leads back to the root. */
  readonly #children: number[];
  readonly #states: number[] = [0];
  readonly #branches: number[] = [0];

  constructor(fsm: Fsm) {
    this.#fsm = fsm;
    this.#children = Array.from({ length: fsm.inputs }, () => 0);
  }

  get nodes(): number {
    return this.#states.length;
  }

  stateAt(node: number): number {
    return this.#states[node] as number;
  }

  /** The node that an input leads to; 0 where no test goes there. */
  child(node: number, input: number): number {
    return this.#children[node * this.#fsm.inputs + input] as number;
  }

  /** Whether no test goes on from a node. */
  isLeaf(node: number): boolean {
    return this.#branches[node] === 0;
  }

  /** The node that an input leads to, made if need be; undefined where the input is not defined. */
  grow(node: number, input: number): number | undefined {
    const known = this.child(node, input);
    if (known !== 0) return known;
    const { inputs } = this.#fsm;
    const reached = reachedFrom(this.#fsm, this.stateAt(node), input);
    if (reached < 0) return undefined;
    const made = this.#states.push(reached) - 1;
    this.#branches.push(0);
    this.#branches[node] = (this.#branches[node] as number) + 1;
    this.#children[node * inputs + input] = made;
    for (let x = 0; x < inputs; x++) this.#children.push(0);
    return made;
  }

  /** Adds a word from a node, as far as it is defined; returns the last node. */
  add(node: number, word: Word): number {
    let at = node;
    for (const x of word) {
      const reached = this.grow(at, x);
      if (reached === undefined) return at;
      at = reached;
    }
    return at;
  }

  /** The longest tests: every other one is the beginning of one of them. */
  get tests(): readonly Word[] {
    const found: Word[] = [];
    const word: number[] = [];
    const visit = (node: number): void => {
      if (this.isLeaf(node)) {
        if (word.length > 0) found.push([...word]);
        return;
      }
      for (let x = 0; x < this.#fsm.inputs; x++) {
        const child = this.child(node, x);
        if (child === 0) continue;
        word.push(x);
        visit(child);
        word.pop();
      }
    };
    visit(0);
    return found;
  }
}
