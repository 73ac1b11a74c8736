import { describe, expect, test } from 'vitest';
import {
  acceptor,
  at,
  call,
  environment,
  initiator,
  introduced,
  linked,
  named,
  now,
  otherRegion,
  region,
  ri,
  tables,
  toldOf,
  world,
} from '../testing/worlds.ts';
import { findInterface, type Interface, type World } from '../world.ts';
import { connectViolations } from './connect.ts';

const none = { must: [], may: [] };

/** What ri-a violates by connecting now. */
function connecting(
  before: World,
  args: Readonly<Record<string, string>> = {},
  when = now,
): ReturnType<typeof named> {
  const sent = call('ConnectRouterInterface', 'ri-a', args).args;
  return named(
    'CONNECT',
    connectViolations(tables, before, sent, findInterface(before, sent['RouterInterfaceId']), when),
  );
}

describe('a connect', () => {
  test('of an initiator and an acceptor that name each other violates nothing', () => {
    expect(connecting(introduced())).toEqual(none);
  });

  test('needs RegionId and RouterInterfaceId, not empty', () => {
    const found = connectViolations(tables, introduced(), {}, undefined, now);
    expect(named('CONNECT', found)).toEqual({ must: ['R1', 'R2'], may: [] });
    expect(connecting(introduced(), { RegionId: '', RouterInterfaceId: '' }).must).toEqual(['R1', 'R2']);
  });

  test('in an unknown region violates R3, in another region R6', () => {
    expect(connecting(introduced(), { RegionId: 'cn-nowhere' })).toEqual({ must: ['R3'], may: ['R6'] });
    expect(connecting(introduced(), { RegionId: otherRegion })).toEqual({ must: ['R6'], may: [] });
  });

  test('of an interface that does not exist violates nothing of its own: the status tells', () => {
    expect(connecting(introduced(), { RouterInterfaceId: 'ri-x' })).toEqual(none);
  });

  test('of the accepting side violates R33', () => {
    expect(connecting(introduced({ role: 'AcceptingSide' })).must).toContain('R33');
  });

  test('of an overdue account violates R41; a locked interface may make it one', () => {
    expect(connecting({ ...introduced(), overdue: true }).must).toEqual(['R41']);
    expect(connecting(introduced({}, { business: 'FinancialLocked' })).may).toEqual(['R41']);
    expect(connecting(introduced({}, { business: 'SecurityLocked' }))).toEqual(none);
  });

  test('of an interface in doubt may violate whatever is about its fields, and nothing for certain', () => {
    const found = connecting(introduced({ trusted: false, role: 'AcceptingSide' }));
    expect(found).toEqual({ must: [], may: ['R33', 'R35', 'R36', 'R37', 'R38', 'R39', 'R40'] });
  });
});

describe('opposite information', () => {
  const without = (...fields: (keyof Interface['opposite'])[]): World => {
    const opposite = Object.fromEntries(
      Object.entries(toldOf('ri-b', 'vrt-2')).filter(([field]) => !fields.includes(field as never)),
    ) as unknown as Interface['opposite'];
    return introduced({ opposite });
  };

  test('without the id or the router of the peer violates R35', () => {
    expect(connecting(without('interfaceId')).must).toContain('R35');
    expect(connecting(without('routerId')).must).toContain('R35');
  });

  test('without the owner or the router type may violate R35', () => {
    expect(connecting(without('ownerId'))).toEqual({ must: [], may: ['R35'] });
    expect(connecting(without('routerType'))).toEqual({ must: [], may: ['R35'] });
  });

  test('without the owner or the router type at the other end may violate R35, too', () => {
    const { ownerId, routerType, ...rest } = toldOf('ri-a', 'vrt-1');
    for (const told of [
      { ...rest, ownerId },
      { ...rest, routerType },
    ]) {
      const opposite = { ownerId: undefined, routerType: undefined, ...told };
      expect(connecting(introduced({}, { opposite }))).toEqual({ must: [], may: ['R35'] });
    }
  });

  test('that nobody returns violates R36', () => {
    expect(connecting(world([initiator()])).must).toEqual(['R36']);
    expect(connecting(introduced({}, { opposite: toldOf('ri-c', 'vrt-1') })).must).toEqual(['R36']);
    expect(connecting(introduced({}, { states: at('gone') })).must).toEqual(['R36']);
    expect(connecting(introduced({}, { states: at('Deleting') })).must).toEqual(['R36']);
  });

  test('that an interface in doubt may return may violate R36', () => {
    expect(connecting(introduced({}, { trusted: false })).may).toEqual(['R36', 'R38', 'R39', 'R40']);
  });

  test.each([
    ['a peer that is no acceptor', introduced({}, { role: 'InitiatingSide' })],
    ['another router than the peer’s', introduced({ opposite: toldOf('ri-b', 'vrt-3') })],
    ['a peer told of another router', introduced({}, { opposite: toldOf('ri-a', 'vrt-3') })],
  ])('with %s violates R36', (_what, before) => {
    expect(connecting(before).must).toContain('R36');
  });

  test.each([
    ['a border router', introduced({ opposite: { ...toldOf('ri-b', 'vrt-2'), routerType: 'VBR' } })],
    [
      'a peer told of a border router',
      introduced({}, { opposite: { ...toldOf('ri-a', 'vrt-1'), routerType: 'VBR' } }),
    ],
    [
      'another region than the peer’s',
      introduced({ opposite: { ...toldOf('ri-b', 'vrt-2'), regionId: otherRegion } }),
    ],
    [
      'a peer told of another region',
      introduced({}, { opposite: { ...toldOf('ri-a', 'vrt-1'), regionId: otherRegion } }),
    ],
    ['a peer that may be gone already', introduced({}, { states: at('Idle.free', 'gone') })],
  ])('with %s may violate R36', (_what, before) => {
    const { must, may } = connecting(before);
    expect(may).toContain('R36');
    expect(must).not.toContain('R36');
  });
});

describe('the two routers', () => {
  test('are not the same: neither by what it was told nor by where the peer is', () => {
    expect(connecting(introduced({ opposite: toldOf('ri-b', 'vrt-1') })).must).toContain('R37');
    expect(connecting(introduced({}, { routerId: 'vrt-1' })).must).toContain('R37');
  });

  test.each([
    ['is being deleted', { states: at('Deleting') }],
    ['is gone', { states: at('gone') }],
    ['is in another region', { regionId: otherRegion }],
  ])('may count as the same by where a peer was that %s', (_what, changes) => {
    const { must, may } = connecting(introduced({}, { routerId: 'vrt-1', ...changes }));
    expect(may).toContain('R37');
    expect(must).not.toContain('R37');
  });

  test('are not those of the interface itself', () => {
    expect(connecting(introduced({ opposite: toldOf('ri-a', 'vrt-2') })).must).toContain('R37');
  });
});

describe('the peer', () => {
  test('may be taken already when it is not idle or was connected before', () => {
    expect(connecting(introduced({}, { states: at('AcceptingConnecting') })).may).toContain('R40');
    expect(connecting(introduced({}, { link: 'ri-c' })).may).toContain('R40');
    expect(connecting(introduced()).may).not.toContain('R40');
  });
});

describe('one pair between two routers', () => {
  /** ri-a and ri-b name each other; ri-c and ri-d on the same routers are another pair. */
  const beside = (
    c: Partial<Interface> = {},
    d: Partial<Interface> = {},
    changes: Partial<World> = {},
  ): World =>
    world(
      [
        initiator(),
        acceptor(),
        initiator({
          id: 'ri-c',
          opposite: toldOf('ri-d', 'vrt-2'),
          link: 'ri-d',
          states: at('Active.linked'),
          ...c,
        }),
        acceptor({
          id: 'ri-d',
          opposite: toldOf('ri-c', 'vrt-1'),
          link: 'ri-c',
          states: at('Active.linked'),
          ...d,
        }),
      ],
      changes,
    );

  test('violates R38 while another pair is connected, whatever its status', () => {
    expect(connecting(beside())).toEqual({ must: ['R38'], may: [] });
    expect(connecting(beside({ states: at('Inactive.frozen') }, { states: at('Inactive.frozen') }))).toEqual({
      must: ['R38'],
      may: [],
    });
  });

  test('holds in the other direction too', () => {
    const other = beside(
      { routerId: 'vrt-2', opposite: toldOf('ri-d', 'vrt-1') },
      { routerId: 'vrt-1', opposite: toldOf('ri-c', 'vrt-2') },
    );
    expect(connecting(other)).toEqual({ must: ['R38'], may: [] });
  });

  test('says nothing about pairs of other routers, nor of pairs that are not connected', () => {
    const elsewhere = beside({ opposite: toldOf('ri-d', 'vrt-3') }, { routerId: 'vrt-3' });
    expect(connecting(elsewhere)).toEqual(none);
    const idle = { link: null, states: at('Idle.free') };
    expect(connecting(beside(idle, idle))).toEqual(none);
  });

  test('may violate R39 too while the other pair is perhaps still connecting, not once it is settled', () => {
    const states = { states: at('Connecting.answered'), since: now - 1 };
    const other = { states: at('AcceptingConnecting'), since: now - 1 };
    expect(connecting(beside(states, other))).toEqual({ must: ['R38'], may: ['R39'] });
    expect(connecting(beside(states, other), {}, now + 2000)).toEqual({ must: ['R38'], may: [] });
  });

  test('may be violated by a connect that hangs', () => {
    const hanging = { link: null, states: at('Connecting.unanswered') };
    expect(connecting(beside(hanging, { link: null, states: at('Idle.free') })).may).toEqual(['R39']);
  });

  test('may hold again while one end of the other pair is leaving, and does once it has left', () => {
    const leaving = { states: at('Deleting'), since: now };
    expect(connecting(beside(leaving))).toEqual({ must: [], may: ['R38'] });
    expect(connecting(beside({}, { states: at('gone') }))).toEqual(none);
  });

  test('may be violated where one end was told of another router than its peer is on', () => {
    expect(connecting(beside({ opposite: toldOf('ri-d', 'vrt-2') }, { routerId: 'vrt-3' }))).toEqual(none);
    const told = world([
      ...beside().interfaces.filter(({ id }) => id !== 'ri-a'),
      initiator({ opposite: toldOf('ri-b', 'vrt-3') }),
    ]);
    expect(connecting(told).may).toContain('R38');
    expect(connecting(told).must).not.toContain('R38');
  });

  test('may be violated by ends in doubt', () => {
    expect(connecting(beside({ trusted: false }))).toEqual({ must: [], may: ['R38', 'R39'] });
    expect(connecting(beside({}, { trusted: false }))).toEqual({ must: [], may: ['R38', 'R39'] });
  });

  test('is violated by the pair itself when it connects again', () => {
    expect(connecting(linked()).must).toEqual(['R38']);
  });

  test('compares nothing with an initiator that knows no peer', () => {
    expect(connecting(world([initiator(), acceptor(), ri('ri-c')]))).toEqual(none);
  });
});

test('the bound on a connect is that of the environment', () => {
  const env = environment({ bounds: { settleMs: 5, staleMs: 0 }, regions: [region] });
  const peer = { states: at('Deleting'), since: now - 6 };
  expect(connecting({ ...introduced({}, peer), env }).must).toEqual(['R36']);
});
