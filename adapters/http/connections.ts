import { Pool, type Dispatcher } from 'undici';

/** A pool of connections to one origin, and the way to let go of them. */
export interface Connections {
  readonly dispatcher: Dispatcher;
  /** Closes all connections at once, also those with a request in flight. May be called repeatedly. */
  readonly close: () => Promise<void>;
}

const connectTimeoutMs = 10_000;

/**
 * Returns a pool of at most `connections` keep-alive connections to the origin of `url`, without
 * retries, redirects or, once connected, timeouts of its own. When `signal` aborts, everything in flight
 * is broken off.
 */
export function openConnections(url: URL, connections: number, signal: AbortSignal | undefined): Connections {
  const pool = new Pool(url.origin, {
    connections,
    pipelining: 1,
    // Deadlines are ours: undici's timers are half a second coarse.
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: connectTimeoutMs,
    // A connection the server closes while idle fails the next request for no fault of the target's
    // behaviour. Let go of it first: a second before the server's announced limit, or early without one.
    keepAliveTimeout: 1000,
    keepAliveTimeoutThreshold: 1000,
    keepAliveMaxTimeout: 60_000,
    autoSelectFamily: true,
    // Node gives one address 250 ms before it tries the next; a distant host needs more.
    autoSelectFamilyAttemptTimeout: 2000,
  });
  const stop = (): void => void pool.destroy(new Error('the run was stopped'));
  if (signal?.aborted === true) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return {
    dispatcher: pool,
    close: async () => {
      signal?.removeEventListener('abort', stop);
      await pool.destroy(new Error('the target was closed by the harness'));
    },
  };
}
