import { clip } from '../reports/safe-text.ts';
import type { Io } from './io.ts';

/** More than any message of ours takes; a target can answer megabytes, of which a message quotes some. */
const widest = 2000;

/** Writes a message to `io.stderr`, with nothing in it that a terminal would obey: it may quote a target. */
export function say(io: Io, message: string): void {
  io.stderr.write(
    `${message
      .split('\n')
      .map((line) => clip(line, widest))
      .join('\n')}\n`,
  );
}
