/** How often something was tried, and how often it showed what was looked for. */
export interface Reproduction {
  readonly runs: number;
  readonly diverged: number;
}

/** Whether it sometimes shows and sometimes does not. */
export const isFlaky = ({ runs, diverged }: Reproduction): boolean => diverged > 0 && diverged < runs;

/** Runs of one program that tell how often it shows, on a target that does not always show it. */
export const mostRuns = 10;
