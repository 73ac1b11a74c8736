import { filterKeys } from '../spec/enums.ts';
import type { Tables } from '../compile.ts';
import type { Interface, World } from '../world.ts';
import { Collector, type Violations } from './collect.ts';
import { checkRegion, checkSubject } from './common.ts';

type Args = Readonly<Record<string, string>>;

export interface Filter {
  readonly key: string | undefined;
  readonly values: readonly string[];
}

/** One request is looked at once per world and more: what it asks for is parsed once. */
const parsed = new WeakMap<Args, readonly Filter[]>();

/** The filters of a request, in order of their numbers. */
export function filtersOf(args: Args): readonly Filter[] {
  let filters = parsed.get(args);
  if (filters === undefined) {
    filters = parseFilters(args);
    parsed.set(args, filters);
  }
  return filters;
}

function parseFilters(args: Args): readonly Filter[] {
  const byNumber = new Map<number, { key: string | undefined; values: string[] }>();
  for (const name of Object.keys(args)) {
    if (!name.startsWith('Filter.')) continue;
    const [, number, part, index] = /^Filter\.(\d+)\.(Key|Value)(?:\.(\d+))?$/.exec(name) ?? [];
    if (number === undefined) continue;
    const filter = byNumber.get(Number(number)) ?? { key: undefined, values: [] };
    byNumber.set(Number(number), filter);
    const value = args[name] ?? '';
    if (part === 'Key') filter.key = value;
    else if (index !== undefined) filter.values.push(value);
  }
  return [...byNumber].toSorted(([a], [b]) => a - b).map(([, filter]) => filter);
}

/** Page number and size as asked for; undefined where the value is not a usable number (R82). */
export function pagingOf(args: Args): { page: number | undefined; size: number | undefined } {
  const number = (text: string | undefined, fallback: number, max: number): number | undefined => {
    if (text === undefined) return fallback;
    const value = /^\d+$/.test(text) ? Number(text) : 0;
    return value >= 1 && value <= max ? value : undefined;
  };
  return { page: number(args['PageNumber'], 1, 1e6), size: number(args['PageSize'], 10, 50) };
}

/** Rules that a DescribeRouterInterfaces violates. */
export function describeListViolations(tables: Tables, world: World, args: Args): Violations {
  const found = new Collector(tables, 'DESCRIBE_LIST');
  checkRegion(found, world, args);
  const filters = filtersOf(args);
  for (const { key, values } of filters) {
    if (key === undefined) found.possible('R81');
    else if (!(filterKeys as readonly string[]).includes(key)) found.certain('R80');
    if (values.length === 0 || values.length > 5) found.possible('R81');
  }
  if (filters.length > 5) found.possible('R81');
  const { page, size } = pagingOf(args);
  if (page === undefined || size === undefined) found.certain('R82');
  return found;
}

/** Rules that a DescribeRouterInterfaceAttribute violates. */
export function describeAttributeViolations(
  tables: Tables,
  world: World,
  args: Args,
  subject: Interface | undefined,
): Violations {
  const found = new Collector(tables, 'DESCRIBE_ATTRIBUTE');
  // In another region it is not there, which a read may say without refusing (A24, A25).
  if (subject !== undefined && subject.regionId !== args['RegionId']) found.possible('R6');
  checkSubject(found, world, args, undefined, 'InstanceId');
  return found;
}
