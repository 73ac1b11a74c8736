import { lockGuard } from './interface-guards.ts';
import type { Body, Call, Guard, Operation } from './operation.ts';
import { regionGuard } from './regions.ts';
import { tokenGuard } from './tokens.ts';
import type { RouterInterface } from './world.ts';

const guards: readonly Guard[] = [
  regionGuard('region'),
  {
    name: 'interface',
    kind: 'existence',
    check: ({ ri, settings }) => {
      if (ri) return undefined;
      // A5, A15: the two codes that clients rely on for the same condition.
      return settings.profile.deleteNotFound === 'InvalidInstanceId.NotFound'
        ? 'instance'
        : 'interfaceRecords';
    },
  },
  {
    name: 'status',
    kind: 'status',
    check: ({ ri }) => (ri && ri.status !== 'Idle' && ri.status !== 'Inactive' ? 'notDeletable' : undefined),
  },
  { name: 'routeEntry', kind: 'state', check: ({ ri }) => (ri && ri.routes > 0 ? 'referred' : undefined) },
  lockGuard,
  {
    name: 'prepaid',
    kind: 'state',
    check: ({ ri }) => (ri?.chargeType === 'PrePaid' ? 'prepaid' : undefined),
  },
  tokenGuard,
  {
    name: 'mutants',
    kind: 'state',
    check: ({ ri, settings }) => {
      if (!ri) return undefined;
      const refused =
        (ri.status === 'Inactive' && settings.is('delete-refuses-inactive')) ||
        (ri.status === 'Idle' &&
          ri.role === 'AcceptingSide' &&
          settings.is('delete-refuses-idle-acceptor')) ||
        (ri.businessStatus === 'FinancialLocked' && settings.is('delete-refuses-overdue'));
      return refused ? 'notDeletable' : undefined;
    },
  },
];

/** DeleteRouterInterface: one end goes, by way of Deleting (A14); the other stays (R60). */
export const deleteInterface: Operation = {
  mandatory: ['RegionId', 'RouterInterfaceId'],
  target: 'RouterInterfaceId',
  token: true,
  guards,
  perform: (call) => {
    // Without an interface only for the mutant that deletes what does not exist.
    if (call.ri) remove(call, call.ri);
    return {};
  },
  refused: (call, reason) => {
    const lock = reason === 'operationLocked' && call.settings.is('refused-delete-deletes');
    if (call.ri && lock) vanish(call, call.ri);
  },
};

function remove(call: Call, ri: RouterInterface): Body {
  const { settings, world } = call;
  if (settings.profile.deletion === 'instant') {
    vanish(call, ri);
    return {};
  }
  ri.status = 'Deleting';
  if (settings.is('deleting-for-ever')) return {};
  world.timeline.after(settings.deleteMs, () => {
    if (settings.is('deleted-comes-back')) ri.status = 'Idle';
    else vanish(call, ri);
  });
  return {};
}

/** The interface is gone. Its linked peer keeps the dangling ids and shows the status Deleted. */
function vanish({ settings, world }: Call, ri: RouterInterface): void {
  world.remove(ri);
  const survivor = world.interfaces.get(ri.peerId ?? '');
  if (!survivor) return;
  if (settings.profile.survivor === 'inactive' && survivor.status === 'Active') survivor.status = 'Inactive';
  if (settings.is('delete-idles-peer')) survivor.status = 'Idle';
  if (settings.is('delete-takes-peer')) world.remove(survivor);
}
