/** The campaign: sequences are made, run, judged, and made short. */
export {
  type ConformanceOptions,
  type ConformanceResult,
  defaultSuites,
  runConformance,
  type SuiteName,
  suiteNames,
} from './conformance.ts';
export { type Counterexample, FileError, parseCounterexample, parseTrace } from './counterexample.ts';
export { type JudgedTrace, judgeTrace } from './judge-trace.ts';
export type { Progress } from './progress.ts';
export { replay, type Replayed } from './replay.ts';
export type { Times } from './run/clock.ts';
export { SetupError, UsageError } from './run/errors.ts';
export type { Sequence } from './sequence.ts';
export type { Trace } from './trace.ts';
