import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError, parseStored } from '../properties/counterexample.ts';
import { UsageError } from '../properties/run/errors.ts';
import type { SuiteName } from '../properties/conformance.ts';
import type { GivenOptions } from './options.ts';
import { readInput } from './read-input.ts';
import type { TargetChoice } from './target-choice.ts';
import { reasonOf, systemCode } from './reason.ts';

type Stored = ReturnType<typeof parseStored>;

export interface StoredRegressions {
  readonly counterexamples: readonly Stored[];
  /** Files that hold no counterexample, each with the reason. */
  readonly unreadable: readonly string[];
}

/**
 * Returns the counterexamples in a directory, by name of the file: the one that was named, or the one that runs
 * with this output directory write to. Throws `UsageError` when the one that was named cannot be read.
 */
export async function storedRegressions(out: string, named?: string): Promise<StoredRegressions> {
  const directory = named ?? join(out, 'divergences');
  let files: string[];
  try {
    files = (await readdir(directory)).filter((file) => file.endsWith('.json')).toSorted();
  } catch (error) {
    if (named === undefined && systemCode(error) === 'ENOENT') return { counterexamples: [], unreadable: [] };
    throw new UsageError(
      `cannot read the counterexamples in ${directory}: ${reasonOf(error)}. Choose another directory with --regressions.`,
    );
  }
  const counterexamples: Stored[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    const path = join(directory, file);
    try {
      counterexamples.push(parseStored(await readInput(path), path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      unreadable.push(error.message);
    }
  }
  return { counterexamples, unreadable };
}

/** What earlier runs found; a recording has nothing to answer it with. */
export function regressionsFor(
  suites: readonly SuiteName[],
  out: string,
  { regressions, record, shard }: GivenOptions,
  choice: TargetChoice | undefined,
): Promise<StoredRegressions> {
  // Of several parts of a campaign the first runs them.
  const others = shard !== undefined && !shard.startsWith('1/');
  const none =
    others || !suites.includes('regressions') || choice?.kind === 'recording' || record !== undefined;
  return none
    ? Promise.resolve({ counterexamples: [], unreadable: [] })
    : storedRegressions(out, regressions);
}
