import type { Tables } from '../../model/compile.ts';
import { lookAtAttribute } from '../../model/describe/attribute.ts';
import { anyChange } from '../../model/describe/blame.ts';
import type { Item } from '../../model/describe/differs.ts';
import { asShown } from '../../model/describe/recognise.ts';
import { lookAtList } from '../../model/describe/list.ts';
import type { Mismatch } from '../../model/mismatch.ts';
import type { Call } from '../../model/permitted.ts';
import {
  type Deviation,
  findInterface,
  type Interface,
  noHealthCheck,
  noOpposite,
  noShown,
  noTags,
  type World,
  withKnowledge,
} from '../../model/world.ts';
import { textOf } from '../../model/text.ts';
import type { Reading } from './envelope.ts';
import type { Explanation } from './explain.ts';
import { itemsOf } from './items.ts';
import { isNamed, nameless } from './nameless.ts';

/**
 * The belief after a divergence: what an interface was seen to show is expected of it from then on, what
 * was put in doubt otherwise is not believed until it is seen again, and the rest goes on being judged.
 * So one fault neither ends a sequence nor is reported over and over as the consequences of itself.
 * `explanations` are those that explain most of the answer; `name` is what the program calls what was made.
 */
export function resynchronised(
  tables: Tables,
  belief: readonly World[],
  call: Call,
  reading: Reading,
  explanations: readonly Explanation[],
  now: number,
  name?: string,
): readonly World[] {
  const explained = explanations.flatMap((each) => each.worlds);
  const worlds = explained.length > 0 ? explained : belief;
  const { operation, args } = call;
  if (reading.kind !== 'success') return worlds;
  const { body } = reading;
  if (operation === 'DescribeRouterInterfaces' || operation === 'DescribeRouterInterfaceAttribute') {
    const items = operation === 'DescribeRouterInterfaces' ? itemsOf(body) : [body];
    const look = operation === 'DescribeRouterInterfaces' ? lookAtList : lookAtAttribute;
    const mismatches = explanations[0]?.mismatches ?? [];
    if (explanations.length === 0)
      return worlds.map((world) => withStrangers(tables, world, items, args, now));
    return worlds.flatMap((world) => {
      const known = withStrangers(tables, expecting(world, mismatches, now), items, args, now);
      const { world: seen } = look(tables, known, args, body, now, known.env.readsLag);
      return alternatives(known, seen, items, mismatches);
    });
  }
  if (operation === 'CreateRouterInterface') {
    return worlds.map((world) => {
      if (isNamed(body)) return withStrangers(tables, world, [{ ...args, ...body }], args, now);
      return withStrangers(tables, world, [{ ...args, RouterInterfaceId: nameless(name) }], args, now);
    });
  }
  // It was done as it should be, only the answer is wrong.
  if (explained.length > 0) return explained;
  return belief.flatMap((world) => {
    const subject = findInterface(world, args['RouterInterfaceId']);
    const peer = findInterface(world, subject?.link ?? subject?.opposite.interfaceId);
    const doubted = withInDoubt(world, [subject?.id, peer?.id], now);
    if (operation !== 'ConnectRouterInterface' || subject === undefined || peer === undefined)
      return [doubted];
    // What was accepted may have connected them.
    const linked = doubted.interfaces.map((each) => {
      if (each.id === subject.id) return { ...each, link: peer.id };
      return each.id === peer.id ? { ...each, link: subject.id } : each;
    });
    return subject.link === null && subject !== peer
      ? [doubted, { ...doubted, interfaces: linked }]
      : [doubted];
  });
}

/** The world in which the interfaces are as they were shown; where one is missing, or should be, in doubt. */
function expecting(world: World, mismatches: readonly Mismatch[], now: number): World {
  const shown: Deviation[] = [];
  const doubted: string[] = [];
  for (const { interfaceId, field, observed } of mismatches) {
    if (interfaceId === undefined) {
      if (field === 'RouterInterfaceId') shown.push({ interfaceId: '', field, observed });
    } else if (field === 'RouterInterfaceId') doubted.push(interfaceId);
    else shown.push({ interfaceId, field, observed });
  }
  const moved = new Set(shown.flatMap(({ field, interfaceId }) => (field === 'Status' ? [interfaceId] : [])));
  const next = withInDoubt(world, doubted, now);
  return {
    ...next,
    deviations: [...world.deviations, ...shown],
    interfaces: next.interfaces.map((each) =>
      // Its time ran before: it is not held to end by itself a second time.
      moved.has(each.id) ? { ...each, since: Number.POSITIVE_INFINITY } : each,
    ),
  };
}

/** More ways than this to take one look are too many: then things are as they were shown. */
export const mostAlternatives = 16;

/** Fields on which it depends what a call leads to. */
const decisive: ReadonlySet<string> = new Set([
  'Status',
  'BusinessStatus',
  'Role',
  'Spec',
  'OppositeInterfaceId',
  'OppositeRouterId',
  'OppositeRouterType',
]);

/**
 * What is wrong may be the thing itself or only what is shown of it. So there is a world for either: `seen`,
 * in which things are as shown, and what was `known` before.
 */
function alternatives(
  known: World,
  seen: World,
  items: readonly Item[],
  mismatches: readonly Mismatch[],
): readonly World[] {
  const wrong = mismatches.filter(({ field }) => decisive.has(field));
  let worlds: readonly World[] = [seen];
  for (const id of new Set(wrong.map(({ interfaceId }) => interfaceId))) {
    const before = findInterface(known, id);
    const item = items.find((each) => each['RouterInterfaceId'] === id);
    if (before === undefined || item === undefined || worlds.length * 3 > mostAlternatives) continue;
    worlds = worlds.flatMap((world) => {
      const each = findInterface(world, id) ?? before;
      const shown = withKnowledge(world, { ...each, ...asShown(each, item) });
      const isUnlinked = item['Status'] === 'Idle' && each.link !== null;
      const ends = new Set<string | null>([each.id, each.link]);
      const unlinked = {
        ...shown,
        interfaces: shown.interfaces.map((end) => (ends.has(end.id) ? { ...end, link: null } : end)),
      };
      return [shown, ...(isUnlinked ? [unlinked] : []), withKnowledge(world, before)];
    });
  }
  return worlds;
}

/** The world in which nothing is believed of some interfaces until they are seen again. */
export const withInDoubt = (world: World, ids: readonly (string | undefined)[], now: number): World => ({
  ...world,
  interfaces: world.interfaces.map((each) => (ids.includes(each.id) ? inDoubt(each, now) : each)),
});

const inDoubt = (each: Interface, now: number): Interface => ({
  ...each,
  trusted: false,
  since: now,
  news: anyChange,
  earlier: [],
});

/** Takes in interfaces on our routers that nobody is known to have made. */
function withStrangers(
  tables: Tables,
  world: World,
  items: readonly Item[],
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
  const text = (item: Item, field: string): string => textOf(item[field]);
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
