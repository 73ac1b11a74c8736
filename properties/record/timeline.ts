import type { TransitionRow } from '../../model/compile.ts';
import type { TimelinePoint } from '../../reports/record.ts';
import type { Evidence } from '../oracle/evidence.ts';

const mostPoints = 40;

/**
 * How coverage grew with the sequences in the order of their numbers, which is the same whatever ran beside
 * what. At most forty points, closer together in the beginning, where most is new.
 */
export function timelineOf(
  { lengths, rules, transitions }: Pick<Evidence, 'lengths' | 'rules' | 'transitions'>,
  rows: readonly TransitionRow[],
): TimelinePoint[] {
  const refusing = new Set(rows.filter(({ kind }) => kind === 'refusal').map(({ id }) => id));
  const taken = [...transitions.entries()];
  const firsts = (of: readonly (readonly [string, { readonly first: number }])[]): number[] =>
    of.map(([, { first }]) => first).toSorted((a, b) => a - b);
  const growing = {
    transitions: firsts(taken.filter(([id]) => !refusing.has(id))),
    refusals: firsts(taken.filter(([id]) => refusing.has(id))),
    rules: firsts([...rules.entries()]),
  };
  const ends = new Set<number>();
  for (let point = 1; point <= mostPoints; point++)
    ends.add(Math.ceil(lengths.length * (point / mostPoints) ** 3));
  const until = (list: readonly number[], end: number): number => list.filter((first) => first < end).length;
  let commands = 0;
  let index = 0;
  const points: TimelinePoint[] = [];
  for (const end of ends) {
    for (; index < end; index++) commands += lengths[index] ?? 0;
    if (end === 0) continue;
    points.push({
      commands,
      transitions: until(growing.transitions, end),
      refusals: until(growing.refusals, end),
      rules: until(growing.rules, end),
    });
  }
  return points;
}
