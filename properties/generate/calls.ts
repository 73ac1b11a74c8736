import { filterKeys, statuses } from '../../model/spec/enums.ts';
import type { Arg, CallCommand, Operation } from '../../model/vocabulary.ts';
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
  initiatorSpec,
  openName,
  unknownId,
  unknownRegion,
} from './values.ts';

type Args = Record<string, Arg>;

export const call = (operation: Operation, args: Args, as?: string): CallCommand => ({
  kind: 'call',
  operation,
  args,
  ...(as === undefined ? {} : { as }),
});

const without = (args: Args, name: string): Args => {
  const { [name]: _dropped, ...rest } = args;
  return rest;
};

/** Spoils what every call needs: its region, or the id it is about. */
function spoilCommon(draw: Draw, plan: Plan, args: Args, idName: string): Args {
  return draw.weighted<() => Args>([
    [2, () => without(args, 'RegionId')],
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
  return {
    RegionId: plan.region,
    Role: role,
    Spec: role === 'InitiatingSide' ? initiatorSpec(draw) : 'Negative',
    RouterType: 'VRouter',
    RouterId: { ref: `router#${router}` },
    OppositeRegionId: plan.region,
    ...(draw.chance(60) ? { OppositeRouterType: 'VRouter' } : {}),
    ...(draw.chance(40) ? { OppositeRouterId: oppositeRouter(draw, plan) } : {}),
    ...(peer === undefined ? {} : { OppositeInterfaceId: draw.chance(80) ? { ref: peer } : unknownId(draw) }),
    ...(draw.chance(25) ? { Name: goodName(draw) } : {}),
    ...(draw.chance(15) ? { Description: goodDescription(draw) } : {}),
    ...(draw.chance(10)
      ? { 'Tags.1.Key': draw.pick(['team', 'k', '键']), 'Tags.1.Value': draw.pick(['a', '', 'b c']) }
      : {}),
    ...(draw.chance(8) ? { HealthCheckSourceIp: goodIp(draw), HealthCheckTargetIp: goodIp(draw) } : {}),
    ...(draw.chance(20) ? { ClientToken: plan.freshToken() } : {}),
  };
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
  return call('ModifyRouterInterfaceAttribute', {
    RegionId: plan.region,
    RouterInterfaceId: { ref: from },
    OppositeInterfaceId: { ref: to },
    ...(complete || draw.chance(50) ? { OppositeRouterId: plan.routerOf(to) } : {}),
    ...(complete || draw.chance(50) ? { OppositeRouterType: 'VRouter' } : {}),
    ...(complete && draw.chance(50) ? { OppositeInterfaceOwnerId: '1234567890123456' } : {}),
  });
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
    [2, () => ({ ...args, HcThreshold: '8', HcRate: '2000' })],
    [2, () => ({ ...args, [draw.pick(['HcThreshold', 'HcRate'])]: draw.pick(['eight', '2.5', '1e3']) })],
  ])();
  return call('ModifyRouterInterfaceAttribute', changed);
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
  const token =
    operation === 'DeleteRouterInterface' && draw.chance(30) ? { ClientToken: plan.freshToken() } : {};
  return call(operation, { ...args, ...token });
}

export function spoiltPlain(draw: Draw, plan: Plan, command: CallCommand): CallCommand {
  const idName =
    command.operation === 'DescribeRouterInterfaceAttribute' ? 'InstanceId' : 'RouterInterfaceId';
  return call(command.operation, spoilCommon(draw, plan, { ...command.args }, idName));
}

export function describeAttribute(plan: Plan, name: string): CallCommand {
  return call('DescribeRouterInterfaceAttribute', { RegionId: plan.region, InstanceId: { ref: name } });
}

/** A page walk over the sequence's own routers: small pages, each once. */
export function pages(draw: Draw, plan: Plan): CallCommand[] {
  const { args } = plan.look;
  const size = draw.int(1, 3);
  const count = Math.ceil(plan.count / size) + draw.int(0, 1);
  return Array.from({ length: Math.max(1, count) }, (_, index) =>
    call('DescribeRouterInterfaces', { ...args, PageSize: String(size), PageNumber: String(index + 1) }),
  );
}

/** One value more than a key may have, and one key more than a request may have (R81). */
const sixValues = (key: string, values: readonly string[]): Args => ({
  'Filter.2.Key': key,
  ...Object.fromEntries(values.slice(0, 6).map((value, index) => [`Filter.2.Value.${index + 1}`, value])),
});
const sixKeys = (): Args =>
  Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [
      [`Filter.${index + 2}.Key`, 'RouterType'],
      [`Filter.${index + 2}.Value.1`, 'VRouter'],
    ]).flat(),
  );

const statusNames = statuses.map(({ name }) => name).filter((name) => name !== 'Deleted');

/** A name that is there, the beginning of one, or one that is nowhere. */
function nameToFind(draw: Draw, plan: Plan): string {
  const name = plan.names.length === 0 ? 'none-such' : draw.pick(plan.names);
  return draw.chance(60) ? name : name.slice(0, Math.max(1, name.length - 1));
}

/** Lists with filters of every kind, paging on its boundaries, and requests that are refused. */
export function describeList(draw: Draw, plan: Plan): CallCommand {
  const { args } = plan.look;
  const ri = (): Arg => ({ ref: plan.anyInterface(draw) ?? 'ri#1' });
  return call(
    'DescribeRouterInterfaces',
    draw.weighted<() => Args>([
      [
        5,
        () => ({
          ...args,
          'Filter.2.Key': 'Status',
          'Filter.2.Value.1': draw.pick(statusNames),
          'Filter.2.Value.2': draw.pick(statusNames),
        }),
      ],
      [3, () => ({ ...args, 'Filter.2.Key': 'Status', 'Filter.2.Value.1': draw.pick(statusNames) })],
      [
        3,
        () => ({
          RegionId: plan.region,
          'Filter.1.Key': 'RouterInterfaceId',
          'Filter.1.Value.1': ri(),
          'Filter.1.Value.2': ri(),
        }),
      ],
      [
        2,
        () => ({
          RegionId: plan.region,
          'Filter.1.Key': 'RouterInterfaceId',
          'Filter.1.Value.1': unknownId(draw),
        }),
      ],
      [2, () => ({ RegionId: plan.region, 'Filter.1.Key': 'OppositeInterfaceId', 'Filter.1.Value.1': ri() })],
      [
        2,
        () => ({
          ...args,
          'Filter.2.Key': 'OppositeRouterId',
          'Filter.2.Value.1': { ref: `router#${draw.int(1, plan.routers)}` },
        }),
      ],
      [3, () => ({ ...args, 'Filter.2.Key': 'Name', 'Filter.2.Value.1': nameToFind(draw, plan) })],
      [
        2,
        () => ({ ...args, 'Filter.2.Key': 'RouterType', 'Filter.2.Value.1': draw.pick(['VRouter', 'VBR']) }),
      ],
      [2, () => ({ ...args, 'Filter.2.Key': 'OppositeRouterType', 'Filter.2.Value.1': 'VRouter' })],
      [
        2,
        () => ({
          RegionId: plan.region,
          'Filter.1.Key': 'RouterId',
          'Filter.1.Value.1': { ref: 'router#1' },
        }),
      ],
      [
        3,
        () => ({
          ...args,
          'Filter.2.Key': draw.pick(['Role', 'Spec', 'routerid', 'BusinessStatus']),
          'Filter.2.Value.1': 'x',
        }),
      ],
      [2, () => ({ ...args, 'Filter.2.Value.1': 'Idle' })],
      [3, () => ({ ...args, PageSize: draw.pick(['0', '51', '-1', 'ten']) })],
      [2, () => ({ ...args, PageNumber: draw.pick(['0', '-1', 'one']) })],
      [2, () => without(args, 'PageSize')],
      [2, () => ({ ...args, PageSize: '50', PageNumber: '2' })],
      [3, () => ({ ...args, RegionId: plan.otherRegion })],
      [2, () => ({ ...args, RegionId: unknownRegion(draw) })],
      [1, () => without(args, 'RegionId')],
      [2, () => ({ RegionId: plan.region, PageSize: draw.pick(['1', '50']) })],
      [2, () => ({ ...args, ...sixValues('Status', statusNames) })],
      [1, () => ({ ...args, ...sixKeys() })],
      [1, () => ({ ...args, 'Filter.2.Key': draw.pick(filterKeys), 'Filter.2.Value.1': 'none-such' })],
    ])(),
  );
}
