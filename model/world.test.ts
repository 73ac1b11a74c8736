import { describe, expect, test } from 'vitest';
import {
  at,
  deepFreeze,
  environment,
  introduced,
  now,
  region,
  ri,
  staleMs,
  the,
  world,
} from './testing/worlds.ts';
import {
  emptyWorld,
  type Environment,
  findInterface,
  type Interface,
  noHealthCheck,
  noOpposite,
  sameBelief,
  withInterface,
  withKnowledge,
  type World,
} from './world.ts';

describe('emptyWorld', () => {
  test('has nothing in it and has decided nothing', () => {
    expect(emptyWorld(environment())).toEqual({
      env: environment(),
      interfaces: [],
      routes: [],
      tokens: [],
      overdue: false,
      accountId: null,
      walk: null,
      deviations: [],
      choices: {},
    });
  });

  test('knows that reads lag where they were seen to', () => {
    expect(emptyWorld(environment({ readsLag: true })).choices).toEqual({ reads: 'lagging' });
  });
});

describe('findInterface', () => {
  test('finds by id, and nothing without one', () => {
    const before = introduced();
    expect(findInterface(before, 'ri-b')).toBe(before.interfaces[1]);
    expect(findInterface(before, 'ri-x')).toBeUndefined();
    expect(findInterface(before, undefined)).toBeUndefined();
  });
});

describe('withInterface', () => {
  const past = (until: number) => ({ until, interface: null });
  const before = (env: Environment) =>
    deepFreeze(
      world([ri('ri-a', { earlier: [past(now - staleMs - 1), past(now - staleMs)] }), ri('ri-b')], { env }),
    );

  test('keeps what was for reads that lag, and no longer than they may', () => {
    const old = before(environment({ readsLag: true }));
    const after = withInterface(old, { ...the('ri-a', old), name: 'new' }, now);
    expect(the('ri-a', after).name).toBe('new');
    expect(the('ri-a', after).earlier).toEqual([
      past(now - staleMs),
      { until: now, interface: { ...the('ri-a', old), earlier: [] } },
    ]);
    expect(the('ri-b', after)).toBe(the('ri-b', old));
  });

  test('ends a walk over pages', () => {
    const walk = { request: '', total: 2, seen: ['ri-a'] };
    const old = { ...before(environment()), walk };
    expect(withInterface(old, { ...the('ri-a', old), name: 'new' }, now).walk).toBeNull();
  });

  test('keeps no past where reads never lag', () => {
    const old = before(environment());
    const changed = { ...the('ri-a', old), name: 'new' };
    expect(the('ri-a', withInterface(old, changed, now))).toBe(changed);
  });

  test('changes nothing for an interface that is not there', () => {
    const old = before(environment({ readsLag: true }));
    expect(withInterface(old, ri('ri-x'), now)).toBe(old);
  });
});

describe('withKnowledge', () => {
  test('replaces what is known without a past', () => {
    const before = deepFreeze(introduced());
    const known = { ...the('ri-a', before), news: 0 };
    const after = withKnowledge(before, known);
    expect(the('ri-a', after)).toBe(known);
    expect(the('ri-b', after)).toBe(the('ri-b', before));
  });

  test('is the same world where nothing is new', () => {
    const before = introduced();
    expect(withKnowledge(before, the('ri-a', before))).toBe(before);
    expect(withKnowledge(before, ri('ri-x'))).toBe(before);
  });
});

describe('sameBelief', () => {
  const before = introduced({ earlier: [{ until: 1, interface: ri('ri-a') }] });
  const changed = (a: Partial<Interface>, changes: Partial<World> = {}): World => ({
    ...before,
    interfaces: before.interfaces.map((each) => (each.id === 'ri-a' ? { ...each, ...a } : each)),
    ...changes,
  });
  const copy = (): World => ({ ...structuredClone(before), routes: before.routes });

  test('holds for a copy', () => {
    expect(sameBelief(before, copy())).toBe(true);
    const unborn = { earlier: [{ until: 1, interface: null }] };
    expect(sameBelief(changed(unborn), changed(structuredClone(unborn)))).toBe(true);
  });

  test.each<[string, Partial<Interface>]>([
    ['states', { states: at('Active.linked') }],
    ['since', { since: 1 }],
    ['news', { news: 0 }],
    ['id', { id: 'ri-c' }],
    ['trust', { trusted: false }],
    ['link', { link: 'ri-b' }],
    ['cause', { cause: { event: 'DELETE', rules: ['R13', 'R14'] } }],
    ['rules of its cause', { cause: { event: 'CREATE', rules: ['R13'] } }],
    ['business status', { business: 'FinancialLocked' }],
    ['lock', { operationLocked: true }],
    ['spec', { spec: 'Mini.5' }],
    ['changed spec', { specChanged: true }],
    ['name', { name: 'ab' }],
    ['description', { description: 'ab' }],
    ['opposite', { opposite: { ...noOpposite, regionId: region } }],
    ['health check', { healthCheck: { ...noHealthCheck, rate: '1' } }],
    ['past', { earlier: [] }],
    ['time of its past', { earlier: [{ until: 2, interface: ri('ri-a') }] }],
    ['content of its past', { earlier: [{ until: 1, interface: ri('ri-a', { name: 'ab' }) }] }],
    ['existence in the past', { earlier: [{ until: 1, interface: null }] }],
  ])('does not hold when an interface differs in its %s', (_what, a) => {
    expect(sameBelief(before, changed(a))).toBe(false);
    expect(sameBelief(changed(a), before)).toBe(false);
  });

  test.each<[string, Partial<World>]>([
    ['bills', { overdue: true }],
    ['interfaces', { interfaces: before.interfaces.slice(0, 1) }],
    ['routes', { routes: [{ id: 'r', nextHop: 'ri-a' }] }],
    ['tokens', { tokens: [{ operation: 'x', token: 't', request: '', accepted: true }] }],
    ['choices', { choices: { A7: 'both' } }],
  ])('does not hold when the world differs in its %s', (_what, changes) => {
    expect(sameBelief(before, changed({}, changes))).toBe(false);
    expect(sameBelief(changed({}, changes), before)).toBe(false);
  });

  test('does not hold when a choice is made the other way', () => {
    expect(
      sameBelief(changed({}, { choices: { A7: 'both' } }), changed({}, { choices: { A7: 'one' } })),
    ).toBe(false);
  });
});
