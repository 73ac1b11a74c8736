/** What the process says by its exit code. Other programs depend on the numbers. */
export const exitCodes = {
  /** Everything that was judged conforms. */
  conforms: 0,
  diverges: 1,
  /** Nothing could be judged: the target is not there, or setting the scene failed. */
  inconclusive: 2,
  /** Wrong usage, or a fault of the harness. */
  fault: 3,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The same for people, at the end of every help. */
export const exitCodeHelp = `Exit codes:
  0  conforms
  1  diverges
  2  nothing could be judged: the target is unreachable, or set-up failed
  3  wrong usage, or a fault of the harness`;
