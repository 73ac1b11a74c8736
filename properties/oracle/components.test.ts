import { expect, test } from 'vitest';
import type { Operation, Step } from '../../model/vocabulary.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import { componentsOf } from './components.ts';

const step = (operation: Operation, sent: Record<string, string>): Step => ({
  command: { kind: 'call', operation, args: {} },
  sent,
  start: 0,
  end: 0,
});
const activate = (id: string): Step => step('ActivateRouterInterface', { RouterInterfaceId: id });
const world = (perAccount: number | null = null): World => ({
  ...emptyWorld({
    edition: 'any',
    regionId: 'cn-hangzhou',
    regions: [],
    routers: [],
    limits: { perRouter: 5, perAccount },
    bounds: { settleMs: 1, staleMs: 0 },
    readsLag: false,
  }),
  routes: [{ id: 'rte-1', nextHop: 'ri-1' }],
});

test('What names nothing in common is apart', () => {
  expect(componentsOf([activate('ri-1'), activate('ri-2'), activate('ri-1')], [world()])).toEqual([
    [0, 2],
    [1],
  ]);
});

test('A route entry goes with its next hop, and a token with a token', () => {
  const unroute = step('DeleteRouteEntry', { RouteEntryId: 'rte-1' });
  expect(componentsOf([activate('ri-1'), unroute], [world()])).toEqual([[0, 1]]);
  const create = (RouterId: string): Step =>
    step('CreateRouterInterface', { RouterId, ClientToken: 'token-1' });
  expect(componentsOf([create('vrt-1'), create('vrt-2')], [world()])).toEqual([[0, 1]]);
});

test('A list touches everything, and so does anything where the account is limited as a whole', () => {
  const list = step('DescribeRouterInterfaces', { RegionId: 'cn-hangzhou' });
  expect(componentsOf([activate('ri-1'), activate('ri-2'), list], [world()])).toEqual([[0, 1, 2]]);
  expect(componentsOf([activate('ri-1'), activate('ri-2')], [world(5)])).toEqual([[0, 1]]);
});
