import { anyChange } from '../../model/describe/blame.ts';
import type { Item } from '../../model/describe/differs.ts';
import type { Step } from '../../model/vocabulary.ts';
import { findInterface, type World } from '../../model/world.ts';

/**
 * Interfaces of a Create that was accepted without telling what it made: they are believed to be there, in
 * doubt, under the name that the program has for them until it turns out what they are called.
 */

const prefix = '(nameless) ';

/** Whether a body tells which interface it is about. */
export const isNamed = (body: Item): boolean =>
  typeof body['RouterInterfaceId'] === 'string' && body['RouterInterfaceId'] !== '';

/** What is made by a command goes by this until its id is known. */
export const nameless = (name = ''): string => prefix + name;

/** The world in which what a command names goes by the ids that were sent for it. */
export function addressed(world: World, { command, sent }: Step): World {
  if (command.kind !== 'call' || !hasNameless(world)) return world;
  return Object.entries(command.args).reduce((next, [name, arg]) => {
    const id = sent?.[name] ?? '';
    const made = typeof arg === 'string' ? undefined : findInterface(next, nameless(arg.ref));
    return made === undefined || id.startsWith('ri-unbound') ? next : renamed(next, made.id, id);
  }, world);
}

/** The world in which those that these items show for the first time go by the ids they have there. */
export function listed(world: World, items: readonly Item[]): World {
  if (!hasNameless(world)) return world;
  return items.reduce((next: World, item) => {
    const id = item['RouterInterfaceId'];
    if (typeof id !== 'string' || findInterface(next, id) !== undefined) return next;
    const made = next.interfaces.find(
      (each) => isNameless(each.id) && each.routerId === item['RouterId'] && each.role === item['Role'],
    );
    return made === undefined ? next : renamed(next, made.id, id);
  }, world);
}

const isNameless = (id: string): boolean => id.startsWith(prefix);

/** Whether there are any; asked at every step. */
export function hasNameless({ interfaces }: World): boolean {
  for (const { id } of interfaces) if (isNameless(id)) return true;
  return false;
}

const renamed = (world: World, from: string, id: string): World => ({
  ...world,
  interfaces: world.interfaces.map((each) => (each.id === from ? { ...each, id, news: anyChange } : each)),
});
