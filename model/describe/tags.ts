import { show } from '../mismatch.ts';
import { textOf } from '../text.ts';
import { type Interface, noTags } from '../world.ts';
import { type Differs, isUnset, type Item } from './differs.ts';

type Tags = Interface['tags'];

/** The tags of an item as `Tags.Tags[].Key` and `.Value` have them; undefined when they are no such list. */
export function tagsShown(item: Item): Tags | undefined {
  const shown = item['Tags'];
  if (isUnset(shown)) return noTags;
  const list = (shown as Item)['Tags'];
  if (!Array.isArray(list)) return undefined;
  return Object.fromEntries(list.map((tag: Item | null) => [textOf(tag?.['Key']), textOf(tag?.['Value'])]));
}

/** Tags are those that were given at the creation, all of them and no others. */
export function checkTags({ tags }: Interface, item: Item, differs: Differs): void {
  // Nearly always: the rest of this is for the few.
  if (tags === noTags && item['Tags'] === undefined) return;
  const shown = tagsShown(item);
  const keys = Object.keys(tags);
  const same =
    shown !== undefined &&
    keys.length === Object.keys(shown).length &&
    keys.every((key) => shown[key] === tags[key]);
  if (!same) differs('Tags', ['R14'], show(tags));
}
