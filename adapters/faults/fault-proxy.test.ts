import { afterEach, describe, expect, test } from 'vitest';
import { startHttpServer, type LocalServer, type ReceivedRequest } from '../http/testing/local-server.ts';
import { faultCatalogue, withBody } from './catalogue.ts';
import { always, type Fault, once, sometimes } from './fault.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { seededRandom } from './random.ts';

const text = JSON.stringify({ RequestId: 'R-1', RouterInterfaceId: 'ri-1', Text: 'h\u00e4\u4f60' });
const open: (LocalServer | FaultProxy)[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function setUp(seed = 0): Promise<{ proxy: FaultProxy; received: ReceivedRequest[] }> {
  const received: ReceivedRequest[] = [];
  const server = await startHttpServer((request, response) => {
    received.push(request);
    response.writeHead(404, { 'Content-Type': 'application/json;charset=utf-8', 'X-Odd': 'one' });
    response.end(text);
  });
  const proxy = await startFaultProxy(server.url, seed);
  open.push(proxy, server);
  return { proxy, received };
}

function named(name: string, lateMs = 30): Fault {
  const fault = faultCatalogue(lateMs).find((each) => each.name === name);
  if (fault === undefined) throw new Error(`no fault ${name}`);
  return fault;
}

/** What a client gets: the answer, or why there is none. */
async function ask(
  proxy: FaultProxy,
): Promise<{ status: number; type: string | null; body: string } | string> {
  try {
    const response = await fetch(`${proxy.url}/?Action=A`, { method: 'POST', redirect: 'manual' });
    const body = await response.text();
    return { status: response.status, type: response.headers.get('content-type'), body };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? String(Reflect.get(cause, 'code') ?? cause.message) : 'unknown';
  }
}

test('what meets no fault passes through unchanged', async () => {
  const { proxy, received } = await setUp();
  const url = `${proxy.url}/?A=%7E+b%20*`;
  const response = await fetch(url, { method: 'POST', headers: { 'X-Mine': 'a;b' }, body: 'p=%E4%BD%A0' });
  expect(await response.text()).toBe(text);
  expect(response.status).toBe(404);
  expect(response.headers.get('x-odd')).toBe('one');
  expect(received).toMatchObject([
    { method: 'POST', path: '/?A=%7E+b%20*', body: 'p=%E4%BD%A0', headers: { 'x-mine': 'a;b' } },
  ]);
  // The Host header is signed by some clients, so it is the one they sent.
  expect(`http://${received[0]?.headers.host}`).toBe(proxy.url);
  expect(proxy.attempts).toMatchObject([{ path: '/?A=%7E+b%20*', answered: { status: 404 } }]);
  expect(proxy.attempts[0]?.fault).toBeUndefined();
});

describe('each fault of the catalogue', () => {
  const expected: [name: string, status: number | string, forwarded: boolean, body: RegExp][] = [
    ['throttling-400', 400, false, /"Code":"Throttling"/],
    ['throttling-user-400', 400, false, /"Code":"Throttling\.User"/],
    ['throttling-429', 429, false, /"Code":"Throttling"/],
    ['throttling-user-429', 429, false, /"Code":"Throttling\.User"/],
    ['internal-error-500', 500, false, /"Code":"InternalError"/],
    ['internal-error-500-after-effect', 500, true, /"Code":"InternalError"/],
    ['service-unavailable-503', 503, false, /"Code":"ServiceUnavailable"/],
    ['reset-before-effect', 'ECONNRESET', false, /^$/],
    ['reset-after-effect', 'ECONNRESET', true, /^$/],
    ['late-answer', 404, true, /^\{.*\}$/],
    ['connection-cut-in-body', 'UND_ERR_SOCKET', true, /^$/],
    ['truncated-json', 404, true, /^\{.*[^}]$/],
    ['malformed-json', 404, true, /";:/],
    ['empty-body', 404, true, /^$/],
    ['empty-body-503', 503, false, /^$/],
    ['html-502', 502, false, /<html>/],
    ['html-200', 200, false, /<html>/],
    ['json-called-html', 404, true, /^\{.*\}$/],
    ['redirect-302', 302, false, /^$/],
  ];

  test('is in this list', () => {
    expect(expected.map(([name]) => name)).toEqual(faultCatalogue(1).map(({ name }) => name));
  });

  test.each(expected)('%s', async (name, status, forwarded, body) => {
    const { proxy, received } = await setUp(3);
    proxy.inject(once(named(name)));
    const start = performance.now();
    const seen = await ask(proxy);
    expect(performance.now() - start).toBeGreaterThanOrEqual(name === 'late-answer' ? 29 : 0);
    expect(typeof seen === 'string' ? seen : seen.status).toBe(status);
    if (typeof seen !== 'string') {
      expect(seen.body).toMatch(body);
      expect(seen.type ?? '').toMatch(name.includes('html') ? /^text\/html/ : /json|^$/);
    }
    expect(received).toHaveLength(forwarded ? 1 : 0);
    expect(proxy.attempts).toHaveLength(1);
    expect(proxy.attempts[0]).toMatchObject({ fault: name });
    expect(proxy.attempts[0]?.upstream?.status).toBe(forwarded ? 404 : undefined);
    // The next request finds everything in order.
    expect(await ask(proxy)).toMatchObject({ status: 404, body: text });
    expect(proxy.attempts[1]?.fault).toBeUndefined();
  });
});

test('damage depends on the seed, and on nothing else', async () => {
  const bodies = async (seed: number): Promise<unknown[]> => {
    const { proxy } = await setUp(seed);
    const seen: unknown[] = [];
    for (const name of ['truncated-json', 'malformed-json']) {
      proxy.inject(always(named(name)));
      seen.push(await ask(proxy), await ask(proxy));
    }
    return seen;
  };
  const first = await bodies(1);
  expect(await bodies(1)).toEqual(first);
  expect(await bodies(2)).not.toEqual(first);
});

test('a plan by chance strikes about as often as it should, and always at the same places', () => {
  const faults = faultCatalogue(1);
  const draw = (seed: number, rate: number): (string | undefined)[] => {
    const plan = sometimes(faults, rate, seededRandom(seed));
    return Array.from({ length: 400 }, (_, index) => plan(index + 1)?.name);
  };
  expect(draw(5, 0.25)).toEqual(draw(5, 0.25));
  expect(draw(6, 0.25)).not.toEqual(draw(5, 0.25));
  const struck = draw(5, 0.25).filter((name) => name !== undefined);
  expect(struck.length).toBeGreaterThan(60);
  expect(struck.length).toBeLessThan(140);
  expect(new Set(struck).size).toBe(faults.length);
  expect(draw(5, 0).every((name) => name === undefined)).toBe(true);
});

test('a target that is not there is a problem on record, and no answer of the target', async () => {
  const { proxy } = await setUp();
  await open[1]?.close();
  expect(await ask(proxy)).toMatch(/UND_ERR_SOCKET|ECONNRESET/);
  expect(proxy.attempts[0]?.problem).toMatch(/ECONNREFUSED/);
  expect(proxy.attempts[0]?.upstream).toBeUndefined();
});

test('it can be turned to another target', async () => {
  const { proxy, received } = await setUp();
  await ask(proxy);
  const other = await startHttpServer((_, response) => void response.end('another'));
  open.push(other);
  proxy.turnTo(other.url);
  expect(proxy.attempts).toEqual([]);
  expect(await ask(proxy)).toMatchObject({ status: 200, body: 'another' });
  expect(received).toHaveLength(1);
});

test('an upstream that it cannot stand before is refused', async () => {
  await expect(startFaultProxy('https://127.0.0.1:1')).rejects.toThrow(/http: only/);
});

test('a changed body has its own length', () => {
  const answer = { status: 200, headers: ['content-length', '9', 'A', '9'], body: Buffer.alloc(9) };
  expect(withBody(answer, Buffer.from('ab')).headers).toEqual(['content-length', '2', 'A', '9']);
});
