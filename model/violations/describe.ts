import { filterKeys } from '../spec/enums.ts';
import type { Tables } from '../compile.ts';
import { type Interface, noTags, type World } from '../world.ts';
import { Collector, type Violations } from './collect.ts';
import { checkRegion, checkSubject } from './common.ts';
import { isTagKey, tagsOf } from './parameters.ts';

type Args = Readonly<Record<string, string>>;

export interface Filter {
  /** As in `Filter.2.Key`. */
  readonly number: number;
  readonly key: string | undefined;
  readonly values: readonly string[];
}

/** What a list request selects by. */
interface Selection {
  readonly args: Args;
  /** The filters, in order of their numbers. */
  readonly filters: readonly Filter[];
  /** The filters, and as such too what it asks for by ResourceGroupId and by tag (key `Tags.{key}`). */
  readonly selectors: readonly Filter[];
}

/** One request is looked at once per world and more, each time right after the last: it is parsed once. */
let parsed: Selection | undefined;

/** What a request selects by. */
export function selectionOf(args: Args): Selection {
  if (parsed?.args === args) return parsed;
  const filters = parseFilters(args);
  const others = otherSelectors(args);
  parsed = { args, filters, selectors: others.length === 0 ? filters : [...filters, ...others] };
  return parsed;
}

/** Several tags at once are open: no document says whether one of them is enough. */
function otherSelectors(args: Args): readonly Filter[] {
  const group = args['ResourceGroupId'];
  const tags = tagsOf(args);
  if (tags === noTags && (group === undefined || group === '')) return none;
  const asked = Object.entries(tags);
  return [
    ...(group === undefined || group === '' ? [] : [{ number: 0, key: 'ResourceGroupId', values: [group] }]),
    ...asked.map(([key, value]) => ({
      number: 0,
      key: asked.length > 1 ? undefined : `Tags.${key}`,
      values: [value],
    })),
  ];
}

const none: readonly Filter[] = [];

/** What a parameter's name says of a filter. */
interface FilterPart {
  readonly number: number;
  readonly part: 'Key' | 'Value' | 'other';
}

const parts = new Map<string, FilterPart>();

function partOf(name: string): FilterPart | undefined {
  let known = parts.get(name);
  if (known !== undefined) return known;
  const [, number, key, index] = /^Filter\.(\d+)\.(Key|Value)(?:\.(\d+))?$/.exec(name) ?? [];
  if (number === undefined) return undefined;
  const part = key === 'Key' ? key : index === undefined ? 'other' : 'Value';
  known = { number: Number(number), part };
  if (parts.size < 1000) parts.set(name, known);
  return known;
}

function parseFilters(args: Args): readonly Filter[] {
  const found: { number: number; key: string | undefined; values: string[] }[] = [];
  for (const name in args) {
    if (!name.startsWith('Filter.')) continue;
    const known = partOf(name);
    if (known === undefined) continue;
    let filter = found.find(({ number }) => number === known.number);
    if (filter === undefined) found.push((filter = { number: known.number, key: undefined, values: [] }));
    const value = args[name] ?? '';
    if (known.part === 'Key') filter.key = value;
    else if (known.part === 'Value') filter.values.push(value);
  }
  return found.length < 2 ? found : found.toSorted((a, b) => a.number - b.number);
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
  const { filters, selectors } = selectionOf(args);
  for (const { key, values } of filters) {
    if (key === undefined) found.possible('R81');
    else if (!(filterKeys as readonly string[]).includes(key)) found.certain('R80');
    if (values.length === 0 || values.length > 5) found.possible('R81');
  }
  if (filters.length > 5) found.possible('R81');
  // A group that does not exist, or a tag that nothing can have: no document says what comes of it.
  if (selectors !== filters) {
    const tags = Object.keys(tagsOf(args));
    if (args['ResourceGroupId'] !== undefined || !tags.every(isTagKey)) found.possible('R81');
  }
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
