import { compareTargets } from '../properties/compare/compare.ts';
import { runConformance } from '../properties/conformance.ts';
import { judgeTrace } from '../properties/judge-trace.ts';
import { replay } from '../properties/replay.ts';
import { measureBehaviour } from '../properties/sdk/measure.ts';

/** The part of the harness that runs and judges; tests bring their own. */
export interface Engine {
  readonly runConformance: typeof runConformance;
  readonly replay: typeof replay;
  readonly judgeTrace: typeof judgeTrace;
  readonly compareTargets: typeof compareTargets;
  readonly measureBehaviour: typeof measureBehaviour;
}

export const engine: Engine = { runConformance, replay, judgeTrace, compareTargets, measureBehaviour };
