import { embeddedTarget } from '../adapters/embedded.ts';
import { type Mutant, mutants } from '../adapters/emulator/mutants.ts';
import { campaign } from '../properties/campaign.ts';
import type { Dice } from '../properties/score/model-target.ts';
import { alone } from '../properties/shrink/alone.ts';
import { isSame } from '../properties/shrink/same.ts';
import type { Shown } from '../properties/shrink/shrink-all.ts';
import { shrinkBuckets } from '../properties/shrink/shrink-buckets.ts';
import { defaultTables } from '../properties/tables.ts';
import { sceneOn, sequencesFor } from '../properties/testing/campaigns.ts';
import { notYet, seldom } from '../properties/testing/shortest.ts';

/** What one run against a target with several defects came to. */
export interface Several {
  readonly names: readonly string[];
  /** Those of the defects that some reported divergence belongs to. */
  readonly found: ReadonlySet<string>;
  /** Divergences that none of the defects shows when it is the only one. */
  readonly strange: readonly Shown[];
  readonly reported: number;
}

/** Picks defects that can be had at once: under one profile, and not two of one rule. */
export function severalMutants(count: number, pick: Dice): readonly Mutant[] {
  const chosen: Mutant[] = [];
  const eligible = mutants.filter(({ name }) => !(name in notYet) && !(name in seldom));
  while (chosen.length < count) {
    const one = pick(eligible);
    const profile = chosen.find((each) => each.profile !== undefined)?.profile;
    if (one.profile !== undefined && profile !== undefined && one.profile !== profile) continue;
    if (chosen.some(({ rule }) => rule === one.rule)) continue;
    chosen.push(one);
  }
  return chosen;
}

/** A default run against a target with all of these defects, and which of them show what it reports. */
export async function runAgainst(
  chosen: readonly Mutant[],
  seed: number,
  commands: number,
): Promise<Several> {
  const tables = defaultTables();
  const names = chosen.map(({ name }) => name);
  const profile = chosen.find((each) => each.profile !== undefined)?.profile;
  const scene = await sceneOn(embeddedTarget({ mutant: names.join(','), profile }));
  const { buckets } = await campaign(scene, {
    tables,
    sequenceAt: sequencesFor(scene, seed),
    commands,
    concurrency: 4,
  });
  const { shown } = await shrinkBuckets(scene, tables, buckets, {
    budget: 3000,
    until: performance.now() + 120_000,
  });
  const found = new Set<string>();
  const strange: Shown[] = [];
  for (const each of shown) {
    const owners = await ownersOf(each, chosen, profile);
    for (const owner of owners) found.add(owner);
    if (owners.length === 0) strange.push(each);
  }
  return {
    names,
    found,
    strange,
    reported: shown.length,
  };
}

async function ownersOf(
  { sequence, finding }: Shown,
  chosen: readonly Mutant[],
  profile: string | undefined,
): Promise<readonly string[]> {
  const owners: string[] = [];
  for (const { name } of chosen) {
    const run = alone(await sceneOn(embeddedTarget({ mutant: name, profile })), defaultTables());
    const { findings } = await run.attempt(sequence);
    if (findings.some((each) => isSame(each.finding, finding))) owners.push(name);
  }
  return owners;
}
