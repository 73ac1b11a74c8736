import type { Step } from '../../model/vocabulary.ts';
import { findInterface, type World } from '../../model/world.ts';

/** Parameters by which calls that name the same thing get into each other's way. */
const naming: ReadonlySet<string> = new Set([
  'RouterInterfaceId',
  'InstanceId',
  'RouterId',
  'OppositeInterfaceId',
  'OppositeRouterId',
  'NextHopId',
  'RouteTableId',
  'RouteEntryId',
  'ClientToken',
]);

/**
 * Splits the steps of a race, by their numbers in it, into groups that have nothing to do with each other:
 * neither interfaces, peers and routers nor client tokens. A list touches everything.
 */
export function componentsOf(during: readonly Step[], belief: readonly World[]): readonly number[][] {
  const groups: { keys: Set<string>; steps: number[] }[] = [];
  for (const [index, step] of during.entries()) {
    const keys = keysOf(step, belief);
    if (keys === undefined) return [during.map((_, number) => number)];
    const touched = groups.filter((group) => [...keys].some((key) => group.keys.has(key)));
    const merged = {
      keys: new Set([...keys, ...touched.flatMap((group) => [...group.keys])]),
      steps: [...touched.flatMap((group) => group.steps), index].toSorted((a, b) => a - b),
    };
    for (const group of touched) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map(({ steps }) => steps);
}

/** What a step touches; undefined for everything. */
function keysOf(
  { command, sent = {}, observation }: Step,
  belief: readonly World[],
): Set<string> | undefined {
  if (command.kind !== 'call' || command.operation === 'DescribeRouterInterfaces') return undefined;
  const keys = new Set<string>();
  const add = (id: string | undefined | null): void => {
    if (id !== undefined && id !== null && id !== '') keys.add(id);
  };
  for (const [name, value] of Object.entries(sent)) if (naming.has(name)) add(value);
  const made = observation?.kind === 'answer' ? observation.body?.['RouterInterfaceId'] : undefined;
  if (typeof made === 'string') add(made);
  for (const world of belief) {
    // An account that is limited as a whole is one thing.
    if (world.env.limits.perAccount !== null) return undefined;
    for (const { id, nextHop } of world.routes) if (keys.has(id)) add(nextHop);
    for (const id of keys) {
      const each = findInterface(world, id);
      if (each === undefined) continue;
      for (const near of [each.routerId, each.link, each.opposite.interfaceId, each.opposite.routerId])
        add(near);
    }
  }
  return keys;
}
