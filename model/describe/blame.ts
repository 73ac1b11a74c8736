import type { Interface } from '../world.ts';

/** The two ways to look at an interface; a target can get one right and the other wrong. */
export type View = 'list' | 'attribute';

/** What happened to an interface and has not been seen through a view yet. */
export const unseen = { change: { list: 1, attribute: 2 }, refusal: { list: 4, attribute: 8 } } as const;
export const anyChange = unseen.change.list | unseen.change.attribute;
export const anyRefusal = unseen.refusal.list | unseen.refusal.attribute;

/**
 * Chooses the rules that a wrong value breaks: those of the field, and R44 if a refusal may have done it
 * instead. If nothing but refused calls touched the interface
 * since this view last showed it as believed, a refusal changed something (R44); if nothing touched
 * it at all, something done elsewhere shows on it (P1).
 */
export function blame(believed: Interface, view: View, rules: readonly string[]): readonly string[] {
  const refused = (believed.news & unseen.refusal[view]) !== 0 ? ['R44'] : [];
  if ((believed.news & unseen.change[view]) !== 0) return [...rules, ...refused];
  return refused.length > 0 ? refused : ['P1'];
}

/** The interface as it stands once a view has shown it as believed. */
export function seen(news: number, view: View): number {
  return news & ~(unseen.change[view] | unseen.refusal[view]);
}
