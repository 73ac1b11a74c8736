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

/** Returns the filters in `params` and what is wrong with them; nothing is refused here. */
export function parseFilters(params: Params): ParsedFilters {
  const keys = new Map<number, string>();
  const values = new Map<number, string[]>();
  let malformed = false;
  let highest = 0;
  for (const [name, value] of Object.entries(params)) {
    if (!name.startsWith('Filter.')) continue;
    const [, n = '', part, m, ...rest] = name.split('.');
    const at = wholeNumber(n);
    const index = m === undefined ? 0 : wholeNumber(m);
    if (part === 'Key' && m === undefined && at > 0) {
      keys.set(at, value);
      highest = Math.max(highest, at);
    } else if (part === 'Value' && rest.length === 0 && at > 0 && index > 0) {
      const known = values.get(at);
      if (known) known.push(value);
      else values.set(at, [value]);
      highest = Math.max(highest, at, index);
    } else malformed = true;
  }
  const filters: Filter[] = [];
  for (const [at, key] of keys) {
    const of = values.get(at);
    if (of) filters.push({ key, values: of });
    else malformed = true;
  }
  return {
    filters,
    unknownKey: [...keys.values()].some((key) => !Object.hasOwn(fields, key)),
    tooMany: highest > most || keys.size > most || [...values.values()].some((of) => of.length > most),
    malformed: malformed || [...values.keys()].some((at) => !keys.has(at)),
  };
}
