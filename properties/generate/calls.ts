import {
  type Arg,
  type CallCommand,
  type JudgedOperation,
  type Operation,
  ownAccount,
  judgedOperations,
} from '../../model/vocabulary.ts';
import type { Draw } from './draw.ts';
import type { Plan } from './plan.ts';
import {
  badDescription,
  badIp,
  badName,
  badSpec,
  conceptSpec,
  goodDescription,
  goodIp,
  goodName,
  groups,
  initiatorSpec,
  openName,
  tags,
  unknownId,
  unknownRegion,
} from './values.ts';

export type Args = Record<string, Arg>;

export const call = (operation: Operation, args: Args, as?: string): CallCommand =>
  as === undefined ? { kind: 'call', operation, args } : { kind: 'call', operation, args, as };

export const without = (args: Args, name: string): Args => {
  const { [name]: _dropped, ...rest } = args;
  return rest;
};

/** Spoils what every call needs: its region, or the id it is about. */
function spoilCommon(draw: Draw, plan: Plan, args: Args, idName: string): Args {
  return draw.weighted<() => Args>([
    [4, () => without(args, 'RegionId')],
    [2, () => ({ ...args, RegionId: unknownRegion(draw) })],
    [2, () => ({ ...args, RegionId: plan.otherRegion })],
    [2, () => without(args, idName)],
    [3, () => ({ ...args, [idName]: unknownId(draw) })],
  ])();
}

/** A router to point at; one that does not exist is as good, nothing checks it yet (R29). */
const oppositeRouter = (draw: Draw, plan: Plan): Arg =>
  draw.chance(88) ? { ref: `router#${draw.int(1, plan.routers)}` } : 'vrt-2zunknown0000000001';

/** A CreateRouterInterface that nothing speaks against but the quota. */
export function createArgs(draw: Draw, plan: Plan, role: string, router: number): Args {
  const peer = draw.chance(30) ? plan.anyInterface(draw) : undefined;
  // One after another: drawn thousands of times a second, a spread for each costs more than all the rest.
  const args: Args = {
    RegionId: plan.region,
    Role: role,
    Spec: role === 'InitiatingSide' ? initiatorSpec(draw) : 'Negative',
    RouterType: 'VRouter',
    RouterId: { ref: `router#${router}` },
    OppositeRegionId: plan.region,
  };
  if (draw.chance(60)) args['OppositeRouterType'] = 'VRouter';
  if (draw.chance(40)) args['OppositeRouterId'] = oppositeRouter(draw, plan);
  if (peer !== undefined) args['OppositeInterfaceId'] = draw.chance(80) ? { ref: peer } : unknownId(draw);
  if (draw.chance(25)) args['Name'] = goodName(draw);
  if (draw.chance(15)) args['Description'] = goodDescription(draw);
  if (draw.chance(12)) Object.assign(args, tags(draw));
  if (draw.chance(10)) args['ResourceGroupId'] = draw.pick(groups);
  if (draw.chance(8)) args['InstanceChargeType'] = 'PostPaid';
  if (draw.chance(8)) {
    args['HealthCheckSourceIp'] = goodIp(draw);
    args['HealthCheckTargetIp'] = goodIp(draw);
  }
  if (draw.chance(20)) args['ClientToken'] = plan.freshToken();
  return args;
}

/** A CreateRouterInterface with one thing wrong with it. */
export function spoiltCreate(draw: Draw, plan: Plan): Args {
  const role = draw.pick(['InitiatingSide', 'AcceptingSide']);
  const args = createArgs(draw, plan, role, draw.int(1, plan.routers));
  return draw.weighted<() => Args>([
    [
      2,
      () =>
        without(args, draw.pick(['RegionId', 'Role', 'Spec', 'RouterType', 'RouterId', 'OppositeRegionId'])),
    ],
    [1, () => without(args, 'RegionId')],
    [1, () => ({ ...args, RegionId: unknownRegion(draw) })],
    [1, () => ({ ...args, OppositeRegionId: unknownRegion(draw) })],
    [2, () => ({ ...args, Role: draw.pick(['Initiator', 'initiatingside', 'Both']) })],
    [2, () => ({ ...args, Role: 'InitiatingSide', Spec: badSpec(draw) })],
    [1, () => ({ ...args, Role: 'InitiatingSide', Spec: conceptSpec(draw) })],
    [2, () => ({ ...args, Role: 'AcceptingSide', Spec: initiatorSpec(draw) })],
    [2, () => ({ ...args, Role: 'InitiatingSide', Spec: 'Negative' })],
    [1, () => ({ ...args, RouterType: draw.pick(['Router', 'vrouter']) })],
    [1, () => ({ ...args, AccessPointId: 'ap-cn-hangzhou-A' })],
    [2, () => ({ ...args, RouterId: draw.pick(['vrt-2zunknown0000000001', 'vbr-2zunknown0000000001']) })],
    [
      2,
      () => ({
        ...args,
        Role: 'InitiatingSide',
        Spec: 'Mini.2',
        OppositeRouterType: 'VBR',
        OppositeAccessPointId: 'ap-cn-hangzhou-A',
      }),
    ],
    [1, () => ({ ...args, OppositeRouterType: 'Router' })],
    [1, () => ({ ...args, InstanceChargeType: draw.pick(['Prepay', 'postpaid']) })],
    [2, () => ({ ...without(args, 'HealthCheckTargetIp'), HealthCheckSourceIp: goodIp(draw) })],
    [3, () => ({ ...args, Name: draw.chance(80) ? badName(draw) : openName(draw) })],
    [2, () => ({ ...args, Description: badDescription(draw) })],
    [
      2,
      () => ({
        ...args,
        'Tags.1.Key': draw.pick(['aliyun-team', 'acs:team', 'http://team', 'k'.repeat(129)]),
        'Tags.1.Value': 'v',
      }),
    ],
  ])();
}

/** Tells one interface of its peer: all four fields, or fewer. */
export function pointAt(draw: Draw, plan: Plan, from: string, to: string): CallCommand {
  const complete = draw.chance(80);
  const args: Args = {
    RegionId: plan.region,
    RouterInterfaceId: { ref: from },
    OppositeInterfaceId: { ref: to },
  };
  if (complete || draw.chance(50)) args['OppositeRouterId'] = plan.routerOf(to);
  if (complete || draw.chance(50)) args['OppositeRouterType'] = 'VRouter';
  if (complete && draw.chance(50)) args['OppositeInterfaceOwnerId'] = ownAccount;
  return call('ModifyRouterInterfaceAttribute', args);
}

/** What is recommended, and numbers of which no document says whether they are in range (R68). */
function healthNumbers(draw: Draw): Args {
  const threshold = draw.weighted([
    [4, '8'],
    [2, draw.pick(['1', '3', '10'])],
    [1, draw.pick(['0', '-1', '2147483648'])],
  ]);
  const rate = draw.weighted([
    [4, '2000'],
    [2, draw.pick(['1000', '3000', '500'])],
    [1, draw.pick(['0', '-1', '2147483648'])],
  ]);
  return draw.pick([{ HcThreshold: threshold, HcRate: rate }, { HcThreshold: threshold }, { HcRate: rate }]);
}

export function modifyAttribute(draw: Draw, plan: Plan, name: string): CallCommand {
  const args: Args = { RegionId: plan.region, RouterInterfaceId: { ref: name } };
  const changed = draw.weighted<() => Args>([
    [6, () => ({ ...args, Name: goodName(draw) })],
    [4, () => ({ ...args, Description: goodDescription(draw) })],
    [2, () => ({ ...args, Name: goodName(draw), Description: goodDescription(draw) })],
    [3, () => ({ ...args, Name: draw.chance(80) ? badName(draw) : openName(draw) })],
    [2, () => ({ ...args, Name: goodName(draw), Description: badDescription(draw) })],
    [3, () => ({ ...args, OppositeRouterType: draw.pick(['Router', 'vbr', 'VRouter ']) })],
    [2, () => without({ ...args, Name: goodName(draw) }, draw.pick(['RegionId', 'RouterInterfaceId']))],
    [2, () => ({ ...args, OppositeInterfaceId: { ref: plan.anyInterface(draw) ?? name } })],
    [2, () => ({ ...args, OppositeRouterId: { ref: `router#${draw.int(1, plan.routers)}` } })],
    [2, () => ({ ...args, HealthCheckSourceIp: goodIp(draw), HealthCheckTargetIp: goodIp(draw) })],
    [2, () => ({ ...args, HealthCheckSourceIp: badIp(draw), HealthCheckTargetIp: goodIp(draw) })],
    [2, () => ({ ...args, HealthCheckSourceIp: goodIp(draw) })],
    [
      2,
      () => ({
        ...args,
        HealthCheckSourceIp: goodIp(draw),
        HealthCheckTargetIp: goodIp(draw),
        DeleteHealthCheckIp: 'true',
      }),
    ],
    [2, () => ({ ...args, DeleteHealthCheckIp: 'true' })],
    [3, () => ({ ...args, ...healthNumbers(draw) })],
    [2, () => ({ ...args, [draw.pick(['HcThreshold', 'HcRate'])]: draw.pick(['eight', '2.5', '1e3']) })],
  ])();
  return call('ModifyRouterInterfaceAttribute', changed);
}

/** A health check bit by bit: what one change does not name stays, and addresses can be taken away again. */
export function healthCheck(draw: Draw, plan: Plan, name: string): CallCommand[] {
  const modify = (args: Args): CallCommand =>
    call('ModifyRouterInterfaceAttribute', {
      RegionId: plan.region,
      RouterInterfaceId: { ref: name },
      ...args,
    });
  const addresses = { HealthCheckSourceIp: goodIp(draw), HealthCheckTargetIp: goodIp(draw) };
  const changes = [
    [modify(addresses), modify({ DeleteHealthCheckIp: 'true' })],
    [modify({ HcThreshold: draw.pick(['3', '10']) }), modify({ HcRate: draw.pick(['1000', '2000']) })],
  ];
  return [...draw.pick(changes), draw.chance(70) ? plan.look : describeAttribute(plan, name)];
}

export function modifySpec(draw: Draw, plan: Plan, name: string): CallCommand {
  const initiator = plan.roleOf(name) === 'InitiatingSide';
  const fitting = initiator ? initiatorSpec(draw) : 'Negative';
  const spec = draw.weighted<() => string | undefined>([
    [8, () => fitting],
    [2, () => badSpec(draw)],
    [1, () => conceptSpec(draw)],
    [2, () => (initiator ? 'Negative' : initiatorSpec(draw))],
    [1, () => undefined],
  ])();
  return call('ModifyRouterInterfaceSpec', {
    RegionId: plan.region,
    RouterInterfaceId: { ref: name },
    ...(spec === undefined ? {} : { Spec: spec }),
    ...(draw.chance(45) ? { ClientToken: plan.freshToken() } : {}),
  });
}

/** One of the operations that take an id and nothing else. */
export function plain(draw: Draw, plan: Plan, operation: Operation, name: string): CallCommand {
  const args: Args = { RegionId: plan.region, RouterInterfaceId: { ref: name } };
  if (operation === 'DeleteRouterInterface' && draw.chance(30)) args['ClientToken'] = plan.freshToken();
  return call(operation, args);
}

export function spoiltPlain(draw: Draw, plan: Plan, command: CallCommand): CallCommand {
  const idName =
    command.operation === 'DescribeRouterInterfaceAttribute' ? 'InstanceId' : 'RouterInterfaceId';
  return call(command.operation, spoilCommon(draw, plan, { ...command.args }, idName));
}

export function describeAttribute(plan: Plan, name: string): CallCommand {
  return call('DescribeRouterInterfaceAttribute', { RegionId: plan.region, InstanceId: { ref: name } });
}

/** An operation on an interface, its values drawn. */
export function onInterface(draw: Draw, plan: Plan, operation: Operation, name: string): CallCommand {
  if (operation === 'ModifyRouterInterfaceAttribute') return modifyAttribute(draw, plan, name);
  if (operation === 'ModifyRouterInterfaceSpec') return modifySpec(draw, plan, name);
  if (operation === 'DescribeRouterInterfaceAttribute') return describeAttribute(plan, name);
  return plain(draw, plan, operation, name);
}

/** The operations that are about one interface. */
export const anyOperation: readonly JudgedOperation[] = judgedOperations.filter(
  (operation) => operation !== 'CreateRouterInterface' && operation !== 'DescribeRouterInterfaces',
);
