import type { Io } from '../io.ts';

/** A process that only remembers. */
export interface FakeIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
  readonly exited: readonly number[];
  /** Whether anybody waits for a Ctrl-C. */
  readonly listening: () => boolean;
  /** Presses Ctrl-C. */
  readonly interrupt: () => void;
  /** Types a line. */
  readonly type: (line: string) => void;
}

/** Returns a process without terminal and with no environment but `env`. */
export function fakeIo(env: Readonly<Record<string, string>> = {}, cwd = process.cwd()): FakeIo {
  let out = '';
  let err = '';
  const callbacks = new Set<() => void>();
  const readers = new Set<(line: string) => void>();
  const exited: number[] = [];
  return {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env,
    cwd,
    self: 'ri-conformance',
    onInterrupt(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    onLine(callback) {
      readers.add(callback);
      return () => readers.delete(callback);
    },
    exit: (code) => exited.push(code),
    out: () => out,
    err: () => err,
    exited,
    listening: () => callbacks.size > 0,
    interrupt: () => {
      for (const callback of callbacks) callback();
    },
    type: (line) => {
      for (const reader of readers) reader(line);
    },
  };
}
