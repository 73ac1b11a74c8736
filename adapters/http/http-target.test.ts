import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { httpTarget, type HttpTarget, type HttpTargetOptions } from './http-target.ts';
import { checkSignature } from './testing/independent-signature.ts';
import {
  sendJson,
  startHttpServer,
  startTcpServer,
  type LocalServer,
  type ReceivedRequest,
} from './testing/local-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function serve(started: Promise<LocalServer>): Promise<string> {
  const server = await started;
  cleanups.push(server.close);
  return server.url;
}

async function open(url: string, options: Partial<HttpTargetOptions> = {}): Promise<HttpTarget> {
  const identity = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
  const target = await httpTarget({ url, ...identity, controlUrl: null, timeoutMs: 2000, ...options });
  cleanups.push(() => target.close());
  return target;
}

const params = { RegionId: 'cn-hangzhou', Name: "it's a *test* (v~1)! +plus 中文😀", Empty: '' };

async function received(method: 'GET' | 'POST', base: string): Promise<ReceivedRequest> {
  const requests: ReceivedRequest[] = [];
  const url = await serve(
    startHttpServer((request, response) => {
      requests.push(request);
      sendJson(response, 200, { RequestId: 'R' });
    }),
  );
  const target = await open(url + base, { method });
  expect(await target.call('ConnectRouterInterface', params)).toEqual({
    kind: 'answer',
    status: 200,
    body: { RequestId: 'R' },
  });
  const [request] = requests;
  if (request === undefined) throw new Error('nothing was received');
  expect(requests).toHaveLength(1);
  const { method: verb, path, body } = request;
  const signature = checkSignature(verb, path, body, 'testsecret');
  expect(signature.sent).toBe(signature.computed);
  expect(signature.params).toMatchObject({
    ...params,
    Action: 'ConnectRouterInterface',
    Version: '2016-04-28',
    AccessKeyId: 'testid',
    Format: 'JSON',
  });
  return request;
}

describe('what is sent', () => {
  test('GET has everything in the query', async () => {
    const { method, path, body } = await received('GET', '');
    expect({ method, body }).toEqual({ method: 'GET', body: '' });
    expect(path).toMatch(/^\/\?AccessKeyId=testid&Action=ConnectRouterInterface&/);
  });

  test('POST has everything in a form body', async () => {
    const { method, path, headers, body } = await received('POST', '');
    expect({ method, path }).toEqual({ method: 'POST', path: '/' });
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(headers['content-length']).toBe(String(body.length));
  });

  test('the path of the base URL is kept', async () => {
    expect((await received('GET', '/api/v1/')).path).toMatch(/^\/api\/v1\/\?AccessKeyId=/);
  });
});

describe('answers', () => {
  test.each([
    [200, '{"RequestId":"R"}', { body: { RequestId: 'R' } }],
    [400, '{"Code":"IncorrectStatus"}', { body: { Code: 'IncorrectStatus' } }],
    [503, '{"Code":"ServiceUnavailable"}', { body: { Code: 'ServiceUnavailable' } }],
    [200, '{"RequestId":', { defect: 'the body is not JSON: "{\\"RequestId\\":"' }],
    [200, '[]', { defect: 'the body is an array, not a JSON object: "[]"' }],
    [502, '', { defect: 'the body is empty' }],
    [204, '', { defect: 'the body is empty' }],
  ])('HTTP %i with %j', async (status, text, expected) => {
    const url = await serve(startHttpServer((_request, response) => response.writeHead(status).end(text)));
    const target = await open(url);
    expect(await target.call('X', {})).toEqual({ kind: 'answer', status, ...expected });
  });

  test('a redirect is an answer and is not followed', async () => {
    let requests = 0;
    const url = await serve(
      startHttpServer((_request, response) => {
        requests += 1;
        response.writeHead(302, { location: '/elsewhere' }).end();
      }),
    );
    const target = await open(url);
    expect(await target.call('X', {})).toEqual({ kind: 'answer', status: 302, defect: 'the body is empty' });
    expect(requests).toBe(1);
  });

  test('early hints before the answer are passed over, and chunks are put together', async () => {
    const url = await serve(
      startTcpServer((socket) =>
        socket.once('data', () => {
          socket.write(
            'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n',
          );
          socket.write('4\r\n{"a"\r\n');
          setTimeout(
            () => socket.write('4\r\n:"\u4e2d\r\n2\r\n"}\r\n0\r\n\r\n'.replace('4\r\n', '5\r\n')),
            20,
          );
        }),
      ),
    );
    const target = await open(url);
    expect(await target.call('X', {})).toEqual({ kind: 'answer', status: 200, body: { a: '中' } });
  });

  test('too large a body is a defect, and the next call goes on', async () => {
    let first = true;
    const url = await serve(
      startHttpServer((_request, response) => {
        if (first) response.end(`{"a":"${'x'.repeat(6 * 1024 * 1024)}"}`);
        else sendJson(response, 200, {});
        first = false;
      }),
    );
    const target = await open(url);
    const answer = await target.call('X', {});
    expect(answer).toMatchObject({ kind: 'answer', status: 200 });
    expect(answer).toHaveProperty(
      'defect',
      expect.stringMatching(/^the body exceeds 4194304 bytes: "\{\\"a/),
    );
    expect(await target.call('X', {})).toEqual({ kind: 'answer', status: 200, body: {} });
  });
});

describe('silence', () => {
  test('no answer, or half of one, within the deadline', async () => {
    const url = await serve(
      startHttpServer((request, response) => {
        if (request.path.includes('Action=Half')) {
          response.writeHead(200, { 'content-length': 100 });
          response.write('{"a":');
        }
      }),
    );
    const target = await open(url, { timeoutMs: 100 });
    const start = performance.now();
    expect(await target.call('None', {})).toEqual({ kind: 'silence', afterMs: 100 });
    expect(await target.call('Half', {})).toEqual({ kind: 'silence', afterMs: 100 });
    expect(performance.now() - start).toBeGreaterThan(195);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('waiting for a free connection does not count', async () => {
    const url = await serve(
      startHttpServer((_request, response) => void setTimeout(() => sendJson(response, 200, {}), 150)),
    );
    const target = await open(url, { timeoutMs: 450, connections: 1 });
    const answers = await Promise.all(Array.from({ length: 4 }, () => target.call('X', {})));
    expect(answers.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'answer', 'answer']);
  });
});

describe('indeterminate', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n';
  test.each([
    ['closed before the answer', '', /broke before an answer came \(other side closed, UND_ERR_SOCKET\)/],
    ['a short body', `${head}\r\n{"a":`, /broke in the middle of the answer \(HTTP 200\)/],
    [
      'a short body, closing',
      `${head}connection: close\r\n\r\n{"a":`,
      /broke in the middle of the answer \(HTTP 200\)/,
    ],
    [
      'an unfinished chunked body',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":',
      /broke in the middle of the answer \(HTTP 200\)/,
    ],
    [
      'no HTTP',
      'SSH-2.0-OpenSSH_9.2\r\n',
      /^what came back is not HTTP: Response does not match the HTTP\/1.1 protocol/,
    ],
  ])('%s', async (_name, bytes, cause) => {
    let requests = 0;
    const url = await serve(
      startTcpServer((socket) =>
        socket.once('data', () => {
          requests += 1;
          socket.end(bytes);
        }),
      ),
    );
    const target = await open(url);
    const observation = await target.call('X', {});
    expect(observation).toEqual({ kind: 'indeterminate', cause: expect.stringMatching(cause) });
    expect(requests).toBe(1);
  });

  test('reset before the answer', async () => {
    let requests = 0;
    const url = await serve(
      startTcpServer((socket) =>
        socket.once('data', () => {
          requests += 1;
          socket.resetAndDestroy();
        }),
      ),
    );
    const target = await open(url, { method: 'POST' });
    const observation = await target.call('X', {});
    expect(observation).toEqual({ kind: 'indeterminate', cause: expect.stringMatching(/ECONNRESET/) });
    expect(requests).toBe(1);
  });
});

async function freePort(): Promise<string> {
  const server = await startHttpServer(() => {});
  await server.close();
  return server.url;
}

describe('unreachable', () => {
  test('nothing listens: every waiting call learns it', async () => {
    const url = await freePort();
    const target = await open(url, { connections: 1 });
    const cause = `${url} cannot be reached: nothing listens there (ECONNREFUSED); start the target, or correct the host and port`;
    const all = await Promise.all(Array.from({ length: 3 }, () => target.call('X', {})));
    expect(all).toEqual(Array.from({ length: 3 }, () => ({ kind: 'unreachable', cause })));
  });

  test('nothing listens on any of the addresses of a name', async () => {
    const url = (await freePort()).replace('127.0.0.1', 'localhost');
    const target = await open(url);
    expect(await target.call('X', {})).toEqual({
      kind: 'unreachable',
      cause: expect.stringMatching(/nothing listens there \(ECONNREFUSED\)/),
    });
  });

  test('https to a port that speaks http', async () => {
    const url = await serve(startHttpServer((_request, response) => sendJson(response, 200, {})));
    const target = await open(url.replace('http:', 'https:'));
    const observation = await target.call('X', {});
    expect(observation).toMatchObject({ kind: 'unreachable' });
    expect(observation).toHaveProperty('cause', expect.stringMatching(/does not speak TLS/));
  });
});

test('a connection that the server drops while idle does not disturb the next call', async () => {
  const url = await serve(
    startTcpServer((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
        setTimeout(() => socket.resetAndDestroy(), 30);
      }),
    ),
  );
  const target = await open(url);
  for (let call = 0; call < 5; call += 1) {
    expect(await target.call('X', {})).toEqual({ kind: 'answer', status: 200, body: {} });
    await sleep(60);
  }
});

test('aborting the signal breaks off what is in flight and sends nothing more', async () => {
  let requests = 0;
  const url = await serve(startHttpServer(() => void (requests += 1)));
  const stop = new AbortController();
  const target = await open(url, { signal: stop.signal, connections: 1 });
  const sent = target.call('X', {});
  const waiting = target.call('X', {});
  await vi.waitFor(() => expect(requests).toBe(1));
  stop.abort();
  expect(await sent).toEqual({
    kind: 'indeterminate',
    cause: 'the connection broke before an answer came (the run was stopped)',
  });
  expect(await waiting).toMatchObject({ kind: 'unreachable' });
  expect(await target.call('X', {})).toEqual({ kind: 'unreachable', cause: 'not sent: the run was stopped' });
  expect(requests).toBe(1);
});

test('a signal that was aborted before keeps everything from being sent', async () => {
  let requests = 0;
  const url = await serve(startHttpServer(() => void (requests += 1)));
  const target = await httpTarget({
    url,
    accessKeyId: 'a',
    accessKeySecret: 's',
    signal: AbortSignal.abort(),
  });
  cleanups.push(() => target.close());
  expect(target.noControl).toMatch(/cannot be reached/);
  expect(await target.call('X', {})).toMatchObject({ kind: 'unreachable' });
  expect(requests).toBe(0);
});

test('closing twice is harmless, a call after closing is a fault of the harness', async () => {
  const url = await serve(startHttpServer((_request, response) => sendJson(response, 200, {})));
  const target = await open(url);
  expect(target.name).toBe(`http(${url})`);
  await target.call('X', {});
  await target.close();
  await target.close();
  await expect(target.call('X', {})).rejects.toThrow(/was closed before the call of X/);
});
