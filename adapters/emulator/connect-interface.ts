import { interfaceGuard } from './interface-guards.ts';
import { type Body, type Call, type Guard, type Operation, targetOf } from './operation.ts';
import type { Reason } from './refusals.ts';
import { regionGuard } from './regions.ts';
import { timestamp } from './timeline.ts';
import type { RouterInterface } from './world.ts';

/** Returns the interface that `ri` names as its opposite, if it is where `ri` says it is. */
function namedPeer({ world }: Call, ri: RouterInterface): RouterInterface | undefined {
  const peer = world.interfaces.get(ri.oppositeInterfaceId ?? '');
  return peer && peer.regionId === ri.oppositeRegionId && peer.status !== 'Deleting' ? peer : undefined;
}

/** R35. Within one account the owner need not be set (A33) unless the profile insists on it. */
function oppositeComplete({ settings }: Call, ri: RouterInterface): boolean {
  if (!ri.oppositeInterfaceId || !ri.oppositeRouterId || !ri.oppositeRouterType) return false;
  return settings.profile.ownerRequired === 'no' || Boolean(ri.oppositeInterfaceOwnerId);
}

/** Returns whether the opposite information of `ri` describes `peer` as it is. */
function describes({ settings }: Call, ri: RouterInterface, peer: RouterInterface): boolean {
  const owner = ri.oppositeInterfaceOwnerId;
  return (
    ri.oppositeInterfaceId === peer.id &&
    (ri.oppositeRouterId === peer.routerId || settings.is('connect-router-unverified')) &&
    ri.oppositeRegionId === peer.regionId &&
    ri.oppositeRouterType !== 'VBR' &&
    (owner === undefined || owner === '' || owner === settings.accountId)
  );
}

/**
 * R36, R40: returns why the two ends do not name each other, undefined when they do.
 *
 * An end that has not been told yet is NotSet, as terraform expects; ends that name somebody else, or
 * that are both initiators, or an acceptor that was linked before, do not match (A4, A6).
 */
function mismatch(call: Call, ri: RouterInterface): Reason | undefined {
  const peer = namedPeer(call, ri);
  if (!peer || !peer.oppositeInterfaceId || !peer.oppositeRouterId) return 'oppositeNotSet';
  const { ownerRequired } = call.settings.profile;
  if (ownerRequired === 'bothEnds' && !peer.oppositeInterfaceOwnerId) return 'oppositeNotSet';
  return answers(call, ri, peer) && isFree(ri, peer) ? undefined : 'oppositeMismatch';
}

/** Whether the two ends name each other, and one of them is there to accept. */
function answers(call: Call, ri: RouterInterface, peer: RouterInterface): boolean {
  return (
    describes(call, ri, peer) &&
    describes(call, peer, ri) &&
    (peer.role === 'AcceptingSide' || call.settings.is('connect-two-initiators'))
  );
}

/** Whether the acceptor can be connected with `ri` now: a spec change of an Idle one is shown, too (A12). */
const isFree = (ri: RouterInterface, peer: RouterInterface): boolean =>
  peer.status === 'Idle' && (peer.peerId === undefined || peer.peerId === ri.id);

function onSameRouter(call: Call, ri: RouterInterface): boolean {
  return ri.oppositeRouterId === ri.routerId || namedPeer(call, ri)?.routerId === ri.routerId;
}

/** R38 and R39: another linked pair joins the two routers already, or is about to. */
function otherPair(call: Call, ri: RouterInterface): 'onePair' | 'concurrent' | undefined {
  const { settings, world } = call;
  if (ri.oppositeRouterId === undefined) return undefined;
  const pair = world.pairBetween(ri.routerId, ri.oppositeRouterId);
  if (!pair || pair.initiatorId === ri.id || pair.acceptorId === ri.id) return undefined;
  const other = world.interfaces.get(pair.initiatorId);
  if (settings.is('pair-forgotten-after-cycle') && (other?.activations ?? 0) > 0) return undefined;
  return other?.status === 'Connecting' ? 'concurrent' : 'onePair';
}

function guard(
  name: string,
  kind: Guard['kind'],
  check: (call: Call, ri: RouterInterface) => Reason | undefined,
): Guard {
  return { name, kind, check: (call) => (call.ri ? check(call, call.ri) : undefined) };
}

const guards: readonly Guard[] = [
  regionGuard('regionRecord'),
  interfaceGuard('interfaceRecord'),
  guard('role', 'state', (_, ri) => (ri.role === 'InitiatingSide' ? undefined : 'notInitiating')),
  guard('status', 'status', (_, ri) => (ri.status === 'Idle' ? undefined : 'notIdle')),
  guard('opposite', 'state', (call, ri) => (oppositeComplete(call, ri) ? undefined : 'oppositeNotSet')),
  guard('sameRouter', 'state', (call, ri) => (onSameRouter(call, ri) ? 'sameRouter' : undefined)),
  guard('peer', 'state', (call, ri) => {
    const hangs = call.settings.profile.connectUnanswered === 'hang';
    const peer = namedPeer(call, ri);
    // Nobody answers; one that would, but is busy, is refused as ever.
    if (hangs && (peer === undefined || !answers(call, ri, peer))) return undefined;
    // Incomplete information and a non-Idle or linked initiator are other rules' business.
    if (!oppositeComplete(call, ri) || onSameRouter(call, ri) || ri.peerId !== undefined) return undefined;
    return mismatch(call, ri);
  }),
  guard('onePair', 'state', (call, ri) => (otherPair(call, ri) === 'onePair' ? 'onePair' : undefined)),
  guard('concurrent', 'state', (call, ri) =>
    otherPair(call, ri) === 'concurrent' ? 'concurrent' : undefined,
  ),
  guard('bills', 'state', ({ world }) => (world.isOverdue ? 'bills' : undefined)),
  guard('mutants', 'state', (call, ri) => {
    const { settings, world } = call;
    const peer = namedPeer(call, ri);
    if (settings.is('connect-refuses-early-acceptor') && peer && peer.id < ri.id) return 'oppositeMismatch';
    if (!settings.is('connect-one-per-router')) return undefined;
    return [...world.pairs.values()].some(
      (pair) => world.interfaces.get(pair.initiatorId)?.routerId === ri.routerId,
    )
      ? 'onePair'
      : undefined;
  }),
];

/** ConnectRouterInterface: the initiator links itself with the acceptor it names (R43). */
export const connectInterface: Operation = {
  mandatory: ['RegionId', 'RouterInterfaceId'],
  target: 'RouterInterfaceId',
  guards,
  perform: connect,
  refused: ({ ri, settings }) => {
    if (ri?.status === 'Idle' && settings.is('refused-connect-freezes')) ri.status = 'Inactive';
  },
};

function connect(call: Call): Body {
  const { settings, world } = call;
  const ri = targetOf(call);
  const unanswered = mismatch(call, ri) !== undefined && ri.peerId === undefined;
  ri.status = 'Connecting';
  if (unanswered && settings.profile.connectUnanswered === 'hang') {
    world.timeline.after(settings.hangMs, () => {
      if (ri.status === 'Connecting') ri.status = 'Idle';
    });
    return {};
  }
  const acceptor = namedPeer(call, ri);
  if (acceptor && acceptor !== ri) {
    world.link(ri, acceptor);
    if (settings.profile.acceptor === 'AcceptingConnecting') acceptor.status = 'AcceptingConnecting';
  }
  if (settings.is('connecting-for-ever')) return {};
  if (settings.is('early-acceptor-for-ever') && acceptor && acceptor.id < ri.id) return {};
  world.timeline.after(settings.connectMs, () => establish(call, ri, acceptor));
  return {};
}

/** The link is up: both ends are Active, and both note the time. */
function establish(
  { settings, world }: Call,
  ri: RouterInterface,
  acceptor: RouterInterface | undefined,
): void {
  const connectedTime = timestamp(world.timeline.time);
  ri.status = settings.is('connect-ends-inactive') ? 'Inactive' : 'Active';
  ri.connectedTime = connectedTime;
  if (settings.is('role-flips-on-connect')) ri.role = 'AcceptingSide';
  if (!acceptor || settings.is('accepting-for-ever')) return;
  // An acceptor that shows Idle meanwhile (A3) can have been deleted.
  if (acceptor.status !== 'AcceptingConnecting' && acceptor.status !== 'Idle') return;
  acceptor.status = settings.is('acceptor-not-connected') ? 'Idle' : 'Active';
  acceptor.connectedTime = connectedTime;
}

/** Returns whether `ri` shows Idle although the connection of its initiator is under way (A3). */
export function isAccepting({ world }: Call, ri: RouterInterface): boolean {
  return ri.status === 'Idle' && world.interfaces.get(ri.peerId ?? '')?.status === 'Connecting';
}
