/** Leaves out what is at these places and tells whether that was all right. */
type Without = (places: readonly number[]) => Promise<boolean>;

/**
 * Leaves out ever smaller blocks, from `size` down to one at a time, until nothing more can go. The last
 * one always stays: it is what shows.
 */
export async function leaveOut(
  best: () => readonly unknown[],
  without: Without,
  size: number,
): Promise<void> {
  let current = Math.max(1, size);
  for (;;) {
    let dropped = false;
    // From the end: what comes last depends on the most, and least depends on it.
    for (let start = best().length - 1 - current; start > -current; start -= current) {
      const from = Math.max(0, start);
      const to = Math.min(best().length - 1, start + current);
      if (to > from && (await without(range(from, to)))) dropped = true;
    }
    if (current > 1) current >>= 1;
    else if (!dropped) return;
  }
}

/** Two that need each other, such as a lock and its release, go together or not at all. */
export async function leaveOutPairs(best: () => readonly unknown[], without: Without): Promise<void> {
  if (best().length > 14) return;
  for (let first = best().length - 3; first >= 0; first--) {
    for (let second = first + 1; second < best().length - 1; second++) {
      if (await without([first, second])) return leaveOutPairs(best, without);
    }
  }
}

/** The same for a list of which another has to be accepted. */
export function dropBlocks<T>(
  best: () => readonly T[],
  accept: (items: readonly T[]) => Promise<boolean>,
): Promise<void> {
  const without = (places: readonly number[]): Promise<boolean> =>
    accept(best().filter((_, index) => !places.includes(index)));
  return leaveOut(best, without, best().length >> 1);
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
