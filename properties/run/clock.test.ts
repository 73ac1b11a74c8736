import { describe, expect, test } from 'vitest';
import type { Control } from '../../adapters/target.ts';
import { ManualClock, RealClock, type Times } from './clock.ts';

const times: Times = { settleMs: 1000, staleMs: 200, pollMs: [1, 4] };
const short: Times = { settleMs: 40, staleMs: 15, pollMs: [1, 4] };

/** A clock hook that notes how far it was moved; `fail` makes it refuse. */
function hook(fail = false): { control: Control; moved: number[] } {
  const moved: number[] = [];
  const control: Control = {
    hooks: new Set(['clock']),
    clock: 'manual',
    reset: () => Promise.resolve(),
    account: () => Promise.resolve(),
    interface: () => Promise.resolve(),
    advance: (ms) => {
      if (fail) return Promise.reject(new Error('the clock is stuck'));
      moved.push(ms);
      return Promise.resolve();
    },
  };
  return { control, moved };
}

/** Whether a promise is settled once everything that can happen by itself has happened. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(
    () => (done = true),
    () => (done = true),
  );
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

describe('A manual clock', () => {
  test('moves beyond both bounds at once when the only sequence waits', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    await clock.enter();
    await clock.settle();
    expect(moved).toEqual([1201]);
    expect(clock.now()).toBe(1201);
  });

  test('stands still until every sequence under way waits, and then moves once for all', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    await clock.enter();
    await clock.enter();
    await clock.enter();
    const first = clock.settle();
    const second = clock.settle();
    expect(await isDone(first)).toBe(false);
    expect(moved).toEqual([]);
    await Promise.all([first, second, clock.settle()]);
    expect(moved).toEqual([1201]);
    expect(clock.now()).toBe(1201);
  });

  test('moves when the last sequence that does not wait leaves', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    await clock.enter();
    await clock.enter();
    const waiting = clock.settle();
    expect(await isDone(waiting)).toBe(false);
    clock.leave();
    await waiting;
    expect(moved).toEqual([1201]);
  });

  test('does not move for a sequence that leaves while nobody waits', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    await clock.enter();
    clock.leave();
    expect(await isDone(Promise.resolve())).toBe(true);
    expect(moved).toEqual([]);
    expect(clock.now()).toBe(0);
  });

  test('serves sequences that wait again after they were let go', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    await clock.enter();
    await clock.enter();
    await Promise.all([clock.settle(), clock.settle()]);
    await Promise.all([clock.settle(), clock.settle()]);
    expect(moved).toEqual([1201, 1201]);
    expect(clock.now()).toBe(2402);
  });

  test('tells everyone who waits when the hook fails, and its time has not moved', async () => {
    const clock = new ManualClock(hook(true).control, times);
    await clock.enter();
    await clock.enter();
    const both = await Promise.allSettled([clock.settle(), clock.settle()]);
    expect(both.map((each) => (each.status === 'rejected' ? String(each.reason) : 'resolved'))).toEqual([
      'Error: the clock is stuck',
      'Error: the clock is stuck',
    ]);
    expect(clock.now()).toBe(0);
  });
});

describe('A manual clock that is being moved', () => {
  test('lets nobody in before it has moved', async () => {
    let arrived = (): void => undefined;
    const clock = new ManualClock(
      { ...hook().control, advance: () => new Promise<void>((resolve) => (arrived = resolve)) },
      times,
    );
    await clock.enter();
    const waiting = clock.settle();
    const entering = clock.enter().then(() => clock.now());
    expect(await isDone(entering)).toBe(false);
    arrived();
    await waiting;
    expect(await entering).toBe(1201);
  });
});

describe('A real clock', () => {
  test('does not wait when nothing is pending', async () => {
    let looks = 0;
    const clock = new RealClock({ ...times, settleMs: 60_000 });
    await clock.settle(() => {
      looks += 1;
      return Promise.resolve(false);
    });
    expect(looks).toBe(1);
  });

  test('looks again and again until nothing is pending any more', async () => {
    let left = 5;
    await new RealClock({ ...times, settleMs: 60_000 }).settle(() => Promise.resolve(left-- > 0));
    expect(left).toBe(-1);
  });

  test('gives up when the bound has passed and something is pending for ever', async () => {
    const clock = new RealClock(short);
    const began = clock.now();
    let looks = 0;
    await clock.settle(() => {
      looks += 1;
      return Promise.resolve(true);
    });
    expect(clock.now() - began).toBeGreaterThanOrEqual(short.settleMs);
    expect(looks).toBeGreaterThan(3);
  });

  test('believes a look only after the bound on stale reads where reads lag', async () => {
    const clock = new RealClock(short);
    clock.lagging = true;
    const began = clock.now();
    let firstLook = 0;
    await clock.settle(() => {
      firstLook ||= clock.now();
      return Promise.resolve(false);
    });
    // Timers may come a moment early.
    expect(firstLook - began).toBeGreaterThanOrEqual(short.staleMs - 2);
  });

  test('does not sleep on when the run is stopped', async () => {
    const stop = new AbortController();
    const clock = new RealClock({ settleMs: 60_000, staleMs: 0, pollMs: [50_000, 50_000] }, stop.signal);
    let looks = 0;
    await clock.settle(() => {
      looks += 1;
      if (looks === 1) setImmediate(() => stop.abort());
      return Promise.resolve(looks < 3);
    });
    expect(looks).toBe(3);
  });

  test('has no use for entering and leaving', async () => {
    const clock = new RealClock(times);
    expect(await clock.enter()).toBeUndefined();
    expect(clock.leave()).toBeUndefined();
  });
});
