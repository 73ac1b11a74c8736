import { open } from 'node:fs/promises';
import {
  type Counts,
  type End,
  type Happening,
  type Header,
  type Line,
  lineSchema,
  noLines,
  RecordingFileError,
  recordingVersion,
} from './format.ts';
import type { Turn } from '../target.ts';

/** A recording as it was read: whole, and each line of it understood. */
export interface Recording {
  readonly file: string;
  readonly header: Header;
  /** What happened in each part, in its order. */
  readonly parts: ReadonlyMap<string, RecordedPartLines>;
  /** What happened in all of them, in the order of its ends. */
  readonly happenings: readonly Happening[];
  readonly end: End;
}

export interface RecordedPartLines {
  readonly routers?: readonly string[];
  /** How the clients of its race followed each other. */
  readonly order?: readonly Turn[];
  readonly happenings: readonly Happening[];
}

/** Texts longer than this make no readable message. */
const quoted = 60;

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const seen = text.length > quoted ? `${text.slice(0, quoted)}…` : text;
    throw new RecordingFileError(`${where} is not JSON: ${JSON.stringify(seen)}.`);
  }
}

function understood(value: unknown, where: string): Line {
  const result = lineSchema.safeParse(value);
  if (result.success) return result.data;
  const kind = typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined;
  const what =
    typeof kind === 'string' ? `is no line of kind "${kind}" as this version writes it` : 'has no kind';
  throw new RecordingFileError(`${where} ${what}.`);
}

function checkHeader(value: unknown, file: string): Header {
  const version =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'recordingVersion') : undefined;
  if (version === undefined) {
    throw new RecordingFileError(
      `${file}, line 1: this is not the header of a recording. Recordings are made with "run --record FILE".`,
    );
  }
  if (version !== recordingVersion) {
    throw new RecordingFileError(
      `${file}, line 1: a recording of version ${JSON.stringify(version)}; this version of the tool reads version ${recordingVersion}. Record again with --record.`,
    );
  }
  const line = understood(value, `${file}, line 1`);
  if (line.kind !== 'recording') throw new RecordingFileError(`${file}, line 1: the header is damaged.`);
  return line;
}

/** Puts a recording together, line after line. */
class Assembly {
  readonly #file: string;
  readonly #parts = new Map<
    string,
    { -readonly [Key in keyof RecordedPartLines]: RecordedPartLines[Key] } & { happenings: Happening[] }
  >();
  readonly #happenings: Happening[] = [];
  readonly #counts: Counts = { ...noLines };
  #header: Header | undefined;
  #end: End | undefined;
  #lines = 0;

  constructor(file: string) {
    this.#file = file;
  }

  add(text: string, last: boolean): void {
    this.#lines += 1;
    const where = `${this.#file}, line ${this.#lines}`;
    if (this.#end !== undefined)
      throw new RecordingFileError(`${where}: something follows after the closing line.`);
    let value: unknown;
    try {
      value = parsed(text, where);
    } catch (error) {
      throw last && this.#header !== undefined ? this.#cutOff() : error;
    }
    if (this.#header === undefined) {
      this.#header = checkHeader(value, this.#file);
      return;
    }
    const line = understood(value, where);
    if (line.kind === 'recording') throw new RecordingFileError(`${where}: a second header.`);
    if (line.kind === 'end') this.#close(line, where);
    else this.#event(line);
  }

  finish(): Recording {
    if (this.#header === undefined) throw new RecordingFileError(`${this.#file} is empty: not a recording.`);
    if (this.#end === undefined) throw this.#cutOff();
    return {
      file: this.#file,
      header: this.#header,
      parts: this.#parts,
      happenings: this.#happenings,
      end: this.#end,
    };
  }

  #event(line: Exclude<Line, Header | End>): void {
    this.#counts[line.kind] += 1;
    const part = this.#parts.get(line.part) ?? { happenings: [] };
    this.#parts.set(line.part, part);
    if (line.kind === 'part') part.routers = line.routers;
    else if (line.kind === 'race') part.order = line.order;
    else {
      part.happenings.push(line);
      this.#happenings.push(line);
    }
  }

  #close(end: End, where: string): void {
    for (const kind of Object.keys(noLines) as (keyof Counts)[]) {
      if (end.counts[kind] === this.#counts[kind]) continue;
      throw new RecordingFileError(
        `${where}: ${end.counts[kind]} lines of kind "${kind}" were written, ${this.#counts[kind]} are here: lines were lost or added.`,
      );
    }
    this.#end = end;
  }

  #cutOff(): RecordingFileError {
    return new RecordingFileError(
      `${this.#file}, line ${this.#lines}: it ends without its closing line, after ${this.#counts.call} exchanges: it was cut off, or the run that wrote it was killed. Record again with --record.`,
    );
  }
}

/**
 * Reads a recording. Rejects with `RecordingFileError`, which names the line, for a file that cannot be
 * read, is no recording, has another version or is not whole.
 */
export async function readRecording(file: string): Promise<Recording> {
  const assembly = new Assembly(file);
  try {
    const handle = await open(file);
    try {
      let before: string | undefined;
      for await (const text of handle.readLines({ encoding: 'utf8' })) {
        if (before !== undefined) assembly.add(before, false);
        before = text;
      }
      if (before !== undefined) assembly.add(before, true);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof RecordingFileError) throw error;
    // Node repeats the path, and names its own code and call: "ENOENT: no such file or directory, open 'it.jsonl'".
    const reason = error instanceof Error ? error.message : String(error);
    const said = reason.replace(/^[A-Z]+: /, '').replace(/, [a-z]+(?: '.*')?$/s, '');
    throw new RecordingFileError(`${file} cannot be read: ${said}.`);
  }
  return assembly.finish();
}
