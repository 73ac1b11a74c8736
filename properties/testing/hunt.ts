import { embeddedTarget } from '../../adapters/embedded.ts';
import type { Mutant } from '../../adapters/emulator/mutants.ts';
import type { Bucket } from '../bucket.ts';
import { campaign } from '../campaign.ts';
import type { Finding } from '../oracle/verdict.ts';
import { generatorNames } from '../generate/suites.ts';
import { type Alone, alone } from '../shrink/alone.ts';
import { rootCause } from '../shrink/root-cause.ts';
import { isSame } from '../shrink/same.ts';
import type { Shrunk } from '../shrink/shrink.ts';
import { type Met, shrinkFirst } from '../shrink/shrink-first.ts';
import { defaultTables } from '../tables.ts';
import { sceneOn, sequencesFor } from './campaigns.ts';

/** Commands of a default run, and those it may spend on one counterexample. */
export const defaultBudget = { commands: 20_000, shrink: 3000 };

export interface Hunt {
  /** Commands until the mutant's rule was among those found; all of the budget if it never was. */
  readonly commands: number;
  /** Divergences that name the mutant's rule, shrunk, as far as they were asked for. */
  readonly shrunk: readonly Shrunk[];
  /** Counterexamples that name the rule, but show nothing on a target that has not seen what came before. */
  readonly dependent: readonly Shrunk[];
  /** Everything that was found, by fingerprint. */
  readonly fingerprints: readonly string[];
  readonly ended?: string;
}

export interface HuntOptions {
  readonly seed: number;
  readonly commands?: number;
  /** Goes on until a counterexample is this short; otherwise the first few are all there will be. */
  readonly goodEnough?: number;
  /** Divergences to shrink, at most. */
  readonly mostShrunk?: number;
}

/** Commands between two looks at what was found. */
const slice = 500;

/**
 * A default run against one mutant, cut short as soon as its rule is found: the same sequences in the
 * same order, looked at every few hundred commands. Then what names the rule is shrunk, shortest first,
 * and has to show the same on a fresh emulator.
 */
export async function hunt(
  mutant: Mutant,
  { seed, commands = defaultBudget.commands, goodEnough, mostShrunk = 6 }: HuntOptions,
): Promise<Hunt> {
  const { name, rule, profile } = mutant;
  const scene = await sceneOn(embeddedTarget({ mutant: name, profile }));
  const sequenceAt = sequencesFor(scene, seed, generatorNames);
  const tables = defaultTables();
  const found = new Map<string, Bucket>();
  let sequences = 0;
  let spent = 0;
  let ended: string | undefined;
  const named = (): Bucket[] => [...found.values()].filter(({ finding }) => finding.rules.includes(rule));
  const shrunk: Shrunk[] = [];
  const dependent: Shrunk[] = [];
  /** Where the witnesses were that were shrunk in vain, by fingerprint: others may do better. */
  const tried = new Map<string, string>();
  const placesOf = ({ witness, others }: Bucket): string =>
    [witness, ...others].map(({ index, step }) => `${index}:${step}`).join();
  const satisfied = (): boolean =>
    shrunk.some(({ sequence }) => sequence.commands.length <= (goodEnough ?? Infinity));
  // Counterexamples run on an emulator of their own: running them starts it over each time.
  const run = alone(await sceneOn(embeddedTarget({ mutant: name, profile })), tables);
  while (spent < commands && ended === undefined && !satisfied()) {
    const from = sequences;
    const result = await campaign(scene, {
      tables,
      sequenceAt: (index) => sequenceAt(from + index),
      commands: Math.min(slice, commands - spent),
      concurrency: 1,
    });
    sequences += result.counts.sequences;
    spent += result.counts.commands;
    ({ ended } = result);
    for (const bucket of result.buckets) {
      const { fingerprint } = bucket.finding;
      const known = found.get(fingerprint);
      const sooner = known === undefined || bucket.witness.step < known.witness.step;
      found.set(fingerprint, { ...(sooner ? bucket : known), others: bucket.others });
    }
    const shortestFirst = named()
      .filter((bucket) => tried.get(bucket.finding.fingerprint) !== placesOf(bucket))
      .toSorted((a, b) => a.witness.step - b.witness.step);
    for (const bucket of shortestFirst.slice(0, mostShrunk)) {
      const { finding, witness, others } = bucket;
      tried.set(finding.fingerprint, placesOf(bucket));
      const short = await reported(run, [witness, ...others], finding);
      if (short?.finding.rules.includes(rule) !== true) continue;
      if (!(await showsElsewhere(mutant, short))) {
        dependent.push(short);
        continue;
      }
      shrunk.push(short);
      if (goodEnough !== undefined && satisfied()) break;
    }
  }
  return {
    commands: spent,
    shrunk,
    dependent,
    fingerprints: [...found.keys()],
    ...(ended === undefined ? {} : { ended }),
  };
}

/** What a run reports of a finding: the shortest program for it, or for the earlier one that explains it. */
async function reported(
  run: Alone,
  met: readonly [Met, ...Met[]],
  finding: Finding,
): Promise<Shrunk | undefined> {
  const shorten = (from: readonly [Met, ...Met[]], wanted: Finding): Promise<Shrunk> =>
    shrinkFirst(from, wanted, defaultBudget.shrink, (each) => run.attempt(each), {
      tables: defaultTables(),
    });
  const short = await shorten(met, finding);
  if (!short.reproduced) return undefined;
  const cause = await rootCause(short.sequence, short.finding, run);
  return cause === undefined || cause.stillShows ? short : shorten([cause], cause.finding);
}

/** Whether a counterexample shows the same on a fresh emulator with the same defect. */
async function showsElsewhere({ name, profile }: Mutant, { sequence, finding }: Shrunk): Promise<boolean> {
  const scene = await sceneOn(embeddedTarget({ mutant: name, profile }));
  const { findings } = await alone(scene, defaultTables()).attempt(sequence);
  return findings.some((each) => isSame(each.finding, finding));
}

/** The length of the shortest counterexample of a hunt; undefined when it found none. */
export function shortestOf({ shrunk }: Pick<Hunt, 'shrunk'>): number | undefined {
  return shrunk.length === 0
    ? undefined
    : Math.min(...shrunk.map(({ sequence }) => sequence.commands.length));
}
