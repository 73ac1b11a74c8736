import { bandwidthsOf } from '../describe/bandwidth.ts';
import { type Interface, noTags } from '../world.ts';
import { environment, region } from './worlds.ts';

/** Answers of the two Describe operations, as a target that does everything right would give them. */

type Fields = Readonly<Record<string, unknown>>;

/** What is set of `fields`: a key that was never set is absent. */
const present = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** One interface as it is shown in a status; `changes` with an undefined value leave a key out. */
export function shown(each: Interface, status: string, changes: Fields = {}): Record<string, unknown> {
  const { opposite, healthCheck } = each;
  return present({
    RouterInterfaceId: each.id,
    Status: status,
    BusinessStatus: each.business,
    RouterId: each.routerId,
    RouterType: each.routerType,
    Role: each.role,
    Spec: each.spec,
    Bandwidth: bandwidthsOf(each.spec)[0],
    VpcInstanceId: environment().routers.find(({ id }) => id === each.routerId)?.vpcId,
    ChargeType: 'AfterPay',
    CreationTime: '2026-01-01T00:00:00Z',
    ConnectedTime: each.link === null && status !== 'Active' ? undefined : '2026-01-01T00:01:00Z',
    ResourceGroupId: each.resourceGroupId,
    Tags:
      each.tags === noTags
        ? undefined
        : { Tags: Object.entries(each.tags).map(([Key, Value]) => ({ Key, Value })) },
    Name: each.name,
    Description: each.description,
    OppositeRegionId: opposite.regionId,
    OppositeInterfaceId: opposite.interfaceId,
    OppositeRouterId: opposite.routerId,
    OppositeRouterType: opposite.routerType,
    OppositeInterfaceOwnerId: opposite.ownerId,
    HealthCheckSourceIp: healthCheck.sourceIp,
    HealthCheckTargetIp: healthCheck.targetIp,
    HcThreshold: healthCheck.threshold,
    HcRate: healthCheck.rate,
    ...changes,
  });
}

/** A list of one page, or of the page that `changes` make of it. */
export const listOf = (items: readonly unknown[], changes: Fields = {}): Record<string, unknown> =>
  present({
    RequestId: 'req',
    TotalCount: items.length,
    PageNumber: 1,
    PageSize: 10,
    RouterInterfaceSet: { RouterInterfaceType: items },
    ...changes,
  });

/** Arguments of a list of what is on the routers given, so that all of it is ours. */
export const onRouters = (...ids: readonly string[]): Record<string, string> => ({
  RegionId: region,
  ...filter(1, 'RouterId', ...ids),
});

export const filter = (
  number: number,
  key: string,
  ...values: readonly string[]
): Record<string, string> => ({
  [`Filter.${number}.Key`]: key,
  ...Object.fromEntries(values.map((value, index) => [`Filter.${number}.Value.${index + 1}`, value])),
});
