import type { Sequence } from '../../properties/sequence.ts';
import { shrink } from '../../properties/shrink/shrink.ts';
import { defaultTables } from '../../properties/tables.ts';
import type { Arena, Met } from './arena.ts';
import { type Contestant, type Found, shrinkBudget } from './contestant.ts';

/** Sequences of one seed, one after another; undefined at their end. */
export type Source = (index: number) => Sequence | undefined;

/** A contestant that sends sequences made beforehand, until they or the budget are at an end. */
export function bySequences(
  name: string,
  how: string,
  sourceFor: (seed: number) => Source,
  shorten: (arena: Arena, sequence: Sequence, met: Met) => Promise<Omit<Found, 'calls'>>,
): Contestant {
  const sources = new Map<number, Source>();
  return {
    name,
    how,
    async find(arena, seed, budget) {
      const known = sources.get(seed);
      const source = known ?? sourceFor(seed);
      if (known === undefined) sources.set(seed, source);
      for (let index = 0; arena.calls < budget; index++) {
        const sequence = source(index);
        if (sequence === undefined) return undefined;
        const met = await arena.run(sequence, budget - arena.calls);
        if (met === undefined) continue;
        const { calls } = arena;
        return { calls, ...(await shorten(arena, sequence, met)) };
      }
      return undefined;
    },
  };
}

/** Our own shrinking, guided by the model. */
export async function byTheModel(
  arena: Arena,
  sequence: Sequence,
  { finding, step, trace }: Met,
): Promise<Omit<Found, 'calls'>> {
  const short = await shrink(sequence, step, finding, shrinkBudget, (each) => arena.attempt(each), {
    tables: defaultTables(),
    trace,
  });
  return { length: short.sequence.commands.length, shrinkCalls: short.cost };
}

/** None at all: the sequence is shown as far as it went. */
export function asItIs(_: Arena, __: Sequence, { step }: Met): Promise<Omit<Found, 'calls'>> {
  return Promise.resolve({ length: step + 1 });
}
