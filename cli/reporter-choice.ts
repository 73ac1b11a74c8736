import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UsageError } from '../properties/run/errors.ts';
import type { Reporter } from '../reports/reporter.ts';
import { reporters } from '../reports/reporters.ts';
import { defaultExport } from './config-file.ts';
import { reasonOf } from './reason.ts';

/** A reporter with where its text goes. */
export interface ReporterChoice {
  readonly reporter: Reporter;
  /** A file, or `-` for standard output; nothing where none was named. */
  readonly to?: string;
}

/** What only `--reporter` says at the end of a help. */
export const reporterHelp = `Reporters: ${reporters.map(({ name }) => name).join(', ')}; or the path of a module with one as its default export
(./mine.js). NAME=FILE writes to a file, NAME=- to standard output; several with commas between, or --reporter again.`;

const isPath = (name: string): boolean => /[/\\]/.test(name) || /\.[cm]?[jt]s$/.test(name);

/** Returns the reporter that a module exports: an object as `Reporter` says, or its `render` alone. */
async function loaded(path: string, cwd: string): Promise<Reporter> {
  const file = resolve(cwd, path);
  const wrong = (why: string, cause?: unknown): UsageError =>
    new UsageError(`the reporter ${path} ${why}`, { cause });
  try {
    await access(file);
  } catch (error) {
    throw wrong(`cannot be read: ${reasonOf(error)}.`, error);
  }
  let found: unknown;
  try {
    found = await defaultExport(file);
  } catch (error) {
    throw wrong(`cannot be loaded: ${reasonOf(error)}`, error);
  }
  const name = basename(path).replace(/\.[cm]?[jt]s$/, '');
  if (typeof found === 'function') return { name, render: found as Reporter['render'] };
  if (
    typeof found === 'object' &&
    found !== null &&
    'render' in found &&
    typeof found.render === 'function'
  ) {
    if ('file' in found && typeof found.file !== 'string')
      throw wrong(`has a "file" that is not a file name but ${JSON.stringify(found.file)}.`);
    const reporter = found as Reporter;
    return typeof reporter.name === 'string'
      ? reporter
      : Object.assign(Object.create(reporter) as Reporter, { name });
  }
  throw wrong(
    `exports as its default what is no reporter: a function is wanted that returns text for (records, context), or an object with such a "render".`,
  );
}

async function one(word: string, cwd: string): Promise<ReporterChoice> {
  const at = word.indexOf('=');
  const [name, to] = at < 0 ? [word, undefined] : [word.slice(0, at).trim(), word.slice(at + 1).trim()];
  if (to === '') throw new UsageError(`--reporter ${word} names no file behind "=".`);
  const known = reporters.find((each) => each.name === name);
  if (known === undefined && !isPath(name)) {
    throw new UsageError(
      `unknown reporter "${name}". There are: ${reporters.map((each) => each.name).join(', ')}, and the path of a module with one of your own, as ./${name === '' ? 'mine' : name}.js.`,
    );
  }
  return { reporter: known ?? (await loaded(name, cwd)), ...(to === undefined ? {} : { to }) };
}

/**
 * Returns the reporters that a list names, as `junit,html=out/page.html` or with one such word an element; modules are looked for from `cwd`. Throws
 * `UsageError` for one that does not exist or cannot be loaded.
 */
export async function reportersNamed(
  list: string | readonly string[],
  cwd: string,
): Promise<readonly ReporterChoice[]> {
  const words = (typeof list === 'string' ? [list] : list)
    .flatMap((each) => each.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) throw new UsageError('--reporter names none.');
  const chosen: ReporterChoice[] = [];
  for (const word of words) chosen.push(await one(word, cwd));
  return chosen;
}
