import type { Tables } from '../compile.ts';
import { type Mismatch, show } from '../mismatch.ts';
import { type Filter, pagingOf, selectionOf } from '../violations/describe.ts';
import { textOf } from '../text.ts';
import { type Former, inStates, type Interface, type World, withInterfaces, worldDraft } from '../world.ts';
import type { Item } from './differs.ts';
import { expected, type Expected, matching } from './expected.ts';
import { checkItem } from './item.ts';
import type { Reading } from './versions.ts';
import { made, missingRules, strangerRules, totalRules } from './list-blame.ts';
import { glimpsed, instantOf, recognised } from './recognise.ts';
import { walkOn } from './walk.ts';

type Args = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

export interface Look {
  readonly world: World;
  readonly mismatches: readonly Mismatch[];
}

/**
 * True when only interfaces of this sequence can be in the list, so that it can be judged in full. Whoever shares
 * the account may have told an interface of a peer that does not exist: only ours can point at ours.
 */
function isOurs(world: World, filters: readonly Filter[]): boolean {
  const { routers } = world.env;
  return filters.some(
    ({ key, values }) =>
      values.length > 0 &&
      ((key === 'RouterId' && values.every((value) => routers.some(({ id }) => id === value))) ||
        key === 'RouterInterfaceId' ||
        (key === 'OppositeInterfaceId' && values.every((id) => made(world, id)))),
  );
}

/**
 * Judges a DescribeRouterInterfaces answer in full against one world: envelope, paging, filters, every
 * item; narrows the world to what was seen. `lagging` also accepts what was true a moment ago.
 */
export function lookAtList(
  tables: Tables,
  world: World,
  args: Args,
  body: Body,
  now: number,
  lagging: boolean,
): Look {
  const { selectors } = selectionOf(args);
  const owner = selectors.find(({ key, values }) => key === 'RouterInterfaceOwnerId' && values.length > 0);
  if (owner === undefined) return lookAtSelected(tables, world, args, selectors, body, now, lagging);
  // All interfaces have one owner, the caller: a filter for an owner lets them all through, or none.
  const others = selectors.filter((each) => each !== owner);
  const { accountId } = world;
  const looks: Look[] = [];
  if (accountId === null || owner.values.includes(accountId)) {
    const look = lookAtSelected(tables, world, args, others, body, now, lagging);
    const learnt = accountId === null && owner.values.length === 1 && (listItems(body)?.length ?? 0) > 0;
    looks.push(learnt ? { ...look, world: withAccount(look.world, owner.values[0] ?? null) } : look);
  }
  if (accountId === null || !owner.values.includes(accountId))
    looks.push(lookAtSelected(tables, world, args, [...others, nothing], body, now, lagging));
  const [best] = looks.toSorted((a, b) => a.mismatches.length - b.mismatches.length);
  return best ?? { world, mismatches: [] };
}

/** A filter that no interface passes. */
const nothing: Filter = { number: 0, key: 'RouterInterfaceId', values: ['(none)'] };

function lookAtSelected(
  tables: Tables,
  world: World,
  args: Args,
  filters: readonly Filter[],
  body: Body,
  now: number,
  lagging: boolean,
): Look {
  const found: Mismatch[] = [];
  const wrong: Wrong = (field, rules, should, observed, id) => {
    found.push({
      field,
      rules,
      expected: should,
      observed: show(observed),
      ...(id === undefined ? {} : { interfaceId: id }),
    });
  };
  const { page, size } = pagingOf(args);
  const items = listItems(body);
  if (items === undefined || page === undefined || size === undefined) {
    wrong(
      'RouterInterfaceSet',
      ['R8'],
      'RouterInterfaceSet.RouterInterfaceType as a list of objects',
      body['RouterInterfaceSet'],
    );
    return { world, mismatches: found };
  }
  const total = body['TotalCount'];
  if (body['PageNumber'] !== page) wrong('PageNumber', ['R82'], String(page), body['PageNumber']);
  if (body['PageSize'] !== size) wrong('PageSize', ['R82'], String(size), body['PageSize']);
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 0) {
    wrong('TotalCount', ['R82'], 'a count', total);
    return { world, mismatches: found };
  }
  const region = args['RegionId'];
  const readings: Expected[] = [];
  for (const each of world.interfaces) {
    if (each.regionId === region) readings.push(expected(tables, world, each, filters, now, lagging));
  }
  const list: List = {
    tables,
    world,
    filters,
    now,
    lagging,
    items,
    total,
    ours: isOurs(world, filters),
    readings,
    former: lagging ? formerAt(world, now) : none,
    strangers: items.filter(({ RouterInterfaceId }) => isKnownStranger(world, RouterInterfaceId)).length,
    found,
    wrong,
  };
  if (list.ours) checkTotal(list, region);
  const first = (page - 1) * size;
  const length = Math.max(0, Math.min(size, total - first));
  if (items.length !== length) wrong('items on this page', ['R82'], String(length), items.length);
  const listed = items.map(({ RouterInterfaceId }) => RouterInterfaceId);
  const updates = lookAtListed(list, listed);
  if (first === 0 && total <= size && (list.ours || filters.length === 0))
    updates.push(...lookAtUnlisted(list, listed));
  const narrowed = withAll(world, updates);
  if (!isDefinite(list) || total <= size) return { world: narrowed, mismatches: found };
  const { walk, mismatches } = walkOn(world.walk, {
    args,
    total,
    ids: [...new Set(listed)].map(textOf),
    all: readings.filter(({ surely }) => surely).map(({ each }) => each.id),
    isFirst: first === 0,
    isLast: first + length === total,
  });
  const walked = worldDraft(narrowed);
  walked.walk = walk;
  return { world: walked, mismatches: [...found, ...mismatches] };
}

type Wrong = (
  field: string,
  rules: readonly string[],
  should: string,
  observed: unknown,
  interfaceId?: string,
) => void;

/** One page of a list as it came, and what may be in it. */
interface List {
  readonly tables: Tables;
  readonly world: World;
  readonly filters: readonly Filter[];
  readonly now: number;
  readonly lagging: boolean;
  readonly items: readonly Item[];
  readonly total: number;
  /** Only interfaces of this sequence can be in it. */
  readonly ours: boolean;
  readonly readings: readonly Expected[];
  readonly former: readonly Former[];
  /** How many items have been said before not to belong there. */
  readonly strangers: number;
  /** What differs. */
  readonly found: Mismatch[];
  /** Adds to what differs. */
  readonly wrong: Wrong;
}

/** Where it is open what is in the list, or it may change by itself, pages cannot be compared. */
const isDefinite = ({ ours, former, strangers, readings }: List): boolean =>
  ours &&
  former.length === 0 &&
  strangers === 0 &&
  readings.every((reading) => reading.surely || !reading.possibly);

/** Whether as many are counted as pass the filters. */
function checkTotal(list: List, region: string | undefined): void {
  const { world, filters, readings, total } = list;
  let least = 0;
  let most = list.former.length + list.strangers;
  for (const { surely, possibly } of readings) {
    if (surely) least++;
    if (possibly) most++;
  }
  if (total >= least && total <= most) return;
  const rules = totalRules(world, filters, readings, region, total < least);
  list.wrong('TotalCount', rules, least === most ? String(least) : `${least} to ${most}`, total);
}

/** Judges what is listed; returns the interfaces as they are known then, where that is more than before. */
function lookAtListed(list: List, listed: readonly unknown[]): Interface[] {
  const { tables, world, now, lagging, readings, found, wrong } = list;
  const updates: Interface[] = [];
  for (const [place, item] of list.items.entries()) {
    const id = listed[place];
    if (listed.indexOf(id) < place) wrong('RouterInterfaceId', ['R82'], 'each interface once', id);
    const reading = readings.find(({ each }) => each.id === id);
    if (reading === undefined) {
      if (list.former.some((each) => each.id === id) || isKnownStranger(world, id)) continue;
      if (list.ours || made(world, textOf(id))) {
        wrong('RouterInterfaceId', strangerRules(world, id), 'only interfaces that match the filter', id);
      }
      continue;
    }
    if (!reading.possibly) {
      const gone = reading.each.cause.event === 'DELETE';
      const rules =
        item['Status'] === 'Deleting' ? [...reading.each.cause.rules, 'P2'] : reading.each.cause.rules;
      wrong(
        'RouterInterfaceId',
        gone ? rules : ['R81'],
        gone ? 'not listed after its deletion' : 'only interfaces that match the filter',
        id,
        reading.each.id,
      );
      continue;
    }
    const seenAs = lookAtItem(tables, world, reading, item, now, lagging, found);
    if (seenAs !== undefined && seenAs !== reading.each) updates.push(seenAs);
  }
  return updates;
}

/** The same of what is not listed, on a page that holds all there is. */
function lookAtUnlisted(list: List, listed: readonly unknown[]): Interface[] {
  const { tables, world, filters, lagging } = list;
  const updates: Interface[] = [];
  for (const { each, surely, possibly, options } of list.readings) {
    if (listed.includes(each.id)) continue;
    if (surely) {
      const rules = missingRules(world, each, filters);
      list.wrong('RouterInterfaceId', rules, `${each.id} listed`, '(not listed)', each.id);
    } else if (!lagging && possibly && each.trusted) {
      const states = unlisted(tables, world, options[0], filters);
      if (states !== undefined && states !== each.states) updates.push(inStates(each, states));
    }
  }
  return updates;
}

function withAccount(world: World, accountId: string | null): World {
  const next = worldDraft(world);
  next.accountId = accountId;
  return next;
}

/** One of which it has been said that it should not be listed. */
const isKnownStranger = ({ deviations }: World, id: unknown): boolean =>
  deviations.some(
    ({ interfaceId, field, observed }) =>
      interfaceId === '' && field === 'RouterInterfaceId' && observed === show(id),
  );

const none: readonly Former[] = [];

/** What a lagging read may still list of what was on these routers before. */
function formerAt({ env }: World, now: number): readonly Former[] {
  return env.former?.filter(({ until }) => now - until <= env.bounds.staleMs) ?? none;
}

/** The states of an interface that is not in the list, if its absence says anything about them. */
function unlisted(
  tables: Tables,
  world: World,
  reading: Reading | undefined,
  filters: readonly Filter[],
): number | undefined {
  if (reading === undefined) return undefined;
  const { states, known } = matching(tables, world, reading, filters);
  return known ? reading.states & ~states : undefined;
}

function listItems(body: Body): readonly Item[] | undefined {
  const set = body['RouterInterfaceSet'];
  if (typeof set !== 'object' || set === null) return undefined;
  const list = (set as Record<string, unknown>)['RouterInterfaceType'];
  if (!Array.isArray(list)) return undefined;
  return list.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    ? list
    : undefined;
}

/**
 * Judges one item: returns the interface as it is known then, or undefined after adding what differs
 * to `found`.
 */
function lookAtItem(
  tables: Tables,
  world: World,
  { each, listedIn }: Expected,
  item: Item,
  now: number,
  lagging: boolean,
  found: Mismatch[],
): Interface | undefined {
  let best: Mismatch[] | undefined;
  for (const { interface: believed, states } of listedIn) {
    if (believed === null || states === 0) continue;
    const differences = checkItem(tables, world, believed, states, item, 'list', now, lagging);
    if (differences.length === 0) {
      return lagging
        ? glimpsed(each, believed, item, 'list')
        : recognised(tables, believed, states, item, 'list', instantOf(world, now));
    }
    if (best === undefined || differences.length < best.length) best = differences;
  }
  found.push(...(best ?? []));
  return undefined;
}

function withAll(world: World, updates: readonly Interface[]): World {
  if (updates.length === 0) return world;
  return withInterfaces(
    world,
    world.interfaces.map((each) => updates.find(({ id }) => id === each.id) ?? each),
  );
}
