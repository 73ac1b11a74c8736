import { access, readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../properties/run/errors.ts';
import { checkBy, configSchema, type GivenOptions } from './options.ts';
import { reasonOf } from './reason.ts';

/** The configuration files that are looked for in the working directory. */
export const configNames = ['ts', 'js', 'mjs', 'json', 'yaml', 'yml'].map(
  (ending) => `conformance.config.${ending}`,
);

/** Returns the name of the configuration file in a directory, if there is one. Throws `UsageError` for several. */
export async function findConfig(directory: string): Promise<string | undefined> {
  const there = await Promise.all(
    configNames.map((name) =>
      access(join(directory, name)).then(
        () => [name],
        () => [],
      ),
    ),
  );
  const [first, second] = there.flat();
  if (second !== undefined) {
    throw new UsageError(
      `there are two configuration files, ${first} and ${second}: remove one, or name one with --config.`,
    );
  }
  return first;
}

/** Returns what a module, of TypeScript too, exports as its default. */
export async function defaultExport(path: string): Promise<unknown> {
  const ownTypes = Boolean(Reflect.get(process.features, 'typescript'));
  // Node that cannot strip types by itself has it done.
  const module: unknown =
    extname(path) === '.ts' && !ownTypes
      ? await import('jiti').then(({ createJiti }) => createJiti(import.meta.url).import(path))
      : await import(pathToFileURL(path).href);
  if (typeof module === 'object' && module !== null && 'default' in module) return module.default;
  throw new Error('it has no default export. End it with: export default { … }');
}

async function parsed(path: string, what: string, parse: (text: string) => unknown): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return parse(text);
  } catch (error) {
    throw new SyntaxError(`is not ${what}: ${reasonOf(error)}`, { cause: error });
  }
}

async function load(path: string): Promise<unknown> {
  const ending = extname(path);
  if (ending === '.json') return parsed(path, 'JSON', JSON.parse);
  if (ending === '.yaml' || ending === '.yml') {
    const yaml = await import('yaml');
    return parsed(path, 'YAML', (text) => yaml.parse(text) as unknown);
  }
  if (['.ts', '.mts', '.js', '.mjs'].includes(ending)) {
    await access(path);
    try {
      return await defaultExport(path);
    } catch (error) {
      throw new SyntaxError(`cannot be loaded: ${reasonOf(error)}`, { cause: error });
    }
  }
  throw new SyntaxError('has an ending that is not known; there are .ts, .js, .mjs, .json, .yaml and .yml.');
}

/**
 * Returns the options in a configuration file: the names of the flags in camelCase, and `$schema` where an editor
 * wants it. Throws `UsageError` when it cannot be read or holds anything else.
 */
export async function readConfig(file: string, directory = process.cwd()): Promise<GivenOptions> {
  let given: unknown;
  try {
    given = await load(resolve(directory, file));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : `cannot be read: ${reasonOf(error)}`;
    throw new UsageError(`the configuration file ${file} ${why}`, { cause: error });
  }
  try {
    const { $schema: _schema, ...options } = checkBy(configSchema, given, (name) => `"${name}"`);
    return options;
  } catch (error) {
    throw new UsageError(`in the configuration file ${file}: ${reasonOf(error)}`, { cause: error });
  }
}
