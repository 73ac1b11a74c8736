import type { RegressionResult } from './record.ts';

/** Colours for a terminal; the identity where there is none. Takes safe text only. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

const same = (text: string): string => text;
const plain: Paint = { good: same, bad: same, doubtful: same, faint: same, strong: same };

const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
const coloured: Paint = {
  good: sgr(32, 39),
  bad: sgr(31, 39),
  doubtful: sgr(33, 39),
  faint: sgr(2, 22),
  strong: sgr(1, 22),
};

/** Returns how to colour what came of a counterexample that was run again. */
export function tintOf(outcome: RegressionResult['outcome'], { good, bad, doubtful }: Paint): Paint['good'] {
  return outcome === 'FIXED' ? good : outcome === 'COULD NOT RUN' ? doubtful : bad;
}

/** Returns how to colour text, or how to leave it alone. */
export function paint(color: boolean): Paint {
  return color ? coloured : plain;
}
