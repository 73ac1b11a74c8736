import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a run in this process may go on without looking for a Ctrl-C, in milliseconds. */
const breathMs = 50;
let last = performance.now();

/** What answers in this process never waits for anything: without a pause now and then no signal would come through. */
export async function breathe(): Promise<void> {
  if (performance.now() - last <= breathMs) return;
  await nextTurn();
  last = performance.now();
}
