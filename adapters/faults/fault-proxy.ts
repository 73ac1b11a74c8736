import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultPlan, WireAnswer } from './fault.ts';
import { seededRandom } from './random.ts';

/** One request that reached the proxy. */
export interface Attempt {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly path: string;
  readonly headers: Readonly<IncomingMessage['headers']>;
  readonly body: Buffer;
  /** Name of the fault it met. */
  readonly fault?: string;
  /** What the target answered; absent when the request was not handed on. */
  readonly upstream?: WireAnswer;
  /** What the client was told in full; absent when it was not. */
  readonly answered?: WireAnswer;
  /** Why the target could not be asked. */
  readonly problem?: string;
}

/** A reverse proxy that does harm on request. */
export interface FaultProxy {
  /** Base URL without a trailing slash. */
  readonly url: string;
  /** What reached it, oldest first. */
  readonly attempts: readonly Attempt[];
  /** Forgets the attempts so far, and counts those that follow from 1 by a new plan. */
  inject(plan: FaultPlan): void;
  /** From now on stands before another target; what reached it so far is forgotten. */
  turnTo(upstream: string): void;
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

/** Nothing that a client of this API sends comes near this many bytes. */
const bodyLimit = 4 * 1024 * 1024;

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Error(`A message of more than ${bodyLimit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Hands a request on as it came, its Host header included: that is signed. */
function forward(upstream: URL, agent: Agent, request: IncomingMessage, body: Buffer): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = upstream;
    const outgoing = send({
      agent,
      hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      method: request.method,
      path: request.url,
      headers: request.rawHeaders,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      bytesOf(incoming).then(
        (bytes) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.rawHeaders, body: bytes }),
        reject,
      );
    });
    outgoing.end(body);
  });
}

/** Writes an answer with its own headers and no others. */
function write(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.sendDate = false;
  response.writeHead(status, [...headers]);
  response.end(body);
}

/** Promises the whole body and ends the connection in the middle of it. */
function writeHalf(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, [...headers]);
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
}

function targetAt(upstream: string): URL {
  const target = new URL(upstream);
  if (target.protocol === 'http:') return target;
  throw new Error(`The fault proxy speaks http: only, so it cannot stand before ${upstream}.`);
}

/**
 * Starts a proxy before `upstream` (http only) on a free port of loopback. What its plan leaves alone passes
 * through byte for byte; it follows, retries and repairs nothing. `seed` decides where bodies are damaged.
 */
export async function startFaultProxy(upstream: string, seed = 0): Promise<FaultProxy> {
  let target = targetAt(upstream);
  const agent = new Agent({ keepAlive: true });
  let attempts: Attempt[] = [];
  let plan: FaultPlan = () => undefined;
  let random = seededRandom(seed);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const { method = '', url: path = '', headers } = request;
    const seen: { -readonly [K in keyof Attempt]: Attempt[K] } = { method, path, headers, body };
    const fault = plan(attempts.push(seen));
    if (fault !== undefined) seen.fault = fault.name;
    if (fault === undefined || !('forwarded' in fault) || fault.forwarded) {
      try {
        seen.upstream = await forward(target, agent, request, body);
      } catch (error) {
        seen.problem = error instanceof Error ? error.message : String(error);
        response.socket?.destroy();
        return;
      }
    }
    const answer = await spoil(fault, seen.upstream, response);
    if (answer === undefined || response.destroyed) return;
    seen.answered = answer;
    write(response, answer);
  }

  /** Returns what to answer in full; undefined when the connection was broken instead. */
  async function spoil(
    fault: Fault | undefined,
    answer: WireAnswer | undefined,
    response: ServerResponse,
  ): Promise<WireAnswer | undefined> {
    switch (fault?.kind) {
      case 'answer':
        return fault.answer;
      case 'changed':
        return answer && fault.change(answer, random);
      case 'late':
        await pause(fault.ms, undefined, { ref: false });
        return answer;
      case 'cut':
        if (answer !== undefined) writeHalf(response, answer);
        return undefined;
      case 'reset':
        response.socket?.resetAndDestroy();
        return undefined;
      case undefined:
        return answer;
    }
  }

  const server = createServer((request, response) => {
    response.on('error', () => {}); // the client left: what it did is on record
    handle(request, response).catch(() => response.socket?.destroy());
  });
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get attempts() {
      return attempts;
    },
    inject(next) {
      attempts = [];
      plan = next;
      random = seededRandom(seed);
    },
    turnTo(next) {
      target = targetAt(next);
      attempts = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}
