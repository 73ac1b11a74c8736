import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { HookError, type Target } from '../../adapters/target.ts';
import {
  type CallCommand,
  type Command,
  documentedAccount,
  type Operation,
  ownAccount,
} from '../../model/vocabulary.ts';
import { manualTimes, regionId, sceneOn } from '../testing/campaigns.ts';
import { altered, answer, noting, scripted, withControl } from '../testing/targets.ts';
import { ManualClock, RealClock } from './clock.ts';
import { Account } from './account.ts';
import { Bindings, execute, executeSequence, type Stage } from './execute.ts';

const routers = [
  { id: 'vrt-1', regionId, vpcId: 'vpc-1', routeTableId: 'vtb-1' },
  { id: 'vrt-2', regionId },
];

async function stageOn(target: Target): Promise<Stage> {
  const scene = await sceneOn(target);
  return { target, clock: scene.clock, environment: scene.environmentFor(scene.routers.slice(0, 2)) };
}

function stageFor(target: Target): Stage {
  return {
    target,
    clock: new RealClock(manualTimes),
    environment: {
      edition: 'any',
      regionId,
      regions: [regionId],
      routers,
      limits: { perRouter: 5, perAccount: null },
      bounds: { settleMs: 1, staleMs: 0 },
      readsLag: false,
    },
  };
}

const call = (operation: Operation, args: CallCommand['args'], as?: string): CallCommand => ({
  kind: 'call',
  operation,
  args,
  ...(as === undefined ? {} : { as }),
});
const create = (as: string): CallCommand =>
  call(
    'CreateRouterInterface',
    {
      RegionId: regionId,
      Role: 'AcceptingSide',
      Spec: 'Negative',
      RouterType: 'VRouter',
      RouterId: { ref: 'router#1' },
      OppositeRegionId: regionId,
    },
    as,
  );
const remove = (name: string): CallCommand =>
  call('DeleteRouterInterface', { RegionId: regionId, RouterInterfaceId: { ref: name } });
const lock = (name: string, set: Extract<Command, { kind: 'control' }>['set']): Command => ({
  kind: 'control',
  hook: 'interface',
  on: { ref: name },
  set,
});

describe('Bindings', () => {
  test('know the account as it was told, or as the documents print it', () => {
    expect(new Bindings([], 'token', '42').resolve(ownAccount)).toBe('42');
    expect(new Bindings([]).resolve(ownAccount)).toBe(documentedAccount);
  });

  test('send the account that a run is told of', async () => {
    const stage = stageFor(embeddedTarget());
    const told = { ...stage, environment: { ...stage.environment, accountId: '42' } };
    const args = { RegionId: regionId, OppositeInterfaceOwnerId: ownAccount };
    const { trace } = await execute(told, [{ kind: 'call', operation: 'ConnectRouterInterface', args }]);
    expect(trace.steps[0]?.sent).toMatchObject({ OppositeInterfaceOwnerId: '42' });
  });

  test('know the routers of a sequence with what came with them', () => {
    const bindings = new Bindings(routers);
    expect(['router#1', 'router#2', 'vpc#1', 'table#1'].map((ref) => bindings.resolve({ ref }))).toEqual([
      'vrt-1',
      'vrt-2',
      'vpc-1',
      'vtb-1',
    ]);
  });

  test('stand for something well-formed that does not exist until they are bound', () => {
    const bindings = new Bindings(routers);
    expect(
      ['ri#7', 'router#9', 'table#2', 'vpc#2', 'route#12'].map((ref) => bindings.resolve({ ref })),
    ).toEqual([
      'ri-unbound10007',
      'vrt-unbound10009',
      'vtb-unbound10002',
      'vpc-unbound10002',
      'rte-unbound10012',
    ]);
    bindings.bind('ri#7', 'ri-real');
    expect(bindings.resolve({ ref: 'ri#7' })).toBe('ri-real');
    expect(bindings.resolve('as it is')).toBe('as it is');
  });

  test('give what does not exist another id in sequences that run side by side', () => {
    const [first, second] = [new Bindings(routers), new Bindings(routers.toReversed())];
    const arg = { ref: 'ri#7' };
    expect(first.resolve(arg)).not.toBe(second.resolve(arg));
    expect(first.resolve(arg)).toBe(new Bindings(routers).resolve(arg));
  });

  test('give a token the same text within one execution and another in the next', () => {
    const [first, second] = [new Bindings([]), new Bindings([])];
    const token = { ref: 'token#1' };
    expect(first.resolve(token)).toBe(first.resolve(token));
    expect(first.resolve(token)).not.toBe(first.resolve({ ref: 'token#2' }));
    expect(first.resolve(token)).not.toBe(second.resolve(token));
  });

  test('tell interfaces and routes apart, and which interfaces were not deleted', () => {
    const bindings = new Bindings(routers);
    bindings.bind('ri#1', 'ri-a');
    bindings.bind('ri#2', 'ri-b');
    bindings.bind('route#1', 'rte-a');
    bindings.deleted('ri-a');
    expect(bindings.interfaces).toEqual(['ri-a', 'ri-b']);
    expect(bindings.undeleted).toEqual(['ri-b']);
    expect(bindings.routes).toEqual(['rte-a']);
  });
});

describe('Executing commands', () => {
  test('binds what a success made and uses it in later commands', async () => {
    const stage = await stageOn(embeddedTarget());
    const { trace, bindings, broken } = await execute(stage, [create('ri#1'), remove('ri#1')]);
    const [made, removed] = trace.steps;
    expect(made?.sent?.['RouterId']).toBe(stage.environment.routers[0]?.id);
    expect(removed?.sent?.['RouterInterfaceId']).toBe(bindings.interfaces[0]);
    expect(removed?.observation).toMatchObject({ kind: 'answer', status: 200 });
    expect(bindings.undeleted).toEqual([]);
    expect(broken).toBeUndefined();
  });

  test('binds nothing where nothing was made', async () => {
    const { target } = scripted(
      answer({ RouterInterfaceId: '' }),
      { kind: 'indeterminate', cause: 'cut off' },
      { kind: 'answer', status: 200, defect: 'not JSON' },
    );
    const { trace, bindings } = await execute(stageFor(target), [
      create('ri#1'),
      create('ri#2'),
      create('ri#3'),
    ]);
    expect(bindings.interfaces).toEqual([]);
    expect(trace.steps).toHaveLength(3);
  });

  test('keeps an interface whose deletion was refused among those to delete', async () => {
    const stage = await stageOn(
      altered({}, (operation) =>
        operation === 'DeleteRouterInterface' ? answer({ Code: 'Busy' }, 400) : undefined,
      ),
    );
    const { bindings } = await execute(stage, [create('ri#1'), remove('ri#1')]);
    expect(bindings.undeleted).toEqual(bindings.interfaces);
  });

  test('sends nothing more once the target cannot be reached', async () => {
    const { target, calls } = scripted(answer({ RouterInterfaceId: 'ri-1' }), {
      kind: 'unreachable',
      cause: 'connection refused',
    });
    const run = await execute(stageFor(target), [create('ri#1'), create('ri#2'), create('ri#3')]);
    expect(run.broken).toBe('connection refused');
    expect(calls).toHaveLength(2);
    expect(run.trace.steps).toHaveLength(2);
  });

  test('sends nothing more once the run is stopped', async () => {
    const stop = new AbortController();
    const { target, calls } = noting({
      ...scripted().target,
      call: () => {
        stop.abort();
        return Promise.resolve(answer({ RouterInterfaceId: 'ri-1' }));
      },
    });
    const run = await execute({ ...stageFor(target), signal: stop.signal }, [create('ri#1'), create('ri#2')]);
    expect(run.broken).toBe('stopped');
    expect(calls).toHaveLength(1);
  });

  test('notes times of the clock: settling takes some, a call of a target with manual time none', async () => {
    const stage = await stageOn(embeddedTarget());
    const began = stage.clock.now();
    const { trace } = await execute(stage, [create('ri#1'), { kind: 'settle' }, remove('ri#1')]);
    const step = manualTimes.settleMs + manualTimes.staleMs + 1;
    expect(trace.steps.map(({ start, end }) => [start - began, end - began])).toEqual([
      [0, 0],
      [0, step],
      [step, step],
    ]);
  });

  test('locks the interface behind a name, and the account', async () => {
    const pulled: unknown[] = [];
    const target = embeddedTarget();
    const stage = await stageOn(
      withControl(target, {
        account: (set) => Promise.resolve(void pulled.push(set)),
        interface: (set) => Promise.resolve(void pulled.push(set)),
      }),
    );
    const { trace, bindings } = await execute(stage, [
      create('ri#1'),
      lock('ri#1', { businessStatus: 'FinancialLocked' }),
      lock('ri#1', { operationLocked: true }),
      { kind: 'control', hook: 'account', set: { overdue: true } },
    ]);
    const [routerInterfaceId] = bindings.interfaces;
    expect(pulled).toEqual([
      { routerInterfaceId, businessStatus: 'FinancialLocked' },
      { routerInterfaceId, operationLocked: true },
      { overdue: true },
    ]);
    expect(trace.steps.map(({ sent }) => sent).slice(1)).toEqual([
      { routerInterfaceId },
      { routerInterfaceId },
      {},
    ]);
  });

  test('pulls no hook for an interface that was never made, and bears one that is gone', async () => {
    const pulled: unknown[] = [];
    const target = withControl(embeddedTarget(), {
      interface: (set) => {
        pulled.push(set);
        return Promise.reject(new HookError('interface', 'it is gone', 404));
      },
    });
    const stage = await stageOn(target);
    const locked = { businessStatus: 'FinancialLocked' };
    await execute(stage, [lock('ri#1', locked), create('ri#1'), lock('ri#1', locked)]);
    expect(pulled).toHaveLength(1);
  });

  test('fails on a control command for a target without hooks: that is a fault of the harness', async () => {
    const { target } = scripted();
    await expect(execute(stageFor(target), [lock('ri#1', {})])).rejects.toThrow(/without control hooks/);
  });

  test('names the target and what it ran against in the trace', async () => {
    const stage = stageFor(scripted().target);
    const { trace } = await execute(stage, []);
    expect(trace).toEqual({ traceVersion: 1, target: 'scripted', environment: stage.environment, steps: [] });
  });

  test('waits for what is pending with a clock that asks', async () => {
    const list = (status: string) =>
      answer({
        TotalCount: 1,
        RouterInterfaceSet: {
          RouterInterfaceType: [{ RouterId: 'vrt-1', RouterInterfaceId: 'ri-1', Status: status }],
        },
      });
    const { target, calls } = scripted(list('Connecting'), list('Connecting'), list('Active'));
    await execute(stageFor(target), [{ kind: 'settle' }]);
    expect(calls).toHaveLength(3);
    expect(calls[0]?.params).toMatchObject({ 'Filter.1.Key': 'RouterId', 'Filter.1.Value.2': 'vrt-2' });
  });

  test('ends with what was seen until then when a hook fails, and says which', async () => {
    const target = withControl(embeddedTarget(), {
      interface: () => Promise.reject(new HookError('interface', 'it answered HTTP 500: no', 500)),
    });
    const { trace, bindings, broken } = await execute(await stageOn(target), [
      create('ri#1'),
      lock('ri#1', { operationLocked: true }),
      create('ri#2'),
    ]);
    expect(trace.steps).toHaveLength(1);
    expect(bindings.interfaces).toHaveLength(1);
    expect(broken).toBe(
      'the control hook "interface" failed: it answered HTTP 500: no. Repair it, or have the target judged without its hooks (--control none)',
    );
  });

  test('fails when the clock hook fails', async () => {
    const target = withControl(embeddedTarget(), { advance: () => Promise.reject(new Error('stuck')) });
    const stage = { ...stageFor(target), clock: new ManualClock(target.control ?? never(), manualTimes) };
    await expect(execute(stage, [{ kind: 'settle' }])).rejects.toThrow('stuck');
  });
});

function never(): never {
  throw new Error('The emulator has control hooks.');
}

describe('A call that is refused for the overdue interface of another sequence', () => {
  const overdue: Command[] = [create('ri#1'), lock('ri#1', { businessStatus: 'FinancialLocked' })];

  test('ends its own, unjudged, and is met by no other after it', async () => {
    const target = embeddedTarget({ profile: 'overdue=interface' });
    const account = new Account();
    const beside = { ...(await stageOn(target)), account: account.share() };
    const own = { ...(await stageOn(target)), account: account.share() };
    await execute(beside, overdue);
    const run = await executeSequence(own, { commands: [create('ri#1')], routers: 2, exclusive: false });
    expect(run).toMatchObject({ cutShort: true, trace: { steps: [] } });
    expect(own.account.locksReachOthers).toBe(true);
  });

  test('is its own affair when it has overdue interfaces itself, and nobody else', async () => {
    const target = embeddedTarget({ profile: 'overdue=interface' });
    const account = new Account();
    const stage = { ...(await stageOn(target)), account: account.share() };
    const { trace } = await execute(stage, [...overdue, create('ri#2')]);
    expect(trace.steps.at(-1)?.observation).toMatchObject({ body: { Code: 'Forbidden.BillsOutstanding' } });
    expect(stage.account.locksReachOthers).toBe(false);
  });
});
