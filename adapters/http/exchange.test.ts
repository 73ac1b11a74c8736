import { Worker } from 'node:worker_threads';
import { Pool, type Dispatcher } from 'undici';
import { describe, expect, test } from 'vitest';
import { exchange, type WireRequest } from './exchange.ts';

const request: WireRequest = { method: 'GET', path: '/', headers: [] };

type Script = (handler: Required<Dispatcher.DispatchHandler>, attempt: number) => void;

/** A dispatcher that does as the script says, asynchronously, and counts. */
class ScriptedDispatcher extends Pool {
  attempts = 0;
  readonly #script: Script;

  constructor(script: Script) {
    super('http://127.0.0.1:1');
    this.#script = script;
  }

  override dispatch(_options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.attempts += 1;
    const attempt = this.attempts;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the handler under test has them all
    setImmediate(() => this.#script(handler as Required<Dispatcher.DispatchHandler>, attempt));
    return true;
  }
}

function ignoreAbort(): void {}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('a request that was certainly not sent', () => {
  test('goes to another connection when the idle one it waited for was reset', async () => {
    const dispatcher = new ScriptedDispatcher((handler, attempt) => {
      if (attempt === 1) {
        handler.onError(coded('ECONNRESET'));
        return;
      }
      handler.onConnect(ignoreAbort);
      handler.onHeaders(200, [], () => {}, 'OK');
      handler.onComplete([]);
    });
    expect(await exchange(dispatcher, request, 1000)).toMatchObject({ kind: 'response', status: 200 });
    expect(dispatcher.attempts).toBe(2);
  });

  test('is given up when that happens again', async () => {
    const dispatcher = new ScriptedDispatcher((handler) => handler.onError(coded('ECONNRESET')));
    expect(await exchange(dispatcher, request, 1000)).toMatchObject({ kind: 'unsent' });
    expect(dispatcher.attempts).toBe(2);
  });
});

test('a request that was sent is not sent again', async () => {
  const dispatcher = new ScriptedDispatcher((handler) => {
    handler.onConnect(ignoreAbort);
    handler.onError(coded('ECONNRESET'));
  });
  expect(await exchange(dispatcher, request, 1000)).toMatchObject({ kind: 'broken', status: 0 });
  expect(dispatcher.attempts).toBe(1);
});

test('a second sending by the HTTP library is broken off', async () => {
  let aborted: Error | undefined;
  const dispatcher = new ScriptedDispatcher((handler) => {
    handler.onConnect(ignoreAbort);
    handler.onConnect((reason) => {
      aborted = reason;
      handler.onError(reason ?? new Error('no reason'));
    });
  });
  expect(await exchange(dispatcher, request, 1000)).toMatchObject({ kind: 'broken' });
  expect(aborted?.message).toBe('refused to send one request twice');
});

test('an unusable request is a fault of the harness', async () => {
  const pool = new Pool('http://127.0.0.1:1');
  await expect(exchange(pool, { ...request, path: 'no slash' }, 1000)).rejects.toThrow(/path must be/);
  await pool.destroy();
});

test('an answer that arrived while this process was busy is no silence', async () => {
  // A thread of its own, so that the server goes on while this thread is blocked.
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     require('node:http')
       .createServer((request, response) => setTimeout(() => response.end('{}'), 20))
       .listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });`,
    { eval: true },
  );
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const pool = new Pool(`http://127.0.0.1:${port}`);
  await exchange(pool, request, 1000);
  const pending = exchange(pool, request, 100);
  // Let it be written first, then block where the timers come next in the event loop.
  await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setImmediate(resolve));
  const end = performance.now() + 300;
  while (performance.now() < end);
  expect(await pending).toMatchObject({ kind: 'response', status: 200 });
  await pool.destroy();
  await worker.terminate();
});
