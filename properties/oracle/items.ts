import type { Item } from '../../model/describe/differs.ts';

/** The interfaces that a list shows, as far as it is one. */
export function itemsOf(body: Item): readonly Item[] {
  const set = body['RouterInterfaceSet'] as Item | undefined;
  const list = set?.['RouterInterfaceType'];
  return Array.isArray(list)
    ? list.filter((item): item is Item => typeof item === 'object' && item !== null)
    : [];
}
