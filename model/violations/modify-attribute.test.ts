import { describe, expect, test } from 'vitest';
import { call, introduced, named, otherRegion, tables } from '../testing/worlds.ts';
import { findInterface, type Interface, noHealthCheck, noOpposite } from '../world.ts';
import { modifyAttributeViolations } from './modify-attribute.ts';

type Args = Readonly<Record<string, string>>;
const none = { must: [], may: [] };
const x = (count: number): string => 'x'.repeat(count);

function modifying(args: Args, a: Partial<Interface> = {}): ReturnType<typeof named> {
  const before = introduced(a);
  const sent = call('ModifyRouterInterfaceAttribute', 'ri-a', args).args;
  const subject = findInterface(before, sent['RouterInterfaceId']);
  return named('MODIFY_ATTRIBUTE', modifyAttributeViolations(tables, before, sent, subject));
}

test('a change of nothing violates nothing', () => {
  expect(modifying({})).toEqual(none);
});

test('region and id are needed and belong together', () => {
  expect(modifying({ RegionId: '' }).must).toEqual(['R1']);
  expect(modifying({ RouterInterfaceId: '' }).must).toEqual(['R2']);
  expect(modifying({ RegionId: otherRegion }).must).toEqual(['R6']);
});

describe('texts', () => {
  test.each([
    ['Name', 'R64', 128],
    ['Description', 'R65', 256],
  ])('%s has a form (%s)', (name, rule, max) => {
    for (const good of ['ab', x(max)]) expect(modifying({ [name]: good })).toEqual(none);
    for (const bad of ['a', x(max + 1), 'http://ab'])
      expect(modifying({ [name]: bad })).toEqual({ must: [rule], may: [] });
    expect(modifying({ [name]: '' })).toEqual({ must: [], may: [rule] });
  });
});

describe('opposite information', () => {
  test.each(['OppositeInterfaceId', 'OppositeRouterId', 'OppositeInterfaceOwnerId'])(
    '%s may be refused once connected (R62)',
    (name) => {
      expect(modifying({ [name]: '1' })).toEqual({ must: [], may: ['R62'] });
    },
  );

  test('the type is VRouter or VBR (R63)', () => {
    expect(modifying({ OppositeRouterType: 'VRouter' })).toEqual({ must: [], may: ['R62'] });
    expect(modifying({ OppositeRouterType: 'VBR' })).toEqual({ must: [], may: ['R62'] });
    expect(modifying({ OppositeRouterType: 'vbr' })).toEqual({ must: ['R63'], may: ['R62'] });
    expect(modifying({ OppositeRouterType: '' })).toEqual({ must: [], may: ['R62', 'R63'] });
  });

  test('an owner that is no number may be refused', () => {
    expect(modifying({ OppositeInterfaceOwnerId: 'me' }).may).toContain('R63');
  });

  test('may be refused for good when the peer is a border router (R69), or may be one', () => {
    const opposite = { ...noOpposite, regionId: 'cn-hangzhou', routerType: 'VBR' };
    expect(modifying({ OppositeRouterId: 'vbr-1' }, { opposite })).toEqual({ must: [], may: ['R62', 'R69'] });
    expect(modifying({ OppositeRouterId: 'vbr-1' }, { trusted: false }).may).toEqual(['R62', 'R69']);
    expect(modifying({ Name: 'ab' }, { opposite })).toEqual(none);
  });
});

describe('the health check', () => {
  const vbr = { opposite: { ...noOpposite, regionId: 'cn-hangzhou', routerType: 'VBR' } };
  const both = { HealthCheckSourceIp: '10.0.0.1', HealthCheckTargetIp: '10.0.0.2' };

  test('of two addresses is fine towards a border router, and may be refused elsewhere (R66)', () => {
    expect(modifying(both, vbr)).toEqual(none);
    expect(modifying(both)).toEqual({ must: [], may: ['R66'] });
  });

  test('of something that is no address violates R66', () => {
    expect(modifying({ ...both, HealthCheckSourceIp: '10.0.0' }, vbr).must).toEqual(['R66']);
    expect(modifying({ ...both, HealthCheckTargetIp: 'ten' }, vbr).must).toEqual(['R66']);
    expect(modifying({ HealthCheckTargetIp: 'ten' }, vbr).must).toEqual(['R66']);
  });

  test('of a source alone violates R66, unless the target was stored before', () => {
    const source = { HealthCheckSourceIp: '10.0.0.1' };
    expect(modifying(source, vbr)).toEqual({ must: ['R66'], may: [] });
    expect(modifying({ ...source, HealthCheckTargetIp: '' }, vbr)).toEqual({ must: ['R66'], may: [] });
    expect(modifying(source, { ...vbr, healthCheck: { ...noHealthCheck, targetIp: '10.0.0.2' } })).toEqual({
      must: [],
      may: ['R66'],
    });
  });

  test('of a target alone may be refused', () => {
    expect(modifying({ HealthCheckTargetIp: '10.0.0.2' }, vbr)).toEqual({ must: [], may: ['R66'] });
  });

  test('cannot be set and deleted at once (R67)', () => {
    expect(modifying({ ...both, DeleteHealthCheckIp: 'true' }, vbr).must).toEqual(['R67']);
    expect(modifying({ ...both, DeleteHealthCheckIp: 'True' }, vbr).must).toEqual(['R67']);
    expect(modifying({ ...both, DeleteHealthCheckIp: 'false' }, vbr)).toEqual(none);
    expect(modifying({ DeleteHealthCheckIp: 'true' })).toEqual(none);
  });

  test.each([
    ['HcThreshold', '8'],
    ['HcRate', '2000'],
  ])('%s is a number (R68); %s is recommended, any other may be out of range', (name, recommended) => {
    expect(modifying({ [name]: recommended })).toEqual(none);
    expect(modifying({ [name]: '9' })).toEqual({ must: [], may: ['R68'] });
    expect(modifying({ [name]: '-1' })).toEqual({ must: [], may: ['R68'] });
    for (const bad of ['eight', '2.5', '1e3', '']) expect(modifying({ [name]: bad }).must).toEqual(['R68']);
  });
});
