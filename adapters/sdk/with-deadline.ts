import { setTimeout as after } from 'node:timers/promises';
import type { CallerView } from '../client.ts';

/** How long a call may take before it counts as hung: a client may wait its limit twice, to connect and to read. */
export function hungAfterMs(timeoutMs: number): number {
  return 2 * timeoutMs + 500;
}

/** Returns what `call` comes to, or `hung` when that takes longer than `deadlineMs` milliseconds. */
export async function withDeadline(call: Promise<CallerView>, deadlineMs: number): Promise<CallerView> {
  const done = new AbortController();
  const hung = after<CallerView>(deadlineMs, { kind: 'hung', afterMs: deadlineMs }, { signal: done.signal });
  hung.catch(() => {}); // rejects when the timer is stopped
  try {
    return await Promise.race([call, hung]);
  } finally {
    done.abort();
  }
}
