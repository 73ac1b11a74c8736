import { textOf } from '../text.ts';
import type { Filter } from '../violations/describe.ts';
import { findInterface, type Interface, type World } from '../world.ts';
import { blame } from './blame.ts';
import type { Expected } from './expected.ts';

/** The rules of which one is broken when a list holds what it should not, or lacks what it should hold. */

/** What fails under these filters is as likely to be missing altogether. */
const byId: ReadonlySet<string> = new Set([
  'RouterId',
  'RouterInterfaceId',
  'RouterType',
  'OppositeInterfaceId',
  'OppositeRouterId',
  'OppositeRouterType',
]);

/** Whether an interface was made in this world. */
export const made = (world: World, id: string): boolean => world.interfaces.some((each) => each.id === id);

/** Those of a count that is outside of what was expected. */
export function totalRules(
  world: World,
  filters: readonly Filter[],
  readings: readonly Expected[],
  region: string | undefined,
  tooFew: boolean,
): readonly string[] {
  if (region !== world.env.regionId && !tooFew) return ['R6'];
  const filtered = filters.some(({ key }) => key !== undefined && !byId.has(key));
  return filtered ? ['R81'] : countRules(readings, tooFew);
}

function countRules(
  readings: readonly { each: Interface; surely: boolean }[],
  tooFew: boolean,
): readonly string[] {
  const deleted = readings.some(({ each }) => each.cause.event === 'DELETE');
  if (tooFew) return ['R14', 'R82'];
  return deleted ? ['R59', 'R82'] : ['R82', 'R81'];
}

/** Whose fault it is that an interface which is there is not listed. */
export function missingRules(world: World, each: Interface, filters: readonly Filter[]): readonly string[] {
  if (filters.length > 1) return ['R81'];
  const peer = findInterface(world, each.link ?? each.opposite.interfaceId);
  const lost = each.cause.event === 'CREATE' ? ['R14'] : ['R14', ...each.cause.rules];
  const rules = peer?.cause.event === 'DELETE' ? ['R60'] : blame(each, 'list', lost);
  // One value of several may have been overlooked.
  return filters.some(({ values }) => values.length > 1) ? [...rules, 'R81'] : rules;
}

/** Those of an interface that is listed and should not be there at all. */
export function strangerRules(world: World, id: unknown): readonly string[] {
  // Of another region; or, on our routers and not made by us: done twice, or done by a refusal.
  return made(world, textOf(id)) ? ['R6'] : ['R44', 'R32'];
}
