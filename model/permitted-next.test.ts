import { describe, expect, test } from 'vitest';
import { anyChange, anyRefusal } from './describe/blame.ts';
import {
  ask,
  at,
  call,
  createArgs,
  introduced,
  linked,
  now,
  refusals,
  ri,
  stateNames,
  the,
  world,
} from './testing/worlds.ts';
import { requestOf } from './tokens.ts';
import type { Outcome } from './outcomes.ts';
import type { Call } from './permitted.ts';
import type { World } from './world.ts';

/** All worlds after the outcomes of one kind. */
function after(before: World, asked: Call, kind: Outcome['kind']): World[] {
  const permits = ask(before, asked);
  return permits.outcomes.flatMap((outcome) => (outcome.kind === kind ? permits.next(outcome, {}) : []));
}

describe('a refusal', () => {
  const refused = (before: World): World[] =>
    after(before, call('ConnectRouterInterface', 'ri-a'), 'refusal');

  test('changes nothing but what is known of the status', () => {
    const before = linked(
      'Connecting.answered',
      'AcceptingConnecting',
      { since: now - 1, news: 0 },
      { since: now - 1 },
    );
    const found = refused(before);
    for (const each of found) {
      expect(each.interfaces[1]).toBe(before.interfaces[1]);
      expect(the('ri-a', each)).toEqual({
        ...the('ri-a', before),
        states: the('ri-a', each).states,
        news: anyRefusal,
      });
    }
    // Refused by R34 on its way or when it was there already; by R38 and R39 in either.
    expect(new Set(found.flatMap((each) => stateNames(the('ri-a', each).states)))).toEqual(
      new Set(['Connecting.answered', 'Active.linked']),
    );
  });

  test('tells in which states it can have been refused, where what was believed is out of date', () => {
    const late = linked('Connecting.answered', 'AcceptingConnecting');
    for (const each of refused(late)) expect(stateNames(the('ri-a', each).states)).toEqual(['Active.linked']);
  });

  test('keeps what may have come by itself of any state it was in', () => {
    const before = world([ri('ri-a', { states: at('Idle.free', 'Modifying.connected') })]);
    const permits = ask(before, call('ModifyRouterInterfaceSpec', 'ri-a', { RegionId: '' }));
    const region = permits.outcomes.find(({ rules }) => rules.includes('R1'));
    if (region === undefined) throw new Error('R1 does not refuse it');
    const [left] = permits.next(region, {});
    expect(stateNames(the('ri-a', left).states)).toEqual(['Idle.free', 'Active.linked']);
  });

  test('that fits any status tells nothing of it', () => {
    const before = linked('Deactivating', 'Active.linked', { since: now });
    const permits = ask(before, call('DeactivateRouterInterface', 'ri-a', { RegionId: '' }));
    const region = permits.outcomes.find(({ rules }) => rules.includes('R1'));
    if (region === undefined) throw new Error('R1 does not refuse it');
    expect(the('ri-a', permits.next(region, {})[0]).states).toBe(the('ri-a', before).states);
  });

  test('remembers that its token was refused', () => {
    const asked = call('DeleteRouterInterface', 'ri-a', { ClientToken: 't' });
    expect(after(linked(), asked, 'refusal')[0]?.tokens).toEqual([
      { operation: 'DeleteRouterInterface', token: 't', request: requestOf(asked.args), accepted: false },
    ]);
  });

  test('of a call about no interface leaves all as it was', () => {
    const before = introduced();
    expect(after(before, call('ConnectRouterInterface', 'ri-x'), 'refusal')).toEqual([before]);
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
  const before = world([ri('ri-a', { news: 0 })], { tokens: [token] });

  test('permits the first answer again or a refusal (A16), never the work', () => {
    const permitted = ask(before, { operation: 'CreateRouterInterface', args });
    expect(permitted.outcomes.map(({ kind }) => kind).toSorted()).toEqual(['refusal', 'replay']);
    expect(permitted.violations.repeats).toBe(token);
  });

  test('answered again leaves the interface as it is, under suspicion of R32', () => {
    const [replayed] = after(before, { operation: 'CreateRouterInterface', args }, 'replay');
    expect(the('ri-a', replayed)).toEqual({
      ...the('ri-a', before),
      cause: { event: 'CREATE', rules: ['R32', 'R13', 'R14'] },
      news: anyChange,
    });
  });

  test('of something that left no interface changes nothing', () => {
    const { made: _made, ...rest } = { ...token, operation: 'DeleteRouterInterface' };
    const asked = call('DeleteRouterInterface', 'ri-x', { ClientToken: 't' });
    const gone = world([], { tokens: [{ ...rest, request: requestOf(asked.args) }] });
    expect(after(gone, asked, 'replay')).toEqual([gone]);
  });

  test('with another request may also be done', () => {
    const permitted = ask(before, { operation: 'CreateRouterInterface', args: { ...args, Name: 'other' } });
    expect(permitted.outcomes.map(({ kind }) => kind).toSorted()).toEqual(['refusal', 'replay', 'success']);
    expect(refusals(permitted)).toEqual(['R32?']);
  });
});
