import type { Interface, World } from '../world.ts';
import type { Collector } from './collect.ts';

type Args = Readonly<Record<string, string>>;

/** RegionId: given (R1) and known (R3). */
export function checkRegion(found: Collector, world: World, args: Args): void {
  const region = args['RegionId'];
  if (region === undefined || region === '') found.certain('R1');
  else if (!world.env.regions.includes(region)) found.certain('R3');
}

/** What every operation on one interface asks: region, id, and that the two belong together (R6). */
export function checkSubject(
  found: Collector,
  world: World,
  args: Args,
  subject: Interface | undefined,
  idParameter = 'RouterInterfaceId',
): void {
  checkRegion(found, world, args);
  const id = args[idParameter];
  if (id === undefined || id === '') found.certain('R2');
  else if (subject !== undefined && subject.regionId !== args['RegionId']) {
    // In a region that does not exist nothing is, which is R3's business first.
    if (found.must === 0) found.certain('R6');
    else found.possible('R6');
  }
}
