import { eventOf } from '../../model/chart-transitions.ts';
import type { Tables } from '../../model/compile.ts';
import { possibleStates } from '../../model/possible-states.ts';
import type { Command } from '../../model/vocabulary.ts';
import type { Interface } from '../../model/world.ts';
import type { Draw } from './draw.ts';
import type { Coverage } from './novelty.ts';
import type { Plan } from './plan.ts';
import { anyOperation, onInterface } from './sequence-arbitrary.ts';

/**
 * What the chart still has to offer where a plan has come to: rows that were never covered, by the state from
 * which they are taken.
 */

/** Proposals of one kind, at most. */
const most = 2;
const offers = new WeakMap<Tables, Map<string, Offers>>();
/** By operation, in the order of `anyOperation`. */
type Offers = readonly (readonly string[])[];

/** Ids of the rows for each operation on an interface, of those that are not the same in every state. */
function offered(tables: Tables, states: number, { business, operationLocked }: Interface): Offers {
  let known = offers.get(tables);
  if (known === undefined) offers.set(tables, (known = new Map()));
  const key = `${states} ${business} ${operationLocked}`;
  let found = known.get(key);
  if (found === undefined) {
    found = anyOperation.map((operation) => {
      const event = eventOf[operation];
      const rows = tables.onOperation(event, states);
      const locks = [business, ...(operationLocked ? ['Locked'] : [])];
      return [
        ...[...rows.accepts, ...rows.refusals].map(({ row }) => row),
        ...locks.flatMap((lock) => tables.onLock(event, lock)),
      ]
        .map(({ id }) => id)
        .filter((id) => !id.startsWith('any:'));
    });
    known.set(key, found);
  }
  return found;
}

/** How many rows that were never covered are open in the states that a plan has come to. */
export function prospects({ tables, world, now }: Plan, coverage: Coverage): number {
  const open = new Set<string>();
  const looked = new Set<Offers>();
  for (const each of world.interfaces) {
    const rows = offered(tables, possibleStates(tables, world, each, now), each);
    if (looked.has(rows)) continue;
    looked.add(rows);
    for (const ids of rows) for (const id of ids) if (coverage.countOf(id) === 0) open.add(id);
  }
  return open.size;
}

/** Single commands that would cover such a row, if nothing else speaks against it; and ways to end a sequence of changes. */
export function wanted(draw: Draw, plan: Plan, coverage: Coverage): readonly Command[] {
  const { tables, world, now } = plan;
  const direct: (() => Command)[] = [];
  for (const each of world.interfaces) {
    const rows = offered(tables, possibleStates(tables, world, each, now), each);
    for (const [index, operation] of anyOperation.entries()) {
      if (rows[index]?.some((id) => coverage.countOf(id) === 0) === true)
        direct.push(() => onInterface(draw, plan, operation, each.id));
    }
  }
  return [
    ...Array.from({ length: Math.min(most, direct.length) }, () => draw.pick(direct)()),
    { kind: 'settle' },
    plan.look,
  ];
}
