import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** Waits for as long as the window between a look and an act is this time. */
export type Window = () => Promise<void>;

/**
 * Returns windows of different lengths, in an order that `seed` decides. In one process a window is a few
 * turns of the event loop, which is all that calls there need to overtake each other; over a network it is
 * a few milliseconds.
 */
export function windows(seed: number, unit: 'turn' | 'ms'): Window {
  let state = seed | 0;
  const below = (limit: number): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % limit;
  };
  return async () => {
    if (unit === 'ms') await sleep(below(8));
    else for (let turns = below(5); turns > 0; turns--) await turn();
  };
}
