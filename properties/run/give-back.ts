import type { Router } from '../../model/world.ts';
import { clean, untold } from './clean.ts';
import { Bindings, type Stage } from './execute.ts';
import { interfacesOn } from './list.ts';
import type { Place } from './place.ts';
import type { RouterPool } from './router-pool.ts';
import type { Scene } from './scene.ts';

/** What is on the routers of a sequence that could not be cleaned up after. */
export async function stillThere(
  { target, environment: { regionId, routers } }: Stage,
  made: Bindings | undefined,
): Promise<readonly string[]> {
  const routerIds = routers.map(({ id }) => id);
  const listed = await interfacesOn(target, regionId, routerIds).catch(() => undefined);
  return listed?.map(({ id }) => id) ?? made?.undeleted ?? [];
}

/** Gives routers back, and those that hold something for good out of use. */
export async function release(
  scene: Scene,
  pool: RouterPool,
  stage: Stage & Place,
  routers: readonly Router[],
  left: readonly string[],
  leftBehind: string[],
): Promise<void> {
  if (left.length === 0) {
    pool.give(routers);
    return;
  }
  const still = new Set<string>();
  for (const router of routers) {
    const dirty = await clean(
      { ...stage, environment: { ...stage.environment, routers: [router] } },
      [],
      new Bindings([]),
    );
    for (const id of dirty) still.add(id);
    if (dirty.length === 0) pool.give([router]);
    else pool.retire(await scene.replace(stage).catch(() => undefined));
  }
  // What was left at first may have gone at the second attempt; where that is not told, it counts.
  if (still.delete(untold)) for (const id of left) if (id !== untold) still.add(id);
  leftBehind.push(...still);
}
