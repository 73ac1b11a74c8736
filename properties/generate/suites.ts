import type { Capabilities, Sequence } from '../sequence.ts';
import { GuidedArbitrary } from './guided-arbitrary.ts';
import { defaultLength, type GeneratorOptions, sequenceArbitrary, sequenceAt } from './sequence-arbitrary.ts';

/** Suites that make sequences one after another, without end. */
export const generatorNames = ['random', 'guided'] as const;
export type GeneratorName = (typeof generatorNames)[number];

/** What the sequences of a run rest on, wherever it goes. */
export interface Ground {
  readonly capabilities: Capabilities;
  /** Clean routers there are. */
  readonly routers: number;
  readonly regionId: string;
  readonly otherRegion: string;
  /** Interfaces that a router may have; as documented unless given. */
  readonly quotaPerRouter?: number | undefined;
}

/** The options by which runs and comparisons make their sequences: the same from the same, or recordings of one would not serve the other. */
export function generatorOptions({
  capabilities,
  routers,
  regionId,
  otherRegion,
  quotaPerRouter,
}: Ground): GeneratorOptions {
  return {
    capabilities,
    maxLength: defaultLength,
    maxRouters: routers,
    ...(quotaPerRouter === undefined ? {} : { quotaPerRouter }),
    region: regionId,
    otherRegion,
  };
}

/** The n-th sequence of a run, for every n. */
export type Sequences = (index: number) => Sequence;

/** Of so many sequences one is left to chance alone: no count of what was covered foresees everything. */
const oneByChance = 4;
/** After as many sequences there is little left that was never covered; chance is cheaper. */
const turns = 96;

/**
 * What a run with this seed sends: the same on every machine and at any concurrency. Where both are asked for they
 * take turns at first; then chance alone goes on.
 */
export function sequencesOf(
  names: readonly GeneratorName[],
  options: GeneratorOptions,
  seed: number,
): Sequences {
  if (!names.includes('guided')) return random(options, seed);
  if (!names.includes('random')) return guided(options, seed);
  const [byChance, steered] = [random(options, seed), guided(options, seed)];
  const left = turns / oneByChance;
  return (index) => {
    if (index >= turns) return byChance(index - turns + left);
    const [round, place] = [Math.floor(index / oneByChance), index % oneByChance];
    return place === 0 ? byChance(round) : steered(index - round - 1);
  };
}

function random(options: GeneratorOptions, seed: number): Sequences {
  const arbitrary = sequenceArbitrary(options);
  return (index) => sequenceAt(arbitrary, seed, index);
}

/** The first sequences that were steered, by what they rest on: `watch` and a file of tests send the same ones time and again. */
const remembered = new Map<string, Sequence[]>();
/** Of so many grounds and seeds, those that were asked for last. */
const mostRemembered = 8;

function rememberedOf(key: string): Sequence[] {
  const known = remembered.get(key) ?? [];
  remembered.delete(key);
  remembered.set(key, known);
  for (const oldest of remembered.keys()) if (remembered.size > mostRemembered) remembered.delete(oldest);
  return known;
}

/** Each sequence hangs on those before it: whoever asks for an earlier one that is not remembered has them made again. */
function guided(options: GeneratorOptions, seed: number): Sequences {
  const first = rememberedOf(JSON.stringify([options, seed]));
  const anew = guidedAnew(options, seed);
  return (index) => {
    for (let at = first.length; at <= Math.min(index, turns - 1); at++) first.push(anew(at));
    return first[index] ?? anew(index);
  };
}

/** Makes each sequence itself, whatever was made before. */
export function guidedAnew(options: GeneratorOptions, seed: number): Sequences {
  let arbitrary = new GuidedArbitrary(options);
  let next = 0;
  let last: Sequence | undefined;
  return (index) => {
    if (index === next - 1 && last !== undefined) return last;
    if (index < next) {
      arbitrary = new GuidedArbitrary(options);
      next = 0;
    }
    for (; next <= index; next++) last = sequenceAt(arbitrary, seed, next);
    return last as Sequence;
  };
}
