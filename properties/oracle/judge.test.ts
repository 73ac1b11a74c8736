import { describe, expect, test } from 'vitest';
import { namedEditions } from '../../model/refusals.ts';
import { acceptorItem, everything, finding, found, item, Transcript } from '../testing/transcript.ts';

const conforms = { kind: 'conforms' };

describe('the recorded life cycle of 2019', () => {
  test('conforms, step by step', () => {
    const t = new Transcript();
    const only = (id: string) => ({ 'Filter.1.Key': 'RouterInterfaceId', 'Filter.1.Value.1': id });
    const common = {
      ChargeType: 'AfterPay',
      EndTime: '2999-09-08T16:00:00Z',
      OppositeInterfaceOwnerId: '',
      HasReservationData: false,
    };
    const a = (Status: string, rest = {}) =>
      item('ri-a', {
        ...common,
        Status,
        Spec: 'Large.2',
        Bandwidth: 2048,
        OppositeRouterType: 'VRouter',
        OppositeInterfaceId: 'ri-b',
        OppositeRouterId: 'vrt-2',
        OppositeBandwidth: 0,
        OppositeInterfaceSpec: 'Negative',
        ...rest,
      });
    const b = (Status: string, rest = {}) =>
      acceptorItem('ri-b', {
        ...common,
        Status,
        OppositeRouterType: 'VRouter',
        OppositeInterfaceId: 'ri-a',
        OppositeRouterId: 'vrt-1',
        ...rest,
      });
    const active = { OppositeInterfaceStatus: 'Active' };
    const modify = (id: string, peer: string, router: string) =>
      t.ok('ModifyRouterInterfaceAttribute', {
        RouterInterfaceId: id,
        OppositeInterfaceId: peer,
        OppositeRouterId: router,
      });
    const onto = (id: string) =>
      t.ok(
        'CreateRouteEntry',
        { RouteTableId: 'vtb-1', NextHopType: 'RouterInterface', NextHopId: id },
        { RouteEntryId: `rte-${id}` },
      );
    const verdicts = [
      t.create('ri-a', { Spec: 'Large.2', OppositeRouterType: 'VRouter' }),
      t.create('ri-b', {
        Role: 'AcceptingSide',
        Spec: 'Negative',
        RouterId: 'vrt-2',
        OppositeRouterType: 'VRouter',
      }),
      modify('ri-a', 'ri-b', 'vrt-2'),
      modify('ri-b', 'ri-a', 'vrt-1'),
      t.list([a('Idle')], only('ri-a')),
      t.list([b('Idle')], only('ri-b')),
      t.ok('ConnectRouterInterface', { RouterInterfaceId: 'ri-a' }),
      t.list([a('Connecting')], only('ri-a')),
      t.wait(),
      t.list([a('Active', active)], only('ri-a')),
      onto('ri-a'),
      onto('ri-b'),
      t.ok('DeleteRouteEntry', { RouteEntryId: 'rte-ri-a' }),
      t.ok('DeleteRouteEntry', { RouteEntryId: 'rte-ri-b' }),
      t.ok('DeactivateRouterInterface', { RouterInterfaceId: 'ri-a' }),
      t.list([a('Deactivating')], only('ri-a')),
      t.wait(),
      t.list([a('Inactive')], only('ri-a')),
      t.ok('DeactivateRouterInterface', { RouterInterfaceId: 'ri-b' }),
      t.wait(),
      t.list([b('Inactive')], only('ri-b')),
      t.ok('DeleteRouterInterface', { RouterInterfaceId: 'ri-a' }),
      t.list([a('Deleting')], only('ri-a')),
      t.list([], only('ri-a')),
      t.ok('DeleteRouterInterface', { RouterInterfaceId: 'ri-b' }),
      t.wait(),
      t.list([], only('ri-b')),
      t.list([]),
    ];
    expect(verdicts).toEqual(verdicts.map(() => conforms));
    t.judge.finish();
    // One end was frozen alone, and the type of the peer stayed: what the documents leave open is told.
    expect(
      Object.fromEntries([...t.evidence.choices].map(([id, values]) => [id, [...values.keys()]])),
    ).toMatchObject({
      A7: ['one'],
      A11: ['stays'],
    });
    expect(t.judge.belief).toHaveLength(1);
  });
});

describe('a finding', () => {
  test('accepted: a call that a rule forbids succeeds', () => {
    const t = new Transcript();
    t.couple();
    const { kind, rules, expected, observed, operation } = finding(
      t.ok('ConnectRouterInterface', { RouterInterfaceId: 'ri-b' }),
    );
    expect({ kind, rules, operation, observed }).toEqual({
      kind: 'accepted',
      rules: ['R33'],
      operation: 'ConnectRouterInterface',
      observed: 'success',
    });
    expect(expected).toBe(
      'refusal by R33 (400 IncorrectRole.NotInitiatingSide), or refusal by R36 (400 IncorrectOppositeInterfaceInfo.NotSet, 400 IncorrectOppositeInterfaceInfo)',
    );
  });

  test('refused: a call that nothing forbids is refused', () => {
    const t = new Transcript();
    t.couple();
    const { kind, rules, expected, observed } = finding(
      t.refuse(
        'ConnectRouterInterface',
        { RouterInterfaceId: 'ri-a' },
        400,
        'IncorrectRole.NotInitiatingSide',
        'Why not.',
      ),
    );
    expect({ kind, observed }).toEqual({
      kind: 'refused',
      observed: 'HTTP 400 IncorrectRole.NotInitiatingSide: Why not.',
    });
    expect(rules).toEqual(expect.arrayContaining(['R33', 'R34', 'R43']));
    expect(expected).toContain('success');
  });

  test('code: a call is refused as it must be, but by another code', () => {
    const t = new Transcript();
    const { kind, rules, observed } = finding(
      t.refuse('ActivateRouterInterface', { RouterInterfaceId: 'ri-x' }, 400, 'IncorrectStatus'),
    );
    expect({ kind, rules }).toEqual({ kind: 'code', rules: ['R4'] });
    expect(observed).toContain('IncorrectStatus');
  });

  test('code: the code is right, the HTTP status is not', () => {
    const t = new Transcript();
    expect(
      found(
        t.refuse(
          'ActivateRouterInterface',
          { RouterInterfaceId: 'ri-x' },
          400,
          'InvalidRouterInterfaceId.NotFound',
        ),
      ),
    ).toEqual([['code', ['R4']]]);
  });

  test('field: an answer shows what cannot be', () => {
    const t = new Transcript();
    t.create('ri-a');
    expect(finding(t.list([item('ri-a', { Status: 'Active' })]))).toMatchObject({
      kind: 'field',
      rules: ['R13', 'R14', 'R29', 'R30'],
      expected: 'Status: Idle',
      observed: 'Status: "Active"',
    });
  });

  test('envelope: an answer has not the shape of one', () => {
    const t = new Transcript();
    expect(
      found(
        t.ok('DescribeRouterInterfaces', everything, {
          RequestId: undefined,
          TotalCount: 0,
          PageNumber: 1,
          PageSize: 10,
          RouterInterfaceSet: { RouterInterfaceType: [] },
        }),
      ),
    ).toEqual([['envelope', ['R8']]]);
  });

  test('envelope: a RequestId that was used before (P3)', () => {
    const t = new Transcript();
    expect(t.list([], everything, { RequestId: 'same' })).toEqual(conforms);
    expect(found(t.list([], everything, { RequestId: 'same' }))).toEqual([['envelope', ['P3']]]);
  });

  test('envelope: an error that comes with HTTP 200 is judged by its code as well', () => {
    const t = new Transcript();
    const error = { Code: 'InvalidRouterInterfaceId.NotFound', Message: 'No.', HostId: 'vpc' };
    expect(found(t.ok('ActivateRouterInterface', { RouterInterfaceId: 'ri-x' }, error))).toEqual([
      ['envelope', ['R8']],
    ]);
    expect(
      found(
        t.ok('ActivateRouterInterface', { RouterInterfaceId: 'ri-x' }, { ...error, Code: 'IncorrectStatus' }),
      ),
    ).toEqual([
      ['envelope', ['R8']],
      ['code', ['R4']],
    ]);
  });
});

describe('the editions that fit', () => {
  const editions = (t: Transcript): string[] =>
    namedEditions.filter((_, index) => (t.evidence.editions & (1 << index)) !== 0);

  test('are all at first, then those that know every refusal that came', () => {
    const t = new Transcript();
    t.create('ri-a');
    expect(editions(t)).toEqual([...namedEditions]);
    t.refuse('ActivateRouterInterface', { RouterInterfaceId: 'ri-a' }, 400, 'IncorrectStatus');
    expect(editions(t)).toContain('E2018b');
    expect(editions(t)).not.toContain('E2024');
    t.refuse('DeactivateRouterInterface', { RouterInterfaceId: 'ri-a' }, 400, 'IncorrectRIStatus');
    expect(editions(t)).not.toContain('E2018b');
  });

  test('are not told by an answer that fits nothing', () => {
    const t = new Transcript();
    t.refuse('ActivateRouterInterface', { RouterInterfaceId: 'ri-x' }, 400, 'Nonsense');
    expect(editions(t)).toEqual([...namedEditions]);
  });
});

describe('the evidence', () => {
  test('counts the rules and transitions that were exercised', () => {
    const t = new Transcript();
    t.pair();
    t.refuse('ActivateRouterInterface', { RouterInterfaceId: 'ri-a' }, 400, 'IncorrectRIStatus');
    for (const rule of ['R8', 'P3', 'R13', 'R33', 'R43', 'R45'])
      expect(t.evidence.rules.has(rule), rule).toBe(true);
    expect(t.evidence.rules.has('R57')).toBe(false);
    expect([...t.evidence.transitions.keys()]).toEqual(
      expect.arrayContaining([
        'gone: CREATE to Idle.free',
        'Idle: CONNECT to Connecting.answered',
        'Active: ACTIVATE refused by R45',
      ]),
    );
  });

  test('knows refusals that another one came before', () => {
    const t = new Transcript();
    t.refuse('ActivateRouterInterface', { RouterInterfaceId: 'ri-x', RegionId: '' }, 400, 'MissingRegionId');
    expect([...t.evidence.eclipsed]).toContain('gone: ACTIVATE refused by R4');
    expect([...t.evidence.eclipsed]).not.toContain('any: ACTIVATE refused by R1');
  });
});
