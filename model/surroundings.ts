import { anyChange } from './describe/blame.ts';
import type { ControlCommand } from './vocabulary.ts';
import { draftOf, findInterface, type World, withInterface, worldDraft } from './world.ts';

/** The world after a control hook: locks and overdue bills, which no API call can bring about. */
export function afterControl(
  world: World,
  { set }: ControlCommand,
  interfaceId: string | undefined,
  now: number,
): World {
  const overdue = set.overdue ?? world.overdue;
  const changed = overdue === world.overdue ? world : withOverdue(world, overdue);
  const locked = findInterface(changed, interfaceId);
  if (locked === undefined) return changed;
  const next = draftOf(locked);
  next.business = set.businessStatus ?? locked.business;
  next.operationLocked = set.operationLocked ?? locked.operationLocked;
  next.news = anyChange;
  return withInterface(changed, next, now);
}

function withOverdue(world: World, overdue: boolean): World {
  const next = worldDraft(world);
  next.overdue = overdue;
  return next;
}

/** The world with other route entries. */
export function withRoutes(world: World, routes: World['routes']): World {
  const next = worldDraft(world);
  next.routes = routes;
  return next;
}

type Args = Readonly<Record<string, string>>;

/** The world after a route entry was made with an interface as next hop. */
export function afterRouteCreated(world: World, args: Args, routeId: string): World {
  const nextHop = args['NextHopId'];
  return nextHop === undefined ? world : withRoutes(world, [...world.routes, { id: routeId, nextHop }]);
}

/** The world after a route entry was deleted; it may linger, as that is asynchronous. */
export function afterRouteDeleted(world: World, args: Args, now: number): World {
  const routes = world.routes.map((route) =>
    route.id === args['RouteEntryId'] && route.leavingSince === undefined
      ? { ...route, leavingSince: now }
      : route,
  );
  return withRoutes(world, routes);
}
