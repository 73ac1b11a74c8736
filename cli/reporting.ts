import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../properties/run/errors.ts';
import type { ProgressFigures } from '../reports/progress.ts';
import type { RunRecord } from '../reports/record.ts';
import type { ReportContext, Reporter, RunStart } from '../reports/reporter.ts';
import type { Io } from './io.ts';
import { prepareFile, write } from './output-directory.ts';
import { reasonOf } from './reason.ts';
import type { ReporterChoice } from './reporter-choice.ts';

/** A reporter that failed, after all that does not depend on it was done. */
export class ReporterError extends Error {
  override readonly name = 'ReporterError';
}

interface Destination {
  readonly reporter: Reporter;
  /** An absolute path; nothing for standard output. */
  readonly path?: string;
  /** As it was given, for messages. */
  readonly shown: string;
}

/**
 * Returns where each reporter writes: the file that was named for it, else its usual one in `out`, else standard
 * output, on which only one can be whose text does not mix with others'. Throws `UsageError`.
 */
function destinations(
  chosen: readonly ReporterChoice[],
  { out, cwd }: { readonly out?: string | undefined; readonly cwd: string },
): readonly Destination[] {
  const found = chosen.map(({ reporter, to }): Destination => {
    const shown = to ?? (out === undefined || reporter.file === undefined ? '-' : join(out, reporter.file));
    return shown === '-' ? { reporter, shown } : { reporter, shown, path: resolve(cwd, shown) };
  });
  const printed = found.filter(({ path }) => path === undefined);
  const alone = printed.find(({ reporter }) => reporter.mixes !== true);
  if (alone !== undefined && printed.length > 1) {
    const names = printed.map(({ reporter }) => reporter.name).join(' and ');
    throw new UsageError(
      `${names} would both write to standard output: name a file, as --reporter ${alone.reporter.name}=FILE.`,
    );
  }
  for (const [index, { path, shown }] of found.entries()) {
    if (path !== undefined && found.findIndex((each) => each.path === path) !== index)
      throw new UsageError(`two reporters would write to ${shown}: name another file for one of them.`);
  }
  return found;
}

/** Lets reporters render, each to where it writes. One that fails keeps none of the others from it. */
export class Reporting {
  readonly #destinations: readonly Destination[];
  readonly #io: Io;
  readonly #failures: string[] = [];
  readonly #failed = new Set<Destination>();
  #started = false;

  private constructor(found: readonly Destination[], io: Io) {
    this.#destinations = found;
    this.#io = io;
  }

  /** Throws `UsageError` when a file cannot be written: before anything is run whose report would be lost. */
  static async prepare(chosen: readonly ReporterChoice[], io: Io, out?: string): Promise<Reporting> {
    const found = destinations(chosen, { out, cwd: io.cwd });
    for (const { path, shown } of found) if (path !== undefined) await prepareFile(path, shown);
    return new Reporting(found, io);
  }

  /** The files that are written, in the order of the reporters. */
  get files(): readonly string[] {
    return this.#destinations.flatMap(({ path, shown }) => (path === undefined ? [] : [shown]));
  }

  get hasLive(): boolean {
    return this.#destinations.some(({ reporter }) => reporter.live !== undefined);
  }

  start(run: RunStart): void {
    this.#started = true;
    this.#live((each, live) => {
      if (each.path !== undefined) writeFileSync(each.path, live.start(run));
      else this.#io.stdout.write(live.start(run));
    });
  }

  progress(figures: ProgressFigures): void {
    this.#live((each, live) => this.#grow(each, live.progress(figures)));
  }

  /**
   * Renders everything. Returns the error to throw once all else is done, if a reporter failed: `kept` says where
   * what it was to render is.
   */
  async finish(
    records: readonly RunRecord[],
    context: ReportContext,
    kept: string,
  ): Promise<ReporterError | undefined> {
    const [first] = records;
    for (const each of this.#destinations) {
      if (this.#failed.has(each)) continue;
      const { reporter } = each;
      try {
        if (this.#started && reporter.live !== undefined && first !== undefined)
          this.#grow(each, reporter.live.end(first));
        else await this.#render(each, await reporter.render(records, context));
        this.#append(reporter, records, context);
      } catch (error) {
        this.#fail(each, error);
      }
    }
    return this.#failures.length === 0
      ? undefined
      : new ReporterError(`${this.#failures.join('; ')}. ${kept}`);
  }

  async #render({ reporter, path }: Destination, text: unknown): Promise<void> {
    if (typeof text !== 'string') throw new TypeError(`it returned ${typeof text} instead of text`);
    if (path === undefined) this.#print(reporter, text);
    else await write(path, text);
  }

  /**
   * GitHub obeys workflow commands in whatever a step prints; a target must not give any. So it is told to
   * stop until a word comes that nobody can guess.
   */
  #print({ name }: Reporter, text: string): void {
    const { stdout, env } = this.#io;
    if (env['GITHUB_ACTIONS'] !== 'true' || name === 'github') {
      stdout.write(text);
      return;
    }
    const word = randomUUID();
    stdout.write(`::stop-commands::${word}\n${text}${text.endsWith('\n') ? '' : '\n'}::${word}::\n`);
  }

  #append({ append }: Reporter, records: readonly RunRecord[], context: ReportContext): void {
    const file = append === undefined ? undefined : this.#io.env[append.variable];
    if (append === undefined || file === undefined || file === '') return;
    appendFileSync(file, append.render(records, context));
  }

  #grow({ path }: Destination, text: string): void {
    if (path === undefined) this.#io.stdout.write(text);
    else appendFileSync(path, text);
  }

  #live(say: (each: Destination, live: NonNullable<Reporter['live']>) => void): void {
    for (const each of this.#destinations) {
      const { live } = each.reporter;
      if (live === undefined || this.#failed.has(each)) continue;
      try {
        say(each, live);
      } catch (error) {
        this.#fail(each, error);
      }
    }
  }

  #fail(each: Destination, error: unknown): void {
    this.#failed.add(each);
    this.#failures.push(`the reporter ${each.reporter.name} failed: ${reasonOf(error).replace(/\.$/, '')}`);
  }
}
