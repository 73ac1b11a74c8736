import type { Call, Guard, Operation } from './operation.ts';
import { wholeNumber } from './parameters.ts';
import { regionGuard } from './regions.ts';
import { timestamp } from './timeline.ts';
import { dryRunGuard, isCidrBlock } from './vpcs.ts';
import type { RouteEntry, RouterInterface, Vpc } from './world.ts';

function tableOf({ params, world }: Call): Vpc | undefined {
  return world.byTable.get(params['RouteTableId'] ?? '');
}

function entriesOf(call: Call, tableId: string | undefined): RouteEntry[] {
  return [...call.world.entries.values()].filter((entry) => entry.tableId === tableId);
}

const tableGuard: Guard = {
  name: 'table',
  kind: 'existence',
  check: (call) => (tableOf(call) ? undefined : 'routeTable'),
};

function nextHop({ params, world }: Call): RouterInterface | undefined {
  return world.interfaces.get(params['NextHopId'] ?? '');
}

/** R90: route changes of one VPC happen one after the other. */
function busy(call: Call, tableId: string | undefined): boolean {
  return entriesOf(call, tableId).some((entry) => entry.status !== 'Available');
}

/** CreateRouteEntry: a route whose next hop is a router interface of the same VPC (R88). */
export const createRouteEntry: Operation = {
  mandatory: ['RouteTableId', 'DestinationCidrBlock'],
  token: true,
  guards: [
    tableGuard,
    {
      name: 'cidr',
      kind: 'parameter',
      check: ({ params }) => (isCidrBlock(params['DestinationCidrBlock'] ?? '') ? undefined : 'cidr'),
    },
    {
      name: 'nextHopType',
      kind: 'parameter',
      // Nothing else that could be a next hop exists here; the real default is Instance.
      check: ({ params }) => (params['NextHopType'] === 'RouterInterface' ? undefined : 'InvalidNextHopType'),
    },
    {
      name: 'nextHop',
      kind: 'existence',
      check: (call) => {
        if (call.params['NextHopType'] !== 'RouterInterface') return undefined;
        if (call.params['NextHopId'] === undefined) return 'MissingNextHopId';
        const ri = nextHop(call);
        if (!ri) return 'interfaceRecords';
        return ri.routerId === tableOf(call)?.routerId ? undefined : 'InvalidNextHopId';
      },
    },
    {
      name: 'nextHopStatus',
      kind: 'status',
      check: (call) => {
        const ri = nextHop(call);
        return ri && ri.status !== 'Active' ? 'nextHopStatus' : undefined;
      },
    },
    {
      name: 'duplicate',
      kind: 'state',
      check: (call) => {
        const block = call.params['DestinationCidrBlock'];
        const known = entriesOf(call, call.params['RouteTableId']).some((entry) => entry.cidrBlock === block);
        return known ? 'cidrDuplicate' : undefined;
      },
    },
    {
      name: 'quota',
      kind: 'state',
      check: (call) =>
        entriesOf(call, call.params['RouteTableId']).length >= call.settings.routeEntriesPerTable
          ? 'routeQuota'
          : undefined,
    },
    {
      name: 'conflict',
      kind: 'state',
      check: (call) => (busy(call, call.params['RouteTableId']) ? 'taskConflict' : undefined),
    },
    {
      name: 'vpcStatus',
      kind: 'status',
      check: (call) => (tableOf(call)?.status === 'Pending' ? 'vpcStatus' : undefined),
    },
    dryRunGuard,
  ],
  perform: (call) => {
    const { params, settings, world } = call;
    const entry: RouteEntry = {
      id: world.identifiers.resource('rte'),
      tableId: params['RouteTableId'] ?? '',
      cidrBlock: params['DestinationCidrBlock'] ?? '',
      nextHopId: params['NextHopId'] ?? '',
      name: params['RouteEntryName'] ?? '',
      description: params['Description'] ?? '',
      modified: timestamp(world.timeline.time),
      status: settings.routeEntryMs === 0 ? 'Available' : 'Pending',
    };
    world.entries.set(entry.id, entry);
    const ri = nextHop(call);
    if (ri) ri.routes += 1;
    if (settings.routeEntryMs > 0) {
      world.timeline.after(settings.routeEntryMs, () => {
        entry.status = 'Available';
      });
    }
    return { RouteEntryId: entry.id };
  },
};

/** Returns the entry that a DeleteRouteEntry means: by its id, or by table, block and next hop. */
function namedEntry(call: Call): RouteEntry | undefined {
  const { params, world } = call;
  if (params['RouteEntryId'] !== undefined) return world.entries.get(params['RouteEntryId']);
  return entriesOf(call, params['RouteTableId']).find(
    (entry) =>
      entry.cidrBlock === params['DestinationCidrBlock'] &&
      (params['NextHopId'] === undefined || entry.nextHopId === params['NextHopId']),
  );
}

/** DeleteRouteEntry: the entry blocks its next hop until it is gone (R57). */
export const deleteRouteEntry: Operation = {
  mandatory: [],
  guards: [
    {
      name: 'which',
      kind: 'parameter',
      check: ({ params }) => {
        if (params['RouteEntryId'] !== undefined) {
          return params['DestinationCidrBlock'] === undefined ? undefined : 'InvalidDestinationCidrBlock';
        }
        if (params['RouteTableId'] === undefined) return 'MissingRouteTableId';
        return params['DestinationCidrBlock'] === undefined ? 'MissingDestinationCidrBlock' : undefined;
      },
    },
    { name: 'entry', kind: 'existence', check: (call) => (namedEntry(call) ? undefined : 'routeEntry') },
    {
      name: 'conflict',
      kind: 'state',
      check: (call) => (busy(call, namedEntry(call)?.tableId) ? 'taskConflict' : undefined),
    },
    dryRunGuard,
  ],
  perform: (call) => {
    const { settings, world } = call;
    const entry = namedEntry(call);
    if (!entry) throw new Error('DeleteRouteEntry ran without the entry that its guards must have found.');
    const drop = () => {
      world.entries.delete(entry.id);
      const ri = world.interfaces.get(entry.nextHopId);
      if (ri) ri.routes -= 1;
    };
    if (settings.routeEntryMs === 0) drop();
    else {
      entry.status = 'Deleting';
      world.timeline.after(settings.routeEntryMs, drop);
    }
    return {};
  },
};

/** DescribeRouteEntryList: the custom entries of one table; NextToken is the place of the next one. */
export const describeRouteEntryList: Operation = {
  mandatory: ['RegionId', 'RouteTableId'],
  reads: true,
  guards: [
    regionGuard('regionProvided'),
    tableGuard,
    {
      name: 'maxResult',
      kind: 'parameter',
      check: ({ params }) => {
        const most = wholeNumber(params['MaxResult'] ?? '50');
        if (!(most >= 1 && most <= 100)) return 'InvalidMaxResult';
        return Number.isNaN(wholeNumber(params['NextToken'] ?? '0')) ? 'InvalidNextToken' : undefined;
      },
    },
  ],
  perform: (call) => {
    const { params } = call;
    const found = entriesOf(call, params['RouteTableId']).filter(
      (entry) =>
        (params['NextHopId'] ?? entry.nextHopId) === entry.nextHopId &&
        (params['NextHopType'] ?? 'RouterInterface') === 'RouterInterface' &&
        (params['DestinationCidrBlock'] ?? entry.cidrBlock) === entry.cidrBlock &&
        (params['RouteEntryId'] ?? entry.id) === entry.id &&
        (params['RouteEntryType'] ?? 'Custom') === 'Custom',
    );
    const from = wholeNumber(params['NextToken'] ?? '0');
    const to = from + wholeNumber(params['MaxResult'] ?? '50');
    return {
      NextToken: to < found.length ? String(to) : '',
      RouteEntrys: {
        RouteEntry: found.slice(from, to).map((entry) => ({
          RouteEntryId: entry.id,
          RouteEntryName: entry.name,
          RouteTableId: entry.tableId,
          Description: entry.description,
          DestinationCidrBlock: entry.cidrBlock,
          GmtModified: entry.modified,
          IpVersion: 'ipv4',
          Status: entry.status,
          Type: 'Custom',
          NextHops: {
            NextHop: [
              { NextHopId: entry.nextHopId, NextHopType: 'RouterInterface', Enabled: '1', Weight: 0 },
            ],
          },
        })),
      },
    };
  },
};
