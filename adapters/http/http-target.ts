import type { Observation } from '../../model/vocabulary.ts';
import type { Target } from '../target.ts';
import { answerFrom, oversizedAnswer } from './answer-body.ts';
import { openConnections } from './connections.ts';
import { discoverControl, type ControlDiscovery } from './control-client.ts';
import { exchange, maximumBodyBytes, type Exchange, type WireRequest } from './exchange.ts';
import { explainBroken, explainUnreachable } from './explain-failure.ts';
import { rpcSigner, type WireMethod } from './rpc-signature.ts';
import { displayUrl, parseTargetUrl } from './target-url.ts';

export interface HttpTargetOptions {
  /** Base URL, http or https. Requests go to its path. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** `GET` (the default): everything in the query; `POST`: everything in a form body. */
  readonly method?: WireMethod;
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

const apiVersion = '2016-04-28';
const defaultTimeoutMs = 10_000;
const defaultConnections = 16;

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

function observe(result: Exchange, timeoutMs: number, where: string): Observation {
  switch (result.kind) {
    case 'response':
      return answerFrom(result.status, result.body);
    case 'oversized':
      return oversizedAnswer(result.status, result.beginning, maximumBodyBytes);
    case 'silence':
      return { kind: 'silence', afterMs: timeoutMs };
    case 'broken':
      return { kind: 'indeterminate', cause: explainBroken(result.cause, result.status) };
    case 'unsent':
    default:
      return { kind: 'unreachable', cause: explainUnreachable(result.cause, where) };
  }
}

/**
 * Returns a target that sends signed RPC requests (signature version 1.0) to `options.url`, after asking
 * once for its control hooks. The target itself need not answer yet: that shows in the first call.
 *
 * Rejects with `TargetUrlError` for a URL that cannot be used, and with an `Error` when a control URL was
 * given explicitly and offers no hooks.
 */
export async function httpTarget(options: HttpTargetOptions): Promise<HttpTarget> {
  const { method = 'GET', timeoutMs = defaultTimeoutMs, connections = defaultConnections, signal } = options;
  const base = parseTargetUrl(options.url);
  const where = displayUrl(base);
  const found = await findControl(options, base, timeoutMs);
  const sign = rpcSigner(method, apiVersion, options);
  const { dispatcher, close } = openConnections(base, connections, signal);
  let closed = false;

  const path = base.pathname;
  const headers = ['user-agent', 'ri-conformance'];
  const formHeaders = [...headers, 'content-type', 'application/x-www-form-urlencoded'];
  const requestFor = (signed: string): WireRequest =>
    method === 'GET'
      ? { method, path: `${path}?${signed}`, headers }
      : { method, path, headers: formHeaders, body: signed };

  return {
    name: `http(${where})`,
    async call(operation, params) {
      if (closed) throw new Error(`http(${where}) was closed before the call of ${operation}`);
      if (signal?.aborted === true) return { kind: 'unreachable', cause: 'not sent: the run was stopped' };
      return observe(
        await exchange(dispatcher, requestFor(sign(operation, params)), timeoutMs),
        timeoutMs,
        where,
      );
    },
    ...(found.control === undefined ? { noControl: found.reason } : { control: found.control }),
    async close() {
      closed = true;
      await Promise.all([close(), found.control === undefined ? undefined : found.close()]);
    },
  };
}
