import { embeddedTarget } from '../../adapters/embedded.ts';
import { mutants, raceMutants } from '../../adapters/emulator/mutants.ts';
import { notModelled } from '../../model/spec/not-modelled.ts';
import { rules } from '../../model/spec/rules.ts';
import { campaign } from '../campaign.ts';
import { generatorNames } from '../generate/suites.ts';
import { racesOf } from '../races/plan.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import { defaultScene, type Detection, firstFinding, firstOn, regionId } from './detect.ts';
import { type Disposition, dispositions, whoComesTo } from './dispositions.ts';
import { environmentFor } from './model-environment.ts';
import { type ModelMutant, modelMutants } from './model-mutants.ts';
import { PermissiveTarget } from './model-target.ts';
import { type Source, sequenceSources, sourceOf, type SourceName } from './sources.ts';
import { Comparison } from './told-apart.ts';

/** What can be scored: the suites, and what a default run combines. */
export const scoredSuites = [...sequenceSources, 'races', 'default'] as const;
export type ScoredSuite = (typeof scoredSuites)[number];

export interface ScoreOptions {
  readonly suites: readonly ScoredSuite[];
  readonly seed: number;
  /** Commands to send to one mutant, at most. */
  readonly budget: number;
  /** Every n-th mutant only; all of them unless given. */
  readonly every?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What came of one mutant. */
export interface Tried {
  readonly name: string;
  /** Of the emulator, or the operator that made it of the model. */
  readonly kind: string;
  readonly rules: readonly string[];
  /** Commands until something diverged; undefined when it survived. */
  readonly commands: number | undefined;
}

/** A mutant that no test can find, and why; it counts nowhere. */
export interface NotToldApart {
  readonly name: string;
  readonly kind: string;
  readonly reason: string;
}

export interface Score {
  readonly suites: readonly string[];
  readonly seed: number;
  readonly budget: number;
  readonly kinds: readonly KindScore[];
  readonly rules: readonly { readonly rule: string; readonly killed: number; readonly total: number }[];
  readonly survivors: readonly Tried[];
  /** Survivors that cannot be told from the model; not among the others. */
  readonly notToldApart: readonly NotToldApart[];
  /** Rules that can be tested, for which no mutant was killed: nothing shows that they are guarded. */
  readonly unguarded: readonly string[];
}

export interface KindScore {
  readonly kind: string;
  readonly killed: number;
  readonly total: number;
  /** Commands until something diverged, of those that were killed. */
  readonly mean: number;
  readonly median: number;
}

/** Runs a sequence on a target that is the model itself, or a mutant of it. */
function runOnModel(
  { commands, routers }: Sequence,
  { tables, defect }: ReturnType<ModelMutant['make']>,
  { pick }: Disposition,
): Detection | undefined {
  const environment = environmentFor(routers);
  const target = new PermissiveTarget(pick, tables, environment, defect === undefined ? {} : { defect });
  return firstFinding({ environment, steps: commands.map((command) => target.perform(command)) });
}

/** Runs sequences against a mutant of the model until something diverges; undefined when nothing does. */
export function firstOnModel(
  mutant: Pick<ModelMutant, 'make'>,
  source: Source,
  budget: number,
  disposition: Disposition = dispositions[0] as Disposition,
): Detection | undefined {
  for (let index = 0, spent = 0; spent < budget; index++) {
    const sequence = source(index);
    if (sequence === undefined) return undefined;
    const commands = sequence.commands.slice(0, budget - spent);
    const found = runOnModel({ ...sequence, commands }, mutant.make(), disposition);
    if (found !== undefined) return { ...found, commands: spent + found.commands };
    spent += commands.length;
  }
  return undefined;
}

/** Runs sequences against a mutant of the emulator until something diverges. */
export async function firstOnEmulator(
  { name, profile }: { readonly name: string; readonly profile?: string },
  source: Source,
  budget: number,
): Promise<Detection | undefined> {
  const target = embeddedTarget({ mutant: name, profile });
  const found = await firstOn(await defaultScene(target), source, budget);
  await target.close();
  return found;
}

/** Runs races against a mutant that shows only when calls overlap; returns the commands until something diverged. */
async function firstInRaces(name: string, seed: number, budget: number): Promise<number | undefined> {
  const target = embeddedTarget({ mutant: name });
  const scene = await defaultScene(target);
  const { capabilities, otherRegion } = scene;
  const found = new AbortController();
  const plans = { capabilities, maxRouters: 3, region: regionId, otherRegion, repetitions: 3 };
  const { counts, buckets } = await campaign(scene, {
    tables: defaultTables(),
    sequenceAt: racesOf(plans, seed),
    commands: budget,
    concurrency: 1,
    signal: found.signal,
    onProgress: ({ divergences }) => void (divergences > 0 && found.abort()),
  });
  await target.close();
  return buckets.length > 0 ? counts.commands : undefined;
}

const isSource = (name: ScoredSuite): name is SourceName => name !== 'races' && name !== 'default';

let who: ReturnType<typeof whoComesTo> | undefined;
let comparison: Comparison | undefined;
/** What targets are known by: apart from what is scored, and the same for all suites. */
let known: Source | undefined;
const knownBy = (): Source => (known ??= sourceOf(['guided', 'random'], 1));

/** The target on which a mutant is tried: one that comes to what is changed, and behaves as usual if none does. */
export function dispositionFor({
  row,
  situation = row,
}: Pick<ModelMutant, 'row'> & Partial<Pick<ModelMutant, 'situation'>>): Disposition | undefined {
  who ??= whoComesTo(knownBy());
  return who.get(situation) ?? who.get(row);
}

/** After so many times its budget a target that answered like the model counts as one that always does. */
const likeTheModel = 2;

/** Whether a mutant of this disposition ever answers otherwise than the same target without the mutation. */
function answersOtherwise(
  mutant: Pick<ModelMutant, 'make'>,
  { pick }: Disposition,
  commands: number,
): boolean {
  for (let index = 0, spent = 0; spent < commands; index++) {
    const sequence = knownBy()(index);
    if (sequence === undefined) return false;
    const [{ tables, defect }, environment] = [mutant.make(), environmentFor(sequence.routers)];
    const changed = new PermissiveTarget(pick, tables, environment, defect === undefined ? {} : { defect });
    const usual = new PermissiveTarget(pick, defaultTables(), environment);
    for (const command of sequence.commands)
      if (JSON.stringify(changed.perform(command)) !== JSON.stringify(usual.perform(command))) return true;
    spent += sequence.commands.length;
  }
  return false;
}

/**
 * Tries a mutant on the target that comes to what is changed. Where that one answers no otherwise than without the
 * mutation, as it goes another way that is documented, it is tried on the first that does answer otherwise.
 */
function firstOnFitting(mutant: ModelMutant, source: Source, budget: number): Detection | undefined {
  const usual = dispositionFor(mutant) ?? dispositions[0];
  if (usual === undefined) return undefined;
  const found = firstOnModel(mutant, source, budget, usual);
  const enough = likeTheModel * budget;
  if (found !== undefined || answersOtherwise(mutant, usual, enough)) return found;
  const other = dispositions.find((each) => each !== usual && answersOtherwise(mutant, each, enough));
  return other === undefined ? undefined : firstOnModel(mutant, source, budget, other);
}

/** How many mutants the suites find, of the model and of the emulator, each within the budget. */
export async function score(options: ScoreOptions): Promise<Score> {
  const { budget, every = 1, suites, seed, signal, onProgress } = options;
  const sources = [...suites.filter(isSource), ...(suites.includes('default') ? generatorNames : [])];
  const source = sourceOf(sources, seed);
  const sampled = <T>(list: readonly T[]): T[] => list.filter((_, index) => index % every === 0);
  const ofModel = sources.length === 0 ? [] : sampled(modelMutants());
  const ofEmulator = sources.length === 0 ? [] : sampled(mutants);
  const ofRaces = suites.includes('races') || suites.includes('default') ? sampled(raceMutants) : [];
  const total = ofModel.length + ofEmulator.length + ofRaces.length;
  const tried: Tried[] = [];
  const notToldApart: NotToldApart[] = [];
  const done = (): void => onProgress?.(tried.length + notToldApart.length, total);
  for (const mutant of ofModel) {
    if (signal?.aborted === true) break;
    const { name, operator, rules: broken } = mutant;
    const kind = `model: ${operator}`;
    comparison ??= new Comparison();
    const reason = comparison.notToldApart(mutant);
    const commands = reason === undefined ? firstOnFitting(mutant, source, budget)?.commands : undefined;
    if (reason === undefined) tried.push({ name, kind, rules: broken, commands });
    else notToldApart.push({ name, kind, reason });
    done();
  }
  for (const mutant of ofEmulator) {
    if (signal?.aborted === true) break;
    const { name, rule } = mutant;
    const found = await firstOnEmulator(mutant, source, budget);
    tried.push({ name, kind: 'emulator', rules: [rule], commands: found?.commands });
    done();
  }
  for (const { name, rule } of ofRaces) {
    if (signal?.aborted === true) break;
    const commands = await firstInRaces(name, seed, budget);
    tried.push({ name, kind: 'emulator: races', rules: [rule], commands });
    done();
  }
  return { suites, seed, budget, ...summed(tried), notToldApart };
}

const untestable = new Set(notModelled.map(({ rule }) => rule));

function summed(tried: readonly Tried[]): Pick<Score, 'kinds' | 'rules' | 'survivors' | 'unguarded'> {
  const kinds = [...new Set(tried.map(({ kind }) => kind))].map((kind): KindScore => {
    const these = tried.filter((each) => each.kind === kind);
    const spent = these.flatMap(({ commands }) => commands ?? []).toSorted((a, b) => a - b);
    const sum = spent.reduce((all, each) => all + each, 0);
    return {
      kind,
      killed: spent.length,
      total: these.length,
      mean: spent.length === 0 ? 0 : Math.round(sum / spent.length),
      median: spent[spent.length >> 1] ?? 0,
    };
  });
  const byRule = new Map<string, { killed: number; total: number }>();
  for (const { rules: broken, commands } of tried) {
    for (const rule of broken) {
      const { killed, total } = byRule.get(rule) ?? { killed: 0, total: 0 };
      byRule.set(rule, { killed: killed + (commands === undefined ? 0 : 1), total: total + 1 });
    }
  }
  return {
    kinds,
    rules: [...byRule]
      .map(([rule, counts]) => ({ rule, ...counts }))
      .toSorted((a, b) => a.rule.localeCompare(b.rule, 'en', { numeric: true })),
    survivors: tried.filter(({ commands }) => commands === undefined),
    unguarded: rules
      .map(({ id }) => id)
      .filter((id) => !untestable.has(id) && (byRule.get(id)?.killed ?? 0) === 0),
  };
}
