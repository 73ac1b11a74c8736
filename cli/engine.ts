import type { runConformance } from '../properties/conformance.ts';
import type { judgeTrace } from '../properties/judge-trace.ts';
import type { replay } from '../properties/replay.ts';

/** The part of the harness that runs and judges; tests bring their own. */
export interface Engine {
  readonly runConformance: typeof runConformance;
  readonly replay: typeof replay;
  readonly judgeTrace: typeof judgeTrace;
}
