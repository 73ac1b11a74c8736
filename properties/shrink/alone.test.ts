import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import type { Target } from '../../adapters/target.ts';
import type { CallCommand, Command, Operation } from '../../model/vocabulary.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import { regionId, sceneOn } from '../testing/campaigns.ts';
import { interfacesLeft, refusal, withControl } from '../testing/targets.ts';
import { alone } from './alone.ts';
import { rootCause } from './root-cause.ts';

const call = (operation: Operation, args: CallCommand['args'], as?: string): CallCommand => ({
  kind: 'call',
  operation,
  args: { RegionId: regionId, ...args },
  ...(as === undefined ? {} : { as }),
});
const create = (name: string): CallCommand =>
  call(
    'CreateRouterInterface',
    {
      Role: 'AcceptingSide',
      Spec: 'Negative',
      RouterType: 'VRouter',
      RouterId: { ref: 'router#1' },
      OppositeRegionId: regionId,
    },
    name,
  );
const on = (operation: Operation, name: string, args: CallCommand['args'] = {}): CallCommand =>
  call(operation, { RouterInterfaceId: { ref: name }, ...args });
const sequence = (commands: readonly Command[], routers = 2): Sequence => ({
  commands,
  routers,
  exclusive: false,
});
const connectAcceptor = sequence([create('ri#1'), on('ConnectRouterInterface', 'ri#1')]);

/** The same target, which the harness may not reset. */
const unresettable = (target: Target): Target =>
  withControl(target, { hooks: new Set(['account', 'interface', 'clock'] as const) });

describe('A sequence that runs alone', () => {
  test.each([
    ['can', (target: Target) => target],
    ['cannot', unresettable],
  ])('shows the same each time where the target %s be reset', async (_can, made) => {
    const target = made(embeddedTarget({ mutant: 'connect-role-code' }));
    const run = alone(await sceneOn(target), defaultTables());
    for (let time = 0; time < 3; time++) {
      const { findings, cost } = await run.attempt(connectAcceptor);
      expect(cost).toBe(2);
      expect(findings.map(({ step, finding }) => [step, finding.rules.includes('R33')])).toEqual([[1, true]]);
    }
    await run.finish();
    expect(await interfacesLeft(target)).toEqual([]);
  });

  test('says why it cannot run where the scene cannot be set again', async () => {
    const inner = embeddedTarget({ mutant: 'connect-role-code' });
    let full = false;
    const target: Target = {
      ...inner,
      call: (operation, params) =>
        full && operation === 'CreateVpc'
          ? Promise.resolve(refusal('QuotaExceeded.Vpc'))
          : inner.call(operation, params),
    };
    const run = alone(await sceneOn(target), defaultTables());
    full = true;
    const { findings, broken } = await run.attempt(connectAcceptor);
    expect(findings).toEqual([]);
    expect(broken).toMatch(/CreateVpc was answered HTTP 400 QuotaExceeded\.Vpc/);
  });

  test('finds nothing where nothing is wrong, and remembers nothing', async () => {
    const faulty = alone(await sceneOn(embeddedTarget({ mutant: 'connect-role-code' })), defaultTables());
    const [shown] = (await faulty.attempt(connectAcceptor)).findings;
    if (shown === undefined) throw new Error('The mutant does not show.');
    expect(faulty.lastShowing(shown.finding)?.steps).toHaveLength(2);
    const clean = alone(await sceneOn(embeddedTarget()), defaultTables());
    expect((await clean.attempt(connectAcceptor)).findings).toEqual([]);
    expect(clean.lastShowing(shown.finding)).toBeUndefined();
  });

  test('shows a defect that waits for a third interface, each time anew', async () => {
    const run = alone(await sceneOn(embeddedTarget({ mutant: 'third-without-bandwidth' })), defaultTables());
    const initiator = (name: string): CallCommand => {
      const made = create(name);
      return { ...made, args: { ...made.args, Role: 'InitiatingSide', Spec: 'Mini.2' } };
    };
    const three = sequence([
      initiator('ri#1'),
      initiator('ri#2'),
      initiator('ri#3'),
      call('DescribeRouterInterfaces', {
        'Filter.1.Key': 'RouterId',
        'Filter.1.Value.1': { ref: 'router#1' },
      }),
    ]);
    for (let time = 0; time < 3; time++) {
      const { findings } = await run.attempt(three);
      expect(findings.map(({ finding }) => finding.rules)).toEqual([['R31']]);
    }
  });

  test('is not run on fewer routers than it needs, nor once the run is stopped', async () => {
    const stop = new AbortController();
    const scene = await sceneOn(
      unresettable(embeddedTarget({ vpcsPerRegion: 2, mutant: 'connect-role-code' })),
    );
    const run = alone(scene, defaultTables(), stop.signal);
    expect(await run.attempt(sequence(connectAcceptor.commands, 3))).toEqual({
      findings: [],
      cost: 1,
      notRun: true,
    });
    expect((await run.attempt(connectAcceptor)).findings).toHaveLength(1);
    stop.abort();
    expect(await run.attempt(connectAcceptor)).toEqual({ findings: [], cost: 1, notRun: true });
  });

  test('goes on elsewhere where something cannot be deleted, as long as there are routers', async () => {
    const target = unresettable(embeddedTarget({ mutant: 'deleting-for-ever', vpcsPerRegion: 6 }));
    const run = alone(await sceneOn(target, { maxRouters: 4 }), defaultTables());
    const results: number[] = [];
    for (let time = 0; time < 5; time++) results.push((await run.attempt(sequence([create('ri#1')]))).cost);
    expect(results.filter((cost) => cost === 1).length).toBe(5);
    expect((await interfacesLeft(target)).length).toBeGreaterThan(1);
  });
});

describe('The cause of a divergence', () => {
  const look = call('DescribeRouterInterfaceAttribute', { InstanceId: { ref: 'ri#1' } });
  const other: Finding = {
    kind: 'field',
    operation: 'X',
    rules: ['R1'],
    expected: '',
    observed: '',
    fingerprint: 'field|X',
  };

  test('is an earlier one that shows once somebody looks', async () => {
    const run = alone(await sceneOn(embeddedTarget({ mutant: 'refused-delete-deletes' })), defaultTables());
    const hidden = sequence([
      create('ri#1'),
      { kind: 'settle' }, // before that a read that lags could explain that it is not listed
      { kind: 'control', hook: 'interface', on: { ref: 'ri#1' }, set: { operationLocked: true } },
      on('DeleteRouterInterface', 'ri#1'),
      on('ActivateRouterInterface', 'ri#1'),
    ]);
    const [shown] = (await run.attempt(hidden)).findings;
    expect(shown?.finding.operation).toBe('ActivateRouterInterface');
    const cause = await rootCause(hidden, shown?.finding ?? other, run);
    expect(cause?.finding).toMatchObject({ operation: 'DescribeRouterInterfaces' });
    expect(cause?.finding.rules).toContain('R44');
    expect(cause?.sequence.commands[cause.step]).toMatchObject({ operation: 'DescribeRouterInterfaces' });
  });

  test('is none where the divergence shows all the same', async () => {
    const run = alone(await sceneOn(embeddedTarget({ mutant: 'connect-role-code' })), defaultTables());
    const [shown] = (await run.attempt(connectAcceptor)).findings;
    expect(await rootCause(connectAcceptor, shown?.finding ?? other, run)).toBeUndefined();
  });

  test('is looked for in another way where the first is refused', async () => {
    const mutant = 'deleting-for-ever,paging-refuses-fifty';
    const run = alone(await sceneOn(embeddedTarget({ mutant })), defaultTables());
    const hidden = sequence([
      create('ri#1'),
      on('DeleteRouterInterface', 'ri#1'),
      { kind: 'settle' },
      on('ActivateRouterInterface', 'ri#1'),
    ]);
    const [shown] = (await run.attempt(hidden)).findings;
    const cause = await rootCause(hidden, shown?.finding ?? other, run);
    expect(cause?.finding).toMatchObject({ operation: 'DescribeRouterInterfaceAttribute', kind: 'field' });
    expect(cause?.finding.rules).toContain('R59');
  });

  test('is told with care where the divergence still shows, with other rules under suspicion', async () => {
    const mutant = 'deleting-for-ever,activate-any-status';
    const run = alone(await sceneOn(embeddedTarget({ mutant })), defaultTables());
    const both = sequence([
      create('ri#1'),
      on('DeleteRouterInterface', 'ri#1'),
      { kind: 'settle' },
      on('ActivateRouterInterface', 'ri#1'),
    ]);
    const [shown] = (await run.attempt(both)).findings;
    expect(shown?.finding).toMatchObject({ kind: 'accepted', rules: ['R4'] });
    const cause = await rootCause(both, shown?.finding ?? other, run);
    expect(cause).toMatchObject({ stillShows: true });
    expect(cause?.finding.rules).toContain('P2');
  });

  test('is none where nothing shows at all', async () => {
    const run = alone(await sceneOn(embeddedTarget()), defaultTables());
    expect(await rootCause(sequence([create('ri#1'), look]), other, run)).toBeUndefined();
    expect(await rootCause(sequence([{ kind: 'settle' }]), other, run)).toBeUndefined();
  });
});
