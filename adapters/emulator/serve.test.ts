import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type RunningEmulator, type ServeOptions, startEmulator } from './serve.ts';
import { signatureOf, stringToSign } from './signature-v1.ts';

const running: RunningEmulator[] = [];
let nonce = 0;

async function start(options: ServeOptions = {}): Promise<RunningEmulator> {
  const server = await startEmulator({ clock: 'manual', ...options });
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

type Sent = Record<string, string>;

function signed(method: string, action: string, params: Sent = {}, change: Sent = {}): URLSearchParams {
  nonce += 1;
  const all: Sent = {
    Action: action,
    Version: '2016-04-28',
    Format: 'JSON',
    AccessKeyId: 'testid',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: `nonce-${nonce}`,
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    ...params,
    ...change,
  };
  const kept = Object.entries(all).filter(([, value]) => value !== '-');
  const signature = signatureOf('testsecret', stringToSign(method, new Map(kept)));
  return new URLSearchParams([...kept, ['Signature', signature]]);
}

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function fetched(url: string, init?: RequestInit): Promise<Got> {
  const response = await fetch(url, init);
  const body: Record<string, unknown> = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body };
}

function get(server: RunningEmulator, query: URLSearchParams): Promise<Got> {
  return fetched(`${server.url}/?${query.toString()}`);
}

async function outcome(got: Promise<Got>): Promise<string> {
  const { status, body } = await got;
  return `${status} ${typeof body['Code'] === 'string' ? body['Code'] : 'success'}`;
}

/** Writes bytes to the server and returns what came until it closed the connection. */
function raw(server: RunningEmulator, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(bytes));
    let got = '';
    socket.on('data', (data) => (got += data.toString()));
    socket.on('end', () => resolve(got));
    socket.on('error', reject);
  });
}

describe('a served emulator', () => {
  test('answers GET with everything in the query, with the headers of the gateway', async () => {
    const server = await start();
    const { status, headers, body } = await get(server, signed('GET', 'DescribeRegions'));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(headers.get('x-acs-request-id')).toBe(body['RequestId']);
    expect(Number(headers.get('content-length'))).toBe(Buffer.byteLength(JSON.stringify(body)));
    expect(headers.get('keep-alive')).toMatch(/timeout=6[05]/);
  });

  test('answers POST with a form body, with a query, and with both', async () => {
    const server = await start();
    const form = signed('POST', 'CreateVpc', { RegionId: 'cn-hangzhou' });
    expect(await outcome(fetched(`${server.url}/`, { method: 'POST', body: form }))).toBe('200 success');
    const query = signed('POST', 'CreateVpc', { RegionId: 'cn-hangzhou' });
    expect(await outcome(fetched(`${server.url}/?${query.toString()}`, { method: 'POST' }))).toBe(
      '200 success',
    );
    const split = signed('POST', 'CreateVpc', { RegionId: 'cn-hangzhou' });
    split.delete('RegionId');
    const body = new URLSearchParams({ RegionId: 'cn-hangzhou' });
    const both = fetched(`${server.url}/?${split.toString()}`, { method: 'POST', body });
    expect(await outcome(both)).toBe('200 success');
    const seen = await get(server, signed('GET', 'DescribeVpcs', { RegionId: 'cn-hangzhou' }));
    expect(seen.body['TotalCount']).toBe(3);
  });

  test.each([
    ['an unknown action', { Action: 'MakeCoffee' }, '404 InvalidAction.NotFound'],
    ['no action', { Action: '-' }, '400 MissingAction'],
    ['another version', { Version: '2014-05-26' }, '400 InvalidVersion'],
    ['no version', { Version: '-' }, '400 MissingVersion'],
    ['no key', { AccessKeyId: '-' }, '400 MissingAccessKeyId'],
    ['an unknown key', { AccessKeyId: 'somebody' }, '404 InvalidAccessKeyId.NotFound'],
    [
      'a key named like a method of objects',
      { AccessKeyId: 'constructor' },
      '404 InvalidAccessKeyId.NotFound',
    ],
    ['another signature method', { SignatureMethod: 'HMAC-MD5' }, '400 InvalidSignatureMethod'],
    ['no timestamp', { Timestamp: '-' }, '400 MissingTimestamp'],
    ['a timestamp without seconds', { Timestamp: '2024-01-02T03:04Z' }, '400 InvalidTimeStamp.Format'],
    ['a timestamp of long ago', { Timestamp: '2024-01-02T03:04:05Z' }, '400 InvalidTimeStamp.Expired'],
    ['no nonce', { SignatureNonce: '-' }, '400 MissingSignatureNonce'],
    ['a format that does not exist', { Format: 'YAML' }, '400 InvalidParameter.Format'],
    ['no region', { RegionId: '-' }, '400 MissingRegionId'],
  ])('refuses %s', async (_, change, expected) => {
    const server = await start();
    const { status, body } = await get(
      server,
      signed('GET', 'DescribeVpcs', { RegionId: 'cn-hangzhou' }, change),
    );
    expect(`${status} ${String(body['Code'])}`).toBe(expected);
    expect(Object.keys(body).toSorted()).toEqual(['Code', 'HostId', 'Message', 'Recommend', 'RequestId']);
  });

  test('takes a timestamp that is 14 minutes off, in either direction', async () => {
    const server = await start();
    for (const off of [-14, 14]) {
      const Timestamp = `${new Date(Date.now() + off * 60_000).toISOString().slice(0, 19)}Z`;
      expect(await outcome(get(server, signed('GET', 'DescribeRegions', {}, { Timestamp })))).toBe(
        '200 success',
      );
    }
  });

  test('refuses a changed parameter and shows the string that it signed', async () => {
    const server = await start();
    const query = signed('GET', 'DescribeVpcs', { RegionId: 'cn-hangzhou' });
    query.set('RegionId', 'cn-beijing');
    const { status, body } = await get(server, query);
    expect(`${status} ${String(body['Code'])}`).toBe('400 SignatureDoesNotMatch');
    expect(body['Message']).toBe(
      `Specified signature is not matched with our calculation. server string to sign is:${stringToSign('GET', new Map(query))}`,
    );
  });

  test('refuses a missing signature, and a signature for another method', async () => {
    const server = await start();
    const query = signed('GET', 'DescribeRegions');
    query.delete('Signature');
    expect(await outcome(get(server, query))).toBe('400 MissingSignature');
    expect(await outcome(get(server, signed('POST', 'DescribeRegions')))).toBe('400 SignatureDoesNotMatch');
  });

  test('refuses a nonce that was used, unless told not to, and only once it was accepted', async () => {
    const server = await start();
    const query = signed('GET', 'DescribeRegions');
    const broken = new URLSearchParams(query);
    broken.set('Signature', 'no');
    expect(await outcome(get(server, broken))).toBe('400 SignatureDoesNotMatch');
    expect(await outcome(get(server, query))).toBe('200 success');
    expect(await outcome(get(server, query))).toBe('400 SignatureNonceUsed');
    const lenient = await start({ refuseUsedNonces: false });
    for (let n = 0; n < 2; n += 1) expect(await outcome(get(lenient, query))).toBe('200 success');
  });

  test('forgets a nonce when its timestamp has long expired', async () => {
    let now = Date.now();
    const server = await start({ wallClock: () => now });
    const stamp = () => `${new Date(now).toISOString().slice(0, 19)}Z`;
    const change = { SignatureNonce: 'again' };
    const send = () =>
      outcome(get(server, signed('GET', 'DescribeRegions', {}, { ...change, Timestamp: stamp() })));
    expect(await send()).toBe('200 success');
    now += 20 * 60_000;
    expect(await send()).toBe('400 SignatureNonceUsed');
    now += 20 * 60_000;
    expect(await send()).toBe('200 success');
  });

  test('takes anything without a signature when it is not to verify', async () => {
    const server = await start({ verifySignature: false });
    const query = new URLSearchParams({ Action: 'DescribeRegions', Version: '2016-04-28' });
    expect(await outcome(get(server, query))).toBe('200 success');
  });

  test('knows the keys that it was given', async () => {
    const server = await start({ accessKeys: { mine: 'testsecret' } });
    expect(await outcome(get(server, signed('GET', 'DescribeRegions')))).toBe(
      '404 InvalidAccessKeyId.NotFound',
    );
    const query = signed('GET', 'DescribeRegions', {}, { AccessKeyId: 'mine' });
    expect(await outcome(get(server, query))).toBe('200 success');
  });

  test('answers in XML what it answers in JSON', async () => {
    const server = await start();
    const xml = async (action: string, params: Sent): Promise<[string, string | null]> => {
      const query = signed('GET', action, { ...params, Format: 'XML' });
      const response = await fetch(`${server.url}/?${query.toString()}`);
      return [await response.text(), response.headers.get('content-type')];
    };
    await get(server, signed('GET', 'CreateVpc', { RegionId: 'cn-hangzhou', VpcName: 'a_b' }));
    const [listed, type] = await xml('DescribeVpcs', { RegionId: 'cn-hangzhou' });
    expect(type).toBe('text/xml;charset=utf-8');
    expect(listed).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8" \?><DescribeVpcsResponse><RequestId>[0-9A-F-]{36}<\/RequestId>.*<\/DescribeVpcsResponse>$/,
    );
    expect(listed).toMatch(/<Vpcs><Vpc>.*<VpcName>a_b<\/VpcName>.*<\/Vpc><\/Vpcs>/);
    const [empty] = await xml('DescribeVpcs', { RegionId: 'cn-beijing' });
    expect(empty).toContain('<Vpcs></Vpcs>');
    const [error] = await xml('MakeCoffee', {});
    expect(error).toMatch(/<Error><RequestId>.*<Code>InvalidAction.NotFound<\/Code>.*<\/Error>$/);
  });

  test('takes POST with neither length nor body, as one client sends it', async () => {
    const server = await start();
    const query = signed('POST', 'DescribeRegions').toString();
    const text = await raw(server, `POST /?${query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('ignores x-acs headers on a request with signature version 1.0', async () => {
    const server = await start();
    const query = signed('GET', 'DescribeRegions');
    const headers = { 'x-acs-action': 'describeRegions', 'x-acs-version': '2016-04-28' };
    expect(await outcome(fetched(`${server.url}/?${query.toString()}`, { headers }))).toBe('200 success');
  });

  test.each([
    ['another method', '/', { method: 'PUT' }, '400 UnsupportedHTTPMethod'],
    ['another path', '/vpc', {}, '404 InvalidAction.NotFound'],
    [
      'a JSON body',
      '/',
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
      '415 UnsupportedContentType',
    ],
    [
      'a body without end',
      '/',
      { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(300_000) }) },
      '413 RequestTooLarge',
    ],
    ['a broken percent sign', '/?Action=%E4%', {}, '400 MissingAccessKeyId'],
  ])('refuses %s and goes on', async (_, path, init, expected) => {
    const server = await start();
    expect(await outcome(fetched(`${server.url}${path}`, init))).toBe(expected);
    expect(await outcome(get(server, signed('GET', 'DescribeRegions')))).toBe('200 success');
  });

  test('takes a chunked form body', async () => {
    const server = await start();
    const form = signed('POST', 'DescribeRegions').toString();
    const status = await new Promise((resolve, reject) => {
      const headers = { 'transfer-encoding': 'chunked', 'content-type': 'application/x-www-form-urlencoded' };
      const sent = request(`${server.url}/`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.write(form.slice(0, 10));
      sent.end(form.slice(10));
    });
    expect(status).toBe(200);
  });

  test('answers bytes that are not HTTP with a 400', async () => {
    const server = await start();
    const text = await raw(server, 'NOT HTTP\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('"Code":"InvalidRequest"');
  });

  test('serves the control hooks unsigned', async () => {
    const server = await start();
    const hooks = await fetched(`${server.url}/_control`);
    expect(hooks.body).toEqual({ hooks: ['reset', 'account', 'interface', 'clock'], clock: 'manual' });
    const post = (path: string, body: string) =>
      fetched(`${server.url}/_control/${path}`, { method: 'POST', body });
    await get(server, signed('GET', 'CreateVpc', { RegionId: 'cn-hangzhou' }));
    expect(await post('reset', '{}')).toMatchObject({ status: 200, body: {} });
    const vpcs = await get(server, signed('GET', 'DescribeVpcs', { RegionId: 'cn-hangzhou' }));
    expect(vpcs.body['TotalCount']).toBe(0);
    expect(await post('clock', '{"advanceMs":1500}')).toMatchObject({ status: 200 });
    expect(await post('clock', 'not json')).toMatchObject({
      status: 400,
      body: { error: 'The body is not JSON.' },
    });
    expect(await post('weather', '{}')).toMatchObject({ status: 404 });
  });

  test('does not start on a port that is taken', async () => {
    const server = await start();
    await expect(start({ port: Number(new URL(server.url).port) })).rejects.toThrow('EADDRINUSE');
  });
});
