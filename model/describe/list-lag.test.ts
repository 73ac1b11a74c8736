import { describe, expect, test } from 'vitest';
import { listOf, onRouters, shown } from '../testing/descriptions.ts';
import {
  acceptor,
  at,
  environment,
  initiator,
  introduced,
  now,
  tables,
  the,
  world,
} from '../testing/worlds.ts';
import { noShown, type World } from '../world.ts';
import { lookAtList } from './list.ts';

const ours = onRouters('vrt-1', 'vrt-2');
const [a, b] = [the('ri-a', introduced()), the('ri-b', introduced())];
const items = [shown(a, 'Idle'), shown(b, 'Idle')];

describe('a list that lags', () => {
  const env = environment({ readsLag: true });
  const old = initiator({ name: 'old' });
  const renamed = {
    ...world([initiator({ name: 'new', earlier: [{ until: now - 1, interface: old }] }), acceptor()]),
    env,
  };
  const lagging = (before: World, body: Readonly<Record<string, unknown>>) =>
    lookAtList(tables, before, ours, body, now, true);

  test('may show what was there a moment ago, and teaches only what never changes', () => {
    for (const name of ['old', 'new']) {
      const seen = lagging(renamed, listOf([shown(a, 'Idle', { Name: name }), items[1]]));
      expect(seen.mismatches).toEqual([]);
      expect(seen.world.interfaces.map((each) => ({ ...each, shown: noShown }))).toEqual(renamed.interfaces);
      expect(the('ri-a', seen.world).shown.list?.creationTime).toBe('2026-01-01T00:00:00Z');
    }
    expect(lagging(renamed, listOf([shown(a, 'Idle', { Name: 'x' }), items[1]])).mismatches).toHaveLength(1);
  });

  test('compares with the version that is nearest', () => {
    const item = shown(a, 'Idle', { Name: 'old', Role: 'x' });
    const { mismatches } = lagging(renamed, listOf([item, items[1]]));
    expect(mismatches.map(({ field }) => field)).toEqual(['Role']);
  });

  test('may show what was on the routers before, and no longer than reads lag', () => {
    const { staleMs } = env.bounds;
    const since = (until: number): World => ({
      ...renamed,
      env: { ...env, former: [{ id: 'ri-former', until }] },
    });
    const known = [shown(a, 'Idle', { Name: 'new' }), items[1]];
    const body = listOf([...known, { ...items[0], RouterInterfaceId: 'ri-former' }]);
    expect(lagging(since(now - staleMs), body).mismatches).toEqual([]);
    expect(lagging(since(now - staleMs), listOf(known)).mismatches).toEqual([]);
    const late = lagging(since(now - staleMs - 1), body).mismatches;
    expect(late.map(({ field }) => field)).toEqual(['TotalCount', 'RouterInterfaceId']);
    const fresh = lookAtList(tables, since(now), ours, body, now, false).mismatches;
    expect(fresh.map(({ field }) => field)).toContain('RouterInterfaceId');
  });

  test('shows of an earlier version no state that had ended by itself before reads can lag', () => {
    const { settleMs, staleMs } = env.bounds;
    const replaced = (since: number): World => {
      const before = initiator({ since, states: at('Deleting') });
      const earlier = [{ until: now - 1, interface: before }];
      return { ...world([initiator({ since, states: at('gone'), earlier })]), env };
    };
    const deleting = listOf([shown(a, 'Deleting')]);
    expect(lagging(replaced(now - settleMs - staleMs), deleting).mismatches).toEqual([]);
    const late = lagging(replaced(now - settleMs - staleMs - 1), deleting).mismatches;
    expect(late.map(({ field }) => field)).toContain('RouterInterfaceId');
  });

  test('may not show what has just been made', () => {
    const made = { ...world([initiator({ since: now, earlier: [{ until: now, interface: null }] })]), env };
    expect(lagging(made, listOf([])).mismatches).toEqual([]);
    expect(lagging(made, listOf([items[0]])).mismatches).toEqual([]);
  });
});
