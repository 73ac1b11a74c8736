import type { Tables } from '../compile.ts';
import { possibleStates } from '../possible-states.ts';
import type { Interface, World } from '../world.ts';

/** An interface as a read may show it, with the states it can be in there; null when it is not there. */
export interface Reading {
  readonly interface: Interface | null;
  readonly states: number;
}

/** What a read at `now` may show of an interface on a target whose reads never lag. */
export function freshReading(tables: Tables, world: World, each: Interface, now: number): Reading {
  return { interface: each, states: possibleStates(tables, world, each, now) };
}

/** All that a lagging read may show: the present, and every version replaced within the bound. */
export function laggingReadings(tables: Tables, world: World, each: Interface, now: number): Reading[] {
  const { staleMs, settleMs } = world.env.bounds;
  /** What happens by itself had happened before the oldest moment that may be shown. */
  const isSettled = ({ since }: Interface): boolean => now - since > settleMs + staleMs;
  const { states } = freshReading(tables, world, each, now);
  // The present itself, before whatever happened by itself within the bound.
  const readings: Reading[] = [
    { interface: each, states: isSettled(each) ? states : states | tables.closure(each.states) },
  ];
  for (const version of each.earlier) {
    if (now - version.until > staleMs) continue;
    const { interface: before } = version;
    readings.push({
      interface: before,
      states: before === null ? 0 : tables.possible(before.states, isSettled(before)),
    });
  }
  return readings;
}
