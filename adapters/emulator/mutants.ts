import { answerMutants } from './mutant-answers.ts';
import { behaviourMutants } from './mutant-behaviours.ts';
import { omissionMutants } from './mutant-omissions.ts';
import { type RaceMutant, raceMutants as raceRows } from './mutant-races.ts';
import { wireMutants as wireRows } from './mutant-wire.ts';
import type { Refusal } from './refusals.ts';

/** One deliberate defect: what the harness must be able to find. */
export interface Mutant {
  readonly name: string;
  /** What kind of defect it is, e.g. `guard missing` or `never settles`. */
  readonly class: string;
  /**
   * The documented rule that it breaks (R1..R100), or P1 = what is done to one interface shows on an
   * unrelated one, P2 = a transitional status never ends, P3 = a RequestId is used twice, P7 = a field changes that should stay, P6 = one way to
   * ask does not come to the same as another.
   */
  readonly rule: string;
  readonly description: string;
  /** The profile under which the defect shows, where it does not under the default one. */
  readonly profile?: string;
  /** The guard it forgets, as `Operation.guard`. */
  readonly without?: string;
  /** What it changes about the refusal for a reason. */
  readonly answer?: { readonly reason: string; readonly change: Partial<Refusal> };
  /** It shows only on the wire: in an emulator that is served. */
  readonly wire?: true;
  /** It shows only when calls overlap. */
  readonly race?: true;
}

type BehaviourRow = readonly [
  name: string,
  kind: string,
  rule: string,
  description: string,
  profile?: string,
];

function behaviour([name, kind, rule, description, profile]: BehaviourRow): Mutant {
  const mutant = { name, class: kind, rule, description };
  return profile === undefined ? mutant : { ...mutant, profile };
}

/** Every mutant of what the emulator does, each exactly one deviation from the documents. */
export const mutants: readonly Mutant[] = [
  ...answerMutants.map(([name, rule, reason, change, description]) => ({
    name,
    class: 'wrong answer',
    rule,
    description,
    answer: { reason, change },
  })),
  ...omissionMutants.map(([name, rule, guard, description]) => ({
    name,
    class: 'guard missing',
    rule,
    description,
    without: guard,
  })),
  ...behaviourMutants.map((row) => behaviour(row)),
];

/** Every mutant of how it is reached. */
export const wireMutants: readonly Mutant[] = wireRows.map(([name, kind, rule, description]) => ({
  name,
  class: kind,
  rule,
  description,
  wire: true,
}));

/** Every mutant of what it does when calls overlap. */
export const raceMutants: readonly Mutant[] = raceRows.map((row: RaceMutant) => ({
  name: row.name,
  class: 'race',
  rule: row.rule,
  description: row.description,
  race: true,
  ...(row.profile === undefined ? {} : { profile: row.profile }),
}));

const byName = new Map([...mutants, ...wireMutants, ...raceMutants].map((mutant) => [mutant.name, mutant]));

/**
 * Returns the mutants of a list of names with commas between; throws an Error when one does not exist, or when
 * they show under different profiles.
 */
export function findMutants(list: string): readonly Mutant[] {
  const found = [...new Set(list.split(',').map((name) => name.trim()))].map(findMutant);
  const profiles = new Set(found.flatMap(({ profile }) => profile ?? []));
  if (profiles.size <= 1) return found;
  throw new Error(
    `The mutants ${list} cannot be had at once: they show under the profiles ${[...profiles].join(' and ')}.`,
  );
}

/** Returns the profile under which mutants show, if it is not the default one; throws as `findMutants` does. */
export function profileOf(list: string): string | undefined {
  return findMutants(list).find(({ profile }) => profile !== undefined)?.profile;
}

/** Returns the mutant called `name`; throws an Error that lists the names when there is none. */
export function findMutant(name: string): Mutant {
  const mutant = byName.get(name);
  if (mutant) return mutant;
  throw new Error(`Unknown mutant "${name}". The mutants are: ${[...byName.keys()].join(', ')}.`);
}
