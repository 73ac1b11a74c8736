/** Nothing could be judged: the target is not there, or does not let the harness set the scene. Exit code 2. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** The harness was asked for something that makes no sense. Exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
