import type { Tables } from './compile.ts';
import type { Interface, World } from './world.ts';

/** The states an interface can be in at `now` (ms); after a divergence, until it is seen again, all of them. */
export function possibleStates(tables: Tables, { env }: World, each: Interface, now: number): number {
  if (!each.trusted) return tables.all;
  // Where time stands still for one sequence it may pass for the target: what has no bound can end meanwhile.
  if (each.seenAt === now && (each.states & tables.unbounded) === 0) return each.states;
  return tables.possible(each.states, now - each.since > env.bounds.settleMs);
}
