import { describe, expect, test } from 'vitest';
import { already, concurrently } from '../../model/refusals.ts';
import { listOf, onRouters, shown } from '../../model/testing/descriptions.ts';
import {
  acceptor,
  ask,
  at,
  call,
  createArgs,
  environment,
  initiator,
  introduced,
  linked,
  now,
  ri,
  tables,
  the,
  toldOf,
  world,
} from '../../model/testing/worlds.ts';
import { requestOf } from '../../model/tokens.ts';
import type { Call } from '../../model/permitted.ts';
import type { World } from '../../model/world.ts';
import { type Explanation, explainRefusal, explainSuccess } from './explain.ts';

type Body = Readonly<Record<string, unknown>>;
const connect = call('ConnectRouterInterface', 'ri-a');

const refusal = (before: World, asked: Call, status: number, code: string, message = ''): Explanation[] =>
  explainRefusal(before, asked, ask(before, asked), { status, code, message });
const success = (before: World, asked: Call, body: Body, lagging = false): Explanation[] =>
  explainSuccess(tables, before, asked, ask(before, asked), body, now, lagging);
const rules = (found: readonly Explanation[]): unknown => found.map(({ outcome }) => outcome.rules.join('/'));
const wrong = (found: readonly Explanation[]): unknown =>
  found.flatMap(({ mismatches }) => mismatches.map(({ field, rules: broken }) => [field, ...broken]));

describe('a refusal', () => {
  test('is explained by each violated rule with that code, and by no other', () => {
    const overdue = { ...introduced({ role: 'AcceptingSide' }), overdue: true };
    expect(rules(refusal(overdue, connect, 400, 'IncorrectRole.NotInitiatingSide'))).toEqual(['R33']);
    expect(rules(refusal(overdue, connect, 400, 'Forbidden.BillsOutstanding'))).toEqual(['R41']);
    expect(rules(refusal(overdue, connect, 400, 'Forbidden.OnlyOneConnection'))).toEqual([]);
    expect(rules(refusal(introduced(), connect, 400, 'IncorrectRole.NotInitiatingSide'))).toEqual([]);
  });

  test('may have been meant for several rules that share a code', () => {
    const asked = call('ConnectRouterInterface', 'ri-a');
    const lost = introduced(
      { opposite: { ...toldOf('ri-b', 'vrt-2'), routerId: undefined } },
      { opposite: toldOf('ri-c', 'vrt-1') },
    );
    expect(rules(refusal(lost, asked, 400, 'IncorrectOppositeInterfaceInfo.NotSet'))).toEqual(['R35', 'R36']);
  });

  test('with a listed code is not meant for a rule that has none', () => {
    const asked: Call = {
      operation: 'CreateRouterInterface',
      args: { ...createArgs, Role: 'Both', HealthCheckSourceIp: '10.0.0.1' },
    };
    expect(rules(refusal(world([]), asked, 400, 'InvalidRole.ValueNotSupported'))).toEqual(['R9']);
    expect(rules(refusal(world([]), asked, 400, 'InvalidHealthCheck'))).toEqual(['R24', 'R11']);
  });

  test('with a code that is only presumed for a rule is meant for that one all the same', () => {
    const asked: Call = {
      operation: 'CreateRouterInterface',
      args: { ...createArgs, Name: '1', HealthCheckSourceIp: '10.0.0.1' },
    };
    expect(rules(refusal(world([]), asked, 400, 'InvalidName.Malformd'))).toEqual(['R26']);
    expect(rules(refusal(world([]), asked, 400, 'BadRequest'))).toEqual(['R24', 'R26']);
  });

  test('is held to the edition of the world', () => {
    const env = environment({ edition: 'E2024' });
    const asked = call('ActivateRouterInterface', 'ri-a');
    expect(rules(refusal({ ...linked(), env }, asked, 400, 'IncorrectRIStatus'))).toEqual(['R45']);
    expect(rules(refusal({ ...linked(), env }, asked, 400, 'IncorrectStatus'))).toEqual([]);
  });
});

describe('the two texts of the one-pair rule', () => {
  const code = 'Forbidden.OnlyOneConnection';
  const beside = (stateC: string, stateD: string, since: number, edition: 'any' | 'E2018b' = 'any'): World =>
    world(
      [
        ...introduced().interfaces,
        initiator({ id: 'ri-c', opposite: toldOf('ri-d', 'vrt-2'), link: 'ri-d', states: at(stateC), since }),
        acceptor({ id: 'ri-d', opposite: toldOf('ri-c', 'vrt-1'), link: 'ri-c', states: at(stateD), since }),
      ],
      { env: environment({ edition }) },
    );
  const during = beside('Connecting.answered', 'AcceptingConnecting', now);
  const messages = (before: World, message: string): unknown =>
    wrong(refusal(before, connect, 400, code, message));

  test('"already" and "concurrently" are both right while a pair is perhaps connecting', () => {
    // Of the explanations, one has nothing against it.
    for (const text of [already, concurrently]) {
      const found = refusal(during, connect, 400, code, text);
      expect(rules(found)).toEqual(['R38', 'R39']);
      expect(found.some(({ mismatches }) => mismatches.length === 0)).toBe(true);
    }
  });

  test('"concurrently" is a lie when nothing is connecting', () => {
    const before = beside('Active.linked', 'Active.linked', 0);
    expect(messages(before, already)).toEqual([]);
    expect(messages(before, concurrently)).toEqual([['Message', 'R39']]);
    expect(messages(before, 'Only one, please')).toEqual([]);
  });

  test('"already" is no lie: the other pair may have been established meanwhile', () => {
    const alone = world(
      during.interfaces.filter(({ id }) => id !== 'ri-d'),
      { env: environment({ edition: 'E2018b' }) },
    );
    expect(rules(refusal(alone, connect, 400, code, already))).toEqual(['R39']);
    expect(messages(alone, already)).toEqual([]);
    expect(messages(alone, concurrently)).toEqual([]);
  });

  test('say nothing of other codes', () => {
    const found = refusal(linked(), connect, 400, 'IncorrectRIStatus', concurrently);
    expect(wrong(found)).toEqual([]);
  });
});

describe('a creation', () => {
  const create: Call = { operation: 'CreateRouterInterface', args: createArgs };

  test('tells the id of what it made, one that is new', () => {
    expect(wrong(success(introduced(), create, { RouterInterfaceId: 'ri-new' }))).toEqual([]);
    for (const id of [undefined, '', 7, 'ri-a']) {
      const found = success(introduced(), create, { RouterInterfaceId: id });
      expect(wrong(found)).toEqual([['RouterInterfaceId', 'R14']]);
      // What it made is not known, so nothing is believed to be made.
      expect(found.flatMap(({ worlds }) => worlds)).toEqual([introduced()]);
    }
  });

  test('has an OrderId for subscriptions only', () => {
    const body = { RouterInterfaceId: 'ri-new', OrderId: 7 };
    expect(wrong(success(introduced(), create, body))).toEqual([['OrderId', 'R14']]);
    const prepaid = { ...create, args: { ...createArgs, InstanceChargeType: 'PrePaid' } };
    expect(wrong(success(introduced(), prepaid, body))).toEqual([]);
  });
});

describe('a change of specification', () => {
  test('answers with the Spec that was set; with Negative only for an acceptor (A13)', () => {
    const asked = call('ModifyRouterInterfaceSpec', 'ri-a', { Spec: 'Large.2' });
    expect(wrong(success(linked(), asked, { Spec: 'Large.2' }))).toEqual([]);
    for (const spec of ['Mini.2', 'Negative', undefined])
      expect(wrong(success(linked(), asked, { Spec: spec }))).toEqual([['Spec', 'R79']]);
  });
});

describe('any other change', () => {
  test('answers with nothing that is checked', () => {
    expect(wrong(success(linked(), call('DeactivateRouterInterface', 'ri-a'), { Anything: 1 }))).toEqual([]);
  });

  test('that is not permitted has no explanation', () => {
    expect(success(linked(), call('ActivateRouterInterface', 'ri-a'), {})).toEqual([]);
  });
});

describe('a repeated token', () => {
  const args = { ...createArgs, ClientToken: 't' };
  const token = {
    operation: 'CreateRouterInterface',
    token: 't',
    request: requestOf(args),
    accepted: true,
    made: 'ri-a',
  };
  const again: Call = { operation: 'CreateRouterInterface', args };

  test('is answered with what the first request made (R32)', () => {
    const before = world([ri('ri-a')], { tokens: [token] });
    expect(wrong(success(before, again, { RouterInterfaceId: 'ri-a' }))).toEqual([]);
    expect(wrong(success(before, again, { RouterInterfaceId: 'ri-new' }))).toEqual([
      ['RouterInterfaceId', 'R32'],
    ]);
  });

  test('is answered with anything where nothing was made', () => {
    const { made: _made, ...plain } = { ...token, operation: 'ModifyRouterInterfaceSpec' };
    const asked = call('ModifyRouterInterfaceSpec', 'ri-a', { Spec: 'Large.2', ClientToken: 't' });
    const before = { ...linked(), tokens: [{ ...plain, request: requestOf(asked.args) }] };
    expect(wrong(success(before, asked, { Spec: 'whatever' }))).toEqual([]);
  });
});

describe('a look', () => {
  const both = introduced();
  const args = onRouters('vrt-1', 'vrt-2');
  const renamed = world([
    { ...the('ri-a', both), name: 'new', earlier: [{ until: now, interface: the('ri-a', both) }] },
    the('ri-b', both),
  ]);
  const items = [shown(the('ri-a', both), 'Idle'), shown(the('ri-b', both), 'Idle')];

  test('is held to what is believed, and to what was a moment ago only where reads lag', () => {
    const list: Call = { operation: 'DescribeRouterInterfaces', args };
    expect(wrong(success(both, list, listOf(items)))).toEqual([]);
    expect(wrong(success(renamed, list, listOf(items)))).toEqual([['Name', 'R72']]);
    expect(wrong(success(renamed, list, listOf(items), true))).toEqual([]);
    const attribute = call('DescribeRouterInterfaceAttribute', 'ri-a');
    expect(wrong(success(renamed, attribute, items[0] ?? {}))).toEqual([['Name', 'R72']]);
    expect(wrong(success(renamed, attribute, items[0] ?? {}, true))).toEqual([]);
  });
});
