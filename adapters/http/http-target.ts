import type { Observation } from '../../model/vocabulary.ts';
import type { Target } from '../target.ts';
import type { WireFormat, WireMethod, WireSignature } from '../wire.ts';
import { answerFrom, oversizedAnswer } from './answer-body.ts';
import { openConnections } from './connections.ts';
import { discoverControl, type ControlDiscovery } from './control-client.ts';
import { exchange, maximumBodyBytes, type Exchange, type WireRequest } from './exchange.ts';
import { explainBroken, explainUnreachable } from './explain-failure.ts';
import { KeptExchanges } from './kept-exchanges.ts';
import { rawWire } from './raw-wire.ts';
import { requestBuilder } from './request-builder.ts';
import { displayUrl, parseTargetUrl } from './target-url.ts';

export interface HttpTargetOptions {
  /** Base URL, http or https. Requests go to its path. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a temporary key. */
  readonly securityToken?: string;
  /** `v1` (the default): HMAC-SHA1 over parameters; `acs3`: ACS3-HMAC-SHA256 over headers. */
  readonly signature?: WireSignature;
  /**
   * `GET` (the default): everything in the query. `POST`: with `v1` everything in a form body; with `acs3`
   * in the query still and an empty body, as the client libraries do.
   */
  readonly method?: WireMethod;
  /** What answers are asked for in; JSON unless given. */
  readonly format?: WireFormat;
  /** Deadline in milliseconds for one complete answer, counted from the sending; 10 000 by default. */
  readonly timeoutMs?: number;
  /** Most connections at a time, 16 by default. Calls beyond that wait for a free one. */
  readonly connections?: number;
  /** Where the control hooks are: `<url>/_control` when left out, `null` to ask for none. */
  readonly controlUrl?: string | null;
  /** A hard stop: breaks off what is in flight and keeps everything later from being sent. */
  readonly signal?: AbortSignal;
}

/** A target at a URL. */
export interface HttpTarget extends Target {
  /** Why there are no control hooks, when there are none. */
  readonly noControl?: string;
}

const defaultTimeoutMs = 10_000;
const defaultConnections = 16;
const stopped = 'not sent: the run was stopped';

/** Returns the control hooks at `<base>/_control`, or where `options` say, or why there are none. */
export async function findControl(
  options: Pick<HttpTargetOptions, 'controlUrl' | 'signal'>,
  base: URL,
  timeoutMs: number,
): Promise<ControlDiscovery> {
  if (options.controlUrl === null) return { reason: 'control hooks are switched off' };
  const explicit = options.controlUrl;
  const url = parseTargetUrl(explicit ?? `${displayUrl(base)}/_control`, 'control URL');
  const found = await discoverControl(url, timeoutMs, options.signal);
  if (explicit !== undefined && found.control === undefined) {
    throw new Error(`no control hooks at the given control URL: ${found.reason}`);
  }
  return found;
}

function observe(result: Exchange, timeoutMs: number, where: string, format: WireFormat): Observation {
  switch (result.kind) {
    case 'response':
      return answerFrom(result.status, result.body, format);
    case 'oversized':
      return oversizedAnswer(result.status, result.beginning, maximumBodyBytes);
    case 'silence':
      return { kind: 'silence', afterMs: timeoutMs };
    case 'broken':
      return { kind: 'indeterminate', cause: explainBroken(result.cause, result.status) };
    case 'unsent':
    default:
      return {
        kind: 'unreachable',
        cause: result.cause === stopped ? stopped : explainUnreachable(result.cause, where),
      };
  }
}

/**
 * Returns a target that sends signed RPC requests to `options.url`, after asking once for its control hooks. The target itself need not answer yet: that shows in the first call.
 *
 * Rejects with `TargetUrlError` for a URL that cannot be used, and with an `Error` when a control URL was
 * given explicitly and offers no hooks.
 */
export async function httpTarget(options: HttpTargetOptions): Promise<HttpTarget> {
  const { timeoutMs = defaultTimeoutMs, connections = defaultConnections, signal } = options;
  const { signature = 'v1', method = 'GET', format = 'JSON' } = options;
  const base = parseTargetUrl(options.url);
  const where = displayUrl(base);
  const found = await findControl(options, base, timeoutMs);
  const form = { signature, method, format };
  const build = requestBuilder(base, form, options);
  const { dispatcher, close } = openConnections(base, connections, signal);
  const kept = new KeptExchanges(base, [options.accessKeySecret, options.securityToken]);
  let closed = false;
  const carry = async (what: string, request: () => WireRequest): Promise<Exchange> => {
    if (closed) throw new Error(`http(${where}) was closed before the call of ${what}`);
    if (signal?.aborted === true) return { kind: 'unsent', cause: stopped };
    const sent = request();
    const result = await exchange(dispatcher, sent, timeoutMs);
    kept.carried(sent, result);
    return result;
  };
  const see = (result: Exchange, seen: WireFormat): Observation =>
    kept.observed(result, observe(result, timeoutMs, where, seen));

  return {
    name: `http(${where})`,
    async call(operation, params) {
      return see(await carry(operation, () => build(operation, params)), format);
    },
    wire: rawWire(base, form, options, (request) => carry('a raw request', () => request), see),
    exchangeOf: (observation) => kept.of(observation),
    ...(found.control === undefined ? { noControl: found.reason } : { control: found.control }),
    async close() {
      closed = true;
      await Promise.all([close(), found.control === undefined ? undefined : found.close()]);
    },
  };
}
