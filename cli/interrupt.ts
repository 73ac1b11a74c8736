import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';

export interface Interruptible {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Ctrl-C means again what it always means. */
  release(): void;
}

/**
 * The first Ctrl-C stops gently: what was made is deleted, what was found is reported. The second ends the
 * process at once; `leftBehind` says what that may leave on the target.
 */
export function stopOnInterrupt(
  io: Io,
  leftBehind: string,
  stopping = 'what was made is being deleted, and what was found is reported',
): Interruptible {
  const controller = new AbortController();
  const release = io.onInterrupt(() => {
    if (controller.signal.aborted) {
      io.stderr.write(`\nStopped at once. ${leftBehind}\n`);
      io.exit(exitCodes.inconclusive);
      return;
    }
    io.stderr.write(`\nStopping: ${stopping}. Once more to stop at once.\n`);
    controller.abort();
  });
  return { signal: controller.signal, release };
}
