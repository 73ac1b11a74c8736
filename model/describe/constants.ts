import { show } from '../mismatch.ts';
import type { Interface, Shown, World } from '../world.ts';
import type { View } from './blame.ts';
import { type Differs, isUnset, type Item } from './differs.ts';

/**
 * Fields that nobody sets, or that keep the value of the creation (P7). What they hold is for the target
 * to say; that they stay as they are is not.
 */

/** Every way to write a time that the documents show: to the minute or the second, `Z` or none (A23). */
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z?$/;

/** A field as it compares: unset in any of its spellings is the same. */
const told = (value: unknown): unknown => (isUnset(value) ? undefined : value);

/** Checks the fields of P7 against what the same view showed before, and against what was asked for. */
export function checkConstants(
  world: World,
  believed: Interface,
  item: Item,
  view: View,
  differs: Differs,
): void {
  const before = believed.shown[view];
  if (typeof item['CreationTime'] !== 'string' || !time.test(item['CreationTime'])) {
    differs('CreationTime', ['P7'], 'a time, as in 2019-04-30T06:09:16Z', true);
  }
  const vpcId = world.env.routers.find(({ id }) => id === believed.routerId)?.vpcId;
  if (vpcId !== undefined && item['VpcInstanceId'] !== vpcId) differs('VpcInstanceId', ['R14'], show(vpcId));
  const group = believed.resourceGroupId;
  if (group !== undefined && item['ResourceGroupId'] !== group)
    differs('ResourceGroupId', ['R14'], show(group));
  if (before !== null) {
    stays(before.creationTime, 'CreationTime', told(item['CreationTime']), differs);
    if (vpcId === undefined) stays(before.vpcId, 'VpcInstanceId', told(item['VpcInstanceId']), differs);
    stays(before.chargeType, 'ChargeType', told(item['ChargeType']), differs);
    if (group === undefined)
      stays(before.resourceGroupId, 'ResourceGroupId', told(item['ResourceGroupId']), differs);
  }
  checkConnectedTime(believed, item, before, differs);
  if (before === null || before.healthCheck !== believed.healthCheck) return;
  // Never set, they have defaults that no document tells.
  if (believed.healthCheck.threshold === undefined)
    stays(before.threshold, 'HcThreshold', told(item['HcThreshold']), differs);
  if (believed.healthCheck.rate === undefined) stays(before.rate, 'HcRate', told(item['HcRate']), differs);
}

function stays(before: unknown, field: string, value: unknown, differs: Differs): void {
  if (!Object.is(value, before)) differs(field, ['P7'], `${show(before)}, as before`, true);
}

/** It comes with the connection: absent before (A35), there afterwards, and the same until something is done. */
function checkConnectedTime(believed: Interface, item: Item, before: Shown | null, differs: Differs): void {
  const connected = item['ConnectedTime'];
  if (isUnset(connected)) {
    // An acceptor may be shown Active before its initiator is (A3).
    const both = believed.role === 'InitiatingSide' || item['OppositeInterfaceStatus'] === 'Active';
    if (believed.link !== null && item['Status'] === 'Active' && both)
      differs('ConnectedTime', ['P7'], 'the time of the connection', true);
    return;
  }
  if (typeof connected !== 'string' || !time.test(connected)) {
    differs('ConnectedTime', ['P7'], 'a time, as in 2019-04-30T06:09:16Z', true);
  } else if (
    believed.link === null &&
    item['Status'] === 'Idle' &&
    believed.since !== Number.POSITIVE_INFINITY
  ) {
    differs('ConnectedTime', ['P7'], 'no such key before the connection', true);
  } else if (item['Status'] === 'Active' && before?.connectedSince === believed.since) {
    stays(before.connectedTime, 'ConnectedTime', told(item['ConnectedTime']), differs);
  }
}

/**
 * What a view has shown of an interface once `item` is taken in; the same object where nothing is new.
 * `believed` is the version of it that the item shows, an earlier one where reads lag.
 */
export function remembered(each: Interface, believed: Interface, item: Item, view: View): Interface['shown'] {
  const before = each.shown[view];
  const isActive = item['Status'] === 'Active';
  if (
    before !== null &&
    before.healthCheck === believed.healthCheck &&
    (!isActive || before.connectedSince === believed.since)
  ) {
    return each.shown;
  }
  const { creationTime, vpcId, chargeType, resourceGroupId } = before ?? {
    creationTime: told(item['CreationTime']),
    vpcId: told(item['VpcInstanceId']),
    chargeType: told(item['ChargeType']),
    resourceGroupId: told(item['ResourceGroupId']),
  };
  const now: Shown = {
    creationTime,
    vpcId,
    chargeType,
    resourceGroupId,
    healthCheck: believed.healthCheck,
    threshold: told(item['HcThreshold']),
    rate: told(item['HcRate']),
    connectedSince: isActive ? believed.since : (before?.connectedSince ?? Number.NaN),
    connectedTime: isActive ? told(item['ConnectedTime']) : before?.connectedTime,
  };
  return view === 'list'
    ? { list: now, attribute: each.shown.attribute }
    : { list: each.shown.list, attribute: now };
}
