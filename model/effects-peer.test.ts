import { describe, expect, test } from 'vitest';
import {
  acceptor,
  accepted,
  at,
  call,
  initiator,
  introduced,
  linked,
  now,
  settleMs,
  stateNames,
  the,
  toldOf,
  world,
} from './testing/worlds.ts';
import type { World } from './world.ts';

/** Each world after the call, as the choices it rests on and the states of both ends. */
const ends = (worlds: readonly World[]): unknown[] =>
  worlds.map((after) => [
    after.choices,
    stateNames(the('ri-a', after).states),
    stateNames(the('ri-b', after).states),
  ]);

describe('a connect', () => {
  const [after, ...others] = accepted(introduced(), call('ConnectRouterInterface', 'ri-a'));

  test('leaves the initiator Connecting and the acceptor accepting, or idle for the moment (A3)', () => {
    expect(others).toEqual([]);
    expect(stateNames(the('ri-a', after).states)).toEqual(['Connecting.answered']);
    expect(stateNames(the('ri-b', after).states)).toEqual(['Idle.awaited', 'AcceptingConnecting']);
  });

  test('joins the two for life, from now on', () => {
    expect(the('ri-a', after)).toMatchObject({
      link: 'ri-b',
      since: now,
      cause: { event: 'CONNECT', rules: ['R33', 'R34', 'R43'] },
    });
    expect(the('ri-b', after)).toMatchObject({
      link: 'ri-a',
      since: now,
      cause: { event: 'PEER_CONNECTS', rules: ['R43'] },
    });
  });

  test('touches nothing else of either', () => {
    const before = introduced();
    for (const id of ['ri-a', 'ri-b']) {
      const { states: _s, since: _i, cause: _c, link: _l, ...rest } = the(id, after);
      expect(the(id, before)).toMatchObject(rest);
    }
  });

  test('that nobody answers may hang, which is a choice of the target (A4)', () => {
    const alone = world([initiator(), acceptor({ opposite: toldOf('ri-c', 'vrt-1') })]);
    expect(ends(accepted(alone, call('ConnectRouterInterface', 'ri-a')))).toEqual([
      [{ A4: 'hangs' }, ['Connecting.unanswered'], ['Idle.free']],
    ]);
  });

  test('leaves an acceptor that is perhaps not idle where it may be', () => {
    const busy = introduced({}, { states: at('Activating.connected'), since: now });
    const [joined] = accepted(busy, call('ConnectRouterInterface', 'ri-a'));
    expect(stateNames(the('ri-b', joined).states)).toEqual(['Active.linked', 'Activating.connected']);
  });

  test('with an acceptor in doubt moves it from every state it may be in', () => {
    const worlds = accepted(introduced({}, { trusted: false }), call('ConnectRouterInterface', 'ri-a'));
    expect(worlds.map(({ choices }) => choices)).toEqual([{ A4: 'hangs' }, {}]);
    const joined = worlds[1];
    const states = stateNames(the('ri-b', joined).states);
    expect(states).toContain('AcceptingConnecting');
    expect(states).not.toContain('Idle.free');
  });

  test('to an interface that is not there joins nobody', () => {
    const alone = world([initiator({ trusted: false })]);
    for (const worlds of accepted(alone, call('ConnectRouterInterface', 'ri-a')))
      expect(the('ri-a', worlds).link).toBeNull();
  });
});

describe('a deactivation', () => {
  const deactivating = (before: World): unknown[] =>
    ends(accepted(before, call('DeactivateRouterInterface', 'ri-a')));

  test('takes the peer along, at once or later, or leaves it: the documents let it (A7)', () => {
    expect(deactivating(linked())).toEqual([
      [{ A7: 'both' }, ['Deactivating'], ['Deactivating']],
      [{ A7: 'one' }, ['Deactivating'], ['Active.linked']],
      [{ A7: 'late' }, ['Deactivating'], ['Active.following']],
    ]);
  });

  test('does what the target was seen to choose', () => {
    expect(deactivating({ ...linked(), choices: { A7: 'both' } })).toEqual([
      [{ A7: 'both' }, ['Deactivating'], ['Deactivating']],
    ]);
    expect(deactivating({ ...linked(), choices: { A7: 'late' } })).toEqual([
      [{ A7: 'late' }, ['Deactivating'], ['Active.following']],
    ]);
    expect(deactivating({ ...linked(), choices: { A7: 'one' } })).toEqual([
      [{ A7: 'one' }, ['Deactivating'], ['Active.linked']],
    ]);
  });

  test('blames the rule on both ends for what the peer shows', () => {
    const [both, one, late] = accepted(linked(), call('DeactivateRouterInterface', 'ri-a'));
    expect(the('ri-b', both)).toMatchObject({
      cause: { event: 'PEER_DEACTIVATES', rules: ['R54'] },
      since: now,
    });
    expect(the('ri-b', late).cause).toEqual(the('ri-b', both).cause);
    expect(the('ri-b', one)).toEqual(the('ri-b', linked()));
  });

  test('asks nothing of a peer that is not active', () => {
    expect(deactivating(linked('Active.linked', 'Inactive.frozen'))).toEqual([
      [{}, ['Deactivating'], ['Inactive.frozen']],
    ]);
  });

  test('moves a peer that has perhaps just become active', () => {
    const before = linked('Active.linked', 'Activating.connected', {}, { since: now });
    expect(deactivating(before)).toEqual([
      [{ A7: 'both' }, ['Deactivating'], ['Deactivating', 'Activating.connected']],
      [{ A7: 'one' }, ['Deactivating'], ['Activating.connected']],
      [{ A7: 'late' }, ['Deactivating'], ['Active.following', 'Activating.connected']],
    ]);
  });

  test.each([
    ['Inactive.following', 'DeactivateRouterInterface', 'Active.linked', 'Inactive.frozen'],
    ['Active.following', 'ActivateRouterInterface', 'Inactive.frozen', 'Active.linked'],
  ] as const)('calls back a peer that has yet to follow: %s, %s', (following, operation, called, after) => {
    const before = { ...linked(called, following, {}, { since: now }), choices: { A7: 'late' } };
    const [next] = accepted(before, call(operation, 'ri-a'));
    expect(stateNames(the('ri-b', next).states)).toContain(after);
    expect(stateNames(the('ri-b', next).states)).not.toContain(following);
  });

  test('leaves a peer in doubt, and an interface without one', () => {
    expect(deactivating(linked('Active.linked', 'Active.linked', {}, { trusted: false }))).toHaveLength(1);
    const alone = world([initiator({ states: at('Active.linked') })]);
    expect(accepted(alone, call('DeactivateRouterInterface', 'ri-a')).map(({ choices }) => choices)).toEqual([
      {},
    ]);
  });
});

describe('an activation', () => {
  test('takes the peer along, at once or later, or leaves it (A7)', () => {
    expect(ends(accepted(linked('Inactive.frozen'), call('ActivateRouterInterface', 'ri-a')))).toEqual([
      [{ A7: 'both' }, ['Activating.connected'], ['Activating.connected']],
      [{ A7: 'one' }, ['Activating.connected'], ['Inactive.frozen']],
      [{ A7: 'late' }, ['Activating.connected'], ['Inactive.following']],
    ]);
  });

  test('leaves a peer that is active', () => {
    expect(
      ends(accepted(linked('Inactive.frozen', 'Active.linked'), call('ActivateRouterInterface', 'ri-a'))),
    ).toEqual([[{}, ['Activating.connected'], ['Active.linked']]]);
  });
});

describe('a deletion', () => {
  test('leaves an active survivor as it is, or freezes it (A8)', () => {
    expect(
      ends(accepted(linked('Inactive.frozen', 'Active.linked'), call('DeleteRouterInterface', 'ri-a'))),
    ).toEqual([
      [{ A8: 'becomes Inactive' }, ['Deleting'], ['Active.bereft']],
      [{ A8: 'unchanged' }, ['Deleting'], ['Active.linked']],
    ]);
  });

  test('leaves an inactive survivor alone', () => {
    expect(ends(accepted(linked('Inactive.frozen'), call('DeleteRouterInterface', 'ri-a')))).toEqual([
      [{}, ['Deleting'], ['Inactive.frozen']],
    ]);
  });

  test('of an acceptor half-way leaves its initiator hanging, or connects it all the same (A32)', () => {
    const halfway = linked('Connecting.answered', 'Idle.free', { since: now }, {});
    const worlds = accepted(halfway, call('DeleteRouterInterface', 'ri-b'));
    expect(ends(worlds)).toEqual([
      [{ A32: 'hangs', A8: 'becomes Inactive' }, ['Connecting.unanswered', 'Active.bereft'], ['Deleting']],
      [{ A32: 'hangs', A8: 'unchanged' }, ['Connecting.unanswered', 'Active.linked'], ['Deleting']],
      [{ A32: 'connects', A8: 'becomes Inactive' }, ['Connecting.answered', 'Active.bereft'], ['Deleting']],
      [{ A32: 'connects', A8: 'unchanged' }, ['Connecting.answered'], ['Deleting']],
    ]);
  });
});

test('whether the bound has passed decides what a peer can be', () => {
  const before = (since: number): World => linked('Active.linked', 'Deactivating', {}, { since });
  const late = accepted(before(now - settleMs - 1), call('DeactivateRouterInterface', 'ri-a'));
  const soon = accepted(before(now - settleMs), call('DeactivateRouterInterface', 'ri-a'));
  for (const worlds of [late, soon]) expect(ends(worlds)).toEqual([[{}, ['Deactivating'], ['Deactivating']]]);
});
