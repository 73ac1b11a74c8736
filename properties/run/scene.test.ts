import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { regionId, sceneOn } from '../testing/campaigns.ts';
import { altered, answer, bodyOf, interfacesLeft, noting, refusal, withControl } from '../testing/targets.ts';
import { interfacesOn } from './list.ts';

describe('A scene', () => {
  test('has routers, regions and what the target offers', async () => {
    const scene = await sceneOn(embeddedTarget(), { maxRouters: 4 });
    expect(scene.routers).toHaveLength(4);
    expect(new Set(scene.routers.map(({ id }) => id)).size).toBe(4);
    expect(scene.otherRegion).not.toBe(regionId);
    expect(scene.capabilities).toEqual({ accountHook: true, interfaceHook: true, routeEntries: true });
    expect(scene.notes).toEqual([]);
    const environment = scene.environmentFor(scene.routers.slice(0, 2));
    expect(environment).toMatchObject({
      edition: 'any',
      regionId,
      limits: { perRouter: 5, perAccount: null },
      bounds: { settleMs: 60_000, staleMs: 1000 },
      readsLag: false,
    });
    expect(environment.regions).toContain(scene.otherRegion);
    expect(environment.routers).toEqual(scene.routers.slice(0, 2));
  });

  test.each([
    [1, 1],
    [4, 4],
  ])('makes routers, and unmakes them, with at most %i calls at a time', async (concurrency, most) => {
    let underWay = 0;
    let seen = 0;
    const target = altered({ vpcsPerRegion: 7 }, async (_operation, _params, pass) => {
      underWay += 1;
      seen = Math.max(seen, underWay);
      await Promise.resolve();
      const made = await pass();
      underWay -= 1;
      return made;
    });
    const scene = await sceneOn(target, { maxRouters: 8, concurrency });
    // The target refuses the eighth.
    expect(new Set(scene.routers.map(({ id }) => id)).size).toBe(7);
    expect(await scene.strike()).toEqual([]);
    expect(bodyOf(await target.call('DescribeVpcs', { RegionId: regionId }))['TotalCount']).toBe(0);
    expect(seen).toBe(most);
  });

  test('leaves nothing behind, whether anything ran in it or not', async () => {
    const target = embeddedTarget();
    const scene = await sceneOn(target);
    expect(await interfacesLeft(target)).toEqual([]);
    expect(await scene.strike()).toEqual([]);
    expect(bodyOf(await target.call('DescribeVpcs', { RegionId: regionId }))['TotalCount']).toBe(0);
  });

  test('names what could not be struck', async () => {
    const target = altered({}, (operation) => (operation === 'DeleteVpc' ? refusal('Busy') : undefined));
    const scene = await sceneOn(target, { maxRouters: 2 });
    expect(await scene.strike()).toEqual(scene.routers.map(({ vpcId }) => vpcId));
  });

  test('does without hooks, regions and route entries that are not offered, and says what cannot be tested', async () => {
    const target = withControl(
      altered({ vpcMs: 0 }, (operation) =>
        operation === 'DescribeRegions' || operation === 'DescribeRouteEntryList'
          ? refusal('InvalidAction.NotFound', 404)
          : undefined,
      ),
      undefined,
    );
    const times = { settleMs: 1, staleMs: 0, pollMs: [1, 1] } as const;
    const scene = await sceneOn(target, { times });
    expect(scene.capabilities).toEqual({ accountHook: false, interfaceHook: false, routeEntries: false });
    expect(scene.environmentFor([]).regions).toEqual([regionId]);
    expect(scene.notes[0]).toMatch(/CreateRouteEntry is not offered.*R57/);
  });

  test('counts a route table that is not told as route entries that are not offered', async () => {
    const target = altered({}, async (operation, _params, pass) => {
      if (operation !== 'CreateVpc') return undefined;
      const { RouteTableId: _table, ...body } = bodyOf(await pass());
      return answer(body);
    });
    expect((await sceneOn(target)).capabilities.routeEntries).toBe(false);
  });

  test('notices a quota per account, and runs one sequence at a time there', async () => {
    const scene = await sceneOn(embeddedTarget({ profile: 'quota:account' }));
    expect(scene.accountQuota).toBe(true);
    expect(scene.environmentFor([]).limits.perAccount).toBe(5);
    expect(scene.notes.join()).toMatch(/five interfaces per account.*A19/);
  });

  test('takes no other refusal of the sixth interface for a quota', async () => {
    let creates = 0;
    const target = altered({}, (operation) =>
      operation === 'CreateRouterInterface' && ++creates === 6 ? refusal('Oops') : undefined,
    );
    expect((await sceneOn(target)).accountQuota).toBe(false);
  });

  test.each(['reads:lagging', 'reads:attributeLagging'])('notices reads that lag: %s', async (profile) => {
    const scene = await sceneOn(embeddedTarget({ profile }));
    expect(scene.environmentFor([]).readsLag).toBe(true);
    expect(scene.notes.join()).toMatch(/Reads lag/);
  });

  test.each(['DescribeRouterInterfaces', 'DescribeRouterInterfaceAttribute'])(
    'does not take it for a lag when %s never shows anything',
    async (broken) => {
      const nothing = answer({
        TotalCount: 0,
        PageNumber: 1,
        PageSize: 10,
        RouterInterfaceSet: { RouterInterfaceType: [] },
      });
      const target = altered({}, (operation) => (operation === broken ? nothing : undefined));
      const scene = await sceneOn(target);
      expect(scene.environmentFor([]).readsLag).toBe(false);
    },
  );

  test('tells sequences on a router what was on it until a moment ago, where time is real', async () => {
    const real = withControl(embeddedTarget({ profile: 'immediate' }), undefined);
    const staleMs = 40;
    const scene = await sceneOn(real, { times: { settleMs: 5, staleMs, pollMs: [1, 1] } });
    const [first, second] = scene.routers;
    if (first === undefined || second === undefined) throw new Error('Too few routers.');
    scene.emptied([first], ['ri-1', 'ri-2'], 1000);
    expect(scene.environmentFor([first, second]).former).toEqual([
      { id: 'ri-1', until: 1000 },
      { id: 'ri-2', until: 1000 },
    ]);
    expect(scene.environmentFor([second])).not.toHaveProperty('former');
    scene.emptied([first], ['ri-3'], 1000 + staleMs);
    scene.emptied([first], ['ri-4'], 1001 + staleMs);
    const last = scene.environmentFor([first]).former ?? [];
    expect(last.map(({ id }) => id)).toEqual(['ri-3', 'ri-4']);
  });

  test('says once that reads lag after all, and waits for them from then on', async () => {
    const real = withControl(embeddedTarget({ profile: 'immediate' }), undefined);
    const scene = await sceneOn(real, { times: { settleMs: 5, staleMs: 1, pollMs: [1, 1] } });
    scene.noticeLag();
    scene.noticeLag();
    expect(scene.notes.filter((note) => note.includes('lag'))).toHaveLength(1);
    expect(scene.clock).toMatchObject({ lagging: true });
  });

  test('is content with fewer routers than asked for when the target refuses more', async () => {
    const scene = await sceneOn(embeddedTarget({ vpcsPerRegion: 3 }), { maxRouters: 8 });
    expect(scene.routers).toHaveLength(3);
  });

  test('waits for VPCs to become available, with a clock that it moves itself', async () => {
    const scene = await sceneOn(embeddedTarget({ profile: 'transitions:slow' }), { maxRouters: 2 });
    expect(scene.routers).toHaveLength(2);
  });

  test('makes and deletes no VPC when the routers are given', async () => {
    const owner = embeddedTarget();
    const { routers } = await sceneOn(owner, { maxRouters: 3 });
    const { target, calls } = noting(owner);
    const scene = await sceneOn(target, { routers });
    expect(scene.routers).toEqual(routers);
    expect(await scene.replace()).toBeUndefined();
    expect(await scene.reset()).toBeUndefined();
    expect(await scene.strike()).toEqual([]);
    expect(calls.filter(({ operation }) => /^(Create|Delete)Vpc$/.test(operation))).toEqual([]);
  });

  test('replaces a router, and resets a target on which there was nothing', async () => {
    const target = embeddedTarget();
    const scene = await sceneOn(target, { maxRouters: 3 });
    const another = await scene.replace();
    expect(scene.routers.map(({ id }) => id)).not.toContain(another?.id);
    const anew = await scene.reset();
    expect(anew).toHaveLength(3);
    expect(await scene.strike()).toEqual([]);
  });

  test('resets no target on which something was before', async () => {
    const target = embeddedTarget();
    await target.call('CreateVpc', { RegionId: 'cn-beijing', CidrBlock: '192.168.0.0/16' });
    const scene = await sceneOn(target);
    expect(await scene.reset()).toBeUndefined();
  });
});

describe('A scene on a target that does not delete', () => {
  test('leaves the routers alone on which something stayed, and says so', async () => {
    let creates = 0;
    const target = altered({}, (operation) => {
      if (operation === 'CreateRouterInterface') creates += 1;
      return operation === 'DeleteRouterInterface' && creates <= 6 ? refusal('Busy') : undefined;
    });
    const scene = await sceneOn(target, { maxRouters: 4 });
    expect(scene.notes.join()).toMatch(/Set-up could not delete what it made.*ri-/);
    expect(scene.routers).toHaveLength(4);
    const left = await interfacesLeft(target);
    expect(left.length).toBeGreaterThan(0);
    const clean = scene.routers.map(({ id }) => id);
    expect(await interfacesOn(target, regionId, clean)).toEqual([]);
  });
});
