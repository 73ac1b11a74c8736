import { anyChange } from '../../model/describe/blame.ts';
import type { Tables } from '../../model/compile.ts';
import { possibleStates } from '../../model/possible-states.ts';
import {
  emptyWorld,
  type Environment,
  type Interface,
  noHealthCheck,
  noOpposite,
  noShown,
  noTags,
  type Opposite,
  type World,
} from '../../model/world.ts';

import { type Assumptions, narrowed } from './assumptions.ts';

/**
 * The abstraction: a world of one pair of interfaces, stripped of everything that does not decide how later
 * calls are answered.
 *
 * Kept, for the initiator on the first router and the acceptor on the second: the set of lifecycle states it
 * can be in, what it was told of its peer (which interface, which router, which type, whether an owner), with
 * whom it was connected, its locks, whether a route entry points at it. Kept of the rest: whether the account
 * is overdue, a rival pair between the same routers, interfaces that fill the first router, and a
 * deleted predecessor as long as somebody still refers to it. Dropped: ids, times, names, texts, tags, specs,
 * health checks, tokens, and whatever reads have shown.
 *
 * So two worlds with one key answer every input of the alphabet alike, as far as the model goes; that the
 * target does too is the assumption under which a walk over this machine proves anything.
 */

/** Names that the abstraction knows interfaces by. */
export const slots = ['initiator', 'acceptor'] as const;
export type Slot = (typeof slots)[number];

export const routerOf: Readonly<Record<Slot, string>> = { initiator: 'router#1', acceptor: 'router#2' };
export const region = 'region';
export const otherRegion = 'other-region';

/** Milliseconds; nothing here lasts this long, as time stands still but for settling. */
const settleMs = 1000;

const environment: Environment = {
  edition: 'any',
  regionId: region,
  regions: [region, otherRegion],
  routers: Object.values(routerOf).map((id) => ({ id, regionId: region })),
  limits: { perRouter: 5, perAccount: null },
  bounds: { settleMs, staleMs: 0 },
  readsLag: false,
};

export const emptyPair: World = emptyWorld(environment);

/** The name of the predecessor of a slot, once something new is there. */
export const formerOf = (slot: string): string => `former ${slot}`;

const isFormer = (id: string): boolean => id.startsWith('former ');

const roles: Readonly<Record<string, string>> = { initiator: 'InitiatingSide', acceptor: 'AcceptingSide' };

/** What an interface was told, or is connected with, is over once it is gone; nobody asks a leaving one either. */
function forgotten(tables: Tables, each: Interface): Interface {
  const gone = tables.labelled(null);
  if ((each.states & ~gone) === 0)
    return { ...each, opposite: noOpposite, link: null, business: 'Normal', operationLocked: false };
  return (each.states & ~(gone | tables.labelled('Deleting'))) === 0
    ? { ...each, opposite: noOpposite }
    : each;
}

function plainInterface(
  each: Interface,
  id: string,
  states: number,
  rename: (id: string) => string,
): Interface {
  const { interfaceId, routerId, routerType, ownerId } = each.opposite;
  const opposite: Opposite = {
    ...noOpposite,
    regionId: region,
    interfaceId: interfaceId === undefined ? undefined : rename(interfaceId),
    routerId,
    routerType,
    ownerId: ownerId === undefined ? undefined : 'owner',
  };
  return {
    id,
    states,
    seenAt: Number.NaN,
    since: 0,
    cause: { event: 'CREATE', rules: [] },
    news: anyChange,
    business: each.business,
    operationLocked: each.operationLocked,
    trusted: true,
    regionId: region,
    role: each.role,
    routerId: each.routerId,
    routerType: 'VRouter',
    spec: each.role === 'InitiatingSide' ? 'Mini.2' : 'Negative',
    specChanged: false,
    name: undefined,
    description: undefined,
    opposite,
    healthCheck: noHealthCheck,
    tags: noTags,
    resourceGroupId: undefined,
    chargeType: undefined,
    shown: noShown,
    link: each.link === null ? null : rename(each.link),
    earlier: [],
  };
}

/** A world of the machine without what does not matter; predecessors nobody refers to are forgotten. */
export function plainWorld(tables: Tables, world: World, choices: World['choices']): World {
  const same = (id: string): string => id;
  const present = world.interfaces.filter(({ id }) => !isFormer(id)).map((each) => forgotten(tables, each));
  const referred = new Set(present.flatMap(({ link, opposite }) => [link, opposite.interfaceId]));
  const formers = world.interfaces.filter(({ id }) => isFormer(id) && referred.has(id));
  return {
    ...emptyPair,
    interfaces: [...present, ...formers.map((each) => ({ ...each, opposite: noOpposite, link: null }))]
      .map((each) => plainInterface(each, each.id, each.states, same))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    routes: world.routes,
    overdue: world.overdue,
    choices,
  };
}

function interfaceKey({ id, states, opposite, link, business, operationLocked }: Interface): string {
  const told = `${opposite.interfaceId ?? ''},${opposite.routerId ?? ''},${opposite.routerType ?? ''},${opposite.ownerId ?? ''}`;
  return `${id}:${states}:${told}:${link ?? ''}:${business === 'Normal' ? '' : business}${operationLocked ? '!' : ''}`;
}

/** Equal for worlds that are one abstract state. */
export function keyOf({ interfaces, routes, overdue }: World): string {
  const held = routes.map(
    ({ nextHop, leavingSince }) => `${nextHop}${leavingSince === undefined ? '' : '-'}`,
  );
  return `${interfaces.map(interfaceKey).join(' ')}|${held.join()}|${overdue ? 'overdue' : ''}`;
}

/** The key of a set of worlds, whatever their order. */
export const keyOfAll = (worlds: readonly World[]): string =>
  worlds.length === 1 && worlds[0] !== undefined
    ? keyOf(worlds[0])
    : worlds.map(keyOf).toSorted().join(' or ');

/** Which interfaces of a sequence are the pair, by name or id. */
export type Pair = Readonly<Partial<Record<Slot, string>>>;

/**
 * The part of any world that concerns one pair, as a world of the machine. `routers` are the names of the
 * first and second router there. Other interfaces are left out, also where they would matter, as with a second pair.
 */
export function projected(
  tables: Tables,
  assumptions: Assumptions,
  world: World,
  pair: Pair,
  now: number,
  routers: readonly [string, string] = ['router#1', 'router#2'],
): World {
  const renamed = (id: string): string => {
    for (const slot of slots) if (pair[slot] === id) return slot;
    const other = world.interfaces.find((each) => each.id === id);
    if (other === undefined) return `unknown`;
    return formerOf(other.role === 'InitiatingSide' ? 'initiator' : 'acceptor');
  };
  const routerNames = new Map(routers.map((id, index) => [id, `router#${index + 1}`]));
  const wanted = world.interfaces.filter(({ id }) => id === pair.initiator || id === pair.acceptor);
  const formers = world.interfaces.filter(
    ({ id }) =>
      !wanted.some((each) => each.id === id) &&
      wanted.some((each) => each.link === id || each.opposite.interfaceId === id),
  );
  const interfaces = [...wanted, ...formers].map((each) => {
    const plain = plainInterface(
      each,
      renamed(each.id),
      narrowed(tables, assumptions, possibleStates(tables, world, each, now)),
      renamed,
    );
    const { routerId } = plain.opposite;
    return {
      ...plain,
      routerId: routerNames.get(each.routerId) ?? each.routerId,
      opposite: {
        ...plain.opposite,
        routerId: routerId === undefined ? undefined : (routerNames.get(routerId) ?? routerId),
      },
    };
  });
  const routes = world.routes.flatMap(({ nextHop, leavingSince, ...route }) => {
    const over = leavingSince !== undefined && now - leavingSince > world.env.bounds.settleMs;
    const slot = renamed(nextHop);
    if (over || !(slots as readonly string[]).includes(slot)) return [];
    return [
      {
        ...route,
        id: `route ${slot}`,
        nextHop: slot,
        ...(leavingSince === undefined ? {} : { leavingSince: 0 }),
      },
    ];
  });
  return plainWorld(tables, { ...world, interfaces, routes }, {});
}

/** The role that a slot has. */
export const roleOf = (slot: Slot): string => roles[slot] ?? '';
