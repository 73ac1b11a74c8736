import { progressLine, type ProgressFigures } from '../reports/progress.ts';
import type { Output } from './io.ts';

const rewrite = '\r\u001b[2K';
/** Milliseconds between two looks: a terminal is rewritten, a log grows. */
const pace = { terminal: 100, log: 5000 };

/** Shows how a run gets on: one line that is rewritten on a terminal, a line now and then elsewhere. */
export class ProgressDisplay {
  readonly #output: Output;
  readonly #terminal: boolean;
  readonly #now: () => number;
  #last: number;
  #shown = false;

  /** `now` is in milliseconds. */
  constructor(output: Output, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#terminal = output.isTTY === true;
    this.#now = now;
    this.#last = now();
  }

  show(figures: ProgressFigures): void {
    this.line((width) => progressLine(figures, width));
  }

  /** Shows any other line, as it is when it has so many columns. */
  line(text: (width: number) => string): void {
    const now = this.#now();
    if (now - this.#last < (this.#terminal ? pace.terminal : pace.log)) return;
    this.#last = now;
    if (!this.#terminal) {
      this.#output.write(`${text(200)}\n`);
      return;
    }
    this.#shown = true;
    // A full last column would wrap on some terminals; some pretend to have none.
    const width = Math.max(20, this.#output.columns || 80);
    this.#output.write(rewrite + text(width - 1));
  }

  /** Takes the line away, so that other text can follow. */
  clear(): void {
    if (this.#shown) this.#output.write(rewrite);
    this.#shown = false;
  }
}
