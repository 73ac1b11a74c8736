import { describe, expect, test } from 'vitest';
import { anyChange } from '../../model/describe/blame.ts';
import { listOf, onRouters, shown } from '../../model/testing/descriptions.ts';
import {
  call,
  createArgs,
  introduced,
  linked,
  now,
  region,
  ri,
  tables,
  the,
  world,
} from '../../model/testing/worlds.ts';
import type { Call } from '../../model/permitted.ts';
import type { World } from '../../model/world.ts';
import type { Explanation } from './explain.ts';
import { resynchronised } from './resynchronise.ts';

const success = (body: Readonly<Record<string, unknown>> = {}) => ({ kind: 'success', body }) as const;
const trust = ({ interfaces }: World): unknown =>
  Object.fromEntries(interfaces.map(({ id, trusted }) => [id, trusted]));
const list: Call = { operation: 'DescribeRouterInterfaces', args: onRouters('vrt-1', 'vrt-2') };

/** An explanation of which only the worlds and what did not fit count. */
const best = (worlds: readonly World[], ...ids: (string | undefined)[]): Explanation => ({
  outcome: {
    kind: 'success',
    rules: [],
    transitions: [],
    from: 0,
    may: undefined,
    accepted: undefined,
  },
  worlds,
  mismatches: ids.map((id) => ({
    field: 'Name',
    rules: ['R72'],
    expected: '',
    observed: '',
    ...(id === undefined ? {} : { interfaceId: id }),
  })),
});

describe('after a wrong refusal', () => {
  const refused = { kind: 'refusal', status: 400, code: 'Nonsense', message: '' } as const;
  const connect = call('ConnectRouterInterface', 'ri-a');

  test('everything stays as it was', () => {
    const belief = [introduced()];
    expect(resynchronised(tables, belief, connect, refused, [], now)).toBe(belief);
  });

  test('what explains it best is believed', () => {
    const explained = [linked()];
    expect(resynchronised(tables, [introduced()], connect, refused, [best(explained)], now)).toEqual(
      explained,
    );
    const belief = [introduced()];
    expect(resynchronised(tables, belief, connect, refused, [best([])], now)).toBe(belief);
  });
});

describe('after a change that must not have been accepted', () => {
  test('the interface and its peer are in doubt, and nobody else', () => {
    const before = { ...linked(), interfaces: [...linked().interfaces, ri('ri-c')] };
    const [after] = resynchronised(
      tables,
      [before],
      call('DeleteRouterInterface', 'ri-a'),
      success(),
      [],
      now,
    );
    expect(trust(after ?? before)).toEqual({ 'ri-a': false, 'ri-b': false, 'ri-c': true });
    expect(the('ri-a', after)).toEqual({
      ...the('ri-a', before),
      trusted: false,
      since: now,
      news: anyChange,
      earlier: [],
    });
  });

  test('so is a peer that it was only told of', () => {
    const [after] = resynchronised(
      tables,
      [introduced()],
      call('ConnectRouterInterface', 'ri-a'),
      success(),
      [],
      now,
    );
    expect(trust(after ?? introduced())).toEqual({ 'ri-a': false, 'ri-b': false });
  });

  test('of an unknown interface, nothing is in doubt', () => {
    const [after] = resynchronised(
      tables,
      [introduced()],
      call('DeleteRouterInterface', 'ri-x'),
      success(),
      [],
      now,
    );
    expect(after).toEqual(introduced());
  });
});

describe('after a creation that must not have been accepted', () => {
  const create: Call = { operation: 'CreateRouterInterface', args: { ...createArgs, Role: 'Both' } };

  test('what was made is taken in, in doubt', () => {
    const [after] = resynchronised(
      tables,
      [world([])],
      create,
      success({ RouterInterfaceId: 'ri-new' }),
      [],
      now,
    );
    expect(the('ri-new', after)).toMatchObject({
      trusted: false,
      states: tables.all,
      role: 'Both',
      routerId: 'vrt-1',
      regionId: region,
      since: now,
    });
  });

  test('what was made without a region is taken in without one', () => {
    const { RegionId: _none, ...args } = create.args;
    const made = success({ RouterInterfaceId: 'ri-new' });
    const [after] = resynchronised(tables, [world([])], { ...create, args }, made, [], now);
    expect(the('ri-new', after).regionId).toBe('');
  });

  test('without an id it has a name of ours; nothing is taken in twice, or on a router that is not ours', () => {
    for (const body of [{}, { RouterInterfaceId: '' }, { RouterInterfaceId: 7 }]) {
      const [after] = resynchronised(tables, [world([])], create, success(body), [], now, 'ri#1');
      expect(after?.interfaces.map(({ id, trusted }) => [id, trusted])).toEqual([['(nameless) ri#1', false]]);
    }
    const before = world([ri('ri-a')]);
    const twice = success({ RouterInterfaceId: 'ri-a' });
    expect(resynchronised(tables, [before], create, twice, [], now)).toEqual([before]);
    const far = { ...create, args: { ...create.args, RouterId: 'vrt-9' } };
    expect(
      resynchronised(tables, [world([])], far, success({ RouterInterfaceId: 'ri-new' }), [], now),
    ).toEqual([world([])]);
  });
});

describe('after a look that does not fit', () => {
  const both = introduced();
  const body = listOf([shown(the('ri-a', both), 'Idle'), shown(the('ri-b', both), 'Idle')]);

  test('what did not fit is expected from then on, and nothing is in doubt', () => {
    const [after] = resynchronised(tables, [both], list, success(body), [best([both], 'ri-b')], now);
    expect(trust(after ?? both)).toEqual({ 'ri-a': true, 'ri-b': true });
    expect(after?.deviations).toEqual([{ interfaceId: 'ri-b', field: 'Name', observed: '' }]);
  });

  test('nothing is, where it was about the list', () => {
    const [after] = resynchronised(tables, [both], list, success(body), [best([both], undefined)], now);
    expect(trust(after ?? both)).toEqual({ 'ri-a': true, 'ri-b': true });
    expect(after?.deviations).toEqual([]);
  });

  test('strangers on our routers are taken in as they are shown, others not', () => {
    const stranger = shown(ri('ri-z', { business: 'FinancialLocked' }), 'Active');
    const other = shown(ri('ri-y', { routerId: 'vrt-9' }), 'Active');
    const shownOnce = listOf([stranger, other, null, 'ri-w']);
    const [after] = resynchronised(tables, [both], list, success(shownOnce), [best([both])], now);
    expect(after?.interfaces.map(({ id }) => id)).toEqual(['ri-a', 'ri-b', 'ri-z']);
    expect(the('ri-z', after)).toMatchObject({
      trusted: false,
      business: 'FinancialLocked',
      spec: 'Mini.2',
      link: null,
    });
  });

  test('a stranger without a business status counts as normal', () => {
    const [after] = resynchronised(
      tables,
      [both],
      list,
      success(listOf([{ RouterInterfaceId: 'ri-z', RouterId: 'vrt-1' }])),
      [best([both])],
      now,
    );
    expect(the('ri-z', after).business).toBe('Normal');
  });

  test('a stranger in the attribute is taken in too', () => {
    const asked = call('DescribeRouterInterfaceAttribute', 'ri-z');
    const [after] = resynchronised(
      tables,
      [both],
      asked,
      success(shown(ri('ri-z'), 'Active')),
      [best([both], 'ri-z')],
      now,
    );
    expect(the('ri-z', after)).toMatchObject({
      states: tables.labelled('Active'),
      spec: 'Mini.2',
      link: null,
    });
  });

  test('a list that is none takes nobody in', () => {
    for (const odd of [
      {},
      { RouterInterfaceSet: {} },
      { RouterInterfaceSet: { RouterInterfaceType: 'ri-z' } },
    ])
      expect(resynchronised(tables, [both], list, success(odd), [best([both])], now)).toEqual([both]);
  });
});
