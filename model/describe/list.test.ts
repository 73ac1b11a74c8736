import { describe, expect, test } from 'vitest';
import { filter, listOf, onRouters, shown } from '../testing/descriptions.ts';
import {
  at,
  introduced,
  linked,
  now,
  otherRegion,
  region,
  ri,
  stateNames,
  tables,
  the,
  world,
} from '../testing/worlds.ts';
import type { World } from '../world.ts';
import { type Look, lookAtList } from './list.ts';

const ours = onRouters('vrt-1', 'vrt-2');
const look = (
  before: World,
  args: Readonly<Record<string, string>>,
  body: Readonly<Record<string, unknown>>,
): Look => lookAtList(tables, before, args, body, now, false);
/** What is wrong with the list, as field and rules. */
const wrong = (...parts: Parameters<typeof look>): unknown =>
  look(...parts).mismatches.map(({ field, rules }) => [field, rules]);

const both = introduced();
const [a, b] = [the('ri-a', both), the('ri-b', both)];
const items = [shown(a, 'Idle'), shown(b, 'Idle')];

test('a list of all that is there has nothing wrong', () => {
  expect(wrong(both, ours, listOf(items))).toEqual([]);
  expect(wrong(both, ours, listOf(items.toReversed()))).toEqual([]);
  expect(wrong(world([]), ours, listOf([]))).toEqual([]);
});

describe('the envelope', () => {
  test.each([
    ['no set', undefined],
    ['no list in it', {}],
    ['a list of something else', { RouterInterfaceType: ['ri-a'] }],
    ['a list of lists', { RouterInterfaceType: [[]] }],
    ['a list with null', { RouterInterfaceType: [null] }],
    ['text', 'RouterInterfaceType'],
    ['null', null],
  ])('with %s is wrong and says no more (R8)', (_what, set) => {
    const body = { ...listOf(items), RouterInterfaceSet: set };
    expect(look(both, ours, body)).toMatchObject({
      world: both,
      mismatches: [{ field: 'RouterInterfaceSet', rules: ['R8'] }],
    });
  });

  test('repeats page and size as asked for, or the defaults (R82)', () => {
    expect(wrong(both, ours, listOf(items, { PageNumber: 2 }))).toEqual([['PageNumber', ['R82']]]);
    expect(wrong(both, ours, listOf(items, { PageSize: 50 }))).toEqual([['PageSize', ['R82']]]);
    expect(wrong(both, ours, listOf(items, { PageNumber: undefined }))).toEqual([['PageNumber', ['R82']]]);
    expect(wrong(both, { ...ours, PageSize: '50' }, listOf(items, { PageSize: 50 }))).toEqual([]);
  });

  test.each([undefined, '2', -1, 1.5])('cannot have the count %j (R82)', (count) => {
    expect(wrong(both, ours, listOf(items, { TotalCount: count }))).toEqual([['TotalCount', ['R82']]]);
  });

  test('of a request with impossible paging cannot be judged', () => {
    expect(wrong(both, { ...ours, PageSize: '0' }, listOf(items))).toEqual([['RouterInterfaceSet', ['R8']]]);
  });
});

describe('the count', () => {
  test('is that of what is there: too few for something lost, too many for something extra', () => {
    expect(wrong(both, ours, listOf(items.slice(0, 1)))).toEqual([
      ['TotalCount', ['R14', 'R82']],
      ['RouterInterfaceId', ['R14', 'R81']],
    ]);
    expect(wrong(both, ours, listOf(items, { TotalCount: 3 }))).toEqual([
      ['TotalCount', ['R82', 'R81']],
      ['items on this page', ['R82']],
    ]);
  });

  test('with too many is blamed on a deletion if there was one (R59)', () => {
    const deleted = { states: at('gone'), cause: { event: 'DELETE', rules: ['R59'] } };
    const before = introduced(deleted);
    expect(wrong(before, ours, listOf([shown(b, 'Idle')], { TotalCount: 2 }))).toContainEqual([
      'TotalCount',
      ['R59', 'R82'],
    ]);
  });

  test('under a filter by status or name is blamed on the filter (R81)', () => {
    const byName = { ...ours, ...filter(2, 'Name', 'x') };
    expect(wrong(both, byName, listOf([], { TotalCount: 1 }))).toContainEqual(['TotalCount', ['R81']]);
  });

  test('in a region where nothing of ours is, is blamed on the region (R6)', () => {
    const elsewhere = { ...ours, RegionId: otherRegion };
    expect(wrong(both, elsewhere, listOf([]))).toEqual([]);
    expect(wrong(both, elsewhere, listOf(items))).toEqual([
      ['TotalCount', ['R6']],
      ['RouterInterfaceId', ['R6']],
      ['RouterInterfaceId', ['R6']],
    ]);
  });

  test('of interfaces that may be gone is one of several', () => {
    const leaving = introduced({ states: at('Deleting'), since: now });
    expect(wrong(leaving, ours, listOf([shown(b, 'Idle')]))).toEqual([]);
    expect(wrong(leaving, ours, listOf([shown(a, 'Deleting'), shown(b, 'Idle')]))).toEqual([]);
    const [found] = look(leaving, ours, listOf([], { TotalCount: 0 })).mismatches;
    expect(found).toMatchObject({ field: 'TotalCount', expected: '1 to 2' });
  });
});

describe('a page', () => {
  test('has as many items as the count leaves for it (R82)', () => {
    const one = { ...ours, PageSize: '1' };
    const page = (number: number, list: readonly unknown[]) =>
      wrong(
        both,
        { ...one, PageNumber: String(number) },
        listOf(list, { TotalCount: 2, PageNumber: number, PageSize: 1 }),
      );
    expect(page(1, items.slice(0, 1))).toEqual([]);
    expect(page(2, items.slice(1))).toEqual([]);
    expect(page(3, [])).toEqual([]);
    expect(page(1, items)).toEqual([['items on this page', ['R82']]]);
    expect(page(3, items.slice(1))).toEqual([['items on this page', ['R82']]]);
  });

  test('shows each interface once (R82)', () => {
    expect(wrong(both, ours, listOf([items[0], items[0]]))).toEqual([
      ['RouterInterfaceId', ['R82']],
      ['RouterInterfaceId', ['R14', 'R81']],
    ]);
  });
});

describe('an interface that nobody made', () => {
  const stranger = shown(ri('ri-z'), 'Idle');

  test('on our routers was made by a refused call, or by one done twice (R44, R32)', () => {
    expect(wrong(both, ours, listOf([...items, stranger]))).toEqual([
      ['TotalCount', ['R82', 'R81']],
      ['RouterInterfaceId', ['R44', 'R32']],
    ]);
  });

  test('may be anybody’s in a list of everything', () => {
    expect(wrong(both, { RegionId: region }, listOf([...items, stranger]))).toEqual([]);
    const others = onRouters('vrt-1', 'vrt-9');
    expect(wrong(world([a]), others, listOf([items[0], stranger]))).toEqual([]);
  });
});

describe('an interface that is not listed', () => {
  test('although it is there was lost by what was last done', () => {
    const modified = introduced({ cause: { event: 'MODIFY_ATTRIBUTE', rules: ['R72'] } });
    expect(wrong(modified, ours, listOf([items[1]]))).toContainEqual([
      'RouterInterfaceId',
      ['R14', 'R72', 'R81'],
    ]);
  });

  test('although it is there, after its peer was deleted, breaks R60', () => {
    const bereft = linked('Inactive.frozen', 'gone', {}, { cause: { event: 'DELETE', rules: ['R59'] } });
    expect(wrong(bereft, ours, listOf([]))).toContainEqual(['RouterInterfaceId', ['R60', 'R81']]);
  });

  test('on a later page, or in a list of everything that goes on, is not missed', () => {
    const page = { ...ours, PageNumber: '2', PageSize: '1' };
    expect(
      wrong(both, page, listOf(items.slice(0, 1), { PageNumber: 2, PageSize: 1, TotalCount: 2 })),
    ).toEqual([]);
  });

  test('in a list of everything on one page is missed all the same', () => {
    expect(wrong(both, { RegionId: region }, listOf([items[0]]))).toEqual([['RouterInterfaceId', ['R14']]]);
  });

  test('because it may be gone is gone from now on', () => {
    const leaving = introduced({ states: at('Deleting'), since: now });
    const { world: known } = look(leaving, ours, listOf([items[1]]));
    expect(stateNames(the('ri-a', known).states)).toEqual(['gone']);
  });

  test('while it is in doubt tells nothing', () => {
    const doubt = introduced({ trusted: false });
    const { world: known, mismatches } = look(doubt, ours, listOf([items[1]]));
    expect(mismatches).toEqual([]);
    expect(the('ri-a', known)).toBe(the('ri-a', doubt));
  });
});

describe('an interface that is listed', () => {
  test('although it is gone was not deleted (R59, P2)', () => {
    const deleted = introduced({ states: at('gone'), cause: { event: 'DELETE', rules: ['R59'] } });
    expect(wrong(deleted, ours, listOf(items))).toContainEqual(['RouterInterfaceId', ['R59']]);
    const deleting = listOf([shown(a, 'Deleting'), items[1]]);
    expect(wrong(deleted, ours, deleting)).toContainEqual(['RouterInterfaceId', ['R59', 'P2']]);
  });

  test('is held to what is believed of it', () => {
    const [found] = look(both, ours, listOf([shown(a, 'Idle', { Spec: 'x' }), items[1]])).mismatches;
    expect(found).toMatchObject({ field: 'Spec', rules: ['R10'], interfaceId: 'ri-a' });
  });

  test('is known in its status from now on, and seen', () => {
    const pending = introduced({ states: at('Connecting.answered'), since: now, link: 'ri-b' });
    const { world: known } = look(pending, ours, listOf([shown(a, 'Active'), items[1]]));
    expect(stateNames(the('ri-a', known).states)).toEqual(['Active.linked']);
    expect(the('ri-a', known).news).toBe(2);
  });

  test('in doubt is taken as it is', () => {
    const doubt = introduced({ trusted: false, states: 0 });
    const item = shown(a, 'Inactive', {
      Spec: 'Large.2',
      Role: 'AcceptingSide',
      BusinessStatus: 'FinancialLocked',
      Name: 'found',
      Description: 'text',
      OppositeRegionId: otherRegion,
      OppositeRouterType: '',
      OppositeInterfaceOwnerId: 7,
      HealthCheckSourceIp: '10.0.0.1',
      HealthCheckTargetIp: '10.0.0.2',
    });
    const { world: known, mismatches } = look(doubt, ours, listOf([item, items[1]]));
    expect(mismatches).toEqual([]);
    expect(the('ri-a', known)).toMatchObject({
      trusted: true,
      states: at('Inactive.frozen', 'Inactive.following'),
      since: Number.POSITIVE_INFINITY,
      spec: 'Large.2',
      role: 'AcceptingSide',
      business: 'FinancialLocked',
      name: 'found',
      description: 'text',
      opposite: {
        regionId: otherRegion,
        routerType: undefined,
        routerId: 'vrt-2',
        interfaceId: 'ri-b',
        ownerId: undefined,
      },
      healthCheck: { sourceIp: '10.0.0.1', targetIp: '10.0.0.2' },
    });
  });

  test('in doubt keeps what is not shown of it', () => {
    const doubt = introduced({ trusted: false });
    const { world: known } = look(
      doubt,
      ours,
      listOf([{ RouterInterfaceId: 'ri-a', Status: 'Idle', BusinessStatus: 'Normal' }, items[1]]),
    );
    expect(the('ri-a', known)).toMatchObject({
      spec: 'Mini.2',
      role: 'InitiatingSide',
      opposite: { regionId: region },
    });
  });
});
