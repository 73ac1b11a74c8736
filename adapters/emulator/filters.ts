import type { Params } from './operation.ts';
import { wholeNumber } from './parameters.ts';
import type { RouterInterface } from './world.ts';

export interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

export interface ParsedFilters {
  readonly filters: readonly Filter[];
  /** A key that is not one of the ten (R80). */
  readonly unknownKey: boolean;
  /** More than five keys, or five values for one key (R81). */
  readonly tooMany: boolean;
  /** A Value without its Key, a Key without a Value, or a name that does not parse. */
  readonly malformed: boolean;
}

type Field = (ri: RouterInterface, accountId: string) => string | undefined;

/** The filter keys (R80) and the value of an interface that each looks at. */
const fields: Readonly<Record<string, Field>> = {
  RouterInterfaceId: (ri) => ri.id,
  RouterId: (ri) => ri.routerId,
  RouterType: () => 'VRouter',
  RouterInterfaceOwnerId: (_, accountId) => accountId,
  OppositeInterfaceId: (ri) => ri.oppositeInterfaceId,
  OppositeRouterType: (ri) => ri.oppositeRouterType,
  OppositeRouterId: (ri) => ri.oppositeRouterId,
  OppositeInterfaceOwnerId: (ri) => ri.oppositeInterfaceOwnerId,
  Status: (ri) => ri.status,
  Name: (ri) => ri.name,
};

/** Returns the value of `ri` that filter `key` looks at. */
export function fieldOf(key: string, ri: RouterInterface, accountId: string): string | undefined {
  return fields[key]?.(ri, accountId);
}

const most = 5;

/** What the name of a parameter says: `Filter.1.Key` or `Filter.1.Value.2`; 0 stands for no number. */
interface FilterName {
  readonly at: number;
  readonly value: number;
  readonly malformed: boolean;
}

/** The same few names come with every request. */
const names = new Map<string, FilterName>();

function nameOf(text: string): FilterName {
  let known = names.get(text);
  if (known !== undefined) return known;
  const [, n = '', part, m, ...rest] = text.split('.');
  const at = wholeNumber(n) || 0;
  const value = m === undefined ? 0 : wholeNumber(m) || 0;
  const isKey = part === 'Key' && m === undefined;
  const isValue = part === 'Value' && rest.length === 0 && value > 0;
  known = { at, value, malformed: at === 0 || !(isKey || isValue) };
  if (names.size < 1000) names.set(text, known);
  return known;
}

const noFilters: ParsedFilters = { filters: [], unknownKey: false, tooMany: false, malformed: false };

interface Numbered {
  readonly at: number;
  key: string | undefined;
  values: string[];
}

/** Returns the filters in `params` and what is wrong with them; nothing is refused here. */
export function parseFilters(params: Params): ParsedFilters {
  const numbered: Numbered[] = [];
  let malformed = false;
  let highest = 0;
  for (const name in params) {
    if (!name.startsWith('Filter.')) continue;
    const known = nameOf(name);
    malformed ||= known.malformed;
    if (known.malformed) continue;
    const { at, value } = known;
    let filter = numbered.find((each) => each.at === at);
    if (filter === undefined) numbered.push((filter = { at, key: undefined, values: [] }));
    const text = params[name] ?? '';
    if (value === 0) filter.key = text;
    else filter.values.push(text);
    highest = Math.max(highest, at, value);
  }
  if (numbered.length === 0) return malformed ? { ...noFilters, malformed } : noFilters;
  const filters: Filter[] = [];
  let unknownKey = false;
  let tooMany = highest > most;
  for (const { key, values } of numbered) {
    if (key === undefined || values.length === 0) malformed = true;
    if (key !== undefined && !Object.hasOwn(fields, key)) unknownKey = true;
    if (values.length > most) tooMany = true;
    if (key !== undefined && values.length > 0) filters.push({ key, values });
  }
  return { filters, unknownKey, tooMany, malformed };
}
