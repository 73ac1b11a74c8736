import { describe, expect, test } from 'vitest';
import { drawn } from '../generate/draw.ts';
import { buildMachine } from '../machine/machine.ts';
import { type Fsm, type Part, partOf } from './fsm.ts';
import { methods, predictedCalls, type Suite, suiteBy } from './methods.ts';
import { Separation } from './separation.ts';

/** The theory, checked by mutating the tables: what a suite promises to find, it finds. */

const machine = buildMachine();
const part: Part = partOf(machine, {
  name: 'the initiator of a pair',
  from: ['Create initiator', 'Create acceptor', 'Tell initiator', 'Tell acceptor'],
  inputs: [
    'Settle',
    'List',
    'Connect initiator',
    'Activate initiator',
    'Deactivate initiator',
    'Delete initiator',
    'ModifySpec initiator',
  ],
});
const { fsm } = part;

/** A deterministic implementation as tables: any of the permitted outputs is one of its own. */
interface Tables {
  readonly next: Int32Array;
  readonly out: Int32Array;
}

const copy = (): { next: Int32Array; out: Int32Array } => ({
  next: Int32Array.from(fsm.next),
  out: Int32Array.from(fsm.out),
});

/** Whether some test has an answer that the machine cannot give. */
function finds({ tests }: Suite, mutant: Tables): boolean {
  return tests.some((word) => {
    let [model, actual] = [0, 0];
    for (const x of word) {
      const [at, is] = [model * fsm.inputs + x, actual * fsm.inputs + x];
      if (fsm.disjoint(fsm.out[at] ?? -1, mutant.out[is] ?? -1)) return true;
      [model, actual] = [fsm.next[at] ?? 0, mutant.next[is] ?? 0];
    }
    return false;
  });
}

/** Whether any sequence of inputs at all tells the mutant from the machine. */
function differs(mutant: Tables): boolean {
  const seen = new Set([0]);
  const queue: (readonly [number, number])[] = [[0, 0]];
  for (const [model, actual] of queue) {
    for (let x = 0; x < fsm.inputs; x++) {
      const [at, is] = [model * fsm.inputs + x, actual * fsm.inputs + x];
      if ((fsm.next[at] ?? -1) < 0) continue;
      if (fsm.disjoint(fsm.out[at] ?? -1, mutant.out[is] ?? -1)) return true;
      const pair = [fsm.next[at] ?? 0, mutant.next[is] ?? 0] as const;
      const key = pair[0] * 1000 + pair[1];
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(pair);
    }
  }
  return false;
}

function singleFaults(): Tables[] {
  const found: Tables[] = [];
  const outputs = [...new Set(fsm.out)];
  for (let cell = 0; cell < fsm.next.length; cell++) {
    for (let state = 0; state < fsm.size; state++) {
      if (state === fsm.next[cell]) continue;
      const mutant = copy();
      mutant.next[cell] = state;
      found.push(mutant);
    }
    for (const output of outputs) {
      if (output === fsm.out[cell]) continue;
      const mutant = copy();
      mutant.out[cell] = output;
      found.push(mutant);
    }
  }
  return found;
}

/** One state more, a twin of one that there is but for one cell, entered by one transition instead of it. */
function extraStates(count: number): Tables[] {
  return Array.from({ length: count }, (_, index) =>
    drawn(7, index, (draw) => {
      const next = [...fsm.next];
      const out = [...fsm.out];
      const entry = draw.int(0, fsm.next.length - 1);
      const twin = fsm.next[entry] ?? 0;
      for (let x = 0; x < fsm.inputs; x++) {
        next.push(fsm.next[twin * fsm.inputs + x] ?? 0);
        out.push(fsm.out[twin * fsm.inputs + x] ?? 0);
      }
      next[entry] = fsm.size;
      const odd = fsm.size * fsm.inputs + draw.int(0, fsm.inputs - 1);
      if (draw.chance(50)) next[odd] = draw.int(0, fsm.size);
      else out[odd] = draw.pick(out);
      return { next: Int32Array.from(next), out: Int32Array.from(out) };
    }),
  );
}

describe.each(methods)('The suite by %s', (method) => {
  const plain = suiteBy(method, fsm, 0);
  const extended = suiteBy(method, fsm, 1);

  test('finds every wrong output and every wrong transfer', () => {
    const faults = singleFaults().filter(differs);
    expect(faults.length).toBeGreaterThan(800);
    expect(faults.filter((mutant) => !finds(plain, mutant))).toHaveLength(0);
  });

  test('finds two transfers that are wrong at once', () => {
    const faults = Array.from({ length: 400 }, (_, index) =>
      drawn(11, index, (draw) => {
        const mutant = copy();
        for (let fault = 0; fault < 2; fault++)
          mutant.next[draw.int(0, fsm.next.length - 1)] = draw.int(0, fsm.size - 1);
        return mutant;
      }),
    ).filter(differs);
    expect(faults.length).toBeGreaterThan(300);
    expect(faults.filter((mutant) => !finds(plain, mutant))).toHaveLength(0);
  });

  test('finds what one state more can hide, when it is made for that, and not always otherwise', () => {
    const faults = extraStates(1500).filter(differs);
    expect(faults.length).toBeGreaterThan(300);
    expect(faults.filter((mutant) => !finds(extended, mutant))).toHaveLength(0);
    expect(faults.filter((mutant) => !finds(plain, mutant)).length).toBeGreaterThan(0);
  });

  test('raises no alarm for the machine itself', () => {
    expect(finds(extended, fsm)).toBe(false);
  });

  test('is about as long as predicted', () => {
    expect(plain.calls).toBeLessThan(3 * predictedCalls(fsm, 0));
    expect(extended.calls).toBeLessThan(3 * predictedCalls(fsm, 1));
  });
});

describe('Without looks, by answers alone', () => {
  const blind: Fsm = partOf(machine, {
    name: 'blind',
    from: ['Create initiator', 'Create acceptor', 'Tell initiator', 'Tell acceptor'],
    inputs: ['Settle', 'Connect initiator', 'Activate initiator', 'Deactivate initiator', 'Delete initiator'],
  }).fsm;

  test('H needs fewer calls than W', () => {
    const calls = (method: 'h' | 'w'): number => suiteBy(method, blind, 1).calls;
    expect(calls('h')).toBeLessThan(calls('w'));
  });

  test('two states that no answer tells apart are counted, not guessed', () => {
    const { inseparable } = suiteBy('h', blind, 0);
    expect(inseparable).toBe(new Separation(blind).inseparable.length);
    expect(inseparable).toBeGreaterThan(0);
  });
});

describe('On a machine that is not defined everywhere', () => {
  // Inputs: on, look and leave, and one that is never defined; states: off, on, off for good (on is
  // undefined there), and one that nothing leads to. Nothing tells the first from the third.
  const partial: Fsm = {
    size: 4,
    inputs: 4,
    next: Int32Array.of(1, 0, 2, -1, -1, 1, 2, -1, -1, 2, 2, -1, 3, 3, 3, -1),
    out: Int32Array.of(1, 0, 1, -1, -1, 2, 1, -1, -1, 0, 1, -1, 1, 3, 1, -1),
    cost: [1, 1, 1, 1],
    resetCost: 3,
    disjoint: (one, other) => one >= 0 && other >= 0 && one !== other,
  };

  test.each(methods.flatMap((method) => [0, 1].map((extra) => [method, extra] as const)))(
    '%s with %i extra states asks nothing that is undefined, and says what it leaves open',
    (method, extra) => {
      const { tests, inseparable, unreached } = suiteBy(method, partial, extra);
      expect({ inseparable, unreached }).toEqual({ inseparable: 1, unreached: 1 });
      expect(tests.length).toBeGreaterThan(0);
      const taken = new Set<string>();
      for (const word of tests) {
        let state = 0;
        for (const input of word) {
          const next = partial.next[state * partial.inputs + input] ?? -1;
          expect(next).toBeGreaterThanOrEqual(0);
          taken.add(`${state} ${input}`);
          state = next;
        }
      }
      // Everything that is defined where anything leads to.
      expect([...taken].toSorted()).toEqual(['0 0', '0 1', '0 2', '1 1', '1 2', '2 1', '2 2']);
    },
  );

  test('the size is foretold from what is defined and reached', () => {
    expect(predictedCalls(partial, 1)).toBeGreaterThan(predictedCalls(partial, 0));
    // Three states of two inputs and a bit: far fewer than if all sixteen cells were asked.
    const whole = { ...partial, next: Int32Array.from({ length: 16 }, (_, cell) => (cell + 1) % 4) };
    expect(predictedCalls(partial, 1)).toBeLessThan(predictedCalls(whole, 1));
  });
});
