import { describe, expect, test } from 'vitest';
import { shown } from '../testing/descriptions.ts';
import { environment, introduced, linked, now, ri, tables, the, world } from '../testing/worlds.ts';
import { type Interface, noHealthCheck, type World } from '../world.ts';
import { lookAtAttribute } from './attribute.ts';

/** Fields that stay as they are (P7), and those that were set once, at the creation. */

type Fields = Readonly<Record<string, unknown>>;

function look(
  before: World,
  id: string,
  status: string,
  changes: Fields = {},
): ReturnType<typeof lookAtAttribute> {
  const each = the(id, before);
  const args = { RegionId: each.regionId, InstanceId: id };
  return lookAtAttribute(tables, before, args, shown(each, status, changes), now, false);
}

const wrong = (before: World, id: string, status: string, changes?: Fields): unknown =>
  look(before, id, status, changes).mismatches.map(({ field, rules }) => [field, ...rules]);

/** What is known once an interface was seen, and something harmless was done to it since. */
function seen(before: World, id: string, status: string, changes?: Fields): World {
  const { world: known, mismatches } = look(before, id, status, changes);
  expect(mismatches).toEqual([]);
  return known;
}

const alone = (changes: Partial<Interface> = {}): World => world([ri('ri-a', changes)]);

describe('CreationTime', () => {
  test.each(['2019-04-30T06:09:16Z', '2019-04-30T06:09Z', '2021-06-08T12:20:55'])('may be %s', (time) => {
    expect(wrong(alone(), 'ri-a', 'Idle', { CreationTime: time })).toEqual([]);
  });

  test.each([undefined, '', 1_556_604_556, 'yesterday', '2019-04-30 06:09:16'])('may not be %j', (time) => {
    expect(wrong(alone(), 'ri-a', 'Idle', { CreationTime: time })).toEqual([['CreationTime', 'P7']]);
  });
});

describe('what never changes', () => {
  test.each([
    ['CreationTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'],
    ['ChargeType', 'AfterPay', 'PrePaid'],
    ['ResourceGroupId', 'rg-default', 'rg-other'],
    ['ResourceGroupId', undefined, 'rg-other'],
    ['HcThreshold', 8, 3],
    ['HcRate', undefined, 2],
  ])('%s stays %j and does not become %j', (field, before, after) => {
    const known = seen(alone(), 'ri-a', 'Idle', { [field]: before });
    expect(wrong(known, 'ri-a', 'Idle', { [field]: before })).toEqual([]);
    expect(wrong(known, 'ri-a', 'Idle', { [field]: after })).toEqual([[field, 'P7']]);
  });

  test('is not set in whichever way that is spelt', () => {
    const known = seen(alone(), 'ri-a', 'Idle', { ResourceGroupId: '' });
    expect(wrong(known, 'ri-a', 'Idle', { ResourceGroupId: null })).toEqual([]);
  });

  test('is remembered without a new world for each look', () => {
    const known = seen(alone(), 'ri-a', 'Idle');
    expect(seen(known, 'ri-a', 'Idle')).toBe(known);
  });

  test('does not bind the defaults of a health check that was changed in part', () => {
    const known = seen(alone(), 'ri-a', 'Idle', { HcRate: 2 });
    const each = { ...the('ri-a', known), healthCheck: { ...noHealthCheck, threshold: '3' } };
    expect(wrong({ ...known, interfaces: [each] }, 'ri-a', 'Idle', { HcRate: 5 })).toEqual([]);
  });
});

describe('VpcInstanceId', () => {
  test('is the VPC of the router', () => {
    expect(wrong(alone(), 'ri-a', 'Idle', { VpcInstanceId: 'vpc-2' })).toEqual([['VpcInstanceId', 'R14']]);
    expect(wrong(alone(), 'ri-a', 'Idle', { VpcInstanceId: undefined })).toEqual([['VpcInstanceId', 'R14']]);
  });

  test('only stays the same where it is not known', () => {
    const env = environment({ routers: [{ id: 'vrt-1', regionId: 'cn-hangzhou' }] });
    const known = seen({ ...alone(), env }, 'ri-a', 'Idle', { VpcInstanceId: 'vpc-x' });
    expect(wrong(known, 'ri-a', 'Idle', { VpcInstanceId: 'vpc-y' })).toEqual([['VpcInstanceId', 'P7']]);
  });
});

describe('ConnectedTime', () => {
  const active = { ConnectedTime: '2026-01-01T00:01:00Z', OppositeInterfaceStatus: 'Active' };
  const pair = linked();

  test('is absent before the connection', () => {
    expect(wrong(introduced(), 'ri-a', 'Idle', { ConnectedTime: '2026-01-01T00:01:00Z' })).toEqual([
      ['ConnectedTime', 'P7'],
    ]);
  });

  test('is there once both ends are Active, and a time', () => {
    for (const id of ['ri-a', 'ri-b']) {
      expect(wrong(pair, id, 'Active', active)).toEqual([]);
      for (const ConnectedTime of [undefined, 'now', 7])
        expect(wrong(pair, id, 'Active', { ...active, ConnectedTime })).toEqual([['ConnectedTime', 'P7']]);
    }
  });

  test('may be missing from an acceptor that is ahead of its initiator (A3)', () => {
    const ahead = linked('Connecting.answered', 'Active.linked', { since: now });
    const changes = { ConnectedTime: undefined, OppositeInterfaceStatus: 'Connecting' };
    expect(wrong(ahead, 'ri-b', 'Active', changes)).toEqual([]);
  });

  test('stays until something is done', () => {
    const known = seen(pair, 'ri-a', 'Active', active);
    const later = { ...active, ConnectedTime: '2026-01-01T00:02:00Z' };
    expect(wrong(known, 'ri-a', 'Active', later)).toEqual([['ConnectedTime', 'P7']]);
    const again = { ...the('ri-a', known), since: now - 1 };
    expect(wrong({ ...known, interfaces: [again, the('ri-b', known)] }, 'ri-a', 'Active', later)).toEqual([]);
  });
});

describe('what was asked for at the creation', () => {
  test('is the resource group that is shown', () => {
    const grouped = alone({ resourceGroupId: 'rg-1' });
    expect(wrong(grouped, 'ri-a', 'Idle')).toEqual([]);
    expect(wrong(grouped, 'ri-a', 'Idle', { ResourceGroupId: 'rg-2' })).toEqual([['ResourceGroupId', 'R14']]);
    expect(wrong(grouped, 'ri-a', 'Idle', { ResourceGroupId: undefined })).toEqual([
      ['ResourceGroupId', 'R14'],
    ]);
  });

  test('rules PrePaid out where it was PostPaid', () => {
    for (const charge of ['PrePaid', 'Prepaid'])
      expect(wrong(alone({ chargeType: 'PostPaid' }), 'ri-a', 'Idle', { ChargeType: charge })).toEqual([
        ['ChargeType', 'R14'],
      ]);
    expect(wrong(alone({ chargeType: 'PostPaid' }), 'ri-a', 'Idle', { ChargeType: 'PayByTraffic' })).toEqual(
      [],
    );
    expect(wrong(alone(), 'ri-a', 'Idle', { ChargeType: 'PrePaid' })).toEqual([]);
  });

  test('are the tags that are shown, all and no others', () => {
    const tagged = alone({ tags: { team: 'a', k: '' } });
    const list = (...tags: readonly unknown[]): Fields => ({ Tags: { Tags: tags } });
    const [team, k] = [
      { Key: 'team', Value: 'a' },
      { Key: 'k', Value: '' },
    ];
    expect(wrong(tagged, 'ri-a', 'Idle', list(k, team))).toEqual([]);
    expect(wrong(tagged, 'ri-a', 'Idle', list({ Key: 'k' }, team))).toEqual([]);
    for (const changes of [
      { Tags: undefined },
      { Tags: 'team=a' },
      { Tags: { Tag: [team, k] } },
      list(),
      list(team),
      list(team, k, { Key: 'x', Value: '' }),
      list({ Key: 'team', Value: 'b' }, k),
      list(null, k),
    ])
      expect(wrong(tagged, 'ri-a', 'Idle', changes)).toEqual([['Tags', 'R14']]);
    expect(wrong(alone(), 'ri-a', 'Idle', list(team))).toEqual([['Tags', 'R14']]);
    for (const none of [{ Tags: null }, { Tags: '' }, list()])
      expect(wrong(alone(), 'ri-a', 'Idle', none)).toEqual([]);
  });
});

describe('health-check numbers', () => {
  const checked = alone({ healthCheck: { ...noHealthCheck, threshold: '8', rate: '2000' } });

  test.each([
    [8, 2000],
    ['8', '2000'],
    [8, 2],
    ['8', '2'],
  ])('are shown as they were sent, the rate in seconds too (A21): %j, %j', (HcThreshold, HcRate) => {
    expect(wrong(checked, 'ri-a', 'Idle', { HcThreshold, HcRate })).toEqual([]);
  });

  test('may be rounded to seconds, and no further', () => {
    const half = alone({ healthCheck: { ...noHealthCheck, rate: '2500' } });
    for (const HcRate of [2, 3, 2.5]) expect(wrong(half, 'ri-a', 'Idle', { HcRate })).toEqual([]);
    for (const HcRate of [1, 4, 25, '', undefined])
      expect(wrong(half, 'ri-a', 'Idle', { HcRate })).toEqual([['HcRate', 'R72']]);
  });

  test('are not others, and not missing', () => {
    for (const HcThreshold of [3, '', undefined])
      expect(wrong(checked, 'ri-a', 'Idle', { HcThreshold })).toEqual([['HcThreshold', 'R72']]);
  });
});
