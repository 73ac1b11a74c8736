import { describe, expect, test } from 'vitest';
import type { HarContents, HarExchange, HarHook } from '../adapters/recording/har-exchanges.ts';
import type { Observation } from '../model/vocabulary.ts';
import { harTrace, type HarOptions, type HarTrace } from './har-trace.ts';
import { answer, refusal } from './testing/targets.ts';

const RegionId = 'cn-hangzhou';
const call = (
  operation: string,
  params: Readonly<Record<string, string>>,
  observation: Observation = answer({}),
): HarExchange => ({
  kind: 'call',
  operation,
  params: { RegionId, ...params },
  observation,
  start: 0,
  end: 0,
});
const hook = (name: HarHook['hook'], set: HarHook['set'], more: Partial<HarHook> = {}): HarHook => ({
  kind: 'hook',
  hook: name,
  set,
  start: 0,
  end: 0,
  ...more,
});
const create = (id: string, token = id): HarExchange =>
  call('CreateRouterInterface', { RouterId: 'vrt-1', ClientToken: token }, answer({ RouterInterfaceId: id }));

/** The trace of exchanges that came a second after each other. */
function traceOf(exchanges: readonly (HarExchange | HarHook)[], options: Partial<HarOptions> = {}): HarTrace {
  const contents: HarContents = {
    exchanges: exchanges.map((each, index) => ({ ...each, start: index * 1000, end: index * 1000 + 10 })),
    skipped: new Map(),
    extras: {},
  };
  const bounds = { settleMs: 1000, staleMs: 0 };
  return harTrace(contents, { edition: 'any', bounds, target: 'an archive', ...options });
}

describe('The trace of an archive', () => {
  test('names its routers, with the VPC and the table of those of which they are known', () => {
    const exchanges = [
      call('CreateVpc', {}, answer({ VRouterId: 'vrt-1', RouteTableId: 'vtb-1' })),
      create('ri-1'),
    ];
    expect(traceOf(exchanges).trace.environment.routers).toEqual([
      { id: 'vrt-1', regionId: RegionId, routeTableId: 'vtb-1' },
    ]);
    const told = traceOf(exchanges, { routers: [{ id: 'vrt-1', regionId: RegionId, vpcId: 'vpc-1' }] });
    expect(told.trace.steps[0]?.command).toMatchObject({ args: { RouterId: { ref: 'router#1' } } });
  });

  test('gives what a token made twice one name', () => {
    const { steps } = traceOf([create('ri-1', 'a'), create('ri-1', 'a'), create('ri-2')]).trace;
    expect(steps.map(({ command }) => command.kind === 'call' && command.as)).toEqual([
      'ri#1',
      'ri#1',
      'ri#2',
    ]);
  });

  test('leaves out calls about what was there before, also one that came to nothing, and counts them', () => {
    const of = (id: string, observation: Observation): HarExchange =>
      call('DeleteRouterInterface', { RouterInterfaceId: id }, observation);
    const { trace, skipped } = traceOf([
      create('ri-1'),
      of('ri-old', { kind: 'silence', afterMs: 5 }),
      of('ri-old', answer({})),
      of('ri-never', refusal('InvalidInstanceId.NotFound', 404)),
    ]);
    expect(skipped.get('DeleteRouterInterface of ri-old, which was there before')).toBe(2);
    expect(trace.steps.map(({ sent }) => sent?.['RouterInterfaceId'])).toEqual([undefined, 'ri-never']);
  });

  test('counts the time by which a clock was moved, and no other', () => {
    const { steps } = traceOf([
      create('ri-1'),
      hook('clock', { advanceMs: 60_000 }),
      hook('clock', {}),
      hook('clock', { advanceMs: 5000 }, { part: 'sequence 1' }),
      create('ri-2'),
    ]).trace;
    expect(steps.map(({ start }) => start)).toEqual([0, 64_000]);
  });

  test('holds the hooks that did something, and counts the others', () => {
    const { trace, skipped } = traceOf([
      create('ri-1'),
      hook('account', { overdue: true }),
      hook('account', {}),
      hook('interface', { routerInterfaceId: 'ri-1', operationLocked: true }),
      hook('interface', { routerInterfaceId: 'ri-9', operationLocked: true }),
      hook('account', { overdue: false }, { failed: 'HTTP 500' }),
    ]);
    expect(trace.steps.flatMap(({ command }) => (command.kind === 'control' ? [command] : []))).toEqual([
      { kind: 'control', hook: 'account', set: { overdue: true } },
      { kind: 'control', hook: 'interface', on: { ref: 'ri#1' }, set: { operationLocked: true } },
    ]);
    expect([...skipped]).toEqual([
      ['the control hook "account", to no effect', 2],
      ['the control hook "interface", to no effect', 1],
    ]);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['those that are listed', { Region: [{ RegionId: 'cn-beijing' }] }, ['cn-beijing']],
    ['none where there is no list', undefined, []],
    ['none where the list is none', { Region: 'cn-beijing' }, []],
    ['none of what is not one', { Region: ['cn-beijing'] }, []],
  ])('knows of regions %s', (_what, Regions, listed) => {
    const { environment } = traceOf([create('ri-1'), call('DescribeRegions', {}, answer({ Regions }))]).trace;
    expect(environment.regions.filter((each) => each !== RegionId && each !== '')).toEqual(listed);
  });
});
