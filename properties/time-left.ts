import type { CampaignOptions } from './campaign.ts';

/** What of the time of a run shrinking may take, once there is something to shrink. */
const shrinkShare = 0.25;
/** However long setting the scene took, something is to be tried (milliseconds). */
const leastMs = 250;
/** What shrinking may take where the run has no limit (milliseconds). */
const usualShrinkMs = 60_000;

/** What a run may take, in milliseconds. */
interface Limits {
  readonly timeMs?: number;
  readonly shrinkMs?: number;
}

/** What is left, for a suite that may take this share of it, of the time of a run that `began` then. */
export function timeLeft(
  { timeMs }: Limits,
  began: number,
  share = 1,
): Pick<CampaignOptions, 'timeMs' | 'timeMsOnceDiverged'> {
  if (timeMs === undefined) return {};
  const left = (timeMs - (performance.now() - began)) * share;
  return {
    timeMs: Math.max(leastMs, left),
    timeMsOnceDiverged: Math.max(leastMs, left - timeMs * shrinkShare),
  };
}

/** When shrinking is to end, as `performance.now` tells it. */
export function shrinkingEnds({ timeMs, shrinkMs }: Limits, began: number): number {
  if (shrinkMs !== undefined || timeMs === undefined) return performance.now() + (shrinkMs ?? usualShrinkMs);
  return began + timeMs;
}
