interface Pending {
  readonly due: number;
  readonly run: () => void;
}

/** The manual clock starts here: 2026-01-01T00:00:00Z. */
const epoch = Date.UTC(2026, 0, 1);

/**
 * The emulator's own clock and what is due on it.
 *
 * There are no timers: whatever fell due since the last call happens when the next call asks for the
 * time, in order of due time and with the clock standing at each due time in turn. An observer cannot
 * tell that from a server with timers, and it costs nothing between calls.
 */
export class Timeline {
  readonly mode: 'manual' | 'real';
  /** Milliseconds since 1970 on this clock. During a pending action: the time it was due. */
  time: number;
  #queue: Pending[] = [];
  readonly #afterEach: () => void;

  constructor(mode: 'manual' | 'real', afterEach: () => void) {
    this.mode = mode;
    this.time = mode === 'manual' ? epoch : Date.now();
    this.#afterEach = afterEach;
  }

  /** Runs `run` once, `ms` from now; equal due times keep their order. */
  after(ms: number, run: () => void): void {
    const due = this.time + ms;
    let at = this.#queue.length;
    while (at > 0 && (this.#queue[at - 1]?.due ?? 0) > due) at -= 1;
    this.#queue.splice(at, 0, { due, run });
  }

  /** Catches up with the wall clock (real mode) and does whatever is due. */
  settle(): void {
    // A wall clock that was set back must not make time run backwards here.
    this.#runTo(this.mode === 'real' ? Math.max(this.time, Date.now()) : this.time);
  }

  /** Moves a manual clock by `ms`, doing whatever falls due on the way. */
  advance(ms: number): void {
    if (this.mode === 'real') throw new Error('A real clock cannot be advanced; start with clock: "manual".');
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`Cannot advance the clock by ${ms} ms.`);
    this.#runTo(this.time + ms);
  }

  /** Forgets what is pending and puts a manual clock back to its start. */
  reset(): void {
    this.#queue = [];
    this.time = this.mode === 'manual' ? epoch : Math.max(this.time, Date.now());
  }

  #runTo(target: number): void {
    let next = this.#queue[0];
    while (next && next.due <= target) {
      this.#queue.shift();
      this.time = Math.max(this.time, next.due);
      next.run();
      this.#afterEach();
      next = this.#queue[0];
    }
    this.time = target;
  }
}

let lastSecond = Number.NaN;
let lastText = '';

/** Returns `ms` since 1970 as the API prints times: `2019-04-30T06:09:16Z`. */
export function timestamp(ms: number): string {
  // Most calls fall into the second of the call before, and formatting is the dearest part of some.
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) [lastSecond, lastText] = [second, `${new Date(ms).toISOString().slice(0, 19)}Z`];
  return lastText;
}
