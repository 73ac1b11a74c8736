import { eventOf } from '../../model/chart-transitions.ts';
import type { Tables } from '../../model/compile.ts';
import { possibleStates } from '../../model/possible-states.ts';
import type { Command } from '../../model/vocabulary.ts';
import type { Interface } from '../../model/world.ts';
import { anyOperation, onInterface } from './calls.ts';
import type { Draw } from './draw.ts';
import { type Coverage, type History, situationsOf, worthOf, type Worths } from './novelty.ts';
import type { Plan } from './plan.ts';

/**
 * What the chart still has to offer where a plan has come to: rows that were never covered, by the state from
 * which they are taken.
 */

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

/** How much of a row is left to cover for an interface: the row itself, or only a situation of it. */
function left(
  coverage: Coverage,
  history: History,
  name: string,
  row: string,
  { situation, row: whole }: Worths = worthOf,
): number {
  if (coverage.countOf(row) === 0) return 1;
  let open = 0;
  for (const each of situationsOf(history, name, row)) if (coverage.countOf(each) === 0) open++;
  return (open * situation) / whole;
}

/** How many rows that were never covered are open in the states that a plan has come to, situations counting less. */
export function prospects(
  { tables, world, now }: Plan,
  coverage: Coverage,
  history: History,
  worths: Worths,
): number {
  const open = new Map<string, number>();
  const looked = new Map<Offers, Set<unknown>>();
  for (const each of world.interfaces) {
    const rows = offered(tables, possibleStates(tables, world, each, now), each);
    // Two with the same behind them offer the same.
    const lives = looked.get(rows) ?? new Set<unknown>();
    const life = history.lives[each.id];
    if (lives.has(life)) continue;
    looked.set(rows, lives.add(life));
    for (const ids of rows)
      for (const id of ids) {
        const before = open.get(id) ?? 0;
        if (before < 1) open.set(id, Math.max(before, left(coverage, history, each.id, id, worths)));
      }
  }
  let sum = 0;
  for (const each of open.values()) sum += each;
  return sum;
}

/** Single commands that would cover such a row, if nothing else speaks against it; and ways to end a sequence of changes. */
export function wanted(
  draw: Draw,
  plan: Plan,
  coverage: Coverage,
  history: History,
  most: number,
): readonly Command[] {
  const { tables, world, now } = plan;
  const direct: (() => Command)[] = [];
  for (const each of world.interfaces) {
    const rows = offered(tables, possibleStates(tables, world, each, now), each);
    for (const [index, operation] of anyOperation.entries()) {
      if (rows[index]?.some((id) => left(coverage, history, each.id, id) > 0) === true)
        direct.push(() => onInterface(draw, plan, operation, each.id));
    }
  }
  return [
    ...Array.from({ length: Math.min(most, direct.length) }, () => draw.pick(direct)()),
    { kind: 'settle' },
    plan.look,
  ];
}
