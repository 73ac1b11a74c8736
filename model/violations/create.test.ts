import { describe, expect, test } from 'vitest';
import {
  at,
  createArgs,
  environment,
  named,
  now,
  otherRegion,
  region,
  ri,
  tables,
  world,
} from '../testing/worlds.ts';
import type { World } from '../world.ts';
import { requestOf } from '../tokens.ts';
import { createViolations } from './create.ts';

type Args = Readonly<Record<string, string | undefined>>;
const none = { must: [], may: [] };
const x = (count: number): string => 'x'.repeat(count);

/** What the good request violates once it is changed; undefined leaves a parameter out. */
function creating(args: Args = {}, before: World = world([])): ReturnType<typeof named> {
  return named('CREATE', createViolations(tables, before, sent(args), now));
}

function sent(args: Args): Record<string, string> {
  const all: Args = { ...createArgs, ...args };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

test('a complete request violates nothing', () => {
  expect(creating()).toEqual(none);
  expect(creating({ Role: 'AcceptingSide', Spec: 'Negative', OppositeRouterType: 'VRouter' })).toEqual(none);
});

describe('what must be given', () => {
  test.each(['Role', 'Spec', 'RouterType', 'RouterId', 'OppositeRegionId'])(
    '%s, and not empty (P4)',
    (name) => {
      expect(creating({ [name]: undefined }).must).toEqual(['P4']);
      expect(creating({ [name]: '' }).must).toEqual(['P4']);
    },
  );

  test('RegionId (R1), one that exists (R3)', () => {
    // In no region, or one that does not exist, the router may not be found either.
    expect(creating({ RegionId: undefined })).toEqual({ must: ['R1'], may: ['P5'] });
    expect(creating({ RegionId: 'cn-nowhere' })).toEqual({ must: ['R3'], may: ['P5'] });
  });

  test('not the Spec of an acceptor for certain, as it can only be Negative', () => {
    expect(creating({ Role: 'AcceptingSide', Spec: undefined })).toEqual({ must: [], may: ['P4'] });
  });

  test('an opposite region that exists, perhaps', () => {
    expect(creating({ OppositeRegionId: 'cn-nowhere' })).toEqual({ must: [], may: ['P5'] });
    expect(creating({ OppositeRegionId: otherRegion })).toEqual(none);
  });
});

describe('role and specification', () => {
  test('the role is one of two (R9)', () => {
    expect(creating({ Role: 'Both' }).must).toEqual(['R9']);
    expect(creating({ Role: 'initiatingside' }).must).toEqual(['R9']);
  });

  test('the Spec is on a list (R10); on the concept page only, it may be refused', () => {
    expect(creating({ Spec: 'Huge.1' })).toEqual({ must: ['R10'], may: [] });
    expect(creating({ Spec: 'Middle.4' })).toEqual({ must: [], may: ['R10'] });
  });

  test('an acceptor with a bandwidth (R11) or an initiator without one (R12) may be refused', () => {
    expect(creating({ Role: 'AcceptingSide', Spec: 'Mini.2' })).toEqual({ must: [], may: ['R11'] });
    expect(creating({ Spec: 'Negative' })).toEqual({ must: [], may: ['R12'] });
  });
});

describe('the router', () => {
  test('exists, in the region of the request (P5)', () => {
    expect(creating({ RouterId: 'vrt-x' }).must).toEqual(['P5']);
    expect(creating({ RegionId: otherRegion }).must).toEqual(['P5']);
    expect(creating({ RegionId: 'cn-nowhere' }).must).not.toContain('P5');
  });

  test('is of a known type (P4), and no test owns a border router (P5)', () => {
    expect(creating({ RouterType: 'Switch' }).must).toEqual(['P4']);
    expect(creating({ RouterType: 'VBR' })).toEqual({ must: ['P5'], may: ['R23'] });
    expect(creating({ RouterType: 'VBR', AccessPointId: 'ap-1' })).toEqual({ must: ['P5'], may: [] });
  });

  test('of type VRouter takes no access point (R23), with nothing certain', () => {
    expect(creating({ AccessPointId: 'ap-1' })).toEqual({ must: [], may: ['R23'] });
    expect(creating({ OppositeAccessPointId: 'ap-1' })).toEqual({ must: [], may: ['R23'] });
  });

  test('faces a border router only on the accepting side (R21), with its access point (R23)', () => {
    const vbr = { OppositeRouterType: 'VBR', OppositeAccessPointId: 'ap-1' };
    const accepting = { Role: 'AcceptingSide', Spec: 'Negative' };
    expect(creating(vbr)).toEqual({ must: ['R21'], may: [] });
    expect(creating({ ...vbr, ...accepting })).toEqual(none);
    expect(creating({ OppositeRouterType: 'VBR', ...accepting })).toEqual({ must: [], may: ['R23'] });
    expect(creating({ OppositeRouterType: 'Switch' }).must).toEqual(['P4']);
  });
});

describe('texts', () => {
  test('a health check needs a target with its source (R24)', () => {
    expect(creating({ HealthCheckSourceIp: '10.0.0.1' }).must).toEqual(['R24']);
    expect(creating({ HealthCheckSourceIp: '10.0.0.1', HealthCheckTargetIp: '10.0.0.2' })).toEqual(none);
  });

  test('addresses of a health check that are none may be refused (R24)', () => {
    const both = (ip: string): Args => ({ HealthCheckSourceIp: ip, HealthCheckTargetIp: ip });
    expect(creating(both('10.0.0'))).toEqual({ must: [], may: ['R24'] });
  });

  test('Name and Description have a form (R26)', () => {
    expect(creating({ Name: 'ab', Description: 'ab' })).toEqual(none);
    expect(creating({ Name: '1ab' }).must).toEqual(['R26']);
    expect(creating({ Description: 'a' }).must).toEqual(['R26']);
    expect(creating({ Name: 'a.b' })).toEqual({ must: [], may: ['R26'] });
    expect(creating({ Name: 'a.b', Description: 'a' })).toEqual({ must: ['R26'], may: ['R26'] });
  });

  test('there are at most 20 tags, with good keys (R27)', () => {
    const tags = (count: number): Args =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`Tags.${index + 1}.Key`, `k${index}`]));
    expect(creating(tags(20))).toEqual(none);
    expect(creating(tags(21)).must).toEqual(['R27']);
    expect(creating({ 'Tags.1.Key': 'acs:x' }).must).toEqual(['R27']);
    expect(creating({ 'Tags.1.Key': x(129) }).must).toEqual(['R27']);
  });
});

describe('quotas', () => {
  const crowded = (count: number, changes: Parameters<typeof ri>[1] = {}): World =>
    world(Array.from({ length: count }, (_, index) => ri(`ri-${index}`, changes)));

  test('the sixth interface on a router violates R17', () => {
    expect(creating({}, crowded(4))).toEqual(none);
    expect(creating({}, crowded(5))).toEqual({ must: ['R17'], may: [] });
    expect(creating({ RouterId: 'vrt-2' }, crowded(5))).toEqual(none);
  });

  test('those that are gone do not count, those that leave or are in doubt may', () => {
    expect(creating({}, crowded(5, { states: at('gone') }))).toEqual(none);
    expect(creating({}, crowded(5, { states: at('Deleting'), since: now }))).toEqual({
      must: [],
      may: ['R17'],
    });
    expect(creating({}, crowded(5, { trusted: false }))).toEqual({ must: [], may: ['R17'] });
  });

  test('the quota of the account may be violated only where it was seen to be enforced (R18)', () => {
    const env = environment({ limits: { perRouter: 5, perAccount: 3 } });
    expect(creating({ RouterId: 'vrt-2' }, { ...crowded(3), env })).toEqual({ must: [], may: ['R18'] });
    expect(creating({ RouterId: 'vrt-2' }, { ...crowded(2), env })).toEqual(none);
  });
});

describe('overdue bills', () => {
  test('rule out a new interface (R19); a locked one may be what they are', () => {
    expect(creating({}, world([], { overdue: true }))).toEqual({ must: ['R19'], may: [] });
    expect(creating({}, world([ri('ri-a', { business: 'FinancialLocked' })]))).toEqual({
      must: [],
      may: ['R19'],
    });
    expect(creating({}, world([ri('ri-a', { business: 'SecurityLocked' })]))).toEqual(none);
  });
});

test('the same request under a used token repeats what was made (R32)', () => {
  const args = sent({ ClientToken: 't' });
  const token = {
    operation: 'CreateRouterInterface',
    token: 't',
    request: requestOf(args),
    accepted: true,
    made: 'ri-a',
  };
  const found = createViolations(tables, world([ri('ri-a')], { tokens: [token] }), args, now);
  expect(named('CREATE', found)).toEqual({ must: ['R32'], may: [] });
  expect(found.repeats).toBe(token);
  expect(args['RegionId']).toBe(region);
});
