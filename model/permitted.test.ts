import { describe, expect, test } from 'vitest';
import { lockedOut } from './chart-transitions.ts';
import { judgedOperations } from './vocabulary.ts';
import {
  accepts,
  ask,
  at,
  call,
  environment,
  introduced,
  linked,
  now,
  otherRegion,
  refusals,
  settleMs,
  staleMs,
  tables,
  toldOf,
} from './testing/worlds.ts';
import type { World } from './world.ts';

const changing = [
  'ConnectRouterInterface',
  'ActivateRouterInterface',
  'DeactivateRouterInterface',
  'DeleteRouterInterface',
  'ModifyRouterInterfaceAttribute',
  'ModifyRouterInterfaceSpec',
] as const;
/** A call that nothing but status and locks speaks against. */
const plain = (operation: (typeof changing)[number]) =>
  call(operation, 'ri-a', operation === 'ModifyRouterInterfaceSpec' ? { Spec: 'Large.2' } : {});

const fresh = (state: string): World => linked(state, state, { since: now }, { since: now });

describe('the status of the interface', () => {
  // What the documents say an interface accepts, by its status; everything else is refused.
  const acceptedIn: Readonly<Record<string, readonly string[]>> = {
    'Idle.free': ['Connect', 'Delete', 'ModifyAttribute', 'ModifySpec'],
    'Inactive.frozen': ['Activate', 'Delete', 'ModifyAttribute', 'ModifySpec'],
    // What has yet to follow its peer may have done so by now.
    'Inactive.following': ['Activate', 'Deactivate', 'Delete', 'ModifyAttribute', 'ModifySpec'],
    'Active.linked': ['Deactivate', 'ModifyAttribute', 'ModifySpec'],
    'Active.following': ['Activate', 'Deactivate', 'Delete', 'ModifyAttribute', 'ModifySpec'],
    'Connecting.unanswered': [],
  };
  const short = (operation: string): string => operation.replace('RouterInterface', '');

  test.each(Object.entries(acceptedIn))('%s accepts what the documents say', (state, expected) => {
    const before = introduced({ states: at(state), since: now });
    const found = changing.filter((operation) => accepts(ask(before, plain(operation))));
    if (state === 'Connecting.unanswered') {
      // It may have been given up meanwhile, so what Idle accepts is possible.
      expect(found.map(short)).toEqual(acceptedIn['Idle.free']);
    } else expect(found.map(short).toSorted()).toEqual(expected.toSorted());
  });

  test.each([
    'Deactivating',
    'Activating.connected',
    'Deleting',
    'AcceptingConnecting',
    'Modifying.connected',
  ])('%s refuses everything, and permits what it may have become', (state) => {
    const before = fresh(state);
    for (const operation of changing) {
      const { outcomes } = ask(before, plain(operation));
      expect(
        outcomes.some(({ kind, from }) => kind === 'refusal' && (from & at(state)) !== 0),
        operation,
      ).toBe(true);
      for (const { kind, from } of outcomes)
        if (kind === 'success') expect(from & at(state), operation).toBe(0);
    }
  });

  test('is settled once the bound has passed', () => {
    const before = fresh('Deactivating');
    const deactivate = plain('DeactivateRouterInterface');
    const activate = plain('ActivateRouterInterface');
    expect(refusals(ask(before, activate, now + settleMs))).toEqual(['R45']);
    expect(accepts(ask(before, activate, now + settleMs))).toBe(true);
    expect(refusals(ask(before, activate, now + settleMs + 1))).toEqual([]);
    expect(refusals(ask(before, deactivate, now + settleMs + 1))).toEqual(['R51']);
    expect(accepts(ask(before, deactivate, now + settleMs + 1))).toBe(false);
  });

  test('is unknown of an interface in doubt: it may be in any, and no refusal is certain', () => {
    const before = introduced({ trusted: false });
    for (const operation of changing) {
      const permitted = ask(before, plain(operation));
      expect(accepts(permitted), operation).toBe(true);
      expect(refusals(permitted).length, operation).toBeGreaterThan(0);
    }
  });
});

describe('an interface that does not exist', () => {
  test('is not found', () => {
    for (const operation of changing) {
      const permitted = ask(introduced(), call(operation, 'ri-x', { Spec: 'Large.2' }));
      expect(
        refusals(permitted).filter((rule) => !rule.endsWith('?')),
        operation,
      ).toEqual([operation === 'DeleteRouterInterface' ? 'R5' : 'R4']);
      expect(accepts(permitted), operation).toBe(false);
    }
  });

  test('is not found by its attribute either, or shown as empty (A25)', () => {
    const permitted = ask(introduced(), call('DescribeRouterInterfaceAttribute', 'ri-x'));
    expect(refusals(permitted)).toEqual(['R84?']);
    expect(accepts(permitted)).toBe(true);
  });

  test('is one that was deleted, too', () => {
    expect(refusals(ask(introduced({ states: at('gone') }), plain('ConnectRouterInterface')))).toContain(
      'R4',
    );
    expect(accepts(ask(introduced({ states: at('gone') }), plain('ConnectRouterInterface')))).toBe(false);
  });
});

describe('a read that lags behind a creation', () => {
  const born = (ms: number): World => ({
    ...introduced({ earlier: [{ until: now - ms, interface: null }] }),
    env: environment({ readsLag: true }),
  });
  const look = call('DescribeRouterInterfaceAttribute', undefined, { InstanceId: 'ri-a' });

  test('may say that there is no such interface, within the bound', () => {
    expect(refusals(ask(born(staleMs), look))).toEqual(['R84?']);
    expect(refusals(ask(born(staleMs + 1), look))).toEqual([]);
    expect(refusals(ask({ ...born(0), env: environment() }, look))).toEqual([]);
    expect(refusals(ask(born(0), plain('ActivateRouterInterface')))).toEqual(['R45']);
  });

  test('says nothing of the present by that', () => {
    const before = born(0);
    const permitted = ask(before, look);
    const refusal = permitted.outcomes.find(({ kind }) => kind === 'refusal');
    expect(refusal && permitted.next(refusal, {})).toEqual([before]);
  });
});

describe('several rules violated at once', () => {
  test('permit the refusal of each, in any order (A1), and no success', () => {
    const before = {
      ...introduced({ role: 'AcceptingSide', opposite: toldOf('ri-b', 'vrt-1') }),
      overdue: true,
    };
    const permitted = ask(before, plain('ConnectRouterInterface'));
    expect(refusals(permitted)).toEqual(['R33', 'R36?', 'R37', 'R41']);
    expect(accepts(permitted)).toBe(false);
  });

  test('include the status', () => {
    const permitted = ask(linked(), call('ConnectRouterInterface', 'ri-a', { RegionId: '' }));
    expect(refusals(permitted)).toEqual(expect.arrayContaining(['R1', 'R34', 'R38']));
  });
});

describe('a rule that the documents leave open', () => {
  test('permits refusal and success, and names the ambiguity', () => {
    const permitted = ask(linked(), plain('ModifyRouterInterfaceAttribute'));
    expect(refusals(permitted)).toEqual([]);
    const open = ask(
      linked(),
      call('ModifyRouterInterfaceAttribute', 'ri-a', {
        OppositeRouterId: 'vrt-2',
        OppositeRouterType: 'VRouter',
      }),
    );
    expect(refusals(open)).toEqual(['R62?']);
    expect(open.outcomes.find(({ kind }) => kind === 'refusal')?.may).toBe('A10');
    expect(accepts(open)).toBe(true);
  });

  test('is not asked of an idle interface', () => {
    const open = ask(
      introduced(),
      call('ModifyRouterInterfaceAttribute', 'ri-a', {
        OppositeRouterId: 'vrt-2',
        OppositeRouterType: 'VRouter',
      }),
    );
    expect(refusals(open)).toEqual([]);
  });

  test('certainly violated, still permits the success that is made for it (A4)', () => {
    const alone = introduced({}, { opposite: toldOf('ri-c', 'vrt-1') });
    const permitted = ask(alone, plain('ConnectRouterInterface'));
    expect(refusals(permitted)).toEqual(['R36?']);
    expect(
      permitted.outcomes.filter(({ kind }) => kind === 'success').map(({ transitions }) => transitions),
    ).toEqual([['Idle: CONNECT to Connecting.unanswered']]);
  });

  test('does not permit that success when another rule is violated too', () => {
    const overdue = { ...introduced({}, { opposite: toldOf('ri-c', 'vrt-1') }), overdue: true };
    expect(accepts(ask(overdue, plain('ConnectRouterInterface')))).toBe(false);
  });
});

describe('a lock', () => {
  const openFor: Readonly<Record<string, string>> = {
    ACTIVATE: 'Inactive.frozen',
    DEACTIVATE: 'Active.linked',
    DELETE: 'Inactive.frozen',
    MODIFY_ATTRIBUTE: 'Active.linked',
    MODIFY_SPEC: 'Active.linked',
  };
  const operationOf: Readonly<Record<string, (typeof changing)[number]>> = {
    ACTIVATE: 'ActivateRouterInterface',
    DEACTIVATE: 'DeactivateRouterInterface',
    DELETE: 'DeleteRouterInterface',
    MODIFY_ATTRIBUTE: 'ModifyRouterInterfaceAttribute',
    MODIFY_SPEC: 'ModifyRouterInterfaceSpec',
  };

  test.each(Object.entries(openFor))(
    'refuses %s for certain, where the documents say it is locked out',
    (event, state) => {
      for (const [lock, rulesByEvent] of Object.entries(lockedOut)) {
        const rule = (rulesByEvent as Readonly<Record<string, string>>)[event];
        const set = lock === 'Locked' ? { operationLocked: true } : { business: lock };
        const permitted = ask(
          linked(state, state, set),
          plain(operationOf[event] ?? 'ConnectRouterInterface'),
        );
        expect(accepts(permitted), lock).toBe(rule === undefined);
        expect(refusals(permitted), lock).toEqual(rule === undefined ? [] : [rule]);
      }
    },
  );

  test.each(Object.entries(openFor))('for security may refuse %s, or not', (event, state) => {
    const permitted = ask(
      linked(state, state, { business: 'SecurityLocked' }),
      plain(operationOf[event] ?? 'ConnectRouterInterface'),
    );
    expect(refusals(permitted)).toEqual(['R85?']);
    expect(accepts(permitted)).toBe(true);
  });

  test('of both kinds refuses by both rules', () => {
    const both = linked('Active.linked', 'Active.linked', {
      business: 'FinancialLocked',
      operationLocked: true,
    });
    expect(refusals(ask(both, plain('DeactivateRouterInterface')))).toEqual(['R52', 'R55']);
  });

  test('of an interface in doubt refuses perhaps', () => {
    const doubt = linked('Active.linked', 'Active.linked', { business: 'FinancialLocked', trusted: false });
    expect(accepts(ask(doubt, plain('DeactivateRouterInterface')))).toBe(true);
  });

  test('never keeps anyone from looking', () => {
    const both = linked('Active.linked', 'Active.linked', {
      business: 'FinancialLocked',
      operationLocked: true,
    });
    expect(refusals(ask(both, call('DescribeRouterInterfaceAttribute', 'ri-a')))).toEqual([]);
  });
});

test('the subject is the interface that the call names, whatever the parameter', () => {
  for (const operation of judgedOperations) {
    const { subject } = ask(introduced(), call(operation, 'ri-b'));
    const about = operation !== 'CreateRouterInterface' && operation !== 'DescribeRouterInterfaces';
    expect(subject?.id, operation).toBe(about ? 'ri-b' : undefined);
  }
});

test('a region where the interface is not makes it unknown there', () => {
  const permitted = ask(linked(), call('DeactivateRouterInterface', 'ri-a', { RegionId: otherRegion }));
  expect(refusals(permitted)).toEqual(['R6']);
  expect(accepts(permitted)).toBe(false);
  expect(tables.ruleBit('DEACTIVATE', 'R6') & permitted.violations.must).not.toBe(0);
});
