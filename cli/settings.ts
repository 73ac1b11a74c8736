import { randomInt } from 'node:crypto';
import { editionIds, isEdition, type EditionId } from '../model/spec/editions.ts';
import type { Router } from '../model/world.ts';
import { type SuiteName, suiteNames } from '../properties/conformance.ts';
import { UsageError } from '../properties/run/errors.ts';
import type { Io } from './io.ts';
import type { GivenOptions } from './options.ts';

/** Returns an edition by its name, or `any`. Throws `UsageError` that lists them. */
export function editionNamed(name: string): EditionId | 'any' {
  if (name === 'any' || isEdition(name)) return name;
  throw new UsageError(`unknown edition "${name}". The editions are: any, ${editionIds.join(', ')}.`);
}

/** Returns the suites that a list names. Throws `UsageError` for one that does not exist. */
export function suitesNamed(list: string): readonly SuiteName[] {
  const names = list.split(',').filter((each) => each.trim() !== '');
  if (names.length === 0) throw new UsageError('--suite names none.');
  return names.map((each) => {
    const name = each.trim();
    const suite = suiteNames.find((known) => known === name);
    if (suite !== undefined) return suite;
    throw new UsageError(
      `unknown suite "${name}". The suites of this version are: ${suiteNames.join(', ')}.`,
    );
  });
}

/** Returns a seed that was not used before, most likely. */
export function freshSeed(): number {
  return randomInt(2 ** 31 - 1);
}

/** Returns the named routers in the model's words, and the region they make the default. */
export function routersOf({ routers }: GivenOptions): readonly Router[] | undefined {
  return routers?.map(({ routerId, ...rest }) => ({ id: routerId, ...rest }));
}

/** Returns whether a report is coloured: on a terminal, unless the user or NO_COLOR says otherwise. */
export function wantsColor({ color }: GivenOptions, { stdout, env }: Io): boolean {
  return color ?? (stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '');
}
