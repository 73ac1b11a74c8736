import { describe, expect, test } from 'vitest';
import { Emulator } from './emulator.ts';
import { editions } from './editions.ts';
import { Lab } from './testing/lab.ts';

const uuid = /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/;

describe('the life cycle that Alibaba recorded in 2019', () => {
  const onlyRequestId = { RequestId: expect.stringMatching(uuid) };

  test('goes through with the recorded answers', () => {
    const lab = new Lab();
    const [one, two] = [lab.router(), lab.router()];
    const common = {
      RouterType: 'VRouter',
      OppositeRegionId: 'cn-hangzhou',
      OppositeRouterType: 'VRouter',
    };
    const created = lab.call('CreateRouterInterface', {
      ...common,
      RouterId: one.routerId,
      Role: 'InitiatingSide',
      Spec: 'Large.2',
    });
    expect(created).toEqual({
      status: 200,
      body: { ...onlyRequestId, RouterInterfaceId: expect.stringMatching(/^ri-[a-z0-9]+$/) },
    });
    const a = String(created.body['RouterInterfaceId']);
    lab.wait(2000);
    const b = lab.acceptor(two);
    expect([lab.status(a), lab.status(b)]).toEqual(['Idle', 'Idle']);

    // Neither owner nor type is sent; the type of the creation stays (A11, A33).
    for (const [id, opposite, at] of [
      [a, b, two],
      [b, a, one],
    ] as const) {
      const modified = lab.call('ModifyRouterInterfaceAttribute', {
        RouterInterfaceId: id,
        OppositeInterfaceId: opposite,
        OppositeRouterId: at.routerId,
      });
      expect(modified).toEqual({ status: 200, body: onlyRequestId });
    }

    const idle = {
      BusinessStatus: 'Normal',
      ChargeType: 'AfterPay',
      CrossBorder: false,
      EndTime: '2999-09-08T16:00:00Z',
      HasReservationData: false,
      OppositeInterfaceBusinessStatus: 'Normal',
      OppositeInterfaceOwnerId: '',
      OppositeRegionId: 'cn-hangzhou',
      OppositeRouterType: 'VRouter',
      RouterType: 'VRouter',
      Status: 'Idle',
    };
    const listed = lab.call('DescribeRouterInterfaces', {
      'Filter.1.Key': 'RouterInterfaceId',
      'Filter.1.Value.1': a,
    });
    // toEqual would pass an undefined key: what is not set must have no key at all (A35).
    expect(listed.body).toStrictEqual({
      ...onlyRequestId,
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      RouterInterfaceSet: {
        RouterInterfaceType: [
          {
            ...idle,
            RouterInterfaceId: a,
            RouterId: one.routerId,
            VpcInstanceId: one.vpcId,
            Role: 'InitiatingSide',
            Spec: 'Large.2',
            Bandwidth: 2048,
            CreationTime: '2026-01-01T00:00:00Z',
            OppositeInterfaceId: b,
            OppositeRouterId: two.routerId,
            OppositeVpcInstanceId: two.vpcId,
            OppositeInterfaceSpec: 'Negative',
            OppositeBandwidth: 0,
          },
        ],
      },
    });
    expect(lab.item(b)).toStrictEqual({
      ...idle,
      RouterInterfaceId: b,
      RouterId: two.routerId,
      VpcInstanceId: two.vpcId,
      Role: 'AcceptingSide',
      Spec: 'Negative',
      Bandwidth: 0,
      CreationTime: '2026-01-01T00:00:02Z',
      OppositeInterfaceId: a,
      OppositeRouterId: one.routerId,
      OppositeVpcInstanceId: one.vpcId,
    });

    expect(lab.call('ConnectRouterInterface', { RouterInterfaceId: a })).toEqual({
      status: 200,
      body: onlyRequestId,
    });
    expect([lab.status(a), lab.status(b)]).toEqual(['Connecting', 'AcceptingConnecting']);
    lab.wait(1500);
    expect(lab.item(a)).toMatchObject({
      Status: 'Active',
      OppositeInterfaceStatus: 'Active',
      ConnectedTime: '2026-01-01T00:00:03Z',
    });
    expect(lab.item(b)).toMatchObject({ Status: 'Active', OppositeInterfaceStatus: 'Active' });

    const routes = (
      [
        [one, a],
        [two, b],
      ] as const
    ).map(([router, id]) =>
      lab.call('CreateRouteEntry', {
        RouteTableId: router.tableId,
        DestinationCidrBlock: '10.0.0.0/8',
        NextHopType: 'RouterInterface',
        NextHopId: id,
      }),
    );
    for (const { status, body } of routes) {
      expect(status).toBe(200);
      expect(lab.code('DeleteRouteEntry', { RouteEntryId: String(body['RouteEntryId']) })).toBe('200');
    }

    for (const id of [a, b]) {
      expect(lab.on(id, 'DeactivateRouterInterface')).toBe('200');
      expect(lab.status(id)).toBe('Deactivating');
      lab.wait(1000);
      expect(lab.status(id)).toBe('Inactive');
    }
    expect(lab.on(a, 'DeleteRouterInterface')).toBe('200');
    expect(lab.status(a)).toBe('Deleting');
    lab.wait(1000);
    expect(lab.status(a)).toBe('gone');
    // The survivor keeps the dangling ids and shows its peer as Deleted.
    expect(lab.item(b)).toMatchObject({
      Status: 'Inactive',
      OppositeInterfaceId: a,
      OppositeInterfaceStatus: 'Deleted',
      OppositeVpcInstanceId: one.vpcId,
    });
    expect(lab.remove(b)).toBe('200');
    expect(lab.list()).toEqual([]);
    for (const { vpcId } of [one, two]) expect(lab.code('DeleteVpc', { VpcId: vpcId })).toBe('200');
  });

  test('can be activated again before it is deleted', () => {
    const lab = new Lab();
    const { a, b } = lab.frozen();
    expect(lab.status(b)).toBe('Active');
    expect(lab.on(a, 'ActivateRouterInterface')).toBe('200');
    expect(lab.status(a)).toBe('Activating');
    lab.wait(1000);
    expect(lab.status(a)).toBe('Active');
  });
});

function logOf(seed: number): string[] {
  const lab = new Lab({ seed });
  lab.linked();
  lab.list();
  return lab.log;
}

describe('every answer', () => {
  test('carries a RequestId of its own, an upper-case UUID', () => {
    const emulator = new Emulator({ clock: 'manual' });
    const ids = Array.from({ length: 5000 }, (_, n) =>
      String(emulator.call(n % 2 === 0 ? 'DescribeRegions' : 'NoSuchAction', {}).body['RequestId']),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids.slice(0, 100)) expect(id).toMatch(uuid);
  });

  test('that refuses has RequestId, HostId, Code, Message and Recommend', () => {
    const { status, body } = new Emulator().call('MakeCoffee', {});
    expect(status).toBe(404);
    expect(body).toEqual({
      RequestId: expect.stringMatching(uuid),
      HostId: 'vpc.aliyuncs.com',
      Code: 'InvalidAction.NotFound',
      Message: 'Specified api is not found, please check your url and method.',
      Recommend: expect.stringContaining(String(body['RequestId'])),
    });
  });

  test('is the same for the same seed and calls, and another for another seed', () => {
    expect(logOf(1)).toEqual(logOf(1));
    expect(logOf(1)).not.toEqual(logOf(2));
  });
});

describe('the emulator', () => {
  test('takes a real clock: transitions end by themselves', async () => {
    const emulator = new Emulator({ connectMs: 20 });
    const lab = new Lab({ clock: 'real', connectMs: 20 });
    expect(emulator.settings.clock).toBe('real');
    const { a } = lab.ends();
    lab.on(a, 'ConnectRouterInterface');
    expect(lab.status(a)).toBe('Connecting');
    await expect.poll(() => lab.status(a), { interval: 5 }).toBe('Active');
  });

  test('names what is allowed when an option is wrong', () => {
    expect(() => new Emulator({ profile: 'fast' })).toThrow(/Unknown profile "fast".*immediate/);
    expect(() => new Lab({ connectMs: -1 })).toThrow('connectMs');
    const wrong: object = { edition: 'E1999' };
    expect(() => new Emulator(wrong)).toThrow(`editions are: ${editions.join(', ')}`);
  });

  test('keeps calls and parameters named like methods of objects apart from them', () => {
    const lab = new Lab();
    expect(lab.code('constructor')).toBe('404 InvalidAction.NotFound');
    expect(lab.code('DescribeRouterInterfaces', { RegionId: 'constructor' })).toBe(
      '404 InvalidRegionId.NotFound',
    );
    expect(lab.create(lab.router(), { Spec: 'constructor' })).toBe('InvalidSpec.ValudNotSupported');
    expect(lab.on('__proto__', 'ConnectRouterInterface')).toBe('404 InvalidRouterInterfaceId.NotFound');
  });

  test('reaches an interface in its own region only', () => {
    const lab = new Lab();
    const { a } = lab.ends();
    const elsewhere = { RegionId: 'cn-beijing' };
    expect(lab.on(a, 'ConnectRouterInterface', elsewhere)).toBe('404 InvalidRouterInterfaceId.NotFound');
    expect(lab.list(elsewhere)).toEqual([]);
    expect(lab.list()).toHaveLength(2);
  });

  test('connects across regions', () => {
    const lab = new Lab();
    const here = lab.router();
    lab.region = 'cn-beijing';
    const there = lab.router();
    const b = lab.acceptor(there, { OppositeRegionId: 'cn-hangzhou' });
    lab.region = 'cn-hangzhou';
    const a = lab.create(here, {
      OppositeRegionId: 'cn-beijing',
      OppositeInterfaceId: b,
      OppositeRouterId: there.routerId,
    });
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('400 IncorrectOppositeInterfaceInfo.NotSet');
    lab.region = 'cn-beijing';
    lab.point(b, a, here);
    lab.region = 'cn-hangzhou';
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('200');
    lab.wait();
    expect(lab.item(a)).toMatchObject({ Status: 'Active', OppositeRegionId: 'cn-beijing' });
  });
});
