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
    expect(resynchronised(tables, belief, connect, refused, undefined, now)).toBe(belief);
  });

  test('what explains it best is believed', () => {
    const explained = [linked()];
    expect(resynchronised(tables, [introduced()], connect, refused, best(explained), now)).toBe(explained);
    const belief = [introduced()];
    expect(resynchronised(tables, belief, connect, refused, best([]), now)).toBe(belief);
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
      undefined,
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
      undefined,
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
      undefined,
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
      undefined,
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
    const [after] = resynchronised(tables, [world([])], { ...create, args }, made, undefined, now);
    expect(the('ri-new', after).regionId).toBe('');
  });

  test('nothing is taken in without an id, twice, or on a router that is not ours', () => {
    for (const body of [
      {},
      { RouterInterfaceId: '' },
      { RouterInterfaceId: 7 },
      { RouterInterfaceId: 'ri-a' },
    ]) {
      const before = world([ri('ri-a')]);
      expect(resynchronised(tables, [before], create, success(body), undefined, now)).toEqual([before]);
    }
    const far = { ...create, args: { ...create.args, RouterId: 'vrt-9' } };
    expect(
      resynchronised(tables, [world([])], far, success({ RouterInterfaceId: 'ri-new' }), undefined, now),
    ).toEqual([world([])]);
  });
});

describe('after a look that does not fit', () => {
  const both = introduced();
  const body = listOf([shown(the('ri-a', both), 'Idle'), shown(the('ri-b', both), 'Idle')]);

  test('only what did not fit is in doubt', () => {
    const [after] = resynchronised(tables, [both], list, success(body), best([both], 'ri-b'), now);
    expect(trust(after ?? both)).toEqual({ 'ri-a': true, 'ri-b': false });
  });

  test('nothing is, where it was about the list', () => {
    const [after] = resynchronised(tables, [both], list, success(body), best([both], undefined), now);
    expect(after).toEqual(both);
  });

  test('strangers on our routers are taken in as they are shown, others not', () => {
    const stranger = shown(ri('ri-z', { business: 'FinancialLocked' }), 'Active');
    const other = shown(ri('ri-y', { routerId: 'vrt-9' }), 'Active');
    const shownOnce = listOf([stranger, other, null, 'ri-w']);
    const [after] = resynchronised(tables, [both], list, success(shownOnce), best([both]), now);
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
      best([both]),
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
      best([both], 'ri-z'),
      now,
    );
    expect(the('ri-z', after).trusted).toBe(false);
  });

  test('a list that is none takes nobody in', () => {
    for (const odd of [
      {},
      { RouterInterfaceSet: {} },
      { RouterInterfaceSet: { RouterInterfaceType: 'ri-z' } },
    ])
      expect(resynchronised(tables, [both], list, success(odd), best([both]), now)).toEqual([both]);
  });
});
