import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccessKeys } from './access-keys.ts';
import type { AnswerFormat } from './answer-format.ts';
import type { ControlAnswer } from './control.ts';
import { type Answer, Emulator, type EmulatorOptions } from './emulator.ts';
import type { GatewayRefusal } from './gateway-refusals.ts';
import { Gateway } from './gateway.ts';
import { parametersOf, readBody, send, targetUrl, UnreadableRequest } from './http-message.ts';
import { type Window, windows } from './windows.ts';
import { xmlAnswer } from './xml-answer.ts';

/** How to put an emulator on the network, beside what it does. */
export interface ServeOptions extends EmulatorOptions {
  /** Loopback unless given. */
  readonly host?: string | undefined;
  /** Any free port unless given. */
  readonly port?: number | undefined;
  /** Lasting and temporary keys by access key id; `testid` with `testsecret` unless given. */
  readonly accessKeys?: AccessKeys | undefined;
  /** Whether keys, signatures, timestamps and nonces are checked; true unless given. */
  readonly verifySignature?: boolean | undefined;
  /** Whether a nonce may be used only once; true unless given. Some clients repeat theirs by accident. */
  readonly refuseUsedNonces?: boolean | undefined;
  /** The format of an answer that nobody asked a format for, JSON unless given: the documents disagree. */
  readonly defaultFormat?: AnswerFormat | undefined;
  /** The wall clock for timestamps, in milliseconds since 1970; Date.now unless given. */
  readonly wallClock?: (() => number) | undefined;
}

/** An emulator that listens. */
export interface RunningEmulator {
  /** Base URL without a trailing slash; the control hooks are below `/_control`. */
  readonly url: string;
  readonly emulator: Emulator;
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

const defaultAccessKeys: AccessKeys = { testid: 'testsecret' };

/**
 * Starts an emulator behind the RPC protocol on loopback; resolves when it listens.
 *
 * Rejects when the port is taken, and throws like the constructor of {@link Emulator} on wrong options.
 */
export async function startEmulator(options: ServeOptions = {}): Promise<RunningEmulator> {
  const emulator = new Emulator(options);
  const gateway = new Gateway({
    accessKeys: options.accessKeys ?? defaultAccessKeys,
    verifySignature: options.verifySignature ?? true,
    refuseUsedNonces: options.refuseUsedNonces ?? true,
    defaultFormat: options.defaultFormat ?? 'JSON',
    now: options.wallClock ?? Date.now,
    is: emulator.settings.is,
  });
  const window = windows(emulator.settings.seed, 'ms');
  const server = createServer((request, response) => {
    void answer(emulator, gateway, window, request, response);
  });
  // Clients never retry a connection that went stale under them, so it must outlive their pauses.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  server.on('clientError', (_, socket) => {
    const { status, body } = emulator.error(400, 'InvalidRequest', 'The request is not valid HTTP.');
    const text = JSON.stringify(body);
    if (socket.writable) {
      socket.end(
        `HTTP/1.1 ${status} Bad Request\r\nContent-Type: application/json;charset=utf-8\r\n` +
          `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
      );
    }
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, host, options.port ?? 0);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    emulator,
    close: () => close(server),
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'));
      else resolve(address.port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  emulator: Emulator,
  gateway: Gateway,
  window: Window,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = targetUrl(request);
    const body = await readBody(request);
    const isControl = url.pathname === '/_control' || url.pathname.startsWith('/_control/');
    if (isControl) {
      const { status, body: json } = controlled(emulator, request, url, body);
      send(response, status, 'JSON', JSON.stringify(json), undefined);
    } else {
      await called(emulator, gateway, window, request, url, body, response);
    }
  } catch (error) {
    sendFailure(emulator, response, error);
  }
}

async function called(
  emulator: Emulator,
  gateway: Gateway,
  window: Window,
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const { is } = emulator.settings;
  const unread = is('form-body-ignored') && request.method === 'POST';
  const { outcome, format } = gateway.admit({
    method: request.method ?? '',
    path: url.pathname,
    headers: request.headers,
    query: new Map(url.searchParams),
    params: parametersOf(url, request, unread ? Buffer.alloc(0) : body),
    body,
  });
  const perform = async (): Promise<Answer> => {
    // RPC has one path; whatever is elsewhere is no action.
    if (url.pathname !== '/') return emulator.refuse('action');
    if ('code' in outcome) return refused(emulator, outcome);
    const { action, params } = outcome;
    // An operation that changes nothing answers in its place.
    const idle = request.method === 'POST' && action.startsWith('Modify') && is('post-not-performed');
    const performed = idle ? 'DescribeRegions' : action;
    const answer = emulator.races
      ? await emulator.arrive(performed, params, window)
      : emulator.call(performed, params);
    if (answer.body['Code'] !== emulator.settings.refusal('action').code) return answer;
    if (is('action-unknown-succeeds')) return { status: 200, body: { RequestId: answer.body['RequestId'] } };
    return is('action-unknown-as-400') ? { ...answer, status: 400 } : answer;
  };
  const { status, body: answered } = await perform();
  const action = 'action' in outcome ? outcome.action : '';
  const text = format === 'XML' ? xmlAnswer(action, answered, is) : JSON.stringify(answered);
  send(response, status, format, text, answered['RequestId'], is);
}

/** What the gateway itself answers, with the defects it may have in that. */
function refused(emulator: Emulator, { status, code, message }: GatewayRefusal): Answer {
  const { is } = emulator.settings;
  const { body, ...rest } = emulator.error(is('gateway-with-http-200') ? 200 : status, code, message);
  const left = { ...body };
  if (is('gateway-without-request-id')) delete left['RequestId'];
  if (is('gateway-without-host-id')) delete left['HostId'];
  return { ...rest, body: left };
}

function controlled(emulator: Emulator, request: IncomingMessage, url: URL, body: Buffer): ControlAnswer {
  let json: unknown = {};
  try {
    if (body.length > 0) json = JSON.parse(body.toString('utf8'));
  } catch {
    return { status: 400, body: { error: 'The body is not JSON.' } };
  }
  return emulator.control(request.method ?? '', url.pathname, json);
}

function sendFailure(emulator: Emulator, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  // What is left of an unread body would be taken for the next request.
  response.setHeader('Connection', 'close');
  const { status, body } =
    error instanceof UnreadableRequest
      ? emulator.error(error.status, error.code, error.message)
      : emulator.error(
          500,
          'InternalError',
          'The request processing has failed due to some unknown error, exception or failure.',
        );
  send(response, status, 'JSON', JSON.stringify(body), body['RequestId']);
}
