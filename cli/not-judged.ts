import { ClientSetupError } from '../adapters/client.ts';
import { CannotAnswer, HookError } from '../adapters/target.ts';
import { SetupError } from '../properties/run/errors.ts';

/** Whether it says that nothing could be judged: the target is not there, or setting the scene failed. */
export function isNotJudged(error: unknown): error is Error {
  if (error instanceof ClientSetupError) return error.fault === 'setup';
  return error instanceof SetupError || error instanceof CannotAnswer || error instanceof HookError;
}
