import { describe, expect, test } from 'vitest';
import { anyChange, unseen } from './describe/blame.ts';
import {
  accepted,
  at,
  call,
  createArgs,
  introduced,
  linked,
  now,
  otherRegion,
  region,
  ri,
  stateNames,
  the,
  world,
} from './testing/worlds.ts';
import { type Interface, noHealthCheck, noOpposite } from './world.ts';

type Args = Readonly<Record<string, string>>;

describe('a creation', () => {
  const creating = (
    args: Args,
    body: Readonly<Record<string, unknown>> = { RouterInterfaceId: 'ri-new' },
  ): Interface => {
    const [after, ...others] = accepted(
      world([ri('ri-a')]),
      { operation: 'CreateRouterInterface', args },
      body,
    );
    expect(others).toEqual([]);
    expect(after?.interfaces[0]).toEqual(ri('ri-a'));
    return the('ri-new', after);
  };

  test('makes an idle interface with nothing but what was asked for', () => {
    expect(creating(createArgs)).toEqual(
      ri('ri-new', {
        since: now,
        cause: { event: 'CREATE', rules: ['R13', 'R14', 'R29', 'R30'] },
        earlier: [{ until: now, interface: null }],
      }),
    );
  });

  test('keeps every field of the request, and no empty one', () => {
    const made = creating({
      ...createArgs,
      Role: 'AcceptingSide',
      Spec: 'Negative',
      OppositeRegionId: otherRegion,
      OppositeRouterType: 'VRouter',
      OppositeRouterId: 'vrt-2',
      OppositeInterfaceId: 'ri-a',
      OppositeInterfaceOwnerId: '12',
      Name: 'edge',
      Description: 'A link',
      HealthCheckSourceIp: '10.0.0.1',
      HealthCheckTargetIp: '10.0.0.2',
      'Tags.1.Key': 'team',
      'Tags.1.Value': 'net',
    });
    expect(made).toMatchObject({
      role: 'AcceptingSide',
      spec: 'Negative',
      opposite: {
        regionId: otherRegion,
        routerType: 'VRouter',
        routerId: 'vrt-2',
        interfaceId: 'ri-a',
        ownerId: '12',
      },
      name: 'edge',
      description: 'A link',
      healthCheck: { ...noHealthCheck, sourceIp: '10.0.0.1', targetIp: '10.0.0.2' },
      tags: { team: 'net' },
    });
    const plain = creating({
      ...createArgs,
      Name: '',
      Description: '',
      OppositeInterfaceId: '',
      HealthCheckTargetIp: '',
    });
    expect(plain).toMatchObject({ name: undefined, description: undefined });
    expect(plain.opposite).toEqual({ ...noOpposite, regionId: region });
    expect(plain.healthCheck).toEqual(noHealthCheck);
  });

  test('of an acceptor has the Spec Negative, whatever was asked for (A13)', () => {
    expect(creating({ ...createArgs, Role: 'AcceptingSide', Spec: 'Mini.2' }).spec).toBe('Negative');
    const { Spec: _none, ...without } = createArgs;
    expect(creating({ ...without, Role: 'AcceptingSide' }).spec).toBe('Negative');
  });

  test('remembers its token with what it made', () => {
    const args = { ...createArgs, ClientToken: 't' };
    const [after] = accepted(
      world([]),
      { operation: 'CreateRouterInterface', args },
      { RouterInterfaceId: 'ri-new' },
    );
    expect(after?.tokens).toMatchObject([{ token: 't', accepted: true, made: 'ri-new' }]);
  });
});

describe('a change of attributes', () => {
  const before = introduced({
    name: 'old',
    description: 'old text',
    healthCheck: { sourceIp: '10.0.0.1', targetIp: '10.0.0.2', threshold: '8', rate: '2000' },
  });
  const changing = (args: Args): Interface[] =>
    accepted(before, call('ModifyRouterInterfaceAttribute', 'ri-a', args)).map((after) => the('ri-a', after));

  test('keeps what it does not mention, and its place in the lifecycle', () => {
    const [after, ...others] = changing({ Name: 'new' });
    expect(others).toEqual([]);
    const { cause: _cause, ...itself } = the('ri-a', before);
    expect(after).toMatchObject({ ...itself, name: 'new' });
    expect(after?.cause.event).toBe('MODIFY_ATTRIBUTE');
  });

  test('sets each text, and takes an empty one for not given', () => {
    expect(changing({ Description: 'new text' })[0]).toMatchObject({ name: 'old', description: 'new text' });
    expect(changing({ Name: '', Description: '' })[0]).toMatchObject({
      name: 'old',
      description: 'old text',
    });
  });

  test('sets each part of the health check', () => {
    expect(
      changing({ HealthCheckSourceIp: '10.0.0.9', HealthCheckTargetIp: '10.0.0.8' })[0]?.healthCheck,
    ).toEqual({
      sourceIp: '10.0.0.9',
      targetIp: '10.0.0.8',
      threshold: '8',
      rate: '2000',
    });
    expect(changing({ HcThreshold: '3', HcRate: '1000' })[0]?.healthCheck).toEqual({
      sourceIp: '10.0.0.1',
      targetIp: '10.0.0.2',
      threshold: '3',
      rate: '1000',
    });
  });

  test('deletes the addresses of the health check and nothing else of it', () => {
    expect(changing({ DeleteHealthCheckIp: 'true' })[0]?.healthCheck).toEqual({
      ...noHealthCheck,
      threshold: '8',
      rate: '2000',
    });
    expect(changing({ DeleteHealthCheckIp: 'false' })[0]?.healthCheck).toEqual(
      the('ri-a', before).healthCheck,
    );
  });

  test('with all opposite information has one result', () => {
    const all = {
      OppositeInterfaceId: 'ri-c',
      OppositeRouterId: 'vrt-3',
      OppositeRouterType: 'VRouter',
      OppositeInterfaceOwnerId: '9',
    };
    const worlds = accepted(before, call('ModifyRouterInterfaceAttribute', 'ri-a', all));
    expect(worlds.map((after) => the('ri-a', after).opposite)).toEqual([
      { regionId: region, interfaceId: 'ri-c', routerId: 'vrt-3', routerType: 'VRouter', ownerId: '9' },
    ]);
    expect(worlds[0]?.choices).toEqual({});
  });

  test.each(['OppositeInterfaceId', 'OppositeRouterId', 'OppositeInterfaceOwnerId'])(
    '%s without a type leaves it, or makes it VBR: the documents say both (A11)',
    (name) => {
      const sent = call('ModifyRouterInterfaceAttribute', 'ri-a', { [name]: '7' });
      const worlds = accepted(before, sent);
      expect(worlds.map((after) => [after.choices['A11'], the('ri-a', after).opposite.routerType])).toEqual([
        ['stays', 'VRouter'],
        ['VBR', 'VBR'],
      ]);
      for (const decided of ['stays', 'VBR']) {
        const choices = { A11: decided };
        expect(accepted({ ...before, choices }, sent).map((after) => after.choices)).toEqual([choices]);
      }
    },
  );

  test('without a type towards a border router has one result', () => {
    const opposite = { ...the('ri-a', before).opposite, routerType: 'VBR' };
    const worlds = accepted(
      introduced({ opposite }),
      call('ModifyRouterInterfaceAttribute', 'ri-a', { OppositeRouterId: 'vbr-1' }),
    );
    expect(worlds.map(({ choices }) => choices)).toEqual([{}]);
  });

  test('blames what came before too, as long as that was not seen', () => {
    expect(changing({ Name: 'new' })[0]?.cause.rules).toEqual(expect.arrayContaining(['R72', 'R13', 'R14']));
    const seen = introduced({ news: 0 });
    const [after] = accepted(seen, call('ModifyRouterInterfaceAttribute', 'ri-a', { Name: 'new' }));
    expect(the('ri-a', after).cause.rules).not.toContain('R13');
    expect(the('ri-a', after).news).toBe(anyChange);
  });
});

describe('a change of specification', () => {
  const changing = (before: ReturnType<typeof introduced>, spec: string): Interface => {
    const [after, ...others] = accepted(before, call('ModifyRouterInterfaceSpec', 'ri-a', { Spec: spec }));
    expect(others).toEqual([]);
    return the('ri-a', after);
  };

  test('shows the new Spec, by way of any status the documents allow (A12)', () => {
    const active = changing(linked(), 'Large.2');
    expect(active).toMatchObject({ spec: 'Large.2', specChanged: true, since: now });
    expect(stateNames(active.states)).toEqual(['Activating.connected', 'Modifying.connected']);
    const idle = changing(introduced(), 'Large.2');
    expect(stateNames(idle.states)).toEqual(['Idle.free', 'Activating.unconnected', 'Modifying.unconnected']);
  });

  test('of an inactive interface leaves its status', () => {
    const inactive = changing(linked('Inactive.frozen'), 'Large.2');
    expect(inactive).toMatchObject({ spec: 'Large.2', since: 0 });
    expect(stateNames(inactive.states)).toEqual(['Inactive.frozen']);
  });

  test('leaves an acceptor at Negative (A13)', () => {
    expect(
      changing(
        linked('Inactive.frozen', 'Inactive.frozen', { role: 'AcceptingSide', spec: 'Negative' }),
        'Large.2',
      ).spec,
    ).toBe('Negative');
  });
});

describe('a deletion', () => {
  test('leaves an interface on its way out, with its fields', () => {
    const before = introduced();
    const [after] = accepted(before, call('DeleteRouterInterface', 'ri-a'));
    expect(stateNames(the('ri-a', after).states)).toEqual(['Deleting']);
    expect(the('ri-a', after)).toEqual({
      ...the('ri-a', before),
      states: at('Deleting'),
      since: now,
      cause: { event: 'DELETE', rules: ['R56', 'R59', 'R60'] },
    });
  });
});

describe('a read', () => {
  test.each(['DescribeRouterInterfaces', 'DescribeRouterInterfaceAttribute'] as const)(
    '%s of nothing changes nothing',
    (operation) => {
      const before = world([]);
      for (const after of accepted(
        before,
        call(operation, operation === 'DescribeRouterInterfaces' ? undefined : 'ri-x'),
      ))
        expect(after).toEqual(before);
    },
  );
});

test('what was refused meanwhile stays under suspicion until the change is seen', () => {
  const before = introduced({ news: unseen.refusal.list });
  const [after] = accepted(before, call('ModifyRouterInterfaceAttribute', 'ri-a', { Name: 'new' }));
  expect(the('ri-a', after).news & anyChange).toBe(anyChange);
});
