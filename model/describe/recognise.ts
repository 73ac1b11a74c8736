import type { Tables } from '../compile.ts';
import { type Draft, draftOf, type Interface, noHealthCheck, noShown, noTags, type World } from '../world.ts';
import { seen, type View } from './blame.ts';
import { remembered } from './constants.ts';
import type { Item } from './differs.ts';
import { tagsShown } from './tags.ts';

/** The interface after a read that lags: of the present only what never changes is known. */
export function glimpsed(each: Interface, believed: Interface, item: Item, view: View): Interface {
  if (!each.trusted) return each;
  const shown = remembered(each, believed, item, view);
  if (shown === each.shown) return each;
  const known = draftOf(each);
  known.shown = shown;
  return known;
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
  const narrowed = states & tables.labelled(item['Status'] as string);
  const news = seen(each.news, view);
  const shown = each.trusted ? remembered(each, each, item, view) : noShown;
  const same = narrowed === each.states && news === each.news && shown === each.shown && each.trusted;
  if (same && Object.is(seenAt, each.seenAt)) return each;
  const known = draftOf(each);
  known.states = narrowed;
  known.seenAt = seenAt;
  known.news = news;
  known.shown = shown;
  if (!each.trusted) adopt(known, item);
  return known;
}

/** After a divergence nothing is believed any more: what is seen next is taken as it is. */
function adopt(known: Draft<Interface>, item: Item): void {
  const text = (field: string): string | undefined => {
    const value = item[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  known.trusted = true;
  // Its time ran before: it is not held to end by itself a second time.
  known.since = Number.POSITIVE_INFINITY;
  known.spec = text('Spec') ?? known.spec;
  known.role = text('Role') ?? known.role;
  known.business = text('BusinessStatus') ?? known.business;
  known.name = text('Name');
  known.description = text('Description');
  known.opposite = {
    regionId: text('OppositeRegionId') ?? known.opposite.regionId,
    routerType: text('OppositeRouterType'),
    routerId: text('OppositeRouterId'),
    interfaceId: text('OppositeInterfaceId'),
    ownerId: text('OppositeInterfaceOwnerId'),
  };
  // What was sent for the other two is not shown as it was sent: they are taken for defaults.
  known.healthCheck = {
    ...noHealthCheck,
    sourceIp: text('HealthCheckSourceIp'),
    targetIp: text('HealthCheckTargetIp'),
  };
  known.tags = tagsShown(item) ?? noTags;
  known.resourceGroupId = undefined;
  known.chargeType = undefined;
}
