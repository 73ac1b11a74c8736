import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedTarget } from '../adapters/embedded.ts';
import { Emulator } from '../adapters/emulator/emulator.ts';
import type { Target } from '../adapters/target.ts';
import { runConformance } from '../properties/conformance.ts';

/**
 * What running many sequences side by side saves on a target that takes its time: 64 at a time beside one at a
 * time, every call taking 50 ms.
 *
 * One at a time takes as long as its calls and its waiting do: so the time per command of a short run tells how long a
 * long one takes, which would be half an hour. Set-up and clean-up are part of both.
 */

const latencyMs = 50;
const concurrency = 64;
const vpcsPerRegion = 3 * concurrency;

/** A target whose every answer takes `latencyMs`; hooks answer at once, as they are no part of the service. */
function distant(target: Target): Target {
  return {
    ...target,
    async call(operation, params) {
      await sleep(latencyMs);
      return target.call(operation, params);
    },
  };
}

/** As a service is: in real time, and without hooks. */
function service(): Target {
  const emulator = new Emulator({ vpcsPerRegion });
  return {
    name: 'emulator in real time',
    call: (operation, params) => Promise.resolve({ kind: 'answer', ...emulator.call(operation, params) }),
    close: () => Promise.resolve(),
  };
}

/** Each with the commands that fill 64 lanes for a minute or so. */
const targets = {
  'in real time, no hooks': [service, 18_000],
  'with hooks and a manual clock': [() => embeddedTarget({ vpcsPerRegion }), 6000],
} as const;

interface Ran {
  readonly commands: number;
  /** Of everything. */
  readonly seconds: number;
  /** Of the sequences alone, without set-up and clean-up. */
  readonly running: number;
  readonly verdict: string;
}

async function run(target: Target, lanes: number, commands: number): Promise<Ran> {
  const began = performance.now();
  const at = { running: 0, 'cleaning up': 0 };
  const { record } = await runConformance({
    target: distant(target),
    edition: 'any',
    regionId: 'cn-hangzhou',
    seed: 1,
    commands,
    concurrency: lanes,
    maxRouters: 3 * lanes,
    times: { settleMs: 10_000, staleMs: 1000, pollMs: [100, 1000] },
    shrinkBudget: 0,
    onProgress({ phase }) {
      if (phase === 'running' || phase === 'cleaning up') at[phase] ||= performance.now();
    },
  });
  return {
    commands: record.counts.commands,
    seconds: (performance.now() - began) / 1000,
    running: (at['cleaning up'] - at.running) / 1000,
    verdict: record.verdict,
  };
}

/** Returns lines that tell of both, and how many times as fast the many are. */
export function latency(): Promise<readonly string[]> {
  // Side by side: they hardly need the processor, and what else the machine does meets all of them.
  return Promise.all(
    Object.entries(targets).map(async ([name, [target, commands]]) => {
      const [one, many] = await Promise.all([run(target(), 1, 100), run(target(), concurrency, commands)]);
      const alone = one.seconds - one.running + (one.running / one.commands) * many.commands;
      return (
        `${latencyMs} ms per call, ${name}: ${many.commands} commands in ${many.seconds.toFixed(1)} s ${concurrency} at a time (${many.verdict}), ` +
        `${alone.toFixed(0)} s one at a time, as ${one.commands} took ${one.seconds.toFixed(1)} s: 1/${(alone / many.seconds).toFixed(1)} (goal: 1/40 at most)`
      );
    }),
  );
}
