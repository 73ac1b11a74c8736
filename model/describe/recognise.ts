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
  const narrowed = statesShown(tables, states, item['Status']);
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

/** A status that was not expected is taken as it is; of one that is none, nothing is learnt. */
function statesShown(tables: Tables, states: number, status: unknown): number {
  const labelled = tables.labelled(status as string);
  return states & labelled || labelled || states;
}

/** After a divergence nothing is believed any more: what is seen next is taken as it is. */
function adopt(known: Draft<Interface>, item: Item): void {
  const { spec, role, business, opposite } = asShown(known, item);
  known.trusted = true;
  // Its time ran before: it is not held to end by itself a second time.
  known.since = Number.POSITIVE_INFINITY;
  known.spec = spec;
  known.role = role;
  known.business = business;
  known.name = text(item, 'Name');
  known.description = text(item, 'Description');
  known.opposite = opposite;
  // What was sent for the other two is not shown as it was sent: they are taken for defaults.
  known.healthCheck = {
    ...noHealthCheck,
    sourceIp: text(item, 'HealthCheckSourceIp'),
    targetIp: text(item, 'HealthCheckTargetIp'),
  };
  known.tags = tagsShown(item) ?? noTags;
  known.resourceGroupId = undefined;
  known.chargeType = undefined;
}

function text(item: Item, field: string): string | undefined {
  const value = item[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The fields that decide what a call leads to, as they are shown. */
export function asShown(
  { spec, role, business, opposite }: Interface,
  item: Item,
): Pick<Interface, 'spec' | 'role' | 'business' | 'opposite'> {
  return {
    spec: text(item, 'Spec') ?? spec,
    role: text(item, 'Role') ?? role,
    business: text(item, 'BusinessStatus') ?? business,
    opposite: {
      regionId: text(item, 'OppositeRegionId') ?? opposite.regionId,
      routerType: text(item, 'OppositeRouterType'),
      routerId: text(item, 'OppositeRouterId'),
      interfaceId: text(item, 'OppositeInterfaceId'),
      ownerId: text(item, 'OppositeInterfaceOwnerId'),
    },
  };
}
