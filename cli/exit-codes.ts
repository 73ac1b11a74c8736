import type { Standing } from '../reports/standing.ts';

/** What the process says by its exit code. Other programs depend on the numbers. */
export const exitCodes = {
  /** Everything that was judged conforms, but for what is listed as known. */
  conforms: 0,
  diverges: 1,
  /** Nothing could be judged: the target is not there, or setting the scene failed. */
  inconclusive: 2,
  /** Wrong usage, or a fault of the harness or of a reporter. */
  fault: 3,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The same for people, at the end of every help. */
export const exitCodeHelp = `Exit codes:
  0  conforms, but for what is listed as known
  1  diverges, or the list of known divergences is stale or expired
  2  nothing could be judged: the target is unreachable, or set-up failed
  3  wrong usage, or a fault of the harness or of a reporter
"watch" ends with that of its last round; with 2 if there was none, or the target went away within it.`;

/** Returns the exit code of a run by what it comes to. */
export function exitCodeOf(standing: Standing): ExitCode {
  switch (standing) {
    case 'conforms':
    case 'known':
      return exitCodes.conforms;
    case 'diverges':
    case 'outdated':
      return exitCodes.diverges;
    case 'inconclusive':
    default:
      return exitCodes.inconclusive;
  }
}
