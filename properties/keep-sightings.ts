import type { Sighting, Witness } from './bucket.ts';

const mostSightings = 10;
const mostExclusive = 3;

/** The sightings of one divergence with another one. */
export function withSighting(
  known: readonly Sighting[],
  { sequence, index, step }: Witness,
): readonly Sighting[] {
  return known.some((each) => each.index === index) ? known : fewOf([...known, { sequence, index, step }]);
}

/**
 * Keeps the first, the one with the longest history, some in which the account changed, as what came of that
 * may have outlived a sequence, and otherwise some at random, but always the same ones whatever the order in
 * which they come.
 */
export function fewOf(sightings: readonly Sighting[]): readonly Sighting[] {
  const all = sightings.toSorted((a, b) => a.index - b.index);
  if (all.length <= mostSightings) return all;
  const [first, ...rest] = all as [Sighting, ...Sighting[]];
  const scattered = (each: Sighting): number => Math.imul(each.index + 1, 0x9e3779b1) >>> 0;
  const [longest, ...others] = rest.toSorted((a, b) => b.step - a.step || a.index - b.index) as [
    Sighting,
    ...Sighting[],
  ];
  const atRandom = others.toSorted((a, b) => scattered(a) - scattered(b));
  const alone = atRandom.filter(({ sequence: { exclusive } }) => exclusive).slice(0, mostExclusive);
  const kept = [...alone, ...atRandom.filter((each) => !alone.includes(each))];
  return [first, longest, ...kept.slice(0, mostSightings - 2)];
}
