import type { Tables } from '../../model/compile.ts';
import type { Bucket } from '../bucket.ts';
import { given } from '../given.ts';
import { merged } from '../together.ts';
import type { Scene } from '../run/scene.ts';
import { type Alone, alone } from './alone.ts';
import { shrinkAll, type ShrinkOptions, type ShrinkStage, type ShrunkAll } from './shrink-all.ts';
import { shrinkRaces } from './shrink-races.ts';

/** Makes one short counterexample per distinct divergence, whether it takes one client or several. */
export function shrinkBuckets(
  scene: Scene,
  tables: Tables,
  buckets: readonly Bucket[],
  options: ShrinkOptions,
): Promise<ShrunkAll> {
  return shrinkBy(scene, () => alone(scene, tables, options.signal), tables, buckets, options);
}

/** The same with something else than the scene to run programs alone: `runner` makes one. */
export async function shrinkBy(
  stage: ShrinkStage,
  runner: () => Alone,
  tables: Tables,
  buckets: readonly Bucket[],
  options: ShrinkOptions,
): Promise<ShrunkAll> {
  const isRace = ({ finding }: Bucket): boolean => finding.race !== undefined;
  const races = buckets.filter(isRace);
  if (races.length === 0) return shrinkAll(stage, tables, buckets, { ...options, run: runner() });
  const raced = await shrinkRaces(tables, races, { ...options, run: runner() });
  // What one client alone shows as well is shortened like anything else.
  const plain = merged([...buckets.filter((each) => !isRace(each)), ...raced.plain]);
  const alone = await shrinkAll(stage, tables, plain, { ...options, run: runner() });
  const fault = raced.fault ?? alone.fault;
  const cutShort = raced.cutShort ?? alone.cutShort;
  return {
    shown: [...alone.shown, ...raced.shown],
    commands: alone.commands + raced.commands,
    ...given({ cutShort, fault }),
  };
}
