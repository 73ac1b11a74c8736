import type { Cell, Taken } from './machine.ts';

/** A way that an open cell may turn aside is as good as this many commands. */
const doubt = 1000;

/**
 * Goes wherever the inputs lead from state 0 (Dijkstra over commands, doubtful ways last). Returns for each state
 * that is reached the last step of the cheapest way to it. `commands` are how many each input takes; none for
 * an input that is not to be used.
 */
export function cheapestWays(
  commands: readonly (number | undefined)[],
  cell: (state: number, input: number) => Cell | undefined,
): readonly (Taken | undefined)[] {
  const last: (Taken | undefined)[] = [];
  const cost: number[] = [0];
  const buckets = new Map<number, number[]>([[0, [0]]]);
  const done = new Set<number>();
  while (buckets.size > 0) {
    const least = Math.min(...buckets.keys());
    const bucket = buckets.get(least) as number[];
    buckets.delete(least);
    for (const state of bucket) {
      if (done.has(state)) continue;
      done.add(state);
      for (const [input, length] of commands.entries()) {
        if (length === undefined) continue;
        const found = cell(state, input);
        for (const [branch, { next }] of (found?.branches ?? []).entries()) {
          if (next === undefined) continue;
          const total = least + length + (found?.open === true ? doubt : 0);
          if (total >= (cost[next] ?? Infinity)) continue;
          cost[next] = total;
          last[next] = { from: state, input, branch };
          const later = buckets.get(total);
          if (later === undefined) buckets.set(total, [next]);
          else later.push(next);
        }
      }
    }
  }
  return last;
}

/** The whole way to a state, by the last step to each. */
export function wayTo(state: number, last: readonly (Taken | undefined)[]): Taken[] {
  const path: Taken[] = [];
  for (let at = state; at !== 0;) {
    const step = last[at];
    if (step === undefined) throw new Error(`State ${at} is not reached.`);
    path.push(step);
    at = step.from;
  }
  return path.toReversed();
}
