import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Emulator, type EmulatorOptions } from './emulator.ts';
import { Gateway } from './gateway.ts';
import { parametersOf, readBody, sendJson, targetUrl, UnreadableRequest } from './http-message.ts';

/** How to put an emulator on the network, beside what it does. */
export interface ServeOptions extends EmulatorOptions {
  /** Loopback unless given. */
  readonly host?: string | undefined;
  /** Any free port unless given. */
  readonly port?: number | undefined;
  /** Secrets by access key id; `testid` with `testsecret` unless given. */
  readonly accessKeys?: Readonly<Record<string, string>> | undefined;
  /** Whether keys, signatures, timestamps and nonces are checked; true unless given. */
  readonly verifySignature?: boolean | undefined;
  /** Whether a nonce may be used only once; true unless given. Some clients repeat theirs by accident. */
  readonly refuseUsedNonces?: boolean | undefined;
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

const defaultAccessKeys: Readonly<Record<string, string>> = { testid: 'testsecret' };

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
    now: options.wallClock ?? Date.now,
  });
  const server = createServer((request, response) => {
    void answer(emulator, gateway, request, response);
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
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = targetUrl(request);
    const body = await readBody(request);
    const isControl = url.pathname === '/_control' || url.pathname.startsWith('/_control/');
    const { status, body: json } = isControl
      ? controlled(emulator, request, url, body)
      : called(emulator, gateway, request, url, body);
    sendJson(response, status, json);
  } catch (error) {
    sendFailure(emulator, response, error);
  }
}

interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

function called(
  emulator: Emulator,
  gateway: Gateway,
  request: IncomingMessage,
  url: URL,
  body: string,
): Answered {
  // RPC has one path; whatever is elsewhere is no action.
  if (url.pathname !== '/') return emulator.refuse('action');
  const params = parametersOf(url, request, body);
  const admitted = gateway.admit({ method: request.method ?? '', headers: request.headers, params });
  if ('code' in admitted) return emulator.error(admitted.status, admitted.code, admitted.message);
  return emulator.call(admitted.action, admitted.params);
}

function controlled(emulator: Emulator, request: IncomingMessage, url: URL, body: string): Answered {
  let json: unknown = {};
  try {
    if (body !== '') json = JSON.parse(body);
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
  sendJson(response, status, body);
}
