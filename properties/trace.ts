import type { Environment } from '../model/world.ts';
import type { Step } from '../model/vocabulary.ts';

/**
 * What was sent and seen, and what it ran against: enough to judge again, with another edition of the
 * model, without any target.
 */
export interface Trace {
  readonly traceVersion: 1;
  readonly target: string;
  readonly environment: Environment;
  readonly steps: readonly Step[];
}
