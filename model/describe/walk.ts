import { type Mismatch, show } from '../mismatch.ts';
import type { PageWalk } from '../world.ts';

type Args = Readonly<Record<string, string>>;

/** One page of a list whose content is known for certain. */
export interface Page {
  readonly args: Args;
  readonly total: number;
  readonly ids: readonly string[];
  /** Every interface that is in the list, on whichever page. */
  readonly all: readonly string[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/**
 * Follows a walk over the pages of one list: nothing comes twice, and after the last page nothing is
 * missing (R82). No document gives the order, so only pages of the same unbroken walk are compared.
 */
export function walkOn(walk: PageWalk | null, page: Page): { walk: PageWalk | null; mismatches: Mismatch[] } {
  const { PageNumber: _page, ...asked } = page.args;
  const request = JSON.stringify(asked);
  const { total, ids } = page;
  if (page.isFirst) return { walk: { request, total, seen: ids }, mismatches: [] };
  if (walk === null || walk.request !== request || walk.total !== total)
    return { walk: null, mismatches: [] };
  const mismatches: Mismatch[] = [];
  const wrong = (id: string, expected: string, observed: string): void => {
    mismatches.push({ field: 'pages', rules: ['R82'], expected, observed, interfaceId: id });
  };
  for (const id of ids) {
    if (walk.seen.includes(id)) wrong(id, 'each interface on one page', `${show(id)} on another page too`);
  }
  const seen = [...walk.seen, ...ids.filter((id) => !walk.seen.includes(id))];
  if (page.isLast && mismatches.length === 0 && seen.length === total) {
    for (const id of page.all)
      if (!seen.includes(id)) wrong(id, `${show(id)} on one of the pages`, '(on none)');
  }
  return { walk: page.isLast ? null : { request, total, seen }, mismatches };
}
