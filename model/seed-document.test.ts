import { describe, expect, test } from 'vitest';
import { already, concurrently, fitsOf } from './refusals.ts';
import { operationByName, parameterOf } from './spec/operations.ts';
import { ruleById } from './spec/rules.ts';
import { seedDocument, seedStatements } from './spec/seed.ts';
import {
  acceptor,
  accepted,
  accepts,
  ask,
  at,
  call,
  environment,
  initiator,
  introduced,
  linked,
  now,
  otherRegion,
  refusals,
  settleMs,
  stateNames,
  tables,
  the,
  toldOf,
  world,
} from './testing/worlds.ts';
import type { World } from './world.ts';

/** The document the project started from, ConnectRouterInterface of E2018b, statement by statement. */

const operation = 'ConnectRouterInterface';
const edition = 'E2018b';
const connect = call(operation, 'ri-a');
const seedWorld = (before: World): World => ({ ...before, env: environment({ edition }) });
const statuses = (states: number): readonly unknown[] => tables.labels(states);

/** ri-a wants to connect to ri-b while ri-c and ri-d, on the same routers, are a pair already. */
const besidePair = (stateC: string, stateD: string, since: number): World =>
  seedWorld(
    world([
      ...introduced().interfaces,
      initiator({ id: 'ri-c', opposite: toldOf('ri-d', 'vrt-2'), link: 'ri-d', states: at(stateC), since }),
      acceptor({ id: 'ri-d', opposite: toldOf('ri-c', 'vrt-1'), link: 'ri-c', states: at(stateD), since }),
    ]),
  );

/** Whether the document lets Connect be refused like this in that world. */
function mayRefuse(before: World, status: number, code: string): boolean {
  return ask(before, connect).outcomes.some(
    ({ kind, rules }) =>
      kind === 'refusal' && fitsOf(operation, { status, code, message: '' }, edition).byAny(rules) !== false,
  );
}

/** What is tested here, by statement of the document: a statement without an entry is an oversight. */
const situations: Readonly<Record<string, () => void>> = {
  'Connecting joins the initiating interface to the accepting one.': () => {
    const [after] = accepted(seedWorld(introduced()), connect);
    expect(the('ri-a', after).link).toBe('ri-b');
    expect(the('ri-b', after).link).toBe('ri-a');
  },

  'The call makes the interface Connecting; once the connection stands it is Active.': () => {
    const worlds = accepted(seedWorld(introduced()), connect);
    expect(worlds).toHaveLength(1);
    const { states } = the('ri-a', worlds[0]);
    expect(statuses(states)).toEqual(['Connecting']);
    expect(statuses(tables.closure(states))).toEqual(['Connecting', 'Active']);
    expect(statuses(tables.settled(states))).toEqual(['Active']);
  },

  'Only the initiating side connects.': () => {
    expect(accepts(ask(seedWorld(introduced()), connect))).toBe(true);
    const accepting = ask(seedWorld(introduced()), call(operation, 'ri-b'));
    expect(accepts(accepting)).toBe(false);
    expect(refusals(accepting)).toContain('R33');
  },

  'Only from the status Idle.': () => {
    for (const { name, label, bit } of tables.states) {
      // Within the bound it may have become Idle by itself; from the state itself only Idle connects.
      const before = seedWorld(introduced({ states: bit, since: now }));
      const connects = ask(before, connect).outcomes.some(
        ({ kind, from }) => kind === 'success' && (from & bit) !== 0,
      );
      expect(connects, name).toBe(label === 'Idle');
      if (label !== 'Idle' && label !== null) expect(refusals(ask(before, connect)), name).toContain('R34');
    }
  },

  'Two routers have at most one pair of connected interfaces.': () => {
    const permitted = ask(besidePair('Active.linked', 'Active.linked', 0), connect);
    expect(accepts(permitted)).toBe(false);
    expect(refusals(permitted)).toEqual(['R38']);
    const free = seedWorld(introduced());
    expect(accepts(ask(free, connect))).toBe(true);
  },

  'An overdue interface of the account blocks connecting.': () => {
    const overdue = ask({ ...seedWorld(introduced()), overdue: true }, connect);
    expect(accepts(overdue)).toBe(false);
    expect(refusals(overdue)).toEqual(['R41']);
    const locked = ask(seedWorld(introduced({}, { business: 'FinancialLocked' })), connect);
    expect(refusals(locked)).toEqual(['R41']);
  },

  'RegionId is required and is the region of the interface.': () => {
    expect(parameterOf(operation, 'RegionId').required).toBe(true);
    const without = ask(seedWorld(introduced()), { operation, args: { RouterInterfaceId: 'ri-a' } });
    expect(accepts(without)).toBe(false);
    expect(refusals(without)).toContain('R1');
    const elsewhere = ask(seedWorld(introduced()), call(operation, 'ri-a', { RegionId: otherRegion }));
    expect(accepts(elsewhere)).toBe(false);
    expect(refusals(elsewhere)).toEqual(['R6']);
  },

  'RouterInterfaceId is required and is the id of the initiator.': () => {
    expect(parameterOf(operation, 'RouterInterfaceId').required).toBe(true);
    const without = ask(seedWorld(introduced()), call(operation));
    expect(accepts(without)).toBe(false);
    expect(refusals(without)).toContain('R2');
  },

  'Valid regions are those that DescribeRegions lists.': () => {
    const nowhere = ask(seedWorld(introduced()), call(operation, 'ri-a', { RegionId: 'cn-nowhere' }));
    expect(accepts(nowhere)).toBe(false);
    expect(refusals(nowhere)).toContain('R3');
  },

  'The answer is JSON with the RequestId of the request.': () => {
    expect(operationByName(operation).response).toEqual([{ path: 'RequestId', type: 'String' }]);
    expect(ruleById('R8').operations).toContain(operation);
    expect(ruleById('P3').operations).toContain(operation);
  },

  'An unknown interface is not found.': () => {
    const unknown = seedWorld(world([]));
    expect(accepts(ask(unknown, connect))).toBe(false);
    expect(mayRefuse(unknown, 404, 'InvalidRouterInterfaceId.NotFound')).toBe(true);
    expect(mayRefuse(unknown, 400, 'InvalidRouterInterfaceId.NotFound')).toBe(false);
    expect(mayRefuse(seedWorld(introduced()), 404, 'InvalidRouterInterfaceId.NotFound')).toBe(false);
  },

  'The accepting side is refused.': () => {
    const accepting = seedWorld(introduced({ role: 'AcceptingSide' }));
    expect(mayRefuse(accepting, 400, 'IncorrectRole.NotInitiatingSide')).toBe(true);
    expect(mayRefuse(accepting, 403, 'IncorrectRole.NotInitiatingSide')).toBe(false);
    expect(mayRefuse(seedWorld(introduced()), 400, 'IncorrectRole.NotInitiatingSide')).toBe(false);
  },

  'A second connection between the same routers is refused.': () => {
    const before = besidePair('Inactive.frozen', 'Inactive.frozen', 0);
    expect(mayRefuse(before, 400, 'Forbidden.OnlyOneConnection')).toBe(true);
    expect(mayRefuse(before, 409, 'Forbidden.OnlyOneConnection')).toBe(false);
    expect(mayRefuse(seedWorld(introduced()), 400, 'Forbidden.OnlyOneConnection')).toBe(false);
  },

  'A second connection is refused while the first is being made.': () => {
    const during = besidePair('Connecting.answered', 'AcceptingConnecting', now);
    expect(mayRefuse(during, 400, 'Forbidden.OnlyOneConnection')).toBe(true);
    expect(refusals(ask(during, connect))).toEqual(['R38', 'R39']);
    // Once the first stands, "concurrently" would be a lie.
    expect(refusals(ask(during, connect, now + settleMs + 1))).toEqual(['R38']);
  },

  'An account with unpaid bills is refused.': () => {
    const overdue = { ...seedWorld(introduced()), overdue: true };
    expect(mayRefuse(overdue, 400, 'Forbidden.BillsOutstanding')).toBe(true);
    expect(mayRefuse(overdue, 402, 'Forbidden.BillsOutstanding')).toBe(false);
    expect(mayRefuse(seedWorld(introduced()), 400, 'Forbidden.BillsOutstanding')).toBe(false);
  },
};

describe('the seed document', () => {
  test.each(seedStatements.map(({ statement }) => statement))('%s', (statement) => {
    const situation = situations[statement];
    if (situation === undefined)
      throw new Error(`No test for "${statement}" in model/seed-document.test.ts.`);
    situation();
  });

  test('has no other refusals than those of its table, where it has one for the rule', () => {
    const codes = new Set(seedStatements.flatMap(({ row }) => row?.code ?? []));
    const rows = operationByName(operation).errors.filter(({ editions }) =>
      (editions as readonly string[]).includes(edition),
    );
    expect(new Set(rows.map(({ code }) => code))).toEqual(codes);
    expect(seedDocument).toMatchObject({ operation, edition });
  });

  test('tells the two texts of the one-pair rule apart as it prints them', () => {
    const texts = seedStatements.flatMap(({ row }) =>
      row?.code === 'Forbidden.OnlyOneConnection' ? [row.message] : [],
    );
    expect(texts.map((text) => text.startsWith(already))).toEqual([true, false]);
    expect(texts.map((text) => text.startsWith(concurrently))).toEqual([false, true]);
  });

  test('leaves every status of the account open for looking', () => {
    for (const look of [call('DescribeRouterInterfaces'), call('DescribeRouterInterfaceAttribute', 'ri-a')])
      expect(refusals(ask({ ...seedWorld(linked()), overdue: true }, look))).toEqual([]);
    expect(stateNames(the('ri-a', linked()).states)).toEqual(['Active.linked']);
  });
});
