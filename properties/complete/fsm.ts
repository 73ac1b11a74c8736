import type { Machine, Taken } from '../machine/machine.ts';

/**
 * A deterministic, possibly partial, Mealy machine as two tables: what the methods that build complete suites
 * work on. Cells where the documents leave success and refusal open are undefined (-1), so that nothing is
 * asked of them and no state is told apart by them.
 */
export interface Fsm {
  readonly size: number;
  readonly inputs: number;
  /** `next[state * inputs + input]`, and the output of that step; -1 where undefined. */
  readonly next: Int32Array;
  readonly out: Int32Array;
  /** What an input costs, in calls, and what it costs to begin anew. */
  readonly cost: readonly number[];
  readonly resetCost: number;
  /** Two outputs tell two states apart only if no answer fits both. */
  readonly disjoint: (one: number, other: number) => boolean;
}

/** The state that an input leads to; -1 where undefined. */
export function reachedFrom({ inputs, next }: Fsm, state: number, input: number): number {
  return next[state * inputs + input] as number;
}

/** Whether the answers to one input tell two states apart, where it is defined in both. */
export function answersApart({ inputs, out, disjoint }: Fsm, a: number, b: number, input: number): boolean {
  return disjoint(out[a * inputs + input] as number, out[b * inputs + input] as number);
}

/** A part of the machine: the states that some inputs reach from one state. */
export interface Part {
  readonly name: string;
  readonly fsm: Fsm;
  /** The way to state 0, before every test. */
  readonly prefix: readonly Taken[];
  /** The machine's numbers of the part's states and inputs. */
  readonly states: readonly number[];
  readonly inputs: readonly number[];
  /** Cells that the documents leave open: nothing is proved of them. */
  readonly openCells: number;
}

export interface PartChoice {
  readonly name: string;
  /** Ids of the inputs that lead to where the part begins. */
  readonly from: readonly string[];
  /** Ids of its inputs. */
  readonly inputs: readonly string[];
}

/** Cuts a part out of a machine. Throws for an input that the machine does not have. */
export function partOf(machine: Machine, { name, from, inputs: ids }: PartChoice): Part {
  const numberOf = (id: string): number => {
    const found = machine.inputs.findIndex((input) => input.id === id);
    if (found < 0) throw new Error(`The machine has no input "${id}".`);
    return found;
  };
  const inputs = ids.map(numberOf);
  const prefix: Taken[] = [];
  let root: number = machine.start;
  for (const input of from.map(numberOf)) {
    const next = machine.cell(root, input)?.branches[0]?.next;
    if (next === undefined) throw new Error(`The way to the part "${name}" is not open.`);
    prefix.push({ from: root, input, branch: 0 });
    root = next;
  }
  const states = [root];
  const numbers = new Map([[root, 0]]);
  const next: number[] = [];
  const out: number[] = [];
  let openCells = 0;
  for (let at = 0; at < states.length; at++) {
    for (const input of inputs) {
      const cell = machine.cell(states[at] as number, input);
      const reached = cell?.branches[0]?.next;
      if (cell?.open === true) openCells++;
      if (cell === undefined || cell.open || reached === undefined) {
        next.push(-1);
        out.push(-1);
        continue;
      }
      let number = numbers.get(reached);
      if (number === undefined) {
        number = states.push(reached) - 1;
        numbers.set(reached, number);
      }
      next.push(number);
      out.push(cell.output);
    }
  }
  return {
    name,
    prefix,
    states,
    inputs,
    openCells,
    fsm: {
      size: states.length,
      inputs: inputs.length,
      next: Int32Array.from(next),
      out: Int32Array.from(out),
      cost: inputs.map(() => 1),
      // The way to the part, and the clean-up: settle, two deletions, settle, look.
      resetCost: prefix.length + 5,
      disjoint: (one, other) => machine.disjoint(one, other),
    },
  };
}
