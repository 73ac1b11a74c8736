import { setTimeout as sleep } from 'node:timers/promises';
import type { Control, Timing } from '../../adapters/target.ts';

/** Time as the target has it, in milliseconds, and how to let it pass. */
export interface Clock extends Timing {
  /** A sequence begins: it takes part in deciding when manual time may move. */
  enter(): Promise<void>;
  leave(): void;
}

export interface Times {
  /** Bound on transitional statuses, ms. */
  readonly settleMs: number;
  /** Bound on the age of a read, ms. */
  readonly staleMs: number;
  /** First and longest pause between two looks, ms. */
  readonly pollMs: readonly [first: number, longest: number];
}

/**
 * A clock that the harness moves. It moves only when every sequence under way waits for it, so that
 * what one sequence sees does not depend on how many others run beside it.
 */
export class ManualClock implements Clock {
  readonly #control: Control;
  readonly #step: number;
  #now = 0;
  #active = 0;
  /** Once the hook has failed it is not waited for again. */
  #broken: unknown;
  #moving: Promise<unknown> | undefined;
  #waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  constructor(control: Control, { settleMs, staleMs }: Times) {
    this.#control = control;
    // Beyond both bounds: what is still pending after that never ends.
    this.#step = settleMs + staleMs + 1;
  }

  now(): number {
    return this.#now;
  }

  /** Not while the clock is being moved: one look would be before that, the next behind it, at one time. */
  async enter(): Promise<void> {
    while (this.#moving !== undefined) await this.#moving;
    this.#active += 1;
  }

  leave(): void {
    this.#active -= 1;
    void this.#moveIfAllWait();
  }

  settle(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      void this.#moveIfAllWait();
    });
  }

  /** Time passes as it does for {@link settle}: not beside anything that is under way. */
  pause(): Promise<void> {
    return this.settle();
  }

  async #advance(ms: number): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    await this.#control.advance(ms).catch((error: unknown) => {
      this.#broken = error;
      throw error;
    });
  }

  async #moveIfAllWait(): Promise<void> {
    if (this.#waiting.length === 0 || this.#waiting.length < this.#active) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      const moving = this.#advance(this.#step);
      this.#moving = moving.catch(() => undefined);
      await moving;
      this.#now += this.#step;
      this.#moving = undefined;
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      this.#moving = undefined;
      for (const { reject } of waiting) reject(error);
    }
  }
}

/** Real time: settling means looking again until nothing is pending or the bound has passed. */
export class RealClock implements Clock {
  readonly #times: Times;
  readonly #signal: AbortSignal | undefined;
  /** Reads were seen to lag: what they show counts only after the bound on their age. */
  lagging = false;

  constructor(times: Times, signal?: AbortSignal) {
    this.#times = times;
    this.#signal = signal;
  }

  now(): number {
    return performance.now();
  }

  enter(): Promise<void> {
    return Promise.resolve();
  }

  leave(): void {}

  async settle(pending: () => Promise<boolean>): Promise<void> {
    const { settleMs, staleMs, pollMs } = this.#times;
    const deadline = performance.now() + settleMs + 1;
    if (this.lagging) await this.pause(staleMs);
    let [pause] = pollMs;
    while (await pending()) {
      const left = deadline - performance.now();
      if (left <= 0) return;
      await this.pause(Math.min(pause, left + 1));
      pause = Math.min(pause * 1.4, pollMs[1]);
    }
  }

  async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, this.#signal === undefined ? {} : { signal: this.#signal }).catch(
      () => undefined,
    );
  }
}
