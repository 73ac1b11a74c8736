import type { Answer, Observation } from '../model/vocabulary.ts';
import type { CallerError, CallerView, Client } from './client.ts';
import { findControl, type HttpTarget } from './http/http-target.ts';
import { parseTargetUrl } from './http/target-url.ts';

/** An envelope's fields of an error answer; a client may withhold any of them. */
const envelope = ['Code', 'Message', 'RequestId', 'HostId'] as const;
const quotedCharacters = 200;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The beginning of a text as JSON, fit for a terminal. */
function quote(text: string): string {
  return JSON.stringify(text.length > quotedCharacters ? `${text.slice(0, quotedCharacters)}…` : text);
}

function withUntold(answer: Answer, untold: readonly string[]): Answer {
  return untold.length === 0 ? answer : { ...answer, untold };
}

/** A client returns what it takes for a success; without a status that is all there is to go by. */
function returned({ status, body }: Extract<CallerView, { kind: 'returned' }>): Answer {
  const untold = status === undefined ? ['status'] : [];
  const answer = { kind: 'answer', status: status ?? 200 } as const;
  if (isObject(body)) return withUntold({ ...answer, body }, untold);
  const seen = body === undefined ? 'nothing' : quote(JSON.stringify(body) ?? typeof body);
  return withUntold({ ...answer, defect: `the client returned ${seen}, not an object` }, untold);
}

/** What the server said, as far as the client passes it on. */
function refusal({ data, code, message, requestId, status }: CallerError): Answer {
  const told: Record<string, unknown> = {
    ...(code === undefined ? {} : { Code: code }),
    ...(code === undefined ? {} : { Message: message }),
    ...(requestId === undefined ? {} : { RequestId: requestId }),
  };
  // The body itself, where there is one, lacks what the server left out, and nothing else.
  const body = isObject(data) ? data : told;
  const untold = isObject(data) ? [] : envelope.filter((field) => told[field] === undefined);
  return withUntold(
    { kind: 'answer', status: status ?? 0, body },
    status === undefined ? [...untold, 'status'] : untold,
  );
}

/** Nothing of the server's is in the error: what is known is what became of the exchange. */
function failure(error: CallerError, timeoutMs: number): Observation {
  const said = `${error.class}: ${error.message}`;
  switch (error.failure) {
    case 'unreachable':
      return { kind: 'unreachable', cause: said };
    case 'broken':
      return { kind: 'indeterminate', cause: said };
    case 'timeout':
      return { kind: 'silence', afterMs: timeoutMs };
    case 'unreadable':
    case undefined:
    default:
      // The HTTP status went with it: this client does not say.
      return {
        kind: 'answer',
        status: error.status ?? 0,
        defect: `the client threw ${quote(said)}${error.status === undefined ? '; the HTTP status is lost' : ''}`,
      };
  }
}

/**
 * Returns what a caller saw as what the target did, as far as that can be told:
 *
 * | the caller saw                            | observation                                              |
 * | ----------------------------------------- | -------------------------------------------------------- |
 * | a value                                   | an answer with that body                                 |
 * | an error with the server's body, or a code | an answer with that body, or with what the error tells  |
 * | an error of the connection                | `unreachable`, `indeterminate`, or `silence` on time-out |
 * | any other error                           | an answer with a `defect`, its status lost               |
 * | nothing within the deadline               | `silence`                                                |
 * | no way to say it                          | `inexpressible`: not sent                                |
 * | the end of the client                     | `crashed`                                                |
 *
 * What a client does not hand out is named in `untold`, so that nobody takes it for missing.
 */
export function observationOf(view: CallerView, timeoutMs: number): Observation {
  switch (view.kind) {
    case 'returned':
      return returned(view);
    case 'threw': {
      const { error } = view;
      const answered = error.failure === undefined && (error.code !== undefined || isObject(error.data));
      return answered ? refusal(error) : failure(error, timeoutMs);
    }
    case 'hung':
      return { kind: 'silence', afterMs: view.afterMs };
    case 'inexpressible':
      return view;
    case 'died':
      return { kind: 'crashed', how: view.how };
    case 'gone':
      return { kind: 'unreachable', cause: view.how };
  }
}

export interface ClientTargetOptions {
  /** Where the client sends its requests; control hooks are looked for there. */
  readonly endpoint: string;
  /** What reports call it; the endpoint unless given. */
  readonly where?: string;
  readonly timeoutMs: number;
  /** As for a target at a URL: `<endpoint>/_control` when left out, `null` to ask for none. */
  readonly controlUrl?: string | null;
}

/**
 * Returns the target at `options.endpoint` as seen through a client library. Closes the client with it.
 *
 * Rejects like `httpTarget` on a URL that cannot be used, or an explicit control URL without hooks.
 */
export async function clientTarget(client: Client, options: ClientTargetOptions): Promise<HttpTarget> {
  const { endpoint, where = endpoint, timeoutMs } = options;
  const { name, version } = client;
  const found = await findControl(options, parseTargetUrl(endpoint), timeoutMs);
  return {
    name: `${name}(${where})`,
    client: { name, version },
    call: async (operation, params) => observationOf(await client.call(operation, params), timeoutMs),
    ...(found.control === undefined ? { noControl: found.reason } : { control: found.control }),
    async close() {
      await Promise.all([client.close(), found.control === undefined ? undefined : found.close()]);
    },
  };
}
