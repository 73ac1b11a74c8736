import { describe, expect, test } from 'vitest';
import { shown } from '../testing/descriptions.ts';
import {
  at,
  environment,
  initiator,
  introduced,
  now,
  otherRegion,
  region,
  ri,
  settleMs,
  staleMs,
  stateNames,
  tables,
  the,
  world,
} from '../testing/worlds.ts';
import { noShown, type World } from '../world.ts';
import { lookAtAttribute } from './attribute.ts';
import type { Look } from './list.ts';
import { freshReading, laggingReadings } from './versions.ts';

type Body = Readonly<Record<string, unknown>>;
const both = introduced();
const a = the('ri-a', both);

const look = (
  before: World,
  body: Body,
  args: Readonly<Record<string, string>> = {},
  lagging = false,
): Look =>
  lookAtAttribute(tables, before, { RegionId: region, InstanceId: 'ri-a', ...args }, body, now, lagging);
const wrong = (...parts: Parameters<typeof look>): unknown =>
  look(...parts).mismatches.map(({ field, rules }) => [field, rules]);

describe('an interface that is there', () => {
  test('is shown as it is, and known from then on', () => {
    const pending = introduced({ states: at('Connecting.answered'), since: now, link: 'ri-b' });
    const { world: known, mismatches } = look(pending, shown(a, 'Active'));
    expect(mismatches).toEqual([]);
    expect(the('ri-a', known)).toMatchObject({ states: at('Active.linked'), news: 1 });
  });

  test('is held to every field', () => {
    expect(wrong(both, shown(a, 'Idle', { Spec: 'x' }))).toEqual([['Spec', ['R10']]]);
    expect(wrong(both, shown(a, 'Active'))).toEqual([['Status', ['R13', 'R14']]]);
  });

  test('is itself and no other', () => {
    expect(wrong(both, shown(a, 'Idle', { RouterInterfaceId: 'ri-b' }))).toEqual([
      ['RouterInterfaceId', ['R14']],
    ]);
  });

  test('is not empty', () => {
    expect(wrong(both, {})).toEqual([['RouterInterfaceId', ['R14']]]);
    expect(wrong(both, { RouterInterfaceId: '' })).toEqual([['RouterInterfaceId', ['R14']]]);
  });
});

describe('an interface that is not there', () => {
  test('is shown as empty (A25), whether it never was or is in another region', () => {
    for (const args of [{ InstanceId: 'ri-x' }, { RegionId: otherRegion }]) {
      expect(look(both, {}, args)).toEqual({ world: both, mismatches: [] });
      expect(wrong(both, { RouterInterfaceId: '' }, args)).toEqual([]);
    }
  });

  test('is not shown at all', () => {
    expect(wrong(both, shown(a, 'Idle'), { InstanceId: 'ri-x' })).toEqual([['RouterInterfaceId', ['R84']]]);
    expect(wrong(both, shown(a, 'Idle'), { RegionId: otherRegion })).toEqual([['RouterInterfaceId', ['R6']]]);
  });

  test('after its deletion is neither shown', () => {
    const gone = introduced({ states: at('gone'), cause: { event: 'DELETE', rules: ['R59'] } });
    expect(wrong(gone, {})).toEqual([]);
    const [found] = look(gone, shown(a, 'Idle')).mismatches;
    expect(found).toMatchObject({ rules: ['R59'], expected: 'empty: it was deleted', interfaceId: 'ri-a' });
  });

  test('while it leaves, may be shown or not, and is gone once it was not', () => {
    const leaving = introduced({ states: at('Deleting'), since: now });
    expect(wrong(leaving, shown(a, 'Deleting'))).toEqual([]);
    const { world: known, mismatches } = look(leaving, {});
    expect(mismatches).toEqual([]);
    expect(stateNames(the('ri-a', known).states)).toEqual(['gone']);
  });
});

describe('an attribute that lags', () => {
  const env = environment({ readsLag: true });
  const lagging = (interfaces: World['interfaces'], body: Body): Look =>
    look({ ...world(interfaces), env }, body, {}, true);

  test('may show what was there a moment ago, and teaches only what never changes', () => {
    const renamed = [
      initiator({ name: 'new', earlier: [{ until: now - 1, interface: initiator({ name: 'old' }) }] }),
    ];
    for (const name of ['old', 'new']) {
      const seen = lagging(renamed, shown(a, 'Idle', { Name: name }));
      expect(seen.mismatches).toEqual([]);
      const known = the('ri-a', seen.world);
      expect({ ...known, shown: noShown }).toEqual(renamed[0]);
      expect(known.shown.attribute?.creationTime).toBe('2026-01-01T00:00:00Z');
    }
    expect(lagging(renamed, shown(a, 'Idle', { Name: 'x' })).mismatches).toHaveLength(1);
  });

  test('compares with the version that is nearest', () => {
    const renamed = [
      initiator({ name: 'new', earlier: [{ until: now - 1, interface: initiator({ name: 'old' }) }] }),
    ];
    const { mismatches } = lagging(renamed, shown(a, 'Idle', { Name: 'old', Role: 'x' }));
    expect(mismatches.map(({ field }) => field)).toEqual(['Role']);
  });

  test('may be empty for what has just been made, and show what is already gone', () => {
    const made = [initiator({ earlier: [{ until: now, interface: null }] })];
    expect(lagging(made, {}).mismatches).toEqual([]);
    expect(lagging(made, shown(a, 'Idle')).mismatches).toEqual([]);
    const gone = [initiator({ states: at('gone'), earlier: [{ until: now - 1, interface: initiator() }] })];
    expect(lagging(gone, shown(a, 'Idle')).mismatches).toEqual([]);
    expect(lagging(gone, {}).mismatches).toEqual([]);
  });
});

describe('readings', () => {
  const names = (readings: readonly { states: number }[]): unknown =>
    readings.map(({ states }) => stateNames(states));

  test('of the present are what it can have become, settled after the bound, anything in doubt', () => {
    const pending = ri('ri-a', { states: at('Deactivating'), since: now });
    const fresh = (when: number, changes = {}) =>
      freshReading(tables, world([]), { ...pending, ...changes }, when);
    expect(names([fresh(now + settleMs), fresh(now + settleMs + 1)])).toEqual([
      ['Deactivating', 'Inactive.frozen'],
      ['Inactive.frozen'],
    ]);
    expect(fresh(now, { trusted: false }).states).toBe(tables.all);
  });

  test('that lag see the present before it settled, and every version within the bound', () => {
    const since = now - settleMs - staleMs;
    const pending = ri('ri-a', {
      states: at('Deactivating'),
      since,
      earlier: [
        { until: now - staleMs - 1, interface: ri('ri-a', { states: at('Idle.free') }) },
        { until: now - staleMs, interface: ri('ri-a', { states: at('Activating.connected'), since }) },
        { until: now, interface: null },
      ],
    });
    const readings = laggingReadings(tables, world([]), pending, now);
    expect(names(readings)).toEqual([
      ['Deactivating', 'Inactive.frozen'],
      ['Active.linked', 'Activating.connected'],
      [],
    ]);
    expect(readings[2]?.interface).toBeNull();
    const later = laggingReadings(tables, world([]), pending, now + 1);
    expect(names(later.slice(0, 1))).toEqual([['Inactive.frozen']]);
  });
});
