import { describe, expect, test } from 'vitest';
import type { Mismatch } from '../mismatch.ts';
import { shown } from '../testing/descriptions.ts';
import {
  at,
  environment,
  initiator,
  introduced,
  linked,
  now,
  region,
  ri,
  settleMs,
  tables,
  the,
  toldOf,
  world,
} from '../testing/worlds.ts';
import { noOpposite, type World } from '../world.ts';
import { checkItem } from './item.ts';

/** What is wrong with the item of ri-a in its status, with these fields of the peer on it. */
function wrong(
  before: World,
  fields: Readonly<Record<string, unknown>>,
  { lagging = false, status = 'Active', when = now } = {},
): unknown {
  const a = the('ri-a', before);
  const found: Mismatch[] = checkItem(
    tables,
    before,
    a,
    tables.closure(a.states),
    shown(a, status, fields),
    'list',
    when,
    lagging,
  );
  return found.map(({ field, rules, expected }) => [field, rules, expected]);
}

const status = 'OppositeInterfaceStatus';
const active = { [status]: 'Active' };

describe('the status of the peer', () => {
  test('is shown by a settled pair (R86)', () => {
    expect(wrong(linked(), active)).toEqual([]);
    expect(wrong(linked(), {})).toEqual([[status, ['R86'], 'Active']]);
    expect(wrong(linked(), { [status]: '' })).toEqual([[status, ['R86'], 'Active']]);
    expect(wrong(linked(), { [status]: 'Idle' })).toEqual([[status, ['R86'], 'Active']]);
  });

  test('may be left out while either end is not active', () => {
    expect(wrong(linked('Active.linked', 'Inactive.frozen'), {})).toEqual([]);
    expect(wrong(linked('Inactive.frozen', 'Active.linked'), {}, { status: 'Inactive' })).toEqual([]);
    expect(wrong(introduced(), {}, { status: 'Idle' })).toEqual([]);
  });

  test('if shown at all, is one that the peer can be in', () => {
    const pending = linked('Active.linked', 'Deactivating', {}, { since: now });
    for (const label of ['Deactivating', 'Inactive']) expect(wrong(pending, { [status]: label })).toEqual([]);
    expect(wrong(pending, active)).toEqual([[status, ['R86'], 'Deactivating or Inactive']]);
    expect(wrong(pending, { [status]: 'Deactivating' }, { when: now + settleMs + 1 })).toEqual([
      [status, ['R86'], 'Inactive'],
    ]);
    expect(wrong(introduced(), { [status]: 'Idle' }, { status: 'Idle' })).toEqual([]);
  });

  test('is Deleted once the peer is gone (A8)', () => {
    const bereft = linked('Inactive.frozen', 'gone');
    expect(wrong(bereft, { [status]: 'Deleted' }, { status: 'Inactive' })).toEqual([]);
    expect(wrong(bereft, {}, { status: 'Inactive' })).toEqual([]);
    expect(wrong(bereft, { [status]: 'Active' }, { status: 'Inactive' })).toEqual([
      [status, ['R86'], 'Deleted'],
    ]);
  });

  test('is nobody’s where it was told of an interface that never was, and absent where it was told of none', () => {
    const strange = world([initiator({ opposite: toldOf('ri-x', 'vrt-2') })]);
    expect(wrong(strange, { [status]: 'Idle' }, { status: 'Idle' })).toEqual([]);
    const alone = world([ri('ri-a')]);
    expect(wrong(alone, { [status]: 'Idle' }, { status: 'Idle' })).toEqual([
      [status, ['R86'], 'no such key'],
    ]);
    expect(wrong(alone, {}, { status: 'Idle' })).toEqual([]);
  });

  test('of a peer in doubt is anything', () => {
    expect(
      wrong(linked('Active.linked', 'Active.linked', {}, { trusted: false }), { [status]: 'Idle' }),
    ).toEqual([]);
  });
});

describe('the fields of the peer', () => {
  test.each([
    ['OppositeInterfaceSpec', 'Negative', 'Mini.2'],
    ['OppositeInterfaceBusinessStatus', 'Normal', 'FinancialLocked'],
    ['OppositeBandwidth', 0, 2],
    ['OppositeVpcInstanceId', 'vpc-2', 'vpc-1'],
  ])('%s mirrors it, if shown (R86)', (field, right, other) => {
    expect(wrong(linked(), { ...active, [field]: right })).toEqual([]);
    expect(wrong(linked(), { ...active, [field]: '' })).toEqual([]);
    expect(wrong(linked(), { ...active, [field]: other })).toEqual([
      [field, ['R86'], expect.stringContaining(JSON.stringify(right)) as string],
    ]);
  });

  test('are not held to anything before there is a connection, or after the peer is gone', () => {
    const odd = { OppositeInterfaceSpec: 'Mini.2', OppositeBandwidth: 99 };
    expect(wrong(introduced(), odd, { status: 'Idle' })).toEqual([]);
    expect(wrong(linked('Inactive.frozen', 'gone'), odd, { status: 'Inactive' })).toEqual([]);
    expect(
      wrong(linked('Inactive.frozen', 'Deleting', {}, { since: now }), odd, { status: 'Inactive' }),
    ).toEqual([]);
  });

  test('are not held to the peer when it was told of another one since', () => {
    const told = linked('Active.linked', 'Active.linked', { opposite: toldOf('ri-c', 'vrt-2') });
    expect(wrong(told, { ...active, OppositeInterfaceSpec: 'Mini.2' })).toEqual([]);
  });

  test('of a peer with a concept spec have any bandwidth', () => {
    const wide = linked('Active.linked', 'Active.linked', {}, { spec: 'Middle.4' });
    expect(wrong(wide, { ...active, OppositeBandwidth: 123 })).toEqual([]);
  });

  test('of a router that is not ours have any VPC', () => {
    const far = linked('Active.linked', 'Active.linked', {}, { routerId: 'vrt-3' });
    expect(wrong(far, { ...active, OppositeVpcInstanceId: 'vpc-9' })).toEqual([]);
  });
});

describe('a read that lags', () => {
  const recent = linked(
    'Active.linked',
    'Active.linked',
    {},
    {
      since: now - 1,
      earlier: [
        { until: now - 1, interface: ri('ri-b', { states: at('AcceptingConnecting'), since: now - 2 }) },
      ],
    },
  );

  test('may show the peer as it was a moment ago, or leave it out', () => {
    const late = { ...recent, env: environment({ readsLag: true }) };
    for (const label of ['AcceptingConnecting', 'Active'])
      expect(wrong(late, { [status]: label }, { lagging: true })).toEqual([]);
    expect(wrong(late, {}, { lagging: true })).toEqual([]);
    expect(wrong(late, { [status]: 'Idle' }, { lagging: true })).toHaveLength(1);
    expect(wrong(late, { [status]: 'AcceptingConnecting' })).toHaveLength(1);
  });

  test('may show a peer that was not there yet as Deleted', () => {
    const unborn = linked(
      'Active.linked',
      'Active.linked',
      {},
      { earlier: [{ until: now - 1, interface: null }] },
    );
    expect(wrong(unborn, { ...active, OppositeInterfaceSpec: 'x' }, { lagging: true })).toEqual([]);
    expect(wrong(unborn, { ...active, OppositeInterfaceSpec: 'x' })).toHaveLength(1);
  });
});

test('an interface that was told of nobody mirrors nobody', () => {
  const alone = world([
    ri('ri-a', { opposite: { ...noOpposite, regionId: region }, states: at('Active.linked') }),
  ]);
  expect(wrong(alone, { OppositeInterfaceSpec: 'x' })).toEqual([]);
});
