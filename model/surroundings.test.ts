import { describe, expect, test } from 'vitest';
import { afterControl, afterRouteCreated, afterRouteDeleted } from './surroundings.ts';
import { introduced, linked, now, the } from './testing/worlds.ts';
import { anyChange } from './describe/blame.ts';

describe('a control hook', () => {
  test('makes the account overdue, and pays its bills', () => {
    const overdue = afterControl(
      introduced(),
      { kind: 'control', hook: 'account', set: { overdue: true } },
      undefined,
      now,
    );
    expect(overdue).toEqual({ ...introduced(), overdue: true });
    const paid = afterControl(
      overdue,
      { kind: 'control', hook: 'account', set: { overdue: false } },
      undefined,
      now,
    );
    expect(paid).toEqual(introduced());
  });

  test('locks one interface and leaves its lifecycle alone', () => {
    const seen = linked('Deactivating', 'Active.linked', { news: 0 }, { news: 0 });
    const set = { businessStatus: 'FinancialLocked', operationLocked: true };
    const locked = afterControl(seen, { kind: 'control', hook: 'interface', set }, 'ri-a', now);
    expect(the('ri-a', locked)).toEqual({
      ...the('ri-a', seen),
      business: 'FinancialLocked',
      operationLocked: true,
      news: anyChange,
    });
    expect(the('ri-b', locked)).toBe(the('ri-b', seen));
  });

  test('keeps the lock that it does not mention', () => {
    const seen = introduced({ business: 'SecurityLocked', operationLocked: true });
    const hook = (set: { businessStatus?: string; operationLocked?: boolean }) =>
      the('ri-a', afterControl(seen, { kind: 'control', hook: 'interface', set }, 'ri-a', now));
    expect(hook({ operationLocked: false })).toMatchObject({
      business: 'SecurityLocked',
      operationLocked: false,
    });
    expect(hook({ businessStatus: 'Normal' })).toMatchObject({ business: 'Normal', operationLocked: true });
  });

  test('on an interface that is not known changes nothing', () => {
    const before = introduced();
    const set = { operationLocked: true };
    expect(afterControl(before, { kind: 'control', hook: 'interface', set }, 'ri-x', now)).toBe(before);
  });
});

describe('a route entry', () => {
  const pointing = afterRouteCreated(introduced(), { NextHopId: 'ri-a' }, 'rte-1');

  test('points at its next hop, if it has one', () => {
    expect(pointing.routes).toEqual([{ id: 'rte-1', nextHop: 'ri-a' }]);
    const before = introduced();
    expect(afterRouteCreated(before, {}, 'rte-1')).toBe(before);
  });

  test('lingers from when it was first deleted', () => {
    const once = afterRouteDeleted(pointing, { RouteEntryId: 'rte-1' }, now);
    expect(once.routes).toEqual([{ id: 'rte-1', nextHop: 'ri-a', leavingSince: now }]);
    expect(afterRouteDeleted(once, { RouteEntryId: 'rte-1' }, now + 5).routes).toEqual(once.routes);
    expect(afterRouteDeleted(pointing, { RouteEntryId: 'rte-2' }, now).routes).toEqual(pointing.routes);
  });
});
