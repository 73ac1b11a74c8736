import type { Tables } from '../compile.ts';
import { type Interface, noHealthCheck, noShown, noTags, type World } from '../world.ts';
import { seen, type View } from './blame.ts';
import { remembered } from './constants.ts';
import type { Item } from './differs.ts';
import { tagsShown } from './tags.ts';

/** The interface after a read that lags: of the present only what never changes is known. */
export function glimpsed(each: Interface, believed: Interface, item: Item, view: View): Interface {
  if (!each.trusted) return each;
  const shown = remembered(each, believed, item, view);
  return shown === each.shown ? each : { ...each, shown };
}

/** The time of a look, where nothing can happen until it is another: NaN where it can at any moment. */
export const instantOf = ({ env }: World, now: number): number => (env.clock === 'manual' ? now : Number.NaN);

/** The interface as it is known once a look has shown it, at `seenAt`: narrowed to its status. */
export function recognised(
  tables: Tables,
  each: Interface,
  states: number,
  item: Item,
  view: View,
  seenAt: number,
): Interface {
  const known = states & tables.labelled(item['Status'] as string);
  const news = seen(each.news, view);
  if (!each.trusted) return { ...each, states: known, seenAt, news, ...adopted(each, item) };
  const shown = remembered(each, each, item, view);
  const same = known === each.states && news === each.news && shown === each.shown;
  return same && Object.is(seenAt, each.seenAt) ? each : { ...each, states: known, seenAt, news, shown };
}

/** After a divergence nothing is believed any more: what is seen next is taken as it is. */
function adopted(each: Interface, item: Item): Partial<Interface> {
  const text = (field: string): string | undefined => {
    const value = item[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    trusted: true,
    // Its time ran before: it is not held to end by itself a second time.
    since: Number.POSITIVE_INFINITY,
    spec: text('Spec') ?? each.spec,
    role: text('Role') ?? each.role,
    business: text('BusinessStatus') ?? each.business,
    name: text('Name'),
    description: text('Description'),
    opposite: {
      regionId: text('OppositeRegionId') ?? each.opposite.regionId,
      routerType: text('OppositeRouterType'),
      routerId: text('OppositeRouterId'),
      interfaceId: text('OppositeInterfaceId'),
      ownerId: text('OppositeInterfaceOwnerId'),
    },
    // What was sent for the other two is not shown as it was sent: they are taken for defaults.
    healthCheck: {
      ...noHealthCheck,
      sourceIp: text('HealthCheckSourceIp'),
      targetIp: text('HealthCheckTargetIp'),
    },
    tags: tagsShown(item) ?? noTags,
    resourceGroupId: undefined,
    chargeType: undefined,
    shown: noShown,
  };
}
