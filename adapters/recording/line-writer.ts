import { closeSync, openSync, writeSync } from 'node:fs';
import { type Counts, type End, type Event, type Header, noLines } from './format.ts';

/** Where a recording goes, line by line. */
export interface LineWriter {
  write(line: Header | Event): void;
  /** Writes the closing line; nothing may follow. */
  close(how: Pick<End, 'ended' | 'timeLimited'>): void;
}

/** Characters that are gathered before they are written. */
const chunk = 64 * 1024;

/**
 * Opens a file for a recording, in the place of what was there. Writes at once and in order, so that memory
 * stays small and what was written is whole up to the last chunk, whatever becomes of the process. Throws
 * the error of the file system.
 */
export function fileWriter(path: string): LineWriter {
  // What is in it may tell more of an account than others should read.
  const file = openSync(path, 'w', 0o600);
  const counts: Counts = { ...noLines };
  let waiting = '';
  const flush = (): void => {
    // A disc that fills up takes only a part of it at first, then none.
    for (let rest = Buffer.from(waiting); rest.length > 0;) rest = rest.subarray(writeSync(file, rest));
    waiting = '';
  };
  const put = (line: Header | Event | End): void => {
    waiting += `${JSON.stringify(line)}\n`;
    if (waiting.length > chunk) flush();
  };
  return {
    write(line) {
      if (line.kind !== 'recording') counts[line.kind] += 1;
      put(line);
    },
    close(how) {
      try {
        put({ kind: 'end', counts, ...how });
        flush();
      } finally {
        closeSync(file);
      }
    },
  };
}
