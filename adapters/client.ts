/**
 * A client library under test, as the program that calls it sees it. `Target` hides what a client does to
 * an answer, because a target is judged by its answers; here that is the very thing to look at.
 */
export interface Client {
  /** As the reports name it: `sdk:pop-core`, `exec:python3 driver.py`. */
  readonly name: string;
  /** Version of the library that really ran, with its language's runtime where that is known. */
  readonly version: string;
  /** Performs one operation. Rejects only on a fault of the harness itself. */
  call(operation: string, params: Readonly<Record<string, string>>): Promise<CallerView>;
  close(): Promise<void>;
}

/** How every client is set up; what a client cannot honour it refuses when it is opened. */
export interface ClientSettings {
  /** Where its requests go; always explicit, as some clients look their endpoint up on the internet otherwise. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
  readonly regionId: string;
  /** Wire form, where the client has more than one. */
  readonly signature?: 'v1' | 'acs3';
  readonly method?: 'GET' | 'POST';
  /** Milliseconds after which a call without an answer has hung. */
  readonly timeoutMs: number;
}

/** What one call came to, for the caller. */
export type CallerView =
  /** It returned: the body with the names of the wire, and the HTTP status where the client tells it. */
  | { readonly kind: 'returned'; readonly status?: number; readonly body: unknown }
  | { readonly kind: 'threw'; readonly error: CallerError }
  /** Neither within the deadline. */
  | { readonly kind: 'hung'; readonly afterMs: number }
  /** It has no way to say this: nothing was sent. */
  | { readonly kind: 'inexpressible'; readonly reason: string }
  /** The process that the client ran in ended, or no longer made sense. */
  | { readonly kind: 'died'; readonly how: string }
  /** It has died too often to be started once more: nothing was sent. */
  | { readonly kind: 'gone'; readonly how: string };

/** What was thrown; a key is absent where the client does not tell it. */
export interface CallerError {
  /** Name of its class in its own language: `ClientError`, `TeaException`, `Tea::ThrottlingError`. */
  readonly class: string;
  /** Whether it inherits from the language's error type: some clients throw plain objects. */
  readonly isError: boolean;
  readonly message: string;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  /** What kept an answer from the caller, when no answer of the server is in the error and that is known. */
  readonly failure?: CallerFailure;
  /** The error body as the client hands it out. */
  readonly data?: unknown;
}

/**
 * `unreachable`: nothing was sent. `broken`: sent, then the connection broke. `timeout`: sent, and no answer
 * within the client's own limit. `unreadable`: an answer came that the client could not make sense of.
 */
export type CallerFailure = 'unreachable' | 'broken' | 'timeout' | 'unreadable';

/** A client cannot be had as asked for. The message says what is wrong and what to do. */
export class ClientSetupError extends Error {
  override readonly name = 'ClientSetupError';
  /** `usage`: asked for something that does not exist; `setup`: it exists, but does not run here. */
  readonly fault: 'usage' | 'setup';

  constructor(fault: 'usage' | 'setup', message: string) {
    super(message);
    this.fault = fault;
  }
}
