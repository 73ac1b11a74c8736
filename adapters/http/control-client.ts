import type { Dispatcher } from 'undici';
import { type Control, type Hook, HookError } from '../target.ts';
import { answerFrom } from './answer-body.ts';
import { openConnections } from './connections.ts';
import { exchange, type Exchange, type WireRequest } from './exchange.ts';
import { explainBroken, explainUnreachable } from './explain-failure.ts';
import { displayUrl } from './target-url.ts';

/** What a target offers beyond its API: its hooks, or the reason why there are none. */
export type ControlDiscovery =
  | { readonly control: Control; readonly close: () => Promise<void> }
  | { readonly control?: undefined; readonly reason: string };

/** A hook may have a lot to do, such as moving a clock over many transitions. */
const hookDeadlineMs = 30_000;
const controlConnections = 4;
const knownHooks: ReadonlySet<unknown> = new Set<Hook>(['reset', 'account', 'interface', 'clock']);

function isHook(value: unknown): value is Hook {
  return knownHooks.has(value);
}

type JsonObject = Readonly<Record<string, unknown>>;

function responseBody(status: number, bytes: Buffer, url: string): JsonObject | string {
  const { body, defect } = answerFrom(status, bytes);
  if (body === undefined) return `${url} answered HTTP ${status}: ${defect ?? 'no body'}`;
  if (status === 200) return body;
  const said = body['error'];
  return `${url} answered HTTP ${status}: ${typeof said === 'string' ? said : JSON.stringify(body)}`;
}

/** Returns the JSON object that came with status 200, else what went wrong. */
function outcomeOf(result: Exchange, url: string, deadlineMs: number): JsonObject | string {
  switch (result.kind) {
    case 'response':
      return responseBody(result.status, result.body, url);
    case 'oversized':
      return `${url} answered HTTP ${result.status} with too large a body`;
    case 'silence':
      return `${url} did not answer within ${deadlineMs} ms`;
    case 'broken':
      return `${url}: ${explainBroken(result.cause, result.status)}`;
    case 'unsent':
    default:
      return explainUnreachable(result.cause, url);
  }
}

class HttpControl implements Control {
  readonly hooks: ReadonlySet<Hook>;
  readonly clock: 'manual' | 'real';
  readonly #dispatcher: Dispatcher;
  readonly #url: URL;
  readonly #deadlineMs: number;

  constructor(
    dispatcher: Dispatcher,
    url: URL,
    deadlineMs: number,
    hooks: readonly Hook[],
    clock: 'manual' | 'real',
  ) {
    this.#dispatcher = dispatcher;
    this.#url = url;
    this.#deadlineMs = deadlineMs;
    this.hooks = new Set(hooks);
    this.clock = clock;
  }

  reset(): Promise<void> {
    return this.#post('reset', {});
  }

  account(set: { overdue: boolean }): Promise<void> {
    return this.#post('account', set);
  }

  interface(set: {
    routerInterfaceId: string;
    businessStatus?: string;
    operationLocked?: boolean;
  }): Promise<void> {
    return this.#post('interface', set);
  }

  advance(ms: number): Promise<void> {
    return this.#post('clock', { advanceMs: ms });
  }

  async #post(hook: Hook, body: object): Promise<void> {
    const url = `${displayUrl(this.#url)}/${hook}`;
    if (!this.hooks.has(hook)) throw new Error(`the target has no control hook "${hook}" (${url})`);
    const request: WireRequest = {
      method: 'POST',
      path: `${this.#url.pathname.replace(/\/$/, '')}/${hook}`,
      headers: ['content-type', 'application/json'],
      body: JSON.stringify(body),
    };
    const result = await exchange(this.#dispatcher, request, this.#deadlineMs);
    const outcome = outcomeOf(result, url, this.#deadlineMs);
    if (typeof outcome === 'string')
      throw new HookError(hook, outcome, result.kind === 'response' ? result.status : undefined);
  }
}

/** Returns the hooks and the kind of clock that the discovery answer names; hooks unknown here are left out. */
function offered(body: JsonObject): { hooks: Hook[]; clock: 'manual' | 'real' } {
  const hooks: unknown = body['hooks'];
  return {
    hooks: Array.isArray(hooks) ? hooks.filter(isHook) : [],
    clock: body['clock'] === 'manual' ? 'manual' : 'real',
  };
}

/**
 * Asks `url` for control hooks. Returns the hooks, or the reason why there are none when it does not
 * answer with any within `timeoutMs` milliseconds; never throws for what the target does.
 */
export async function discoverControl(
  url: URL,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<ControlDiscovery> {
  const { dispatcher, close } = openConnections(url, controlConnections, signal);
  const request: WireRequest = { method: 'GET', path: url.pathname, headers: ['accept', 'application/json'] };
  const body = outcomeOf(await exchange(dispatcher, request, timeoutMs), displayUrl(url), timeoutMs);
  const { hooks, clock } = typeof body === 'string' ? { hooks: [], clock: 'real' as const } : offered(body);
  if (hooks.length > 0) {
    const deadlineMs = Math.max(timeoutMs, hookDeadlineMs);
    return { control: new HttpControl(dispatcher, url, deadlineMs, hooks, clock), close };
  }
  await close();
  return { reason: typeof body === 'string' ? body : `${displayUrl(url)} names no control hooks` };
}
