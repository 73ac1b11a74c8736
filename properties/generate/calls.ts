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

/** Resource groups that may or may not exist: where they do not, the creation may be refused. */
const groups = ['rg-acfmxazb4ph6aiy', 'rg-acfmyazb4ph6aiz'];

const tag = (draw: Draw, number: number): Args => ({
  [`Tags.${number}.Key`]: draw.pick(['team', 'k', '键']),
  [`Tags.${number}.Value`]: draw.pick(['a', '', 'b c']),
});
const tags = (draw: Draw): Args => ({
  ...tag(draw, 1),
  ...(draw.chance(30) ? { 'Tags.2.Key': 'other' } : {}),
});

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
    ...(draw.chance(12) ? tags(draw) : {}),
    ...(draw.chance(10) ? { ResourceGroupId: draw.pick(groups) } : {}),
    ...(draw.chance(8) ? { InstanceChargeType: 'PostPaid' } : {}),
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
  return call('ModifyRouterInterfaceAttribute', {
    RegionId: plan.region,
    RouterInterfaceId: { ref: from },
    OppositeInterfaceId: { ref: to },
    ...(complete || draw.chance(50) ? { OppositeRouterId: plan.routerOf(to) } : {}),
    ...(complete || draw.chance(50) ? { OppositeRouterType: 'VRouter' } : {}),
    ...(complete && draw.chance(50) ? { OppositeInterfaceOwnerId: '1234567890123456' } : {}),
  });
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

/** Three to five keys at once, each of which lets something through: they are ANDed (R81). */
function manyKeys(draw: Draw, plan: Plan): Args {
  const name = plan.anyInterface(draw) ?? 'ri#1';
  const keys: (readonly [key: string, values: readonly Arg[]])[] = [
    ['RouterType', ['VRouter']],
    ['Status', [draw.pick(statusNames), draw.pick(statusNames), draw.pick(statusNames)]],
    ['RouterInterfaceId', [unknownId(draw), { ref: plan.anyInterface(draw) ?? 'ri#1' }, { ref: name }]],
    ['RouterId', [plan.routerOf(name)]],
    ['OppositeRouterType', ['VBR', 'VRouter']],
    ['OppositeRouterId', [{ ref: `router#${draw.int(1, plan.routers)}` }]],
    ['Name', [...plan.names.slice(0, 2), nameToFind(draw, plan)]],
    ['OppositeInterfaceOwnerId', [draw.pick(owners)]],
  ];
  // The routers of the sequence stay the first key: only what is on them can be judged in full.
  const chosen = shuffled(draw, keys).slice(0, draw.int(2, 4));
  return Object.fromEntries(
    chosen.flatMap(([key, values], index) => [
      [`Filter.${index + 2}.Key`, key],
      ...values.map((value, at) => [`Filter.${index + 2}.Value.${at + 1}`, value]),
    ]),
  ) as Args;
}

function shuffled<T>(draw: Draw, list: readonly T[]): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(draw.int(0, rest.length - 1), 1)[0] as T);
}

/** Accounts: the one that the plan's interfaces are told of, and others. */
const owners = ['1234567890123456', '1', '6543210987654321'];

const statusNames = statuses.map(({ name }) => name).filter((name) => name !== 'Deleted');

/** A name that is there, the beginning of one, or one that is nowhere. */
function nameToFind(draw: Draw, plan: Plan): string {
  const name = plan.names.length === 0 ? 'none-such' : draw.pick(plan.names);
  return draw.chance(60) ? name : name.slice(0, Math.max(1, name.length - 1));
}

/** A tag that is there, its key with another value or with none, or one that is nowhere. */
function tagToFind(draw: Draw, plan: Plan): Args {
  const [key, value] = plan.tags.length === 0 ? ['none-such', 'a'] : draw.pick(plan.tags);
  return draw.weighted<() => Args>([
    [3, () => ({ 'Tags.1.Key': key, 'Tags.1.Value': value })],
    [3, () => ({ 'Tags.1.Key': key, 'Tags.1.Value': value === 'a' ? 'z' : 'a' })],
    [1, () => ({ 'Tags.1.Key': key })],
    [1, () => tag(draw, 1)],
  ])();
}

/** A creation with everything by which a list can be narrowed besides the fields of the link. */
export function labelledArgs(draw: Draw, plan: Plan, role: string, router: number): Args {
  return {
    ...createArgs(draw, plan, role, router),
    ...tag(draw, 1),
    ResourceGroupId: draw.pick(groups),
    OppositeInterfaceOwnerId: owners[0] ?? '',
  };
}

/** Lists by what {@link labelledArgs} sets: each key with a value that is there and with one that is not. */
export function labelledLists(draw: Draw, plan: Plan): CallCommand[] {
  const list = (more: Args): CallCommand => call('DescribeRouterInterfaces', { ...plan.look.args, ...more });
  const by = (key: string): CallCommand[] =>
    shuffled(draw, owners)
      .slice(0, 2)
      .map((owner) => list({ 'Filter.2.Key': key, 'Filter.2.Value.1': owner }));
  return draw.pick([
    // At most one of two accounts is the caller's.
    by('RouterInterfaceOwnerId'),
    by('OppositeInterfaceOwnerId'),
    groups.map((group) => list({ ResourceGroupId: group })),
    [list(tagToFind(draw, plan)), list(tagToFind(draw, plan))],
  ]);
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
      [6, () => ({ ...args, ...manyKeys(draw, plan) })],
      [
        2,
        () => ({ ...args, 'Filter.2.Key': 'RouterInterfaceOwnerId', 'Filter.2.Value.1': draw.pick(owners) }),
      ],
      [
        4,
        () => ({
          ...args,
          'Filter.2.Key': 'OppositeInterfaceOwnerId',
          'Filter.2.Value.1': draw.pick(owners),
        }),
      ],
      [plan.tags.length > 0 ? 10 : 2, () => ({ ...args, ...tagToFind(draw, plan) })],
      [plan.isGrouped ? 8 : 2, () => ({ ...args, ResourceGroupId: draw.pick(groups) })],
      [2, () => ({ ...args, ...sixValues('Status', statusNames) })],
      [1, () => ({ ...args, ...sixKeys() })],
      [1, () => ({ ...args, 'Filter.2.Key': draw.pick(filterKeys), 'Filter.2.Value.1': 'none-such' })],
    ])(),
  );
}
