import { setTimeout as sleep } from 'node:timers/promises';
import type { Control, Timing } from '../../adapters/target.ts';

/** Time as the target has it, in milliseconds, and how to let it pass. */
export interface Clock extends Timing {
  /** The same for one sequence, which has a say in when manual time may move. */
  ownTime(): OwnTime;
}

/** What one sequence says of the time: settling lets go of it, whoever held it. */
export interface OwnTime extends Timing {
  /**
   * Keeps manual time from moving, because something may be on its way from now on. False when it was held
   * already; a promise of that where time is moving just now.
   */
  hold(): boolean | Promise<boolean>;
  /** Nothing is on its way after all. */
  release(): void;
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
 * A clock that the harness moves. It moves only while nothing is on its way in any sequence but those that wait
 * for it, so that what one sequence sees does not depend on how many others run beside it.
 */
export class ManualClock implements Clock {
  readonly #control: Control;
  readonly #step: number;
  #now = 0;
  /** How many have something on its way and do not wait for it. */
  #holding = 0;
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

  /**
   * It stands still while others let it pass: nothing of the sequence was on its way then. So what
   * a sequence sees, and when, is the same whatever runs beside it.
   */
  ownTime(): OwnTime {
    let held = false;
    let now = 0;
    const letGo = (): void => {
      if (held) this.#holding -= 1;
      held = false;
    };
    const take = (): boolean => {
      if (held) return false;
      held = true;
      this.#holding += 1;
      return true;
    };
    const settle = async (): Promise<void> => {
      letGo();
      await this.settle();
      now += this.#step;
    };
    return {
      now: () => now,
      hold: () => (this.#moving === undefined ? take() : this.#onceItStands(take)),
      release: () => {
        letGo();
        void this.#moveIfFree();
      },
      settle,
      // Time passes as it does for settling: not beside anything that is under way.
      pause: settle,
    };
  }

  settle(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      void this.#moveIfFree();
    });
  }

  pause(): Promise<void> {
    return this.settle();
  }

  async #onceItStands<T>(act: () => T): Promise<T> {
    while (this.#moving !== undefined) await this.#moving;
    return act();
  }

  async #advance(ms: number): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    await this.#control.advance(ms).catch((error: unknown) => {
      this.#broken = error;
      throw error;
    });
  }

  async #moveIfFree(): Promise<void> {
    if (this.#waiting.length === 0 || this.#holding > 0 || this.#moving !== undefined) return;
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
    void this.#moveIfFree();
  }
}

/** Real time: settling means looking again until nothing is pending or the bound has passed. */
export class RealClock implements Clock, OwnTime {
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

  ownTime(): OwnTime {
    return this;
  }

  /** Nobody holds real time. */
  hold(): boolean {
    return false;
  }

  release(): void {}

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
