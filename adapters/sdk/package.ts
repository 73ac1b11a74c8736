import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ClientSetupError } from '../client.ts';

/** A package as it is installed where the user works. */
export interface InstalledPackage {
  /** What `require` gives for it. */
  readonly exports: unknown;
  readonly version: string;
  /** Version of a package that this one uses, the copy it really loads; undefined when it uses none. */
  versionOf(dependency: string): string | undefined;
}

function resolved(require: NodeJS.Require, request: string): string | undefined {
  try {
    return require.resolve(request);
  } catch {
    return undefined;
  }
}

function manifestOf(file: string): { readonly name?: unknown; readonly version?: unknown } {
  return JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: unknown; readonly version?: unknown };
}

/** An SDK's `package.json`: above its main file, as a package may hide it by its `exports`. */
function manifestAbove(main: string): string | undefined {
  for (let at = dirname(main); at !== dirname(at); at = dirname(at)) {
    const file = join(at, 'package.json');
    try {
      if (typeof manifestOf(file).version === 'string') return file;
    } catch {
      // not here
    }
  }
  return undefined;
}

const isPath = (name: string): boolean => /^\.{0,2}[/\\]/.test(name);

/**
 * Loads `name` from the user's project, where that has it, so that the user's version is what runs; else
 * from beside this program. `name` is a package's name, an alias of it (`npm i old@npm:NAME@6`), or the path
 * of a folder. Throws `ClientSetupError` with the command that installs `install`.
 */
export function loadPackage(
  name: string,
  install: string,
  places: readonly string[] = [join(process.cwd(), 'package.json'), import.meta.url],
): InstalledPackage {
  const request = isPath(name) ? resolve(name) : name;
  for (const place of places) {
    const require = createRequire(place);
    const main = resolved(require, request);
    if (main === undefined) continue;
    const manifest = manifestAbove(main);
    return {
      exports: load(require, main, name),
      version: manifest === undefined ? 'unknown' : String(manifestOf(manifest).version),
      versionOf(dependency) {
        const used = resolved(createRequire(main), dependency);
        const file = used === undefined ? undefined : manifestAbove(used);
        return file === undefined ? undefined : String(manifestOf(file).version);
      },
    };
  }
  throw new ClientSetupError(
    'setup',
    `the SDK ${name} is not installed. In your project, run: npm install --save-dev ${asNamed(name, install)}`,
  );
}

/** Returns what installs `install` under the name that was asked for; a folder is nothing that npm could name. */
function asNamed(name: string, install: string): string {
  return name === install || isPath(name) ? install : `${name}@npm:${install}`;
}

/** Returns the error that says that a package is there, and is not what is driven here. */
export function unsuitable(name: string, { version }: InstalledPackage, wanted: string): ClientSetupError {
  return new ClientSetupError(
    'setup',
    `${name} ${version} has no client like that of ${wanted}, the one that is known`,
  );
}

function load(require: NodeJS.Require, main: string, name: string): unknown {
  try {
    return require(main) as unknown;
  } catch (error) {
    const said = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new ClientSetupError('setup', `the SDK ${name} (${main}) does not load: ${said}`);
  }
}
