import { fieldOf, type Filter, type ParsedFilters, parseFilters } from './filters.ts';
import { interfaceItem } from './interface-view.ts';
import type { Body, Call, Guard, Operation } from './operation.ts';
import { tagsOf, wholeNumber } from './parameters.ts';
import { regionGuard } from './regions.ts';
import type { RouterInterface } from './world.ts';

function filtersOf(call: Call): ParsedFilters {
  call.filters ??= parseFilters(call.params);
  return call.filters;
}

/** Returns a guard of a list operation: paging as every Describe operation has it (R82). */
export const pagingGuard: Guard = {
  name: 'paging',
  kind: 'parameter',
  check: ({ params, settings }) => {
    const largest = settings.is('paging-refuses-fifty') ? 49 : 50;
    const page = wholeNumber(params['PageNumber'] ?? '1');
    const size = wholeNumber(params['PageSize'] ?? '10');
    return page >= 1 && size >= 1 && size <= largest ? undefined : 'paging';
  },
};

const guards: readonly Guard[] = [
  {
    name: 'filterKey',
    kind: 'parameter',
    check: (call) => (filtersOf(call).unknownKey ? 'filterKey' : undefined),
  },
  {
    name: 'filterCount',
    kind: 'parameter',
    check: (call) => (filtersOf(call).tooMany ? 'filter' : undefined),
  },
  {
    name: 'malformedFilter',
    kind: 'parameter',
    check: (call) =>
      call.settings.profile.malformedFilter === 'refuse' && filtersOf(call).malformed ? 'filter' : undefined,
  },
  regionGuard('regionProvided'),
  pagingGuard,
  {
    name: 'mutants',
    kind: 'state',
    check: (call) => {
      if (!call.settings.is('filter-refuses-unknown-id')) return undefined;
      const ids = filtersOf(call).filters.filter(({ key }) => key === 'RouterInterfaceId');
      const unknown = ids.some(({ values }) => values.some((id) => !call.world.interfaces.has(id)));
      return unknown ? 'interfaceRecords' : undefined;
    },
  },
];

/** DescribeRouterInterfaces: the interfaces of one region, oldest first, filtered and paged (R80 to R84). */
export const describeInterfaces: Operation = {
  mandatory: ['RegionId'],
  reads: true,
  guards,
  perform: list,
};

function list(call: Call): Body {
  const { params, settings, world } = call;
  const view = world.view('list');
  const found: RouterInterface[] = [];
  for (const ri of view.values()) if (isWanted(call, ri)) found.push(ri);
  if (settings.is('deleted-still-listed')) found.push(...world.ghosts.values());
  const page = wholeNumber(params['PageNumber'] ?? '1');
  const size = wholeNumber(params['PageSize'] ?? '10');
  const from = page === 2 && settings.is('second-page-repeats') ? 0 : (Math.max(page, 1) - 1) * size;
  const shown = settings.is('page-size-ignored') ? found : found.slice(from, from + size);
  if (found.length > 1 && settings.is('list-loses-last') && shown.at(-1) === found.at(-1)) shown.pop();
  return {
    TotalCount: settings.is('total-count-of-page') ? shown.length : found.length,
    PageNumber: page,
    PageSize: size,
    RouterInterfaceSet: { RouterInterfaceType: shown.map((ri) => interfaceItem(ri, view, settings)) },
  };
}

function isWanted(call: Call, ri: RouterInterface): boolean {
  const { params, settings } = call;
  if (ri.regionId !== params['RegionId'] && !settings.is('other-regions-listed')) return false;
  const group = settings.is('group-filter-ignored') ? undefined : params['ResourceGroupId'];
  if (group !== undefined && ri.resourceGroupId !== group) return false;
  const { filters: given } = filtersOf(call);
  const filters = settings.is('filter-third-key-ignored') ? given.slice(0, 2) : given;
  const matches = (filter: Filter) => isMatch(call, filter, ri);
  const passes =
    filters.length > 1 && settings.is('filter-keys-ored') ? filters.some(matches) : filters.every(matches);
  return passes && hasTags(call, ri);
}

/** R81: any one of the values will do; comparison is exact. */
function isMatch({ settings }: Call, { key, values }: Filter, ri: RouterInterface): boolean {
  if (key === 'Status' && settings.is('filter-status-ignored')) return true;
  if (key === 'RouterInterfaceOwnerId' && settings.is('owner-filter-ignored')) return true;
  if (key === 'OppositeInterfaceOwnerId' && settings.is('opposite-owner-filter-ignored')) return true;
  const actual = fieldOf(key, ri, settings.accountId);
  if (actual === undefined) return false;
  if (key === 'Name' && settings.is('filter-name-prefix'))
    return values.some((value) => actual.startsWith(value));
  if (settings.is('filter-values-anded')) return values.every((value) => value === actual);
  if (settings.is('filter-second-value-ignored')) return values[0] === actual;
  if (settings.is('filter-third-value-ignored')) return values.slice(0, 2).includes(actual);
  return values.includes(actual);
}

function hasTags(call: Call, ri: RouterInterface): boolean {
  const { params, settings } = call;
  if (call.tags === undefined) call.tags = tagsOf(params, 'Tags') ?? null;
  const wanted = call.tags;
  if (wanted === null || settings.is('tag-filter-ignored')) return true;
  return Object.entries(wanted.tags).every(
    ([key, value]) =>
      ri.tags !== undefined &&
      Object.hasOwn(ri.tags, key) &&
      (value === '' || ri.tags[key] === value || settings.is('tag-filter-by-key')),
  );
}

/** DescribeRouterInterfaceAttribute: one interface as a flat object; an unknown id by profile (A25). */
export const describeInterfaceAttribute: Operation = {
  mandatory: ['RegionId', 'InstanceId'],
  target: 'InstanceId',
  reads: true,
  guards: [
    regionGuard('regionProvided'),
    {
      name: 'instance',
      kind: 'existence',
      check: (call) =>
        call.settings.profile.attributeNotFound === 'error' && !shownInterface(call) ? 'instance' : undefined,
    },
  ],
  perform: (call) => {
    const ri = shownInterface(call);
    const answer: Body = { Code: '200', Message: 'successful', Success: !call.settings.is('success-false') };
    if (!ri) return Object.assign(answer, { RouterInterfaceId: '' });
    const item = interfaceItem(ri, call.world.view('attribute'), call.settings);
    if (call.settings.is('attribute-disagrees')) item['Name'] = ri.firstName ?? '';
    return Object.assign(answer, item);
  },
};

function shownInterface({ params, settings, world }: Call): RouterInterface | undefined {
  const id = params['InstanceId'] ?? '';
  const ri = world.view('attribute').get(id);
  if (!ri && settings.is('attribute-finds-deleted')) return world.ghosts.get(id);
  return ri?.regionId === params['RegionId'] || settings.is('any-region') ? ri : undefined;
}
