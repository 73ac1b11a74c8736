import type { Tables } from '../compile.ts';
import type { Filter } from '../violations/describe.ts';
import type { Interface, World } from '../world.ts';
import { freshReading, laggingReadings, type Reading } from './versions.ts';

/** Whether an interface in a reading is in a filtered list. */
interface Matching {
  readonly surely: boolean;
  /** The states in which it is, if its fields match. */
  readonly states: number;
  /** Its fields are known to match or not: only the status decides. */
  readonly known: boolean;
}

export function matching(
  tables: Tables,
  { deviations }: World,
  reading: Reading,
  filters: readonly Filter[],
): Matching {
  const { interface: each } = reading;
  if (each === null) return { surely: false, states: 0, known: true };
  let states = reading.states & ~tables.labelled(null);
  let surely = (reading.states & tables.labelled(null)) === 0;
  let known = true;
  for (const { key, values } of filters) {
    const deviates =
      key !== undefined &&
      deviations.some(({ interfaceId, field }) => interfaceId === each.id && isOf(key, field));
    if (deviates) {
      surely = known = false; // who knows which value the target goes by
      continue;
    }
    if (key === undefined || values.length === 0) {
      surely = known = false; // a malformed filter may be ignored or match nothing
      continue;
    }
    if (key === 'Status') {
      const wanted = values.reduce((set, label) => set | tables.labelled(label), 0);
      if ((states & ~wanted) !== 0) surely = false;
      states &= wanted;
      continue;
    }
    const value = valueFor(each, key, values);
    if (value === undefined || !each.trusted) surely = known = false;
    else if (typeof value === 'string') {
      if (!values.includes(value)) return { surely: false, states: 0, known: true };
    } else if (!value.some((one) => values.includes(one))) return { surely: false, states: 0, known: true };
    else if (!value.every((one) => values.includes(one))) surely = known = false;
  }
  return { surely: surely && states !== 0, states, known };
}

/** Whether a filter looks at this field. */
const isOf = (key: string, field: string): boolean =>
  key === field || (field === 'Tags' && key.startsWith('Tags.'));

/** What a filter key compares with: one value, several where the target may hold either, or unknown. */
function valueFor(
  each: Interface,
  key: string,
  wanted: readonly string[],
): string | readonly string[] | undefined {
  const { opposite } = each;
  switch (key) {
    case 'RouterInterfaceId':
      return each.id;
    case 'RouterId':
      return each.routerId;
    case 'RouterType':
      return each.routerType;
    case 'OppositeInterfaceId':
      return opposite.interfaceId ?? '';
    case 'OppositeRouterId':
      return opposite.routerId ?? '';
    case 'OppositeRouterType':
      return opposite.routerType === undefined ? ['', 'VRouter', 'VBR'] : opposite.routerType;
    case 'OppositeInterfaceOwnerId':
      // Unset it may stand for the caller's own account (A33).
      return opposite.ownerId;
    case 'ResourceGroupId':
      // Made without one it is in a group of the target's choice.
      return each.resourceGroupId;
    case 'Name':
      return each.name === undefined ? ['', each.id] : each.name;
    default:
      return key.startsWith('Tags.') ? tagFor(each, key.slice(5), wanted) : undefined;
  }
}

/** A tag that is asked for without a value: only whether an interface has it with one is open. */
function tagFor(
  each: Interface,
  tag: string,
  [wanted = '']: readonly string[],
): readonly string[] | undefined {
  const value = each.tags[tag];
  if (value === undefined) return noValue;
  return wanted === '' && value !== '' ? undefined : [value];
}

const noValue: readonly string[] = [];

/** What a list may show of one interface. */
export interface Expected {
  readonly each: Interface;
  readonly options: readonly Reading[];
  /** The same readings, each with the states in which it is in this list. */
  readonly listedIn: readonly Reading[];
  readonly surely: boolean;
  readonly possibly: boolean;
}

export function expected(
  tables: Tables,
  world: World,
  each: Interface,
  filters: readonly Filter[],
  now: number,
  lagging: boolean,
): Expected {
  const options = lagging
    ? laggingReadings(tables, world, each, now)
    : [freshReading(tables, world, each, now)];
  const listedIn: Reading[] = [];
  let surely = true;
  let possibly = false;
  for (const option of options) {
    const match = matching(tables, world, option, filters);
    surely &&= match.surely;
    possibly ||= match.states !== 0;
    listedIn.push({ interface: option.interface, states: match.states });
  }
  return { each, options, listedIn, surely, possibly };
}
