import type { Tables } from '../../model/compile.ts';
import type { Certificate } from '../../reports/record.ts';
import { given } from '../given.ts';
import type { Assumptions } from '../machine/assumptions.ts';
import { machineOf } from '../machine/machine-of.ts';
import type { Machine } from '../machine/machine.ts';
import type { Regions, Script } from '../machine/script.ts';
import { UsageError } from '../run/errors.ts';
import { writtenOut } from '../tour/tour.ts';
import type { Trace } from '../trace.ts';
import { answersExpected, type Compared } from './expected-answers.ts';
import { type Part, type PartChoice, partOf } from './fsm.ts';
import { type Method, predictedCalls, type Suite, suiteBy } from './methods.ts';

export interface CompleteOptions {
  readonly tables: Tables;
  readonly assumptions: Assumptions;
  readonly method: Method;
  readonly extraStates: number;
  readonly regions: Regions;
  readonly seed: number;
  /** Only checks that it would not be absurdly long. */
  readonly sizeOnly?: boolean;
}

/** A complete suite, ready to run, and what its certificate will rest on. */
export interface CompletePlan {
  readonly machine: Machine;
  readonly parts: readonly (Part & { readonly suite: Suite })[];
  readonly scripts: readonly Script[];
  readonly options: CompleteOptions;
}

const told = ['Create initiator', 'Create acceptor', 'Tell initiator', 'Tell acceptor'];
const on = (slot: string): readonly string[] =>
  ['Activate', 'Deactivate', 'Delete', 'ModifyAttribute text', 'ModifySpec'].map(
    (input) => `${input} ${slot}`,
  );
const common = ['Settle', 'List', 'Connect initiator'];

/** What is done to one end while the other stands by. */
const ends: readonly PartChoice[] = [
  { name: 'the initiator of a pair', from: told, inputs: [...common, ...on('initiator')] },
  { name: 'the acceptor of a pair', from: told, inputs: [...common, 'Connect acceptor', ...on('acceptor')] },
];
const pair: PartChoice = {
  name: 'both ends of a pair',
  from: told,
  inputs: [...common, 'Connect acceptor', ...on('initiator'), ...on('acceptor')],
};

/** More calls than this are no suite that anybody waits for. */
export const mostCalls = 60_000;

/**
 * Plans the complete suite for a target that is taken to behave as assumed: both ends of a pair without extra
 * states and, where extra states are asked for, each end by itself with them. Throws `UsageError` when it would
 * be absurdly long, with its predicted size.
 */
export function planComplete(options: CompleteOptions): CompletePlan {
  const { tables, assumptions, method, extraStates, regions, seed } = options;
  const machine = machineOf(tables, { assumptions });
  const chosen = [
    { part: partOf(machine, pair), extra: 0 },
    ...(extraStates === 0 ? [] : ends.map((end) => ({ part: partOf(machine, end), extra: extraStates }))),
  ];
  const predicted = chosen.reduce((sum, { part, extra }) => sum + predictedCalls(part.fsm, extra), 0);
  if (predicted > mostCalls) {
    throw new UsageError(
      `the complete suite with ${extraStates} extra states would take about ${predicted.toLocaleString('en')} calls, ` +
        `more than ${mostCalls.toLocaleString('en')}. Choose --extra-states 1 or 0, or the suites tour and random.`,
    );
  }
  if (options.sizeOnly === true) return { machine, parts: [], scripts: [], options };
  const parts = chosen.map(({ part, extra }) => ({ ...part, suite: suiteBy(method, part.fsm, extra) }));
  let index = 0;
  const scripts = parts.flatMap(({ prefix, inputs, suite }) =>
    suite.tests.map((word) => {
      const walk = [...prefix.map(({ input }) => input), ...word.map((x) => inputs[x] as number)];
      return writtenOut(machine, walk, regions, seed, index++);
    }),
  );
  return { machine, parts, scripts, options };
}

/** Gathers what came back while the suite ran. */
export class Certifier {
  readonly #plan: CompletePlan;
  #ran = 0;
  readonly #compared: Compared = { expected: 0, otherwise: new Map() };

  constructor(plan: CompletePlan) {
    this.#plan = plan;
  }

  /** The n-th test of the plan as it ran. */
  note(index: number, trace: Trace): void {
    const script = this.#plan.scripts[index];
    if (script === undefined || trace.steps.length < script.commands.length) return;
    this.#ran += 1;
    answersExpected(this.#plan.machine, script, trace, this.#compared);
  }

  /** What the run has proved. */
  certificate(divergences: number): Certificate {
    const { machine, parts, scripts, options } = this.#plan;
    const { method, extraStates, assumptions } = options;
    const otherwise = [...this.#compared.otherwise.values()].reduce((sum, count) => sum + count, 0);
    const [example] = this.#compared.otherwise.keys();
    const reason =
      divergences > 0
        ? 'the target diverges'
        : this.#ran < scripts.length
          ? `only ${this.#ran} of ${scripts.length} tests ran to their end`
          : otherwise > 0
            ? `${otherwise} answers were permitted, but not those of the machine that the suite was made for, such as ${example}`
            : undefined;
    return {
      suite: 'complete',
      method,
      extraStates,
      holds: reason === undefined,
      ...given({ reason }),
      statement: statementOf(parts),
      assumptions: [
        'the target treats all values of one class of parameters alike; the values of this run were drawn by its seed',
        'a pair on cleaned-up routers is as good as one on new ones (reliable reset)',
        'it goes on doing what it was seen to do where the documents leave a choice',
        'what is on its way stays so until the suite settles',
        'it is deterministic, but for which of several violated rules it names',
      ],
      choices: [
        ...Object.entries(assumptions.choices).map(([id, value]) => `${id}: ${value}`),
        ...[...assumptions.excluded].map((id) => `never ${id}`),
      ].toSorted(),
      parts: parts.map(({ name, fsm, openCells, suite }) => ({
        name,
        states: fsm.size,
        inputs: fsm.inputs,
        extraStates: suite.extraStates,
        tests: suite.tests.length,
        calls: suite.calls,
        openCells,
        inseparable: suite.inseparable,
      })),
      answers: { expected: this.#compared.expected, otherwise },
      machineHash: machine.hash,
    };
  }
}

function statementOf(parts: CompletePlan['parts']): string {
  const claims = parts.map(({ name, fsm, suite, inputs }) => {
    const most = fsm.size + suite.extraStates;
    return `for ${name}, no implementation of at most ${most} states over these ${inputs.length} inputs answers otherwise than the model`;
  });
  return `${claims.join('; ')} (open cells apart, and states that no answer tells apart taken for one).`;
}
