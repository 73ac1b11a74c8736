import { readFile } from 'node:fs/promises';
import { UsageError } from '../properties/run/errors.ts';
import { checkOptions, type GivenOptions } from './options.ts';
import { reasonOf } from './reason.ts';

/**
 * Returns the options in a configuration file: JSON, the names of the flags in camelCase, and `routers`
 * and `times` beside them. Throws `UsageError` when it cannot be read or holds anything else.
 */
export async function readConfig(path: string): Promise<GivenOptions> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const what = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new UsageError(`the configuration file ${path} ${what}: ${reasonOf(error)}`);
  }
  try {
    return checkOptions(json, (name) => `"${name}"`);
  } catch (error) {
    throw new UsageError(`in the configuration file ${path}: ${reasonOf(error)}`);
  }
}
