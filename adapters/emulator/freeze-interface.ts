import { financialGuard, interfaceGuard, lockGuard } from './interface-guards.ts';
import { type Body, type Call, type Operation, targetOf } from './operation.ts';
import { regionGuard } from './regions.ts';
import type { RouterInterface, Status } from './world.ts';

/** DeactivateRouterInterface: Active -> Deactivating -> Inactive (R51 to R53). */
export const deactivateInterface: Operation = {
  mandatory: ['RegionId', 'RouterInterfaceId'],
  target: 'RouterInterfaceId',
  guards: [
    interfaceGuard('interfaceDeactivate'),
    regionGuard('regionProvided'),
    {
      name: 'status',
      kind: 'status',
      check: ({ ri }) => (ri && ri.status !== 'Active' ? 'notActive' : undefined),
    },
    financialGuard('financial'),
    lockGuard,
    {
      name: 'mutants',
      kind: 'state',
      check: ({ ri, settings }) =>
        ri?.role === 'AcceptingSide' && settings.is('deactivate-refuses-acceptor') ? 'notActive' : undefined,
    },
  ],
  perform: deactivate,
  refused: (call, reason) => {
    const locked = reason === 'financial' || reason === 'operationLocked';
    if (locked && call.ri && call.settings.is('refused-deactivate-freezes')) call.ri.status = 'Inactive';
  },
};

function deactivate(call: Call): Body {
  for (const ri of bothOrOne(call, 'Active')) freeze(call, ri);
  bringAlong(call, 'Deactivating');
  disturb(call, targetOf(call));
  return {};
}

function freeze(call: Call, ri: RouterInterface): void {
  const { settings, world } = call;
  ri.following = undefined;
  ri.status = 'Deactivating';
  ri.deactivations += 1;
  if (settings.is('deactivating-for-ever')) return;
  if (ri !== call.ri && settings.is('peer-frozen-for-ever')) return;
  const idle =
    settings.is('deactivate-ends-idle') ||
    (settings.is('second-deactivate-ends-idle') && ri.deactivations > 1);
  world.timeline.after(settings.deactivateMs, () => {
    ri.status = idle ? 'Idle' : 'Inactive';
  });
}

/** What Deactivate must not do to others. */
function disturb({ settings, world }: Call, ri: RouterInterface): void {
  const peer = world.interfaces.get(ri.peerId ?? '');
  if (peer && settings.is('deactivate-idles-peer')) peer.status = 'Idle';
  if (!settings.is('deactivate-neighbour')) return;
  for (const other of world.interfaces.values()) {
    const neighbour = other !== ri && other.routerId === ri.routerId && other.status === 'Active';
    if (neighbour) other.status = 'Inactive';
  }
}

/** ActivateRouterInterface: Inactive -> Activating -> Active (R45 to R47, R50). */
export const activateInterface: Operation = {
  mandatory: ['RegionId', 'RouterInterfaceId'],
  target: 'RouterInterfaceId',
  guards: [
    regionGuard('region'),
    interfaceGuard('interfaceRecords'),
    {
      name: 'status',
      kind: 'status',
      check: ({ ri }) => (ri && ri.status !== 'Inactive' ? 'notInactive' : undefined),
    },
    financialGuard('financial'),
    {
      name: 'peerDeleted',
      kind: 'state',
      check: ({ ri, settings, world }) => {
        if (settings.profile.activatePeerDeleted !== 'refuse' || ri?.peerId === undefined) return undefined;
        return world.interfaces.has(ri.peerId) ? undefined : 'peerDeleted';
      },
    },
    {
      name: 'mutants',
      kind: 'state',
      check: ({ ri, settings }) =>
        ri?.role === 'AcceptingSide' && settings.is('activate-refuses-acceptor') ? 'notInactive' : undefined,
    },
  ],
  perform: activate,
};

function activate(call: Call): Body {
  for (const ri of bothOrOne(call, 'Inactive')) thaw(call, ri);
  bringAlong(call, 'Activating');
  return {};
}

function thaw({ settings, world }: Call, ri: RouterInterface): void {
  ri.following = undefined;
  ri.status = 'Activating';
  ri.activations += 1;
  const stuck =
    settings.is('activating-for-ever') || (settings.is('second-activate-for-ever') && ri.activations > 1);
  if (stuck) return;
  world.timeline.after(settings.activateMs, () => {
    ri.status = settings.is('activate-ends-idle') ? 'Idle' : 'Active';
  });
}

/** Returns the called interface and, where both ends move together (A7), its peer if that is in `from` too. */
function bothOrOne(call: Call, from: Status): readonly RouterInterface[] {
  const ri = targetOf(call);
  const peer = call.world.interfaces.get(ri.peerId ?? '');
  return call.settings.profile.deactivation === 'both' && peer?.status === from ? [ri, peer] : [ri];
}

/** What an interface must be to go that way. */
const before = { Deactivating: 'Active', Activating: 'Inactive' } as const;

/** Where the peer follows late (A7): it will, unless the called end comes back before it has. */
function bringAlong(call: Call, where: keyof typeof before): void {
  const { settings, world } = call;
  const peer = world.interfaces.get(targetOf(call).peerId ?? '');
  if (settings.profile.deactivation !== 'late' || peer === undefined) return;
  peer.following = peer.status === before[where] && peer.following === undefined ? where : undefined;
  if (peer.following !== undefined) world.timeline.after(settings.followMs, () => follow(call, peer, where));
}

/** It is not taken away from a spec change: then it goes once that is over. */
function follow(call: Call, peer: RouterInterface, where: keyof typeof before): void {
  const { settings, world } = call;
  if (peer.following !== where) return;
  if (peer.status === 'Activating' || peer.status === 'Modifying') {
    world.timeline.after(Math.max(1, settings.specChangeMs), () => follow(call, peer, where));
    return;
  }
  peer.following = undefined;
  if (peer.status !== before[where]) return;
  if (where === 'Deactivating') freeze(call, peer);
  else thaw(call, peer);
}
