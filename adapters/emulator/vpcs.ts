import { pagingGuard } from './describe-interfaces.ts';
import type { Body, Call, Guard, Operation } from './operation.ts';
import { isSet, wholeNumber } from './parameters.ts';
import { regionGuard } from './regions.ts';
import { timestamp } from './timeline.ts';
import type { Vpc } from './world.ts';

function namedVpc({ params, world }: Call): Vpc | undefined {
  const vpc = world.vpcs.get(params['VpcId'] ?? '');
  // DeleteVpc may leave RegionId out.
  return vpc && (params['RegionId'] ?? vpc.regionId) === vpc.regionId ? vpc : undefined;
}

/** A dry run that passes every check is answered as an error, as for all operations that offer one. */
export const dryRunGuard: Guard = {
  name: 'dryRun',
  kind: 'state',
  check: ({ params }) => (isSet(params, 'DryRun') ? 'dryRun' : undefined),
};

const vpcGuard: Guard = {
  name: 'vpc',
  kind: 'existence',
  check: (call) => (namedVpc(call) ? undefined : 'vpc'),
};

/** Returns whether `text` is an IPv4 block such as 10.0.0.0/8. */
export function isCidrBlock(text: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  return match !== null && match.slice(1, 5).every((octet) => Number(octet) <= 255) && Number(match[5]) <= 32;
}

/** CreateVpc: a VPC with its VRouter and route table, Pending and then Available. */
export const createVpc: Operation = {
  mandatory: ['RegionId'],
  token: true,
  guards: [
    regionGuard('region'),
    {
      name: 'cidr',
      kind: 'parameter',
      check: ({ params }) =>
        params['CidrBlock'] === undefined || isCidrBlock(params['CidrBlock']) ? undefined : 'cidr',
    },
    {
      name: 'quota',
      kind: 'state',
      check: ({ params, settings, world }) => {
        const here = [...world.vpcs.values()].filter((vpc) => vpc.regionId === params['RegionId']);
        return here.length >= settings.vpcsPerRegion ? 'vpcQuota' : undefined;
      },
    },
    dryRunGuard,
  ],
  perform: ({ params, settings, world }) => {
    const vpc: Vpc = {
      id: world.identifiers.resource('vpc'),
      regionId: params['RegionId'] ?? '',
      routerId: world.identifiers.resource('vrt'),
      tableId: world.identifiers.resource('vtb'),
      cidrBlock: params['CidrBlock'] ?? '172.16.0.0/12',
      name: params['VpcName'] ?? '',
      description: params['Description'] ?? '',
      creationTime: timestamp(world.timeline.time),
      status: settings.vpcMs === 0 ? 'Available' : 'Pending',
      interfaces: 0,
      created: 0,
      deleted: 0,
    };
    world.vpcs.set(vpc.id, vpc);
    world.byRouter.set(vpc.routerId, vpc);
    world.byTable.set(vpc.tableId, vpc);
    if (settings.vpcMs > 0) {
      world.timeline.after(settings.vpcMs, () => {
        vpc.status = 'Available';
      });
    }
    return { VpcId: vpc.id, VRouterId: vpc.routerId, RouteTableId: vpc.tableId };
  },
};

/** DeleteVpc: refused while anything lives in the VPC (R87). */
export const deleteVpc: Operation = {
  mandatory: ['VpcId'],
  guards: [
    vpcGuard,
    {
      name: 'status',
      kind: 'status',
      check: (call) => (namedVpc(call)?.status === 'Pending' ? 'vpcStatus' : undefined),
    },
    {
      name: 'interface',
      kind: 'state',
      check: (call) => ((namedVpc(call)?.interfaces ?? 0) > 0 ? 'vpcInterface' : undefined),
    },
    {
      name: 'routeEntry',
      kind: 'state',
      check: (call) => {
        const vpc = namedVpc(call);
        const left = [...call.world.entries.values()].some((entry) => entry.tableId === vpc?.tableId);
        return left ? 'vpcRouteEntry' : undefined;
      },
    },
    dryRunGuard,
  ],
  perform: (call) => {
    const vpc = namedVpc(call);
    if (!vpc) throw new Error('DeleteVpc ran without the VPC that its guards must have found.');
    call.world.vpcs.delete(vpc.id);
    call.world.byRouter.delete(vpc.routerId);
    call.world.byTable.delete(vpc.tableId);
    return {};
  },
};

function vpcItem(vpc: Vpc): Body {
  return {
    VpcId: vpc.id,
    RegionId: vpc.regionId,
    Status: vpc.status,
    VpcName: vpc.name,
    Description: vpc.description,
    CidrBlock: vpc.cidrBlock,
    CreationTime: vpc.creationTime,
    VRouterId: vpc.routerId,
    IsDefault: false,
    RouterTableIds: { RouterTableIds: [vpc.tableId] },
    VSwitchIds: { VSwitchId: [] },
  };
}

/** Returns the page of the VPCs that `wanted` accepts, under the list's own key. */
function pageOf(call: Call, wanted: (vpc: Vpc) => boolean, shape: (items: readonly Vpc[]) => Body): Body {
  const { params, world } = call;
  const found = [...world.vpcs.values()].filter((vpc) => vpc.regionId === params['RegionId'] && wanted(vpc));
  const page = wholeNumber(params['PageNumber'] ?? '1');
  const size = wholeNumber(params['PageSize'] ?? '10');
  const shown = found.slice((page - 1) * size, page * size);
  return { TotalCount: found.length, PageNumber: page, PageSize: size, ...shape(shown) };
}

/** Returns whether `value` is among the ids in `list` (separated by commas), or `list` is absent. */
function among(list: string | undefined, value: string): boolean {
  return list === undefined || list.split(',').includes(value);
}

export const describeVpcs: Operation = {
  mandatory: ['RegionId'],
  reads: true,
  guards: [regionGuard('regionProvided'), pagingGuard],
  perform: (call) =>
    pageOf(
      call,
      (vpc) => among(call.params['VpcId'], vpc.id) && among(call.params['VpcName'], vpc.name),
      (shown) => ({ Vpcs: { Vpc: shown.map(vpcItem) } }),
    ),
};

export const describeVpcAttribute: Operation = {
  mandatory: ['RegionId', 'VpcId'],
  reads: true,
  guards: [regionGuard('regionProvided'), vpcGuard],
  perform: (call) => {
    const vpc = namedVpc(call);
    return vpc ? vpcItem(vpc) : {};
  },
};

export const describeVRouters: Operation = {
  mandatory: ['RegionId'],
  reads: true,
  guards: [regionGuard('regionProvided'), pagingGuard],
  perform: (call) =>
    pageOf(
      call,
      (vpc) => among(call.params['VRouterId'], vpc.routerId),
      (shown) => ({
        VRouters: {
          VRouter: shown.map((vpc) => ({
            VRouterId: vpc.routerId,
            RegionId: vpc.regionId,
            VpcId: vpc.id,
            VRouterName: '',
            Description: '',
            CreationTime: vpc.creationTime,
            RouteTableIds: { RouteTableId: [vpc.tableId] },
          })),
        },
      }),
    ),
};
