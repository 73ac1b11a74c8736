import type { Tables } from '../../model/compile.ts';
import { anyChange } from '../../model/describe/blame.ts';
import type { Call } from '../../model/permitted.ts';
import {
  findInterface,
  type Interface,
  noHealthCheck,
  noOpposite,
  noShown,
  noTags,
  type World,
} from '../../model/world.ts';
import { textOf } from '../../model/text.ts';
import type { Reading } from './envelope.ts';
import type { Explanation } from './explain.ts';

type Body = Readonly<Record<string, unknown>>;

/**
 * The belief after a divergence: what it put in doubt is not believed until it is seen again, and the
 * rest goes on being judged. So one fault neither ends a sequence nor is reported over and over as
 * the consequences of itself.
 */
export function resynchronised(
  tables: Tables,
  belief: readonly World[],
  call: Call,
  reading: Reading,
  best: Explanation | undefined,
  now: number,
): readonly World[] {
  const worlds = best === undefined ? belief : best.worlds.length > 0 ? best.worlds : belief;
  if (reading.kind !== 'success') return worlds;
  const { operation, args } = call;
  if (operation === 'DescribeRouterInterfaces' || operation === 'DescribeRouterInterfaceAttribute') {
    const doubted = new Set(best?.mismatches.map(({ interfaceId }) => interfaceId));
    const items = operation === 'DescribeRouterInterfaces' ? itemsOf(reading.body) : [reading.body];
    return worlds.map((world) => {
      const known = {
        ...world,
        interfaces: world.interfaces.map((each) => (doubted.has(each.id) ? inDoubt(each, now) : each)),
      };
      return withStrangers(tables, known, items, args, now);
    });
  }
  if (operation === 'CreateRouterInterface') {
    return worlds.map((world) => withStrangers(tables, world, [{ ...args, ...reading.body }], args, now));
  }
  return belief.map((world) => {
    const subject = findInterface(world, args['RouterInterfaceId']);
    const peer = subject?.link ?? subject?.opposite.interfaceId;
    return {
      ...world,
      interfaces: world.interfaces.map((each) =>
        each.id === subject?.id || each.id === peer ? inDoubt(each, now) : each,
      ),
    };
  });
}

const inDoubt = (each: Interface, now: number): Interface => ({
  ...each,
  trusted: false,
  since: now,
  news: anyChange,
  earlier: [],
});

function itemsOf(body: Body): readonly Body[] {
  const set = body['RouterInterfaceSet'] as Body | undefined;
  const list = set?.['RouterInterfaceType'];
  return Array.isArray(list)
    ? list.filter((item): item is Body => typeof item === 'object' && item !== null)
    : [];
}

/** Takes in interfaces on our routers that nobody is known to have made. */
function withStrangers(
  tables: Tables,
  world: World,
  items: readonly Body[],
  args: Readonly<Record<string, string>>,
  now: number,
): World {
  const routers = new Set(world.env.routers.map(({ id }) => id));
  const strangers = items.filter(
    (item) =>
      typeof item['RouterInterfaceId'] === 'string' &&
      item['RouterInterfaceId'] !== '' &&
      findInterface(world, item['RouterInterfaceId']) === undefined &&
      routers.has(String(item['RouterId'])),
  );
  if (strangers.length === 0) return world;
  const text = (item: Body, field: string): string => textOf(item[field]);
  const made = strangers.map((item): Interface => ({
    id: text(item, 'RouterInterfaceId'),
    states: tables.all,
    since: now,
    seenAt: Number.NaN,
    cause: { event: 'CREATE', rules: ['R13', 'R14'] },
    news: anyChange,
    business: text(item, 'BusinessStatus') || 'Normal',
    operationLocked: false,
    trusted: false,
    regionId: args['RegionId'] ?? '',
    role: text(item, 'Role'),
    routerId: text(item, 'RouterId'),
    routerType: text(item, 'RouterType'),
    spec: text(item, 'Spec'),
    specChanged: false,
    name: undefined,
    description: undefined,
    opposite: { ...noOpposite, regionId: text(item, 'OppositeRegionId') },
    healthCheck: noHealthCheck,
    tags: noTags,
    resourceGroupId: undefined,
    chargeType: undefined,
    shown: noShown,
    link: null,
    earlier: [],
  }));
  return { ...world, interfaces: [...world.interfaces, ...made] };
}
