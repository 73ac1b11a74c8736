import type { Dispatcher } from 'undici';
import { errorCode } from './explain-failure.ts';

/** One HTTP request, ready to be written: the path goes on the wire as it is. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: string[];
  readonly body?: string;
}

/** How one request ended. `broken` was sent, `unsent` was certainly not. */
export type Exchange =
  | {
      readonly kind: 'response';
      readonly status: number;
      /** Names and values by turns, as received. */
      readonly headers: readonly Buffer[];
      readonly body: Buffer;
    }
  | { readonly kind: 'oversized'; readonly status: number; readonly beginning: Buffer }
  | { readonly kind: 'silence' }
  | { readonly kind: 'broken'; readonly status: number; readonly cause: unknown }
  | { readonly kind: 'unsent'; readonly cause: unknown };

/** Bodies above this many bytes are not read on. */
export const maximumBodyBytes = 4 * 1024 * 1024;

/** Errors that say nothing about the target: the harness handed undici something it cannot send. */
const harnessFaults: ReadonlySet<string | undefined> = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_CLOSED',
  'ERR_ASSERTION',
]);

/**
 * Uses the handler methods that undici 7 itself uses underneath. The ones it recommends wrap these and
 * parse every header, which nothing here looks at: measured, a tenth fewer calls per second.
 */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly promise: Promise<Exchange>;
  readonly #dispatcher: Dispatcher;
  readonly #request: WireRequest;
  readonly #deadlineMs: number;
  #resolve!: (exchange: Exchange) => void;
  #reject!: (fault: unknown) => void;
  #abort: ((reason: Error) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settled = false;
  #redispatched = false;
  #status = 0;
  #headers: readonly Buffer[] = [];
  #bytes = 0;
  #chunks: Buffer[] = [];

  constructor(dispatcher: Dispatcher, request: WireRequest, deadlineMs: number) {
    this.#dispatcher = dispatcher;
    this.#request = request;
    this.#deadlineMs = deadlineMs;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  dispatch(): void {
    this.#dispatcher.dispatch(this.#request, this);
  }

  /** undici calls this immediately before it writes the request: from here on it counts as sent. */
  onConnect(abort: (reason: Error) => void): void {
    if (this.#abort !== undefined) {
      abort(new Error('refused to send one request twice'));
      return;
    }
    this.#abort = abort;
    // Waiting for a free connection is our own doing, so the deadline begins here.
    this.#timer = setTimeout(() => this.#timeUp(), this.#deadlineMs);
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    // 1xx comes before the answer proper.
    if (status >= 200) {
      this.#status = status;
      this.#headers = headers;
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.#bytes <= maximumBodyBytes) return true;
    const beginning = this.#chunks[0] ?? chunk;
    this.#settle({ kind: 'oversized', status: this.#status, beginning });
    this.#abort?.(new Error('body too large'));
    return true;
  }

  onComplete(): void {
    const [first] = this.#chunks;
    const body = first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#settle({ kind: 'response', status: this.#status, headers: this.#headers, body });
  }

  onError(error: Error): void {
    if (this.#settled) return;
    const code = errorCode(error);
    if (this.#abort !== undefined) {
      this.#settle({ kind: 'broken', status: this.#status, cause: error });
    } else if (harnessFaults.has(code)) {
      this.#reject(error);
    } else if (code === 'ECONNRESET' && !this.#redispatched) {
      // An idle connection was reset while the request waited to be written on it. No byte of it has
      // left, so putting it on another connection is no retry.
      this.#redispatched = true;
      queueMicrotask(() => this.dispatch());
    } else {
      this.#settle({ kind: 'unsent', cause: error });
    }
  }

  #timeUp(): void {
    // Timers come before sockets in Node's event loop: after a busy spell of ours the answer may be here
    // already, unread. Two turns let it in before the target is called silent.
    setImmediate(() =>
      setImmediate(() => {
        if (this.#settled) return;
        this.#settle({ kind: 'silence' });
        // HTTP/1.1 has no other way to give up on an answer than to give up the connection.
        this.#abort?.(new Error('deadline passed'));
      }),
    );
  }

  #settle(exchange: Exchange): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#chunks = [];
    this.#resolve(exchange);
  }
}

/**
 * Sends `request` once and returns how that ended, at the latest `deadlineMs` milliseconds after it was
 * written. Redirects and error statuses are responses like any other. Rejects only when the request or
 * the dispatcher is unusable, which is a fault of the harness.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: WireRequest,
  deadlineMs: number,
): Promise<Exchange> {
  const handler = new ExchangeHandler(dispatcher, request, deadlineMs);
  handler.dispatch();
  return handler.promise;
}
