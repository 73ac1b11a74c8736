import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../../adapters/emulator/emulator.ts';
import type { Target } from '../../adapters/target.ts';
import type { CallCommand, Command, Operation } from '../../model/vocabulary.ts';
import { regionId, sceneOn, sequencesFor } from '../testing/campaigns.ts';
import { altered, answer, interfacesLeft, refusal } from '../testing/targets.ts';
import { clean, deleteVpc, untold } from './clean.ts';
import { execute, type Stage } from './execute.ts';

async function stageOn(target: Target, routers = 2): Promise<Stage> {
  const scene = await sceneOn(target);
  return { target, clock: scene.clock, environment: scene.environmentFor(scene.routers.slice(0, routers)) };
}

/** Executes the commands as a sequence and cleans up after them. */
async function runAndClean(stage: Stage, commands: readonly Command[]): Promise<readonly string[]> {
  const { bindings } = await execute(stage, commands);
  return clean(stage, commands, bindings);
}

/** An emulator that throttles lists, so many at a time, once it is told to. */
function throttling(most: number): { readonly target: Target; throttle: () => void } {
  let left = 0;
  const target = altered({}, (operation) => {
    if (operation !== 'DescribeRouterInterfaces' || left <= 0) return undefined;
    left -= 1;
    return refusal('Throttling.User', 400);
  });
  return { target, throttle: () => void (left = most) };
}

describe('a target that throttles', () => {
  const left = async (target: Target, throttle: () => void): Promise<readonly string[]> => {
    const stage = await stageOn(target);
    const { bindings } = await execute(stage, [create(1), settle]);
    throttle();
    return clean(stage, [create(1), settle], bindings);
  };

  test('is asked again in a while, and cleaned', async () => {
    const { target, throttle } = throttling(3);
    expect(await left(target, throttle)).toEqual([]);
    expect(await interfacesLeft(target)).toEqual([]);
  });

  test('for long is not taken for clean', async () => {
    const { target, throttle } = throttling(Infinity);
    const ids = await left(target, throttle);
    expect(ids).toHaveLength(2);
    expect(ids).toContain(untold);
  });
});

const call = (operation: Operation, args: CallCommand['args'], as?: string): CallCommand => ({
  kind: 'call',
  operation,
  args: { RegionId: regionId, ...args },
  ...(as === undefined ? {} : { as }),
});
const settle: Command = { kind: 'settle' };
const create = (number: number, role = 'AcceptingSide'): CallCommand =>
  call(
    'CreateRouterInterface',
    {
      Role: role,
      Spec: role === 'AcceptingSide' ? 'Negative' : 'Mini.2',
      RouterType: 'VRouter',
      RouterId: { ref: `router#${number}` },
      OppositeRegionId: regionId,
      OppositeRouterType: 'VRouter',
    },
    `ri#${number}`,
  );
const tell = (from: number, to: number): CallCommand =>
  call('ModifyRouterInterfaceAttribute', {
    RouterInterfaceId: { ref: `ri#${from}` },
    OppositeInterfaceId: { ref: `ri#${to}` },
    OppositeRouterId: { ref: `router#${to}` },
    OppositeRouterType: 'VRouter',
  });
const connecting: readonly Command[] = [
  create(1, 'InitiatingSide'),
  create(2),
  tell(1, 2),
  tell(2, 1),
  call('ConnectRouterInterface', { RouterInterfaceId: { ref: 'ri#1' } }),
];
const connected: readonly Command[] = [...connecting, settle];
const lock = (set: Extract<Command, { kind: 'control' }>['set']): Command => ({
  kind: 'control',
  hook: 'interface',
  on: { ref: 'ri#1' },
  set,
});
const routeEntry = (number: number): CallCommand =>
  call(
    'CreateRouteEntry',
    {
      RouteTableId: { ref: 'table#1' },
      DestinationCidrBlock: `10.1.${number}.0/24`,
      NextHopType: 'RouterInterface',
      NextHopId: { ref: 'ri#1' },
    },
    `route#${number}`,
  );

describe('Cleaning up after a sequence', () => {
  test.each<readonly [string, readonly Command[]]>([
    ['interfaces that are Idle', [create(1), create(2)]],
    ['a pair that is connected', connected],
    ['a pair that is still connecting', connecting],
    [
      'an interface that is being frozen',
      [...connected, call('DeactivateRouterInterface', { RouterInterfaceId: { ref: 'ri#1' } })],
    ],
    ['an interface that is financially locked', [...connected, lock({ businessStatus: 'FinancialLocked' })]],
    ['an interface under an operation lock', [...connected, lock({ operationLocked: true })]],
    [
      'an interface of an account that is overdue',
      [...connected, { kind: 'control', hook: 'account', set: { overdue: true } }],
    ],
    ['an interface that a route entry points at', [...connected, routeEntry(1)]],
  ])('deletes %s', async (_what, commands) => {
    const target = altered({}, () => undefined);
    const stage = await stageOn(target);
    expect(await runAndClean(stage, commands)).toEqual([]);
    expect(await interfacesLeft(target)).toEqual([]);
  });

  test.each<EmulatorOptions>([
    { profile: 'default' },
    { profile: 'reads:lagging' },
    { profile: 'transitions:slow' },
    { profile: 'deactivation:both' },
    { profile: 'connectUnanswered:hang' },
  ])('deletes all that random sequences leave: %j', async (emulator) => {
    const target = altered(emulator, () => undefined);
    const scene = await sceneOn(target);
    const sequenceAt = sequencesFor(scene, 9);
    for (let index = 0; index < 12; index++) {
      const sequence = sequenceAt(index);
      const routers = scene.routers.slice(0, sequence.routers);
      const stage = { target, clock: scene.clock, environment: scene.environmentFor(routers) };
      expect(await runAndClean(stage, sequence.commands), `sequence ${index}`).toEqual([]);
    }
    expect(await interfacesLeft(target)).toEqual([]);
  });

  test('leaves the account able to create again', async () => {
    const target = altered({}, () => undefined);
    const stage = await stageOn(target);
    await runAndClean(stage, [create(1), { kind: 'control', hook: 'account', set: { overdue: true } }]);
    const { trace } = await execute(stage, [create(1)]);
    expect(trace.steps[0]?.observation).toMatchObject({ status: 200 });
  });

  test('deletes what a list hides but a sequence is known to have made', async () => {
    const stage = await stageOn(
      altered({}, (operation) =>
        operation === 'DescribeRouterInterfaces'
          ? answer({ TotalCount: 0, RouterInterfaceSet: { RouterInterfaceType: [] } })
          : undefined,
      ),
    );
    const { bindings } = await execute(stage, connected);
    expect(await clean(stage, connected, bindings)).toEqual([]);
    const [id] = bindings.interfaces;
    const answered = await stage.target.call('DeleteRouterInterface', {
      RegionId: regionId,
      RouterInterfaceId: id ?? '',
    });
    expect(answered).toMatchObject({ status: 404 });
  });

  test('deletes what was made although nothing can be listed', async () => {
    let listing = true;
    const target = altered({}, (operation) =>
      operation === 'DescribeRouterInterfaces' && !listing ? refusal('InternalError', 500) : undefined,
    );
    const stage = await stageOn(target);
    listing = false;
    expect(await runAndClean(stage, [create(1), create(2)])).toEqual([]);
    listing = true;
    expect(await interfacesLeft(target)).toEqual([]);
  });

  test('names what cannot be deleted', async () => {
    let stuck: string | undefined;
    const stage = await stageOn(
      altered({}, (operation, params) =>
        operation === 'DeleteRouterInterface' && params['RouterInterfaceId'] === stuck
          ? refusal('DependencyViolation')
          : undefined,
      ),
    );
    const commands = [create(1), create(2)];
    const { bindings } = await execute(stage, commands);
    [stuck] = bindings.interfaces;
    expect(await clean(stage, commands, bindings)).toEqual([stuck]);
  });

  test('deletes several route entries where only one may change at a time', async () => {
    const target = altered({ profile: 'transitions:slow' }, () => undefined);
    const stage = await stageOn(target);
    const entries = [routeEntry(1), settle, routeEntry(2)];
    expect(await runAndClean(stage, [...connected, ...entries])).toEqual([]);
  });

  test('leaves interfaces of other routers alone', async () => {
    const target = altered({}, () => undefined);
    const scene = await sceneOn(target);
    const stage = (routers: typeof scene.routers): Stage => ({
      target,
      clock: scene.clock,
      environment: scene.environmentFor(routers),
    });
    await execute(stage(scene.routers.slice(2, 3)), [create(1)]);
    await runAndClean(stage(scene.routers.slice(0, 2)), connected);
    expect(await interfacesLeft(target)).toHaveLength(1);
  });
});

describe('Deleting a VPC', () => {
  const params = { regionId, vpcId: 'vpc-1' };

  async function attempts(...answers: readonly ReturnType<typeof answer>[]): Promise<[boolean, number]> {
    let calls = 0;
    const stage = await stageOn(
      altered({}, (operation) =>
        operation === 'DeleteVpc' ? (answers[calls++] ?? refusal('Busy')) : undefined,
      ),
    );
    return [await deleteVpc(stage, params.regionId, params.vpcId), calls];
  }

  test('tries again where it is refused for a while', async () => {
    expect(await attempts(refusal('DependencyViolation'), answer({}))).toEqual([true, 2]);
  });

  test.each(['InvalidVpcId.NotFound', 'InvalidVpcID.NotFound'])('takes %s for done', async (code) => {
    expect(await attempts(refusal(code, 404))).toEqual([true, 1]);
  });

  test('gives up in the end', async () => {
    expect(await attempts()).toEqual([false, 3]);
  });
});
