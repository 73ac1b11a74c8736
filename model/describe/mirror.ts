import type { Tables } from '../compile.ts';
import { show } from '../mismatch.ts';
import { findInterface, type Interface, type World } from '../world.ts';
import { bandwidthsOf } from './bandwidth.ts';
import { type Differs, isUnset, type Item } from './differs.ts';
import { freshReading, laggingReadings } from './versions.ts';

/**
 * Fields that mirror the peer (R86), and the status `Deleted` of a peer that is gone (A8).
 *
 * Only a settled connected pair must show its peer: before that most keys are absent (A35), and
 * while something is pending either end may be shown ahead of the other.
 */
export function checkMirror(
  tables: Tables,
  world: World,
  believed: Interface,
  states: number,
  item: Item,
  differs: Differs,
  now: number,
  lagging: boolean,
): void {
  const peer = findInterface(world, believed.link ?? believed.opposite.interfaceId);
  const shown = item['OppositeInterfaceStatus'];
  const absent = isUnset(shown);
  if (peer === undefined) {
    // Told of an interface that never was: nothing can be known of it.
    if (!absent && believed.opposite.interfaceId === undefined)
      differs('OppositeInterfaceStatus', ['R86'], 'no such key');
    return;
  }
  if (!peer.trusted) return;
  const readings = lagging
    ? laggingReadings(tables, world, peer, now)
    : [freshReading(tables, world, peer, now)];
  const peerStates = readings.reduce((set, reading) => set | reading.states, 0);
  const stale = readings.length > 1;
  const active = tables.labelled('Active');
  const mustShow =
    !stale && believed.link !== null && (peerStates & ~active) === 0 && (states & ~active) === 0;
  if (
    absent ? mustShow : !tables.labels(peerStates).includes(shown === 'Deleted' ? null : (shown as string))
  ) {
    const labels = tables.labels(peerStates).map((label) => label ?? 'Deleted');
    differs('OppositeInterfaceStatus', ['R86'], labels.join(' or '), true);
  }
  if (stale || believed.link === null || believed.opposite.interfaceId !== peer.id) return;
  const mirrors = (field: string, allowed: readonly unknown[]): void => {
    const value = item[field];
    if (!isUnset(value) && !allowed.includes(value)) {
      differs(field, ['R86'], allowed.map(show).join(' or '), true);
    }
  };
  if ((peerStates & tables.labelled(null)) !== 0) return; // what is left of a deleted peer is not described
  mirrors('OppositeInterfaceSpec', [peer.spec]);
  mirrors('OppositeInterfaceBusinessStatus', [peer.business]);
  const bandwidths = bandwidthsOf(peer.spec);
  const bandwidth = item['OppositeBandwidth'];
  if (bandwidths.length > 0 && !isUnset(bandwidth) && !bandwidths.includes(Number(bandwidth)))
    differs('OppositeBandwidth', ['R86'], bandwidths.join(' or '), true);
  const vpcs = [peer.routerId, believed.opposite.routerId].map(
    (id) => world.env.routers.find((router) => router.id === id)?.vpcId,
  );
  if (vpcs[0] !== undefined) mirrors('OppositeVpcInstanceId', [...new Set(vpcs)]);
}
