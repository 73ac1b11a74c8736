import { describe, expect, test } from 'vitest';
import { Lab } from './testing/lab.ts';

function routeTo(lab: Lab, tableId: string, id: string, change: Record<string, string> = {}): string {
  return lab.code('CreateRouteEntry', {
    RouteTableId: tableId,
    DestinationCidrBlock: '10.0.0.0/8',
    NextHopType: 'RouterInterface',
    NextHopId: id,
    ...change,
  });
}

describe('route entries', () => {
  test('lead to an Active interface of the same router, either end (R88, R89)', () => {
    const lab = new Lab();
    const { a, b, routerA, routerB } = lab.linked();
    expect(routeTo(lab, routerA.tableId, b)).toBe('400 InvalidNextHopId');
    expect(routeTo(lab, routerA.tableId, 'ri-none')).toBe('404 InvalidRouterInterfaceId.NotFound');
    expect(routeTo(lab, routerA.tableId, lab.create(routerA))).toBe('400 IncorrectStatus.RouterInterface');
    expect(routeTo(lab, routerA.tableId, a)).toBe('200');
    expect(routeTo(lab, routerB.tableId, b)).toBe('200');
  });

  test('have a well-formed block of their own', () => {
    const lab = new Lab();
    const { a, routerA } = lab.linked();
    expect(routeTo(lab, routerA.tableId, a, { DestinationCidrBlock: '10.0.0.0' })).toBe(
      '400 InvalidCidrBlock.Malformed',
    );
    expect(routeTo(lab, 'vtb-none', a)).toBe('400 InvalidRouteTable.NotFound');
    expect(routeTo(lab, routerA.tableId, a)).toBe('200');
    expect(routeTo(lab, routerA.tableId, a)).toBe('400 InvalidCIDRBlock.Duplicate');
    expect(
      lab.call('DescribeRouteEntryList', { RouteTableId: routerA.tableId, NextHopId: a }).body,
    ).toMatchObject({
      RouteEntrys: { RouteEntry: [{ DestinationCidrBlock: '10.0.0.0/8', Status: 'Available' }] },
    });
  });

  test('take their time one after the other under the slow profile (R90)', () => {
    const lab = new Lab({ profile: 'transitions=slow,deletion=instant' });
    const { a, routerA } = lab.ends();
    lab.on(a, 'ConnectRouterInterface');
    lab.wait(60_000);
    expect(routeTo(lab, routerA.tableId, a)).toBe('200');
    expect(routeTo(lab, routerA.tableId, a, { DestinationCidrBlock: '11.0.0.0/8' })).toBe('400 TaskConflict');
    lab.wait(1000);
    const gone = { RouteTableId: routerA.tableId, DestinationCidrBlock: '10.0.0.0/8', NextHopId: a };
    expect(lab.code('DeleteRouteEntry', gone)).toBe('200');
    lab.on(a, 'DeactivateRouterInterface');
    lab.wait(999);
    lab.wait(1);
    expect(lab.code('DeleteRouteEntry', gone)).toBe('404 InvalidRouteEntry.NotFound');
    lab.wait(60_000);
    expect(lab.on(a, 'DeleteRouterInterface')).toBe('200');
  });
});
