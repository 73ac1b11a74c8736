import type { Permitted } from '../../model/permitted.ts';
import { sameBelief, type World } from '../../model/world.ts';
import type { Explanation } from './explain.ts';
import type { Finding, FindingKind } from './verdict.ts';

/** Kinds of which a read that lags may be the reason. */
const excusable: ReadonlySet<FindingKind> = new Set(['accepted', 'refused', 'code', 'field']);

/** What a change is answered with is no read. */
export const isExcusable = ({ kind, operation }: Finding): boolean =>
  excusable.has(kind) && (kind !== 'field' || operation.startsWith('Describe'));

export const isClean = ({ mismatches }: Explanation): boolean => mismatches.length === 0;

export function isOneOutcome(clean: readonly Explanation[]): boolean {
  const [first] = clean;
  return clean.every(
    ({ outcome }) =>
      outcome.transitions.length === first?.outcome.transitions.length &&
      outcome.transitions.every((id, index) => id === first.outcome.transitions[index]),
  );
}

export function isOneRule(clean: readonly Explanation[]): boolean {
  const rules = clean[0]?.outcome.rules.join();
  return clean.every(({ outcome }) => outcome.rules.join() === rules);
}

/** Drops worlds that say the same: later calls would only be judged twice. */
export function distinct(worlds: readonly World[]): readonly World[] {
  const kept: World[] = [];
  for (const world of worlds) if (!kept.some((other) => sameBelief(other, world))) kept.push(world);
  return kept;
}

/** More worlds than this after a divergence, and those that differ only in what is to blame count as one. */
const manyWorlds = 16;

/** What an interface has been through, but for what it is now. */
const isHistory: ReadonlySet<string> = new Set(['since', 'seenAt', 'cause', 'news', 'shown', 'earlier']);

/** One world for each situation that there may be after a divergence: what led there matters less than what is. */
export function situations(worlds: readonly World[]): readonly World[] {
  if (worlds.length <= manyWorlds) return worlds;
  const kept = new Map<string, World>();
  for (const world of worlds) {
    const { interfaces, overdue, tokens, choices, routes } = world;
    const key = JSON.stringify([interfaces, overdue, tokens, choices, routes], (name, value: unknown) =>
      isHistory.has(name) ? undefined : value,
    );
    if (!kept.has(key)) kept.set(key, world);
  }
  return [...kept.values()];
}

/** The states in which the interface that a call is about may have been. */
export function statesOf(permits: readonly Permitted[]): number {
  let all = 0;
  for (const { states } of permits) all |= states;
  return all;
}

/** Those that leave the least of an answer unexplained, all of them the same. */
export function nearest(explanations: readonly Explanation[]): readonly Explanation[] {
  const [best] = explanations.toSorted((a, b) => a.mismatches.length - b.mismatches.length);
  const said = JSON.stringify(best?.mismatches);
  return explanations.filter(({ mismatches }) => JSON.stringify(mismatches) === said);
}
