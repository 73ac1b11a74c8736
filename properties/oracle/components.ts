import type { Step } from '../../model/vocabulary.ts';
import type { World } from '../../model/world.ts';

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
  const parents = during.map((_, index) => index);
  const root = (index: number): number => {
    const parent = parents[index] ?? index;
    return parent === index ? index : (parents[index] = root(parent));
  };
  const near = neighboursIn(belief);
  const first = new Map<string, number>();
  for (const [index, step] of during.entries()) {
    const keys = near === undefined ? undefined : keysOf(step);
    if (near === undefined || keys === undefined) return [during.map((_, number) => number)];
    for (const key of keys) {
      for (const each of near.get(key) ?? [key]) {
        const before = first.get(each);
        if (before === undefined) first.set(each, index);
        else parents[root(index)] = root(before);
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (const index of during.keys()) {
    const group = groups.get(root(index)) ?? [];
    groups.set(root(index), group);
    group.push(index);
  }
  return [...groups.values()];
}

/** What goes with an interface or a route entry, itself included; undefined where the account is one thing. */
function neighboursIn(belief: readonly World[]): ReadonlyMap<string, readonly string[]> | undefined {
  const near = new Map<string, Set<string>>();
  for (const { env, interfaces, routes } of belief) {
    if (env.limits.perAccount !== null) return undefined;
    for (const { id, routerId, link, opposite } of interfaces) {
      const ids = near.get(id) ?? new Set([id]);
      near.set(id, ids);
      for (const each of [routerId, link, opposite.interfaceId, opposite.routerId])
        if (each !== undefined && each !== null) ids.add(each);
    }
    for (const { id, nextHop } of routes) near.set(id, new Set([...(near.get(id) ?? [id]), nextHop]));
  }
  return new Map([...near].map(([id, ids]) => [id, [...ids]]));
}

/** What a step names; undefined for everything. */
function keysOf({ command, sent = {}, observation }: Step): readonly string[] | undefined {
  if (command.kind !== 'call' || command.operation === 'DescribeRouterInterfaces') return undefined;
  const keys: string[] = [];
  for (const name in sent) {
    const value = sent[name];
    if (value !== undefined && value !== '' && naming.has(name)) keys.push(value);
  }
  const made = observation?.kind === 'answer' ? observation.body?.['RouterInterfaceId'] : undefined;
  if (typeof made === 'string' && made !== '') keys.push(made);
  return keys;
}
