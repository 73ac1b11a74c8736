import { createHash } from 'node:crypto';
import { embeddedTarget } from '../adapters/embedded.ts';
import { type Mutant, mutants } from '../adapters/emulator/mutants.ts';
import { campaign, type CampaignResult } from '../properties/campaign.ts';
import { generatorNames } from '../properties/generate/suites.ts';
import type { Scene } from '../properties/run/scene.ts';
import type { Dice } from '../properties/score/model-target.ts';
import { alone } from '../properties/shrink/alone.ts';
import { isSame } from '../properties/shrink/same.ts';
import type { Shown } from '../properties/shrink/shrink-all.ts';
import { shrinkBuckets } from '../properties/shrink/shrink-buckets.ts';
import { defaultTables } from '../properties/tables.ts';
import { manualTimes, sceneOn, sequencesFor } from '../properties/testing/campaigns.ts';
import { notYet, seldom } from '../properties/testing/shortest.ts';
import type { Trace } from '../properties/trace.ts';

/** What one run against a target with several defects came to. */
export interface Several {
  readonly names: readonly string[];
  /** Those of the defects that some reported divergence belongs to. */
  readonly found: ReadonlySet<string>;
  /** Divergences that none of the defects shows when it is the only one. */
  readonly strange: readonly Shown[];
  /** Defects that were not found, and without which not one call of the run is answered in another way. */
  readonly hidden: readonly string[];
  readonly shown: readonly Shown[];
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

/** A run of random and guided sequences against targets made of some of these defects. */
class Trial {
  readonly #profile: string | undefined;
  readonly #seed: number;
  readonly #commands: number;

  constructor(profile: string | undefined, seed: number, commands: number) {
    this.#profile = profile;
    this.#seed = seed;
    this.#commands = commands;
  }

  /** A scene on an emulator with these defects; judged strictly, no read is taken for one that lags. */
  scene(names: readonly string[], strictly = false): Promise<Scene> {
    const mutant = names.length === 0 ? {} : { mutant: names.join(',') };
    const times = strictly ? { ...manualTimes, staleMs: 0 } : manualTimes;
    return sceneOn(embeddedTarget({ ...mutant, profile: this.#profile }), { times });
  }

  run(scene: Scene, onTrace: (trace: Trace) => void = () => {}, concurrency = 4): Promise<CampaignResult> {
    return campaign(scene, {
      tables: defaultTables(),
      sequenceAt: sequencesFor(scene, this.#seed, generatorNames),
      commands: this.#commands,
      concurrency,
      onTrace: (_index, _sequence, trace) => onTrace(trace),
    });
  }

  /** Whether a target with these defects shows the divergence; by a whole run, if it never shows alone. */
  async shows(names: readonly string[], { sequence, finding, reproduced }: Shown): Promise<boolean> {
    const { findings } = await alone(await this.scene(names, true), defaultTables()).attempt(sequence);
    if (findings.some((each) => isSame(each.finding, finding))) return true;
    if (reproduced) return false;
    const { buckets } = await this.run(await this.scene(names));
    return buckets.some((each) => isSame(each.finding, finding));
  }

  /** All that a target answers to the sequences of the run, one at a time, but for the ids of the requests. */
  async answers(names: readonly string[]): Promise<string> {
    const hash = createHash('sha256');
    const isNoise = (key: string): boolean => key === 'RequestId' || key === 'HostId';
    const note = ({ steps }: Trace): void => {
      for (const { observation } of steps)
        hash.update(
          JSON.stringify(observation ?? null, (key, value: unknown) => (isNoise(key) ? undefined : value)),
        );
    };
    await this.run(await this.scene(names), note, 1);
    return hash.digest('hex');
  }
}

/** A run against a target with all of these defects, and which of them show what it reports. */
export async function runAgainst(
  chosen: readonly Mutant[],
  seed: number,
  commands: number,
): Promise<Several> {
  const names = chosen.map(({ name }) => name);
  const trial = new Trial(chosen.find((each) => each.profile !== undefined)?.profile, seed, commands);
  const scene = await trial.scene(names);
  const { buckets } = await trial.run(scene);
  const until = Number.POSITIVE_INFINITY; // what is measured may not depend on the machine
  const { shown } = await shrinkBuckets(scene, defaultTables(), buckets, { budget: 3000, until });
  const found = new Set<string>();
  const strange: Shown[] = [];
  for (const each of shown) {
    const owners: string[] = [];
    for (const name of names) if (await trial.shows([name], each)) owners.push(name);
    // What the emulator shows without any defect is no merit of one.
    if (owners.length === 0 || (await trial.shows([], each))) strange.push(each);
    else for (const name of owners) found.add(name);
  }
  const hidden: string[] = [];
  const missed = names.filter((name) => !found.has(name));
  const all = missed.length === 0 ? '' : await trial.answers(names);
  for (const name of missed)
    if ((await trial.answers(names.filter((each) => each !== name))) === all) hidden.push(name);
  return { names, found, hidden, strange, shown };
}
