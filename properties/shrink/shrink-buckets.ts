import type { Tables } from '../../model/compile.ts';
import type { Bucket } from '../campaign.ts';
import { merged } from '../races/suite.ts';
import type { Scene } from '../run/scene.ts';
import { shrinkAll, type ShrinkOptions, type ShrunkAll } from './shrink-all.ts';
import { shrinkRaces } from './shrink-races.ts';

/** Makes one short counterexample per distinct divergence, whether it takes one client or several. */
export async function shrinkBuckets(
  scene: Scene,
  tables: Tables,
  buckets: readonly Bucket[],
  options: ShrinkOptions,
): Promise<ShrunkAll> {
  const isRace = ({ finding }: Bucket): boolean => finding.race !== undefined;
  const races = buckets.filter(isRace);
  if (races.length === 0) return shrinkAll(scene, tables, buckets, options);
  const raced = await shrinkRaces(scene, tables, races, options);
  // What one client alone shows as well is shortened like anything else.
  const plain = merged([...buckets.filter((each) => !isRace(each)), ...raced.plain]);
  const alone = await shrinkAll(scene, tables, plain, options);
  const fault = raced.fault ?? alone.fault;
  const cutShort = raced.cutShort ?? alone.cutShort;
  return {
    shown: [...alone.shown, ...raced.shown],
    commands: alone.commands + raced.commands,
    ...(cutShort === undefined ? {} : { cutShort }),
    ...(fault === undefined ? {} : { fault }),
  };
}
