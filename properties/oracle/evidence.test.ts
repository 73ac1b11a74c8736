import { describe, expect, test } from 'vitest';
import { everyEdition } from '../../model/refusals.ts';
import {
  ask,
  at,
  call,
  createArgs,
  introduced,
  linked,
  ri,
  tables,
  world,
} from '../../model/testing/worlds.ts';
import { requestOf } from '../../model/tokens.ts';
import type { Permitted } from '../../model/permitted.ts';
import { Evidence, noteDecidedChoices, noteOpenChoice, TransitionTracker } from './evidence.ts';
import type { Explanation } from './explain.ts';

const choices = (evidence: Evidence): unknown =>
  Object.fromEntries([...evidence.choices].map(([id, values]) => [id, Object.fromEntries(values)]));

describe('evidence', () => {
  function some(): Evidence {
    const evidence = new Evidence();
    evidence.rule('R1');
    evidence.rule('R1');
    evidence.choice('A7', 'both');
    evidence.transitions.add('t1');
    evidence.eclipsed.add('t2');
    evidence.editions = 0b110;
    return evidence;
  }
  function other(): Evidence {
    const evidence = new Evidence();
    evidence.rule('R1');
    evidence.rule('R2');
    evidence.choice('A7', 'both');
    evidence.choice('A7', 'one');
    evidence.choice('A8', 'unchanged');
    evidence.transitions.add('t3');
    evidence.editions = 0b011;
    return evidence;
  }
  const plain = (evidence: Evidence): unknown => ({
    rules: Object.fromEntries([...evidence.rules.entries()].map(([id, { count }]) => [id, count])),
    choices: choices(evidence),
    transitions: [...evidence.transitions.keys()].toSorted(),
    eclipsed: [...evidence.eclipsed].toSorted(),
    editions: evidence.editions,
  });

  test('adds up, in whatever order', () => {
    const [left, right] = [some(), other()];
    left.merge(other());
    right.merge(some());
    expect(plain(left)).toEqual({
      rules: { R1: 3, R2: 1 },
      choices: { A7: { both: 2, one: 1 }, A8: { unchanged: 1 } },
      transitions: ['t1', 't3'],
      eclipsed: ['t2'],
      editions: 0b010,
    });
    expect(plain(right)).toEqual(plain(left));
  });

  test('of nothing adds nothing, and fits every edition', () => {
    const evidence = some();
    evidence.merge(new Evidence());
    expect(plain(evidence)).toEqual(plain(some()));
    expect(new Evidence().editions).toBe(everyEdition);
  });
});

describe('noteOpenChoice', () => {
  const noted = (
    permit: Pick<Permitted, 'outcomes'> & Partial<Pick<Permitted, 'subject'>>,
    kind: string,
    readsLag = false,
  ): unknown => {
    const evidence = new Evidence();
    const clean: Explanation[] = permit.outcomes
      .filter((outcome) => outcome.kind === kind)
      .map((outcome) => ({ outcome, worlds: [], mismatches: [] }));
    noteOpenChoice(evidence, permit, clean, readsLag);
    return choices(evidence);
  };
  const opposite = call('ModifyRouterInterfaceAttribute', 'ri-a', {
    OppositeRouterId: 'vrt-2',
    OppositeRouterType: 'VRouter',
  });

  test('tells whether what may be refused was', () => {
    expect(noted(ask(linked(), opposite), 'refusal')).toEqual({ 'A10 R62': { refused: 1 } });
    expect(noted(ask(linked(), opposite), 'success')).toEqual({ 'A10 R62': { accepted: 1 } });
  });

  test('says nothing of what a read that lags may have found', () => {
    const look = call('DescribeRouterInterfaceAttribute', undefined, { InstanceId: 'ri-a' });
    const gone = ask(introduced({ states: at('gone') }), look);
    expect(noted(gone, 'success', false)).toEqual({ 'A25 R84': { accepted: 1 } });
    expect(noted(gone, 'success', true)).toEqual({});
    expect(noted(ask(world([]), look), 'success', true)).toEqual({ 'A25 R84': { accepted: 1 } });
  });

  test('tells when an earlier answer was given again', () => {
    const args = { ...createArgs, ClientToken: 't', Name: 'another' };
    const token = {
      operation: 'CreateRouterInterface',
      token: 't',
      request: requestOf(createArgs),
      accepted: true,
      made: 'ri-a',
    };
    const permit = ask(world([ri('ri-a')], { tokens: [token] }), {
      operation: 'CreateRouterInterface',
      args,
    });
    expect(noted(permit, 'replay')).toEqual({ 'A16 R32': { 'answered again': 1 } });
    expect(noted(permit, 'refusal')).toEqual({ 'A16 R32': { refused: 1 } });
  });

  test('tells nothing of a refusal that was certain, or may have been, nor of nothing', () => {
    expect(noted(ask(introduced(), call('ActivateRouterInterface', 'ri-a')), 'refusal')).toEqual({});
    const both = ask(linked(), opposite);
    const certain = ask(linked(), call('ActivateRouterInterface', 'ri-a'));
    expect(noted({ outcomes: [...both.outcomes, ...certain.outcomes] }, 'refusal')).toEqual({});
    expect(noted(ask(linked(), opposite), 'replay')).toEqual({});
  });
});

describe('noteDecidedChoices', () => {
  test('tells what all worlds agree on', () => {
    const evidence = new Evidence();
    const believed = (chosen: Readonly<Record<string, string>>) => ({ ...linked(), choices: chosen });
    noteDecidedChoices(evidence, [
      believed({ A7: 'both', A8: 'unchanged' }),
      believed({ A7: 'both', A8: 'becomes Inactive' }),
    ]);
    expect(choices(evidence)).toEqual({ A7: { both: 1 } });
    noteDecidedChoices(evidence, []);
    expect(choices(evidence)).toEqual({ A7: { both: 1 } });
  });
});

describe('TransitionTracker', () => {
  const tracked = (...acts: ((tracker: TransitionTracker) => void)[]): string[] => {
    const evidence = new Evidence();
    const tracker = new TransitionTracker(tables, evidence);
    for (const act of acts) act(tracker);
    return [...evidence.transitions.keys()];
  };
  const spec = ['Active: MODIFY_SPEC to Activating.connected', 'Active: MODIFY_SPEC to Modifying.connected'];

  test('takes the only transition there is for taken', () => {
    expect(tracked((t) => t.accepted('ri-a', ['Inactive: ACTIVATE to Activating.connected']))).toEqual([
      'Inactive: ACTIVATE to Activating.connected',
    ]);
  });

  test('waits for what is seen where there are several', () => {
    const accepted = (t: TransitionTracker): void => t.accepted('ri-a', spec);
    const before = at('Activating.connected', 'Modifying.connected');
    expect(tracked(accepted)).toEqual([]);
    expect(tracked(accepted, (t) => t.seen('ri-a', before, at('Modifying.connected')))).toEqual([spec[1]]);
    expect(tracked(accepted, (t) => t.seen('ri-b', before, at('Modifying.connected')))).toEqual([]);
  });

  test('cannot tell which it was once both have ended alike', () => {
    const seen = tracked(
      (t) => t.accepted('ri-a', spec),
      (t) => t.seen('ri-a', at('Modifying.connected', 'Activating.connected'), at('Active.linked')),
    );
    for (const id of spec) expect(seen).not.toContain(id);
  });

  test('takes what leads straight to what is seen, not what may have led there in the end', () => {
    const ways = [
      'Idle.free: MODIFY_SPEC to Idle.free',
      'Idle.free: MODIFY_SPEC to Activating.unconnected',
      'Idle.free: MODIFY_SPEC to Modifying.unconnected',
    ];
    const before = at('Idle.free', 'Activating.unconnected', 'Modifying.unconnected');
    expect(
      tracked(
        (t) => t.accepted('ri-a', ways),
        (t) => t.seen('ri-a', before, at('Idle.free')),
      ),
    ).toEqual(ways.slice(0, 1));
  });

  test('forgets what it waited for once it was looked at', () => {
    const look = (t: TransitionTracker): void => t.seen('ri-a', at('Active.linked'), at('Active.linked'));
    const seen = tracked(
      (t) => t.accepted('ri-a', spec),
      look,
      (t) => t.seen('ri-a', at('Active.linked'), at('Modifying.connected')),
    );
    expect(seen).not.toContain(spec[1]);
  });

  test('knows nothing of several transitions of no interface', () => {
    expect(
      tracked(
        (t) => t.accepted(undefined, spec),
        (t) => t.seen('ri-a', 0, at('Modifying.connected')),
      ),
    ).toEqual([]);
  });

  test('takes a peer’s transition for taken once its end is seen', () => {
    const rows = tables.peerChoices('PEER_CONNECTS', at('Idle.free'));
    const peer = (t: TransitionTracker): void => t.peer('ri-b', rows);
    const both = at('AcceptingConnecting', 'Idle.awaited');
    expect(tracked(peer, (t) => t.seen('ri-b', both, at('AcceptingConnecting')))).toEqual([
      'Idle.free: PEER_CONNECTS to AcceptingConnecting',
    ]);
    expect(
      tracked(
        (t) => t.peer('ri-b', []),
        (t) => t.seen('ri-b', both, at('AcceptingConnecting')),
      ),
    ).toEqual([]);
  });

  test('takes what happens by itself for taken where it is seen to have happened', () => {
    const done = 'Deactivating: DEACTIVATION_DONE to Inactive.frozen';
    expect(tracked((t) => t.seen('ri-a', at('Deactivating'), at('Inactive.frozen')))).toEqual([done]);
    expect(tracked((t) => t.seen('ri-a', at('Deactivating'), at('Deactivating')))).toEqual([]);
    expect(tracked((t) => t.seen('ri-a', at('Inactive.frozen'), at('Inactive.frozen')))).toEqual([]);
  });

  test('takes a refusal from one of several states for that of the state that fits what is seen', () => {
    const outcomes = [
      { transitions: ['Deleting: DELETE refused by R56/R5'], from: at('Deleting') },
      { transitions: ['gone: DELETE refused by R5'], from: at('gone') },
    ];
    const refused = (t: TransitionTracker): void => t.refused('ri-a', outcomes);
    expect(tracked(refused, (t) => t.seen('ri-a', at('Deleting', 'gone'), at('Deleting')))).toEqual([
      'Deleting: DELETE refused by R56/R5',
    ]);
    // Gone now, it may have been leaving then.
    expect(tracked(refused, (t) => t.seen('ri-a', at('gone'), at('gone')))).toEqual([]);
  });
});
