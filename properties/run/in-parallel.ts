/** Acts on what comes next until nothing does, so many at a time; returns those on which it could not act. */
export async function inParallel<T>(
  next: () => T | undefined,
  concurrency: number,
  over: () => boolean,
  act: (item: T) => Promise<boolean>,
): Promise<T[]> {
  let failed = false;
  const left: T[] = [];
  const lane = async (): Promise<void> => {
    while (!failed && !over()) {
      const item = next();
      if (item === undefined) return;
      try {
        if (!(await act(item))) left.push(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  // Every lane comes to its end, also when one fails: nothing may run on behind the caller's back.
  const lanes = await Promise.allSettled(Array.from({ length: concurrency }, lane));
  const fault = lanes.find((each) => each.status === 'rejected');
  if (fault !== undefined) throw fault.reason;
  return left;
}
