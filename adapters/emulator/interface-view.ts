import type { Body } from './operation.ts';
import type { Settings } from './options.ts';
import { bandwidthOf } from './specs.ts';
import type { InterfaceView, RouterInterface } from './world.ts';

/**
 * Returns `ri` as Describe* print it, with the keys of the recorded run.
 *
 * What is not set has no key, neither null nor "" (A35); the one exception is the owner of a known
 * peer, which the recorded run shows as "". An acceptor has neither OppositeInterfaceSpec nor
 * OppositeBandwidth there. OppositeInterfaceStatus appears with the link and says Deleted once the
 * linked interface is gone.
 */
export function interfaceItem(ri: RouterInterface, view: InterfaceView, settings: Settings): Body {
  const item: Body = {
    RouterInterfaceId: ri.id,
    RouterId: ri.routerId,
    RouterType: 'VRouter',
    VpcInstanceId: settings.is('vpc-of-peer') ? (ri.oppositeVpcId ?? ri.vpcId) : ri.vpcId,
    Role: ri.role,
    Spec: ri.spec,
    Bandwidth: shownBandwidth(ri, settings),
    Status: settings.is('status-lower-case') ? ri.status.toLowerCase() : ri.status,
    BusinessStatus: shownBusinessStatus(ri, settings),
    ChargeType: shownChargeType(ri, settings),
    CreationTime: settings.is('creation-time-not-a-time') ? Date.parse(ri.creationTime) : ri.creationTime,
    EndTime: ri.endTime,
    CrossBorder: false,
    HasReservationData: false,
    OppositeRegionId: ri.oppositeRegionId,
  };
  set(item, 'Name', ri.name);
  set(item, 'Description', ri.description);
  set(item, 'ConnectedTime', settings.is('connected-time-missing') ? undefined : ri.connectedTime);
  set(item, 'ResourceGroupId', ri.resourceGroupId);
  set(item, 'HealthCheckSourceIp', ri.healthCheckSourceIp);
  set(item, 'HealthCheckTargetIp', ri.healthCheckTargetIp);
  set(item, 'HcThreshold', ri.hcThreshold);
  // Milliseconds in, seconds out (A21).
  set(item, 'HcRate', ri.hcRate === undefined ? undefined : ri.hcRate / 1000);
  if (ri.tags) {
    item['Tags'] = { Tags: Object.entries(ri.tags).map(([Key, Value]) => ({ Key, Value })) };
  }
  addOpposite(item, ri, view, settings);
  return item;
}

function set(item: Body, key: string, value: string | number | undefined): void {
  if (value !== undefined) item[key] = value;
}

function shownChargeType(ri: RouterInterface, settings: Settings): string {
  const wrong =
    (settings.is('charge-type-of-acceptor') && ri.role === 'AcceptingSide') ||
    (settings.is('charge-type-changes') && ri.specChanges > 0);
  return wrong ? 'PrePaid' : ri.chargeType;
}

function shownBandwidth(ri: RouterInterface, settings: Settings): number {
  if (ri.spec === 'Small.1' && settings.is('bandwidth-of-small')) return 1;
  return bandwidthOf(ri.bandwidthSpec, settings.profile.bandwidth);
}

function shownBusinessStatus(ri: RouterInterface, settings: Settings): string {
  return ri.businessStatus !== 'Normal' && settings.is('business-status-unknown')
    ? 'Locked'
    : ri.businessStatus;
}

function addOpposite(item: Body, ri: RouterInterface, view: InterfaceView, settings: Settings): void {
  const linked = ri.peerId !== undefined;
  const peer = view.get(ri.peerId ?? ri.oppositeInterfaceId ?? '');
  const mirror = ri.role === 'AcceptingSide' && linked && settings.is('opposite-id-not-mirrored');
  set(item, 'OppositeInterfaceId', mirror ? ri.id : ri.oppositeInterfaceId);
  set(item, 'OppositeInterfaceOwnerId', ri.oppositeInterfaceOwnerId ?? (ri.oppositeInterfaceId && ''));
  set(
    item,
    'OppositeRouterId',
    linked && settings.is('opposite-router-wrong') ? ri.routerId : ri.oppositeRouterId,
  );
  set(item, 'OppositeRouterType', ri.oppositeRouterType);
  set(item, 'OppositeVpcInstanceId', ri.oppositeVpcId);
  set(item, 'OppositeAccessPointId', ri.oppositeAccessPointId);
  item['OppositeInterfaceBusinessStatus'] = peer ? shownBusinessStatus(peer, settings) : 'Normal';
  if (ri.role === 'InitiatingSide') {
    item['OppositeInterfaceSpec'] = peer?.spec ?? 'Negative';
    item['OppositeBandwidth'] = peer ? shownBandwidth(peer, settings) : 0;
  }
  if (!linked) return;
  item['OppositeInterfaceStatus'] = settings.is('opposite-status-stale')
    ? 'Active'
    : (peer?.status ?? 'Deleted');
}
