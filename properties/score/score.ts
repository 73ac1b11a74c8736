import { embeddedTarget } from '../../adapters/embedded.ts';
import { mutants } from '../../adapters/emulator/mutants.ts';
import { notModelled } from '../../model/spec/not-modelled.ts';
import { rules } from '../../model/spec/rules.ts';
import { documentedQuota, type Environment } from '../../model/world.ts';
import { defaultLength } from '../generate/sequence-arbitrary.ts';
import { type GeneratorName, type Sequences, sequencesOf } from '../generate/suites.ts';
import type { Sequence } from '../sequence.ts';
import { defaultScene, type Detection, firstFinding, firstOn, regionId } from './detect.ts';
import { type ModelMutant, modelMutants } from './model-mutants.ts';
import { PermissiveTarget, steady } from './model-target.ts';

export interface ScoreOptions {
  readonly suites: readonly GeneratorName[];
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

export interface Score {
  readonly suites: readonly string[];
  readonly seed: number;
  readonly budget: number;
  readonly kinds: readonly KindScore[];
  readonly rules: readonly { readonly rule: string; readonly killed: number; readonly total: number }[];
  readonly survivors: readonly Tried[];
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

const region = regionId;
const otherRegion = 'cn-beijing';

export const environment: Environment = {
  edition: 'any',
  regionId: region,
  regions: [region, otherRegion],
  routers: [1, 2, 3].map((number) => ({ id: `vrt-${number}`, regionId: region, vpcId: `vpc-${number}` })),
  limits: { perRouter: documentedQuota, perAccount: null },
  bounds: { settleMs: 1000, staleMs: 0 },
  readsLag: false,
  clock: 'manual',
};

/** Sequences for targets that can do everything, made once for all mutants. */
export function sharedSequences({ suites, seed }: Pick<ScoreOptions, 'suites' | 'seed'>): Sequences {
  const sequenceAt = sequencesOf(
    suites,
    {
      capabilities: { accountHook: true, interfaceHook: true, routeEntries: true },
      maxLength: defaultLength,
      maxRouters: 3,
      region,
      otherRegion,
    },
    seed,
  );
  const made: Sequence[] = [];
  return (index) => {
    while (made.length <= index) made.push(sequenceAt(made.length));
    return made[index] as Sequence;
  };
}

/** Runs sequences against a mutant of the model until something diverges. */
export function firstOnModel(
  mutant: Pick<ModelMutant, 'make'>,
  sequenceAt: Sequences,
  budget: number,
): Detection | undefined {
  for (let index = 0, spent = 0; spent < budget; index++) {
    const { commands, routers } = sequenceAt(index);
    const { tables, defect } = mutant.make();
    const env = { ...environment, routers: environment.routers.slice(0, routers) };
    const target = new PermissiveTarget(steady, tables, env, defect === undefined ? {} : { defect });
    const steps = commands.slice(0, budget - spent).map((command) => target.perform(command));
    const found = firstFinding({ environment: env, steps });
    if (found !== undefined) return { ...found, commands: spent + found.commands };
    spent += commands.length;
  }
  return undefined;
}

/** Runs sequences against a mutant of the emulator until something diverges. */
export async function firstOnEmulator(
  { name, profile }: { readonly name: string; readonly profile?: string },
  sequenceAt: Sequences,
  budget: number,
): Promise<Detection | undefined> {
  const target = embeddedTarget({ mutant: name, profile });
  const found = await firstOn(await defaultScene(target), sequenceAt, budget);
  await target.close();
  return found;
}

/** How many mutants the suites find, of the model and of the emulator, each within the budget. */
export async function score(options: ScoreOptions): Promise<Score> {
  const { budget, every = 1, suites, seed, signal, onProgress } = options;
  const sequenceAt = sharedSequences(options);
  const sampled = <T>(list: readonly T[]): T[] => list.filter((_, index) => index % every === 0);
  const ofModel = sampled(modelMutants());
  const ofEmulator = sampled(mutants);
  const total = ofModel.length + ofEmulator.length;
  const tried: Tried[] = [];
  for (const mutant of ofModel) {
    if (signal?.aborted === true) break;
    const { name, operator, rules: broken } = mutant;
    const commands = firstOnModel(mutant, sequenceAt, budget)?.commands;
    tried.push({ name, kind: `model: ${operator}`, rules: broken, commands });
    onProgress?.(tried.length, total);
  }
  for (const mutant of ofEmulator) {
    if (signal?.aborted === true) break;
    const { name, rule } = mutant;
    const found = await firstOnEmulator(mutant, sequenceAt, budget);
    tried.push({ name, kind: 'emulator', rules: [rule], commands: found?.commands });
    onProgress?.(tried.length, total);
  }
  return { suites, seed, budget, ...summed(tried) };
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
