import { describe, expect, test } from 'vitest';
import { at, introduced, now, linked, region, tables } from '../../model/testing/worlds.ts';
import type { Observation, Operation, Step } from '../../model/vocabulary.ts';
import { findInterface, type World } from '../../model/world.ts';
import { refusal } from '../testing/targets.ts';
import { type RaceStep, raceStep } from './race-step.ts';

const active = linked('Active.linked', 'Active.linked', { since: now }, { since: now });
const idle = introduced({ states: at('Idle.free'), since: now });
const span = { start: now, end: now };

function sent(
  operation: Operation,
  observation: Observation | undefined,
  more: Record<string, string> = {},
): Step {
  const args = { RegionId: region, RouterInterfaceId: 'ri-a', ...more };
  return {
    command: { kind: 'call', operation, args },
    sent: args,
    ...(observation === undefined ? {} : { observation }),
    ...span,
  };
}

const read = (step: Step): RaceStep | { readonly open: string } => raceStep(tables, step, span, []);
function readable(step: Step): RaceStep {
  const found = read(step);
  if ('open' in found) throw new Error(found.open);
  return found;
}
const ok: Observation = { kind: 'answer', status: 200, body: { RequestId: 'one' } };
const silent: Observation = { kind: 'silence', afterMs: 5 };
const statesIn = (worlds: readonly World[]): number[] =>
  worlds.map((world) => findInterface(world, 'ri-a')?.states ?? 0);

describe('A race with a step', () => {
  test.each<[string, Step, RegExp]>([
    [
      'that never reached the target',
      sent('DeactivateRouterInterface', { kind: 'unreachable', cause: 'refused' }),
      /not be reached: refused/,
    ],
    ['of which nothing is known', sent('DeactivateRouterInterface', undefined), /no observation/],
    [
      'whose answer cannot be read',
      sent('DeactivateRouterInterface', { kind: 'answer', status: 200 }),
      /could not be read/,
    ],
    ['that may have made something', sent('CreateRouterInterface', silent), /made something is unknown/],
  ])('%s is open', (_what, step, reason) => {
    expect(read(step)).toEqual({ open: expect.stringMatching(reason) as string });
  });
});

describe('A step of a race changes nothing', () => {
  test.each<[string, Step]>([
    ['where time passes', { command: { kind: 'settle' }, ...span }],
    ['where a look was not answered', sent('DescribeRouterInterfaceAttribute', silent)],
    ['where a look was throttled', sent('DescribeRouterInterfaceAttribute', refusal('Throttling.User'))],
    [
      'where the client had no way to say it',
      sent('DeleteRouterInterface', { kind: 'inexpressible', reason: 'no such field' }),
    ],
    ['where a route was refused', sent('CreateRouteEntry', refusal('QuotaExceeded'))],
  ])('%s', (_what, step) => {
    const found = readable(step);
    expect(found.isUnknown).toBe(false);
    expect(found.after(active)).toEqual([active]);
    expect(() => found.finding([active])).toThrow(/nothing speaks against/);
  });
});

describe('A step of a race', () => {
  test('of a hook does what the hook does', () => {
    const locked = readable({
      command: {
        kind: 'control',
        hook: 'interface',
        on: { ref: 'a' },
        set: { businessStatus: 'FinancialLocked' },
      },
      sent: { routerInterfaceId: 'ri-a' },
      ...span,
    });
    expect(locked.after(active).map((world) => findInterface(world, 'ri-a')?.business)).toEqual([
      'FinancialLocked',
    ]);
  });

  test.each([
    ['was never answered', silent],
    ['was throttled on the way', refusal('Throttling.User')],
  ] as const)('that %s may have led to whatever a success leads to', (_what, observation) => {
    const found = readable(sent('DeactivateRouterInterface', observation));
    expect(found.isUnknown).toBe(true);
    const reached = found.after(active);
    expect(reached.length).toBeGreaterThan(0);
    expect(statesIn(reached)).not.toContain(findInterface(active, 'ri-a')?.states);
    expect(found.after(idle)).toEqual([]);
  });

  test('that was answered leads on where the answer is permitted, and is told of where it is not', () => {
    const found = readable(sent('DeactivateRouterInterface', ok));
    expect(found.after(active)).not.toEqual([]);
    expect(found.after(idle)).toEqual([]);
    expect(found.finding([idle])).toMatchObject({ operation: 'DeactivateRouterInterface' });
  });

  test('that may have made a route leaves it open whether something is held by it', () => {
    const found = readable(sent('CreateRouteEntry', silent, { NextHopId: 'ri-a' }));
    expect(found.isUnknown).toBe(true);
    expect(found.after(active)).toHaveLength(1);
  });

  test('that made a route to what is being deleted diverges, as one of both must be refused (R57)', () => {
    const deleting = introduced({ states: at('Deleting'), since: now });
    const made: Observation = {
      kind: 'answer',
      status: 200,
      body: { RequestId: 'two', RouteEntryId: 'rte-1' },
    };
    const found = readable(sent('CreateRouteEntry', made, { NextHopId: 'ri-a' }));
    expect(found.after(active)).toHaveLength(1);
    expect(found.after(deleting)).toEqual([]);
    expect(found.finding([deleting])).toMatchObject({ kind: 'accepted', rules: ['R57', 'R88'] });
  });
});
