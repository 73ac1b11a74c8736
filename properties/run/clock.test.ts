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

const never = (): Promise<boolean> => Promise.resolve(false);

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
  test('moves beyond both bounds at once when nothing else is under way', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    await clock.settle();
    expect(moved).toEqual([1201]);
    expect(clock.now()).toBe(1201);
  });

  test('stands still while anybody has something on its way, and then moves once for all who wait', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    const [one, two, three] = [clock.ownTime(), clock.ownTime(), clock.ownTime()] as const;
    expect(await one.hold()).toBe(true);
    await two.hold();
    const first = one.settle(never);
    const second = three.settle(never);
    expect(await isDone(Promise.race([first, second]))).toBe(false);
    expect(moved).toEqual([]);
    await Promise.all([first, second, two.settle(never)]);
    expect(moved).toEqual([1201]);
    expect([one.now(), two.now(), clock.now()]).toEqual([1201, 1201, 1201]);
  });

  test('does not wait for those at rest', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    const [one, two] = [clock.ownTime(), clock.ownTime()] as const;
    await one.hold();
    await one.settle(never);
    await two.hold();
    await two.pause(1);
    expect(moved).toEqual([1201, 1201]);
    // To each its own time: nothing of the others was on its way when it passed.
    expect([one.now(), two.now(), clock.now()]).toEqual([1201, 1201, 2402]);
  });

  test('moves when what was held is let go, once', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    const [one, two] = [clock.ownTime(), clock.ownTime()] as const;
    await one.hold();
    expect(await one.hold()).toBe(false);
    const waiting = two.settle(never);
    expect(await isDone(waiting)).toBe(false);
    one.release();
    one.release();
    await waiting;
    expect(moved).toEqual([1201]);
    await one.hold();
    expect(await isDone(two.settle(never))).toBe(false);
  });

  test('does not move when nobody waits', async () => {
    const { control, moved } = hook();
    const clock = new ManualClock(control, times);
    const time = clock.ownTime();
    await time.hold();
    time.release();
    expect(await isDone(Promise.resolve())).toBe(true);
    expect(moved).toEqual([]);
    expect(clock.now()).toBe(0);
  });

  test('tells everyone who waits when the hook fails, and its time has not moved', async () => {
    const clock = new ManualClock(hook(true).control, times);
    const [one, two] = [clock.ownTime(), clock.ownTime()] as const;
    await Promise.all([one.hold(), two.hold()]);
    const both = await Promise.allSettled([one.settle(never), two.settle(never)]);
    expect(both.map((each) => (each.status === 'rejected' ? String(each.reason) : 'resolved'))).toEqual([
      'Error: the clock is stuck',
      'Error: the clock is stuck',
    ]);
    expect(clock.now()).toBe(0);
  });
});

describe('A manual clock that is being moved', () => {
  test('is held by nobody before it has moved, and not moved again meanwhile', async () => {
    const arrivals: (() => void)[] = [];
    const advance = (): Promise<void> => new Promise((resolve) => arrivals.push(resolve));
    const clock = new ManualClock({ ...hook().control, advance }, times);
    const time = clock.ownTime();
    const waiting = clock.settle();
    const late = clock.settle();
    const holding = time.hold();
    expect(await isDone(Promise.race([waiting, late, holding]))).toBe(false);
    expect(arrivals).toHaveLength(1);
    arrivals[0]?.();
    await waiting;
    // Those who came too late wait once more.
    expect(await isDone(Promise.race([late, holding]))).toBe(false);
    expect(arrivals).toHaveLength(2);
    arrivals[1]?.();
    await late;
    expect(await holding).toBe(true);
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

  test('passes whoever holds it', async () => {
    const time = new RealClock(times).ownTime();
    expect(await time.hold()).toBe(false);
    expect(time.release()).toBeUndefined();
  });
});
