import { describe, expect, test } from 'vitest';
import type { Mismatch } from '../mismatch.ts';
import { shown } from '../testing/descriptions.ts';
import { at, linked, now, ri, tables, the, toldOf, world } from '../testing/worlds.ts';
import { type Interface, noHealthCheck, noOpposite } from '../world.ts';
import { anyChange, unseen } from './blame.ts';
import { checkItem } from './item.ts';

/** What is wrong with an item about an idle interface, changed as told. */
function wrong(
  changes: Readonly<Record<string, unknown>>,
  fields: Partial<Interface> = {},
  status = 'Idle',
): readonly Mismatch[] {
  const each = ri('ri-a', fields);
  return checkItem(
    tables,
    world([each]),
    each,
    tables.closure(each.states),
    shown(each, status, changes),
    'list',
    now,
    false,
  );
}

const brief = (found: readonly Mismatch[]): unknown => found.map(({ field, rules }) => [field, rules]);

test('an item that shows what is believed has nothing wrong, with all fields or few', () => {
  const full: Partial<Interface> = {
    name: 'edge',
    description: 'A link',
    opposite: toldOf('ri-b', 'vrt-2'),
    healthCheck: { ...noHealthCheck, sourceIp: '10.0.0.1', targetIp: '10.0.0.2' },
  };
  expect(wrong({}, full)).toEqual([]);
  expect(wrong({})).toEqual([]);
});

describe('a wrong field', () => {
  test.each([
    ['RouterId', 'vrt-2', ['R14']],
    ['RouterType', 'VBR', ['R14']],
    ['Role', 'AcceptingSide', ['R16']],
    ['OppositeRegionId', 'cn-beijing', ['R14']],
    ['Spec', 'Mini.5', ['R10']],
    ['Bandwidth', 5, ['R31']],
    ['BusinessStatus', 'FinancialLocked', ['R85']],
    ['ChargeType', 'Free', ['R14']],
    ['Name', 'other', ['R72']],
    ['Description', 'other', ['R72']],
    ['HealthCheckSourceIp', '10.0.0.9', ['R72']],
    ['HealthCheckTargetIp', '10.0.0.9', ['R72']],
    ['OppositeInterfaceId', 'ri-c', ['R29', 'R72']],
    ['OppositeRouterId', 'vrt-3', ['R29', 'R72']],
    ['OppositeRouterType', 'VBR', ['R29', 'R72']],
    ['OppositeInterfaceOwnerId', '99', ['R29', 'R72']],
  ])('%s shown as %j breaks %j, and so does its absence where it must be there', (field, value, rules) => {
    const full: Partial<Interface> = {
      name: 'edge',
      description: 'A link',
      opposite: toldOf('ri-b', 'vrt-2'),
      healthCheck: { ...noHealthCheck, sourceIp: '10.0.0.1', targetIp: '10.0.0.2' },
    };
    expect(wrong({ [field]: value }, full)).toEqual([
      {
        field,
        rules,
        expected: expect.any(String) as string,
        observed: JSON.stringify(value),
        interfaceId: 'ri-a',
      },
    ]);
    const absent = wrong({ [field]: undefined }, full);
    // Never documented as always there, or known to be left out (A33, A35).
    if (field === 'ChargeType') expect(absent).toEqual([]);
    else expect(brief(absent.slice(0, 1))).toEqual([[field, rules]]);
  });

  test('that was never set may be absent or empty, but not filled (A35)', () => {
    for (const field of [
      'Description',
      'HealthCheckSourceIp',
      'HealthCheckTargetIp',
      'OppositeInterfaceId',
      'OppositeRouterId',
      'Name',
    ]) {
      expect(wrong({ [field]: '' }), field).toEqual([]);
      expect(wrong({ [field]: 'x' }).length, field).toBe(1);
    }
  });

  test('of a connected interface is about its peer too (R86)', () => {
    const before = linked();
    const a = the('ri-a', before);
    const item = shown(a, 'Active', { OppositeInterfaceId: 'ri-c', OppositeInterfaceStatus: 'Active' });
    const found = checkItem(tables, before, a, a.states, item, 'list', now, false);
    expect(brief(found)).toEqual([['OppositeInterfaceId', ['R29', 'R72', 'R86']]]);
  });

  test('Spec is blamed on how it came about', () => {
    const acceptor: Partial<Interface> = { role: 'AcceptingSide', spec: 'Negative' };
    expect(brief(wrong({ Spec: 'x', Bandwidth: 0 }, acceptor))).toEqual([['Spec', ['R11']]]);
    expect(brief(wrong({ Spec: 'x' }, { ...acceptor, specChanged: true }))).toEqual([['Spec', ['R74']]]);
    expect(brief(wrong({ Spec: 'x' }, { specChanged: true }))).toEqual([['Spec', ['R79']]]);
    expect(brief(wrong({ Bandwidth: 9 }, { specChanged: true }))).toEqual([['Bandwidth', ['R31', 'R79']]]);
  });
});

describe('leniencies', () => {
  test('without a Name it may be the id (R15)', () => {
    expect(wrong({ Name: 'ri-a' })).toEqual([]);
    expect(brief(wrong({ Name: 'x' }))).toEqual([['Name', ['R15']]]);
  });

  test('Bandwidth may be counted in 1024, or be text; of a concept spec it is anybody’s', () => {
    expect(wrong({ Bandwidth: 2048 }, { spec: 'Large.2' })).toEqual([]);
    expect(wrong({ Bandwidth: '2000' }, { spec: 'Large.2' })).toEqual([]);
    expect(wrong({ Bandwidth: 123 }, { spec: 'Middle.4' })).toEqual([]);
    expect(wrong({ Bandwidth: 0 }, { spec: 'Negative' })).toEqual([]);
    expect(wrong({ Bandwidth: 2 }, { spec: 'Negative' })).toHaveLength(1);
  });

  test('the type of a peer that was never told may be the default, or none (A11)', () => {
    for (const type of [undefined, '', 'VRouter', 'VBR'])
      expect(wrong({ OppositeRouterType: type })).toEqual([]);
    expect(brief(wrong({ OppositeRouterType: 'Switch' }))).toEqual([['OppositeRouterType', ['R29', 'R72']]]);
  });

  test('the owner of the peer may be a number, and anything where it was never told (A21, A33)', () => {
    const told = { opposite: { ...noOpposite, regionId: 'cn-hangzhou', ownerId: '12' } };
    expect(wrong({ OppositeInterfaceOwnerId: 12 }, told)).toEqual([]);
    expect(wrong({ OppositeInterfaceOwnerId: '7' })).toEqual([]);
  });

  test('ChargeType may be any that was ever seen', () => {
    for (const type of ['AfterPay', 'PrePaid', 'Prepaid', 'PayByTraffic'])
      expect(wrong({ ChargeType: type })).toEqual([]);
  });
});

describe('Status', () => {
  const connect = { cause: { event: 'CONNECT', rules: ['R43'] }, states: at('Connecting.answered') };

  test('is a word of the documents (R83)', () => {
    for (const status of ['active', 'Deleted', '', 'Frozen'])
      expect(brief(wrong({ Status: status }))).toEqual([['Status', ['R83']]]);
    expect(brief(wrong({ Status: undefined }))).toEqual([['Status', ['R83']]]);
  });

  test('is one that it can be in, or the fault of what was last done', () => {
    const [found] = wrong({ Status: 'Active' }, { cause: { event: 'CREATE', rules: ['R13'] } });
    expect(found).toMatchObject({ field: 'Status', rules: ['R13'], expected: 'Idle', observed: '"Active"' });
    expect(wrong({}, connect, 'Active')).toEqual([]);
    expect(brief(wrong({}, connect, 'Idle'))).toEqual([['Status', ['R43']]]);
  });

  test('still on its way after the bound breaks the bound as well (P2)', () => {
    const each = ri('ri-a', connect);
    const settled = tables.settled(each.states);
    const found = checkItem(
      tables,
      world([each]),
      each,
      settled,
      shown(each, 'Connecting'),
      'list',
      now,
      false,
    );
    expect(brief(found)).toEqual([['Status', ['R43', 'P2']]]);
  });

  test('that moved by itself is blamed on what set it going, even if it was seen since', () => {
    const seen = { ...connect, news: 0 };
    expect(brief(wrong({}, seen, 'Inactive'))).toEqual([['Status', ['R43']]]);
    expect(brief(wrong({}, { news: 0 }, 'Inactive'))).toEqual([['Status', ['P1']]]);
  });

  test('of an interface that may be gone says so in what is expected', () => {
    const [found] = wrong({}, { states: at('Deleting') }, 'Active');
    expect(found?.expected).toBe('(not listed any more) or Deleting');
  });
});

test('BusinessStatus outside the words of the documents is wrong, whatever is believed', () => {
  const doubt = { trusted: false, states: tables.all };
  expect(brief(wrong({ BusinessStatus: 'Locked' }, doubt))).toEqual([['BusinessStatus', ['R85']]]);
  expect(wrong({ BusinessStatus: 'SecurityLocked' }, doubt)).toEqual([]);
});

describe('an interface in doubt', () => {
  test('is only held to the words of the documents', () => {
    const doubt = { trusted: false, states: tables.all };
    expect(wrong({ Spec: 'x', Role: 'x', Name: 'x' }, doubt, 'Active')).toEqual([]);
    expect(brief(wrong({}, doubt, 'active'))).toEqual([['Status', ['R83']]]);
  });
});

describe('blame', () => {
  test('goes to the rules of the field only while something was done and not seen', () => {
    expect(brief(wrong({ Name: 'x' }, { name: 'edge', news: anyChange }))).toEqual([['Name', ['R72']]]);
    expect(brief(wrong({ Name: 'x' }, { name: 'edge', news: 0 }))).toEqual([['Name', ['P1']]]);
    expect(brief(wrong({ Name: 'x' }, { name: 'edge', news: unseen.refusal.list }))).toEqual([
      ['Name', ['R44']],
    ]);
  });
});
