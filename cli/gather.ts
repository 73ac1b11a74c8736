import { UsageError } from '../properties/run/errors.ts';
import { findConfig, readConfig } from './config-file.ts';
import type { Io } from './io.ts';
import {
  checkOptions,
  flagOf,
  type GivenOptions,
  optionFromText,
  type OptionName,
  optionNames,
  variableOf,
} from './options.ts';
import { reasonOf } from './reason.ts';

/** Flags as Commander gives them, not yet checked. */
export type Flags = Readonly<Record<string, unknown>> & { readonly config?: string | undefined };

type Env = Io['env'];

/** What is wrong within JSON is named as it is there: `--times.settleMs`. */
function flagAt(path: string): string {
  const [name = '', ...rest] = path.split('.');
  return [flagOf(name), ...rest].join('.');
}

/** Names where the file is that `--config` names otherwise. */
const configVariable = variableOf('config');

/** What was asked for, and by what. */
export interface Gathered {
  readonly given: GivenOptions;
  /** For each option that was given, where: `--seed`, `RI_CONFORMANCE_SEED`, `"seed" in conformance.config.json`. */
  readonly origins: Readonly<Partial<Record<OptionName, string>>>;
  readonly configFile?: string;
}

/** Returns the options in the environment, each under the name of `variableOf`. Throws `UsageError`. */
function fromEnvironment(env: Env): GivenOptions {
  const byVariable = new Map(optionNames.map((name) => [variableOf(name), name]));
  const found = Object.entries(env).flatMap(([variable, value]) => {
    if (!variable.startsWith(variableOf('')) || variable === configVariable) return [];
    if (value === undefined || value.trim() === '') return [];
    const name = byVariable.get(variable);
    if (name !== undefined) return [[name, optionFromText(name, value.trim())] as const];
    throw new UsageError(
      `unknown option ${variable} in the environment. There are: ${[...byVariable.keys(), configVariable].join(', ')}.`,
    );
  });
  return checkOptions(Object.fromEntries(found), (path) => {
    const [name = '', ...rest] = path.split('.');
    return [variableOf(name), ...rest].join('.');
  });
}

/** Returns the options in flags. Throws `UsageError`. */
function fromFlags(flags: Flags, nameOf: (path: string) => string): GivenOptions {
  const { config: _config, debug: _debug, printConfig: _print, color, ...rest } = flags;
  // Commander gives `color: true` when nothing was said.
  const said = color === false ? { ...rest, color } : rest;
  const read = Object.entries(said).map(([name, value]) => [
    name,
    typeof value === 'string' ? optionFromText(name, value) : value,
  ]);
  return checkOptions(Object.fromEntries(read), nameOf);
}

/** Returns the file of options: the one that is named, else the one in the working directory, if there is one. */
async function configPath(flags: Flags, { env, cwd }: Pick<Io, 'env' | 'cwd'>): Promise<string | undefined> {
  const named = flags.config ?? (env[configVariable]?.trim() || undefined);
  return named ?? findConfig(cwd);
}

/**
 * Returns the options that flags, the environment and the configuration file give, and which of them gave each:
 * a flag wins over the environment, and that over the file. `nameOf` is what the user calls a flag. Throws
 * `UsageError` that names the source of what is wrong.
 */
export async function gatherAll(
  flags: Flags,
  io: Pick<Io, 'env' | 'cwd'>,
  nameOf: (path: string) => string = flagAt,
): Promise<Gathered> {
  const byFlag = fromFlags(flags, nameOf);
  const byEnvironment = fromEnvironment(io.env);
  const file = await configPath(flags, io);
  const byFile = file === undefined ? {} : await readConfig(file, io.cwd);
  const origins: Partial<Record<OptionName, string>> = {};
  for (const name of optionNames) {
    if (byFlag[name] !== undefined) origins[name] = nameOf(name);
    else if (byEnvironment[name] !== undefined) origins[name] = variableOf(name);
    else if (byFile[name] !== undefined) origins[name] = `"${name}" in ${file}`;
  }
  return {
    given: { ...byFile, ...byEnvironment, ...byFlag },
    origins,
    ...(file === undefined ? {} : { configFile: file }),
  };
}

/** The same, where it does not matter which of them said it. */
export async function gather(flags: Flags, io: Pick<Io, 'env' | 'cwd'>): Promise<GivenOptions> {
  return (await gatherAll(flags, io)).given;
}

/**
 * Returns what `use` makes of the options. What it finds wrong with one it calls by its flag; where the option
 * was not given so, the message says where.
 */
export async function usingOrigins<T>({ origins }: Gathered, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const elsewhere = optionNames.flatMap((name) => {
      const origin = origins[name];
      if (origin === undefined || origin === flagOf(name)) return [];
      return new RegExp(`${flagOf(name)}(?![\\w-])`).test(error.message)
        ? [`${flagOf(name)} is ${origin}`]
        : [];
    });
    if (elsewhere.length === 0) throw error;
    throw new UsageError(`${reasonOf(error)} (${elsewhere.join('; ')})`, { cause: error });
  }
}
