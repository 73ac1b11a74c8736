import type { Tables } from '../../model/compile.ts';
import { eventOf } from '../../model/chart-transitions.ts';
import type { Outcome } from '../../model/outcomes.ts';
import { type Call, permitted } from '../../model/permitted.ts';
import { codesOf } from '../../model/refusals.ts';
import { type Command, type JudgedOperation, symbolicArgs } from '../../model/vocabulary.ts';
import type { World } from '../../model/world.ts';
import { drawn } from '../generate/draw.ts';
import { keyOf } from '../machine/abstraction.ts';
import { otherAssumptions } from '../machine/assumptions.ts';
import { buildMachine, type Machine, site } from '../machine/machine.ts';
import { defaultTables } from '../tables.ts';
import type { ModelMutant } from './model-mutants.ts';

/** A call in a world of the machine, and everything that may come of it by the model. */
interface Situation {
  readonly world: World;
  readonly call: Call;
  readonly outcomes: readonly Outcome[];
  readonly codes: readonly string[];
  /** The worlds that a success can lead to: the states of their interfaces, by all else about them. */
  readonly reached: ReadonlyMap<string, readonly (readonly number[])[]>;
}

const operationOf = new Map(
  Object.entries(eventOf).map(([operation, event]) => [event, operation as JudgedOperation] as const),
);
/** The name of what a call makes. */
const made = 'made';
/** A code that no document has. */
const foreign = 'Mutant.WrongCode';

/**
 * Compares mutants with the model situation by situation: each call in each state of the machine of a pair, with every
 * fact around it, and each call with a fault in it where there are no facts, on a target that behaves as usual; and
 * without facts on targets that behave otherwise as documented. Where all that a mutant may do is what the documents permit there,
 * and leads where they permit, no sequence of such calls tells the two apart: what it does is simulated by the model.
 */
export class Comparison {
  readonly #tables = defaultTables();
  #machines: readonly { readonly machine: Machine; readonly faults: boolean }[] | undefined;
  readonly #situations = new Map<string, readonly Situation[]>();

  /** Why a mutant cannot be told from the model; undefined where some situation tells it. */
  notToldApart({ row, change }: ModelMutant): string | undefined {
    const event = /: (\S+) /.exec(row)?.[1] ?? '';
    const operation = operationOf.get(event);
    const tables = change === 'wrong code' ? undefined : change();
    if (tables !== undefined && !endsAlike(this.#tables, tables)) return undefined;
    let met = false;
    let changed = false;
    for (const situation of operation === undefined ? this.#changing() : this.#of(operation)) {
      met ||= situation.outcomes.some(({ transitions }) => transitions.includes(row));
      if (tables === undefined) {
        const all = situation.outcomes.every(({ transitions }) => transitions.includes(row));
        if (!all || situation.outcomes.length === 0) continue;
        changed = true;
        if (!situation.codes.some((code) => fits(foreign, code))) return undefined;
        continue;
      }
      const { outcomes } = permitted(tables, situation.world, situation.call, 0);
      if (outcomes === situation.outcomes) continue;
      changed ||= JSON.stringify(outcomes) !== JSON.stringify(situation.outcomes);
      if (!included(this.#tables, tables, situation)) return undefined;
    }
    if (!met && operation !== undefined) return 'nothing that is done to a pair comes to it';
    return changed
      ? 'whatever it does there, the documents permit as well'
      : 'another rule decides wherever this one does';
  }

  #of(operation: JudgedOperation): readonly Situation[] {
    const known = this.#situations.get(operation);
    if (known !== undefined) return known;
    const everything = { accountHook: true, interfaceHook: true, routeEntries: true };
    this.#machines ??= [
      { machine: buildMachine({ tables: this.#tables, facts: everything }), faults: false },
      { machine: buildMachine({ tables: this.#tables, faults: true }), faults: true },
      ...otherAssumptions.map((assumptions) => ({
        machine: buildMachine({ tables: this.#tables, assumptions }),
        faults: false,
      })),
    ];
    const found: Situation[] = [];
    for (const { machine, faults } of this.#machines) {
      for (const input of machine.inputs) {
        if (input.operation !== operation || input.kind === 'fact') continue;
        if ((input.kind === 'faulty call') !== faults) continue;
        const command = drawn(0, 0, (draw) => input.commands(site, draw)).at(-1);
        if (command === undefined) continue;
        for (const { worlds } of machine.states)
          for (const world of worlds)
            if (input.enabled?.(world) !== false) found.push(this.#situation(world, command, operation));
      }
    }
    this.#situations.set(operation, found);
    return found;
  }

  /** For what the chart does by itself, or to a peer: every operation that leads anywhere. */
  #changing(): readonly Situation[] {
    return [...operationOf.values()].flatMap((each) => (each.startsWith('Describe') ? [] : this.#of(each)));
  }

  #situation(world: World, command: Command, operation: JudgedOperation): Situation {
    const call: Call = { operation, args: symbolicArgs(command.kind === 'call' ? command.args : {}) };
    const permits = permitted(this.#tables, world, call, 0);
    const refusals = permits.outcomes.filter(({ kind }) => kind === 'refusal');
    const reached = new Map<string, (readonly number[])[]>();
    for (const outcome of permits.outcomes) {
      if (outcome.kind === 'refusal') continue;
      for (const next of permits.next(outcome, { RouterInterfaceId: made })) {
        const key = keyApartFromStates(next);
        reached.set(key, [...(reached.get(key) ?? []), statesOf(next)]);
      }
    }
    return {
      world,
      call,
      outcomes: permits.outcomes,
      codes: refusals.flatMap(({ rules }) => rules.flatMap((rule) => codesOf(rule, operation, 'any'))),
      reached,
    };
  }
}

/** What ends by itself ends in no other state, and as surely. */
function endsAlike(model: Tables, mutant: Tables): boolean {
  return model.states.every(({ bit }) =>
    [false, true].every((passed) => {
      const states = mutant.possible(bit, passed);
      return states !== 0 && (states & ~model.possible(bit, passed)) === 0;
    }),
  );
}

/** Whether all that these tables permit in a situation is among what the model permits. */
function included(model: Tables, tables: Tables, { world, call, codes, reached }: Situation): boolean {
  const permits = permitted(tables, world, call, 0);
  if (permits.outcomes.length === 0) return false;
  return permits.outcomes.every((outcome) => {
    if (outcome.kind !== 'refusal')
      return permits.next(outcome, { RouterInterfaceId: made }).every((next) => {
        const known = reached.get(keyApartFromStates(next)) ?? [];
        // What ends by itself may have ended when the answer comes.
        return known.some((wide) =>
          statesOf(next).every((states, at) => (states & ~model.closure(wide[at] ?? 0)) === 0),
        );
      });
    const given = outcome.rules.flatMap((rule) => codesOf(rule, call.operation, 'any'));
    return given.every((code) => codes.some((each) => fits(code, each)));
  });
}

const statesOf = ({ interfaces }: World): readonly number[] => interfaces.map(({ states }) => states);

function keyApartFromStates(world: World): string {
  return keyOf({ ...world, interfaces: world.interfaces.map((each) => ({ ...each, states: 0 })) });
}

/** Whether a code, or the beginning of one, is among those that `permitted` stands for. */
function fits(code: string, pattern: string): boolean {
  return pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern;
}
