import type { Target } from '../adapters/target.ts';
import type { Times } from '../properties/run/clock.ts';
import type { GivenOptions } from './options.ts';

/** The target's own time, which costs nothing: generous bounds, short polls. */
const manual: Times = { settleMs: 60_000, staleMs: 1000, pollMs: [2, 250] };

const presets: Readonly<Record<'local' | 'cloud', Times>> = {
  local: { settleMs: 5000, staleMs: 1000, pollMs: [3, 200] },
  // Clients wait up to 1000 s for a deletion, and poll every few seconds.
  cloud: { settleMs: 1_000_000, staleMs: 10_000, pollMs: [1000, 5000] },
};

/** Returns the bounds and pauses for a target: by its clock, the preset, and what is set one by one. */
export function timesFor(
  target: Target,
  { preset, times = {} }: Pick<GivenOptions, 'preset' | 'times'>,
): Times {
  const base = target.control?.clock === 'manual' ? manual : presets[preset ?? 'local'];
  const { settleMs = base.settleMs, staleMs = base.staleMs, pollMs = base.pollMs } = times;
  return { settleMs, staleMs, pollMs };
}
