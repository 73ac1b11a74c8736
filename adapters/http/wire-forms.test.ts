import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { Gateway, type GatewayOptions } from '../emulator/gateway.ts';
import { type RunningEmulator, type ServeOptions, startEmulator } from '../emulator/serve.ts';
import type { RawCall } from '../wire.ts';
import type { WireRequest } from './exchange.ts';
import { httpTarget, type HttpTarget, type HttpTargetOptions } from './http-target.ts';
import { requestBuilder, type WireForm } from './request-builder.ts';

const forms: readonly WireForm[] = (['v1', 'acs3'] as const).flatMap((signature) =>
  (['GET', 'POST'] as const).flatMap((method) =>
    (['JSON', 'XML'] as const).map((format) => ({ signature, method, format })),
  ),
);
const formNames = forms.map((form) => [`${form.signature} ${form.method} ${form.format}`, form] as const);
const identity = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const base = new URL('http://127.0.0.1:18080');

/** What a gateway that is nobody's friend of ours makes of a request: its outcome. */
function judged(request: WireRequest, options: Partial<GatewayOptions> = {}) {
  const url = new URL(request.path, base);
  const body = Buffer.from(request.body ?? '');
  const query = new Map(url.searchParams);
  const headers: Record<string, string> = { host: base.host };
  for (let at = 0; at < request.headers.length; at += 2) {
    headers[request.headers[at] ?? ''] = request.headers[at + 1] ?? '';
  }
  const gateway = new Gateway({
    accessKeys: { testid: 'testsecret' },
    verifySignature: true,
    refuseUsedNonces: true,
    defaultFormat: 'JSON',
    now: Date.now,
    ...options,
  });
  const params = new Map([...query, ...new URLSearchParams(body.toString())]);
  return gateway.admit({ method: request.method, path: url.pathname, headers, query, params, body });
}

const special = Array.from(' *~+!\'()%&=;/?#é中😀"<>');
const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((each) => each.replaceAll(/\p{Cs}/gu, '')),
  fc.string({ unit: fc.constantFrom(...special) }),
  fc.constantFrom('', '中文', 'a b', '["Active","Idle"]'),
);
const name = fc.oneof(
  fc.stringMatching(/^Filter\.[1-9]\.Value\.[1-9]$/),
  fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,9}X$/),
);
const paramSets = fc.dictionary(name, text, { maxKeys: 8 });

describe('what is signed is found genuine', () => {
  test.each(formNames)('%s: for any parameters', (_, form) => {
    const build = requestBuilder(base, form, identity);
    fc.assert(
      fc.property(paramSets, (params) => {
        const { outcome, format } = judged(build('DescribeRouterInterfaces', params));
        expect(outcome).toEqual({ action: 'DescribeRouterInterfaces', params });
        expect(format).toBe(form.format);
      }),
    );
  });

  test.each(formNames)('%s: with a security token', (_, form) => {
    const build = requestBuilder(base, form, { ...identity, securityToken: 'CAIS+/=*' });
    const accessKeys = { testid: { secret: 'testsecret', securityToken: 'CAIS+/=*' } };
    expect(judged(build('X', {}), { accessKeys }).outcome).toEqual({ action: 'X', params: {} });
  });

  test.each(formNames)('%s: not once a byte of a value is another', (_, form) => {
    const build = requestBuilder(base, form, identity);
    const run = { RegionId: 'cn-hangzhou', 'Filter.1.Value.1': 'a b*~+', Name: '中' };
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('A', '7', '.', '%', '&', '+', '='), (at, byte) => {
        const request = build('ConnectRouterInterface', run);
        const broken = changeByte(request, at, byte);
        fc.pre(broken !== undefined);
        if (broken === undefined) return;
        const before = judged(request).outcome;
        const { outcome } = judged(broken);
        // Two ways to write the same parameters are no difference, such as a blank as a plus sign.
        expect('code' in outcome || JSON.stringify(outcome) === JSON.stringify(before)).toBe(true);
        if (!('code' in outcome)) expect(decoded(broken)).toEqual(decoded(request));
      }),
      { numRuns: 300 },
    );
  });
});

/** The parameters as any server reads them, with the headers that are signed. */
function decoded({ path, body = '', headers }: WireRequest): unknown {
  const signed = headers.filter((_, at) => at % 2 === 1 && headers[at - 1]?.startsWith('x-acs-'));
  return [...new URL(path, base).searchParams, ...new URLSearchParams(body), ...signed].map(String);
}

/** One byte of the query, of the body or of a signed header is `byte`; undefined where it was already. */
function changeByte(request: WireRequest, at: number, byte: string): WireRequest | undefined {
  const change = (was: string, from: number): string | undefined => {
    const where = from + (at % Math.max(1, was.length - from));
    const is = was.slice(0, where) + byte + was.slice(where + 1);
    return is === was || was.length <= from ? undefined : is;
  };
  if (request.body !== undefined) {
    const body = change(request.body, 0);
    return body === undefined ? undefined : { ...request, body };
  }
  const headerAt = request.headers.findIndex((each) => each === 'x-acs-date') + 1;
  if (headerAt > 0 && at % 3 === 0) {
    const value = change(request.headers[headerAt] ?? '', 0);
    return value === undefined ? undefined : { ...request, headers: request.headers.with(headerAt, value) };
  }
  const path = change(request.path, 2);
  return path === undefined ? undefined : { ...request, path };
}

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function pair(
  serve: ServeOptions,
  options: Partial<HttpTargetOptions>,
): Promise<{ server: RunningEmulator; target: HttpTarget }> {
  const server = await startEmulator({ clock: 'manual', ...serve });
  cleanups.push(() => server.close());
  const target = await httpTarget({ url: server.url, ...identity, ...options });
  cleanups.push(() => target.close());
  return { server, target };
}

/** What does not differ from call to call. */
function stable(observation: unknown): unknown {
  return JSON.parse(JSON.stringify(observation).replaceAll(/[0-9A-F]{8}-[0-9A-F-]{27}/g, 'id'));
}

describe('over a served emulator', () => {
  test.each(formNames)('%s says the same as GET and JSON', async (_, form) => {
    const { server, target } = await pair({}, form);
    const plain = await httpTarget({ url: server.url, ...identity });
    cleanups.push(() => plain.close());
    const region = { RegionId: 'cn-hangzhou' };
    const made = await target.call('CreateVpc', region);
    const router = made.kind === 'answer' ? String(made.body?.['VRouterId']) : '';
    await target.call('CreateRouterInterface', {
      ...region,
      OppositeRegionId: 'cn-hangzhou',
      RouterType: 'VRouter',
      RouterId: router,
      Role: 'InitiatingSide',
      Spec: 'Mini.2',
      Description: `a <b> & 'c' "d" é中😀`,
      'Tags.1.Key': 'k',
      'Tags.1.Value': '',
    });
    for (const operation of ['DescribeRouterInterfaces', 'DescribeVpcs', 'DescribeRegions', 'Nothing']) {
      for (const params of [region, { RegionId: 'cn-beijing' }, { RegionId: 'nowhere' }]) {
        // XML has no type for what the documents do not agree about.
        const untyped = (value: unknown): unknown =>
          JSON.parse(
            JSON.stringify(stable(value)).replaceAll(
              /"HasReservationData":"false"/g,
              '"HasReservationData":false',
            ),
          );
        expect(untyped(await target.call(operation, params))).toEqual(
          untyped(await plain.call(operation, params)),
        );
      }
    }
  });

  test.each(['v1', 'acs3'] as const)('%s: a temporary key needs its token', async (signature) => {
    const accessKeys = { testid: { secret: 'testsecret', securityToken: 'token' } };
    const { target } = await pair({ accessKeys }, { signature, securityToken: 'token' });
    expect(await target.call('DescribeRegions', {})).toMatchObject({ status: 200 });
    const { target: without } = await pair({ accessKeys }, { signature });
    expect(await without.call('DescribeRegions', {})).toMatchObject({
      status: 400,
      body: { Code: 'MissingSecurityToken' },
    });
  });

  const region = { RegionId: 'cn-hangzhou' };
  const cases: readonly (readonly [string, Partial<RawCall>, string])[] = [
    ['as it is', {}, '200 success'],
    ['in the opposite order', { reversed: true }, '200 success'],
    ['another action', { common: { Action: 'Nothing' } }, '404 InvalidAction.NotFound'],
    ['no version', { common: { Version: null } }, '400 MissingVersion'],
    ['another key', { common: { AccessKeyId: 'other' } }, '404 InvalidAccessKeyId.NotFound'],
    ['another secret', { secret: 'x' }, '400 SignatureDoesNotMatch'],
    ['no signature', { afterwards: { Signature: null } }, '400'],
    ['a parameter changed', { afterwards: { RegionId: 'cn-beijing' } }, '400 SignatureDoesNotMatch'],
    ['a parameter added', { afterwards: { VpcName: 'x' } }, '400 SignatureDoesNotMatch'],
    ['an old time', { common: { Timestamp: '2020-01-01T00:00:00Z' } }, '400 InvalidTimeStamp.Expired'],
  ];
  test.each(
    cases.flatMap((each) => (['v1', 'acs3'] as const).map((signature) => [signature, ...each] as const)),
  )('%s, raw: %s', async (signature, what, call, expected) => {
    const { target } = await pair({}, {});
    const { observation, headers, format, root } =
      (await target.wire?.send({ operation: 'DescribeVpcs', params: region, signature, ...call })) ?? {};
    if (observation?.kind !== 'answer') throw new Error('no answer');
    const code = observation.body?.['Code'] ?? 'success';
    expect(`${observation.status} ${JSON.stringify(code)}`.replaceAll('"', '')).toContain(expected);
    expect([format, root]).toEqual(['JSON', undefined]);
    expect(headers?.['content-type']).toBe('application/json;charset=utf-8');
    expect(what).not.toBe('');
  });

  test('raw: XML with its root', async () => {
    const { target } = await pair({}, {});
    for (const signature of ['v1', 'acs3'] as const) {
      expect(
        await target.wire?.send({ operation: 'DescribeVpcs', params: region, signature, format: 'XML' }),
      ).toMatchObject({ format: 'XML', root: 'DescribeVpcsResponse', observation: { status: 200 } });
    }
  });
});
