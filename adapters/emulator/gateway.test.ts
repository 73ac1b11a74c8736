import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wireVectors, type WireVector } from '../testing/wire-vectors.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';
import type { GatewayRequest } from './scheme.ts';
import { canonicalRequest, parseAuthorization, stringToSignAcs3 } from './signature-acs3.ts';
import { stringToSign } from './signature-v1.ts';

type Raw = Pick<WireVector, 'method' | 'target' | 'headers'> & { readonly body: string | Buffer };

/** A request as the server takes it apart, parameters of a form body included. */
function received({ method, target, headers, body }: Raw): GatewayRequest {
  const url = new URL(`http://localhost${target}`);
  const bytes = Buffer.from(body);
  const isForm = headers['content-type']?.startsWith('application/json') !== true;
  const form = new URLSearchParams(isForm ? bytes.toString('utf8') : '');
  const query = new Map(url.searchParams);
  return { method, path: url.pathname, headers, query, params: new Map([...query, ...form]), body: bytes };
}

/** A gateway that knows the vector's key, at the time at which it was signed. */
function gatewayFor(vector: WireVector, change: Partial<GatewayOptions> = {}): Gateway {
  const { params, headers } = received(vector);
  const keyId =
    params.get('AccessKeyId') ?? parseAuthorization(headers.authorization ?? '')?.credential ?? '';
  const token = params.get('SecurityToken') ?? headers['x-acs-security-token'];
  const time = params.get('Timestamp') ?? headers['x-acs-date'];
  return new Gateway({
    accessKeys: {
      [keyId]: typeof token === 'string' ? { secret: vector.secret, securityToken: token } : vector.secret,
    },
    verifySignature: true,
    refuseUsedNonces: true,
    defaultFormat: 'JSON',
    now: () => Date.parse(String(time)),
    ...change,
  });
}

function codeOf(gateway: Gateway, raw: Raw): string {
  const { outcome } = gateway.admit(received(raw));
  return 'code' in outcome ? outcome.code : 'admitted';
}

const named = wireVectors.map((vector) => [vector.client, vector] as const);
/** Published vectors are of other products; that shows only once the signature was found right. */
const rightSignature = ['admitted', 'InvalidVersion'];

describe('every published and recorded request', () => {
  test('is there', () => {
    expect(wireVectors).toHaveLength(70);
    expect(wireVectors.filter(({ scheme }) => scheme === 'acs3').length).toBeGreaterThanOrEqual(18);
  });

  test.each(named)('%s: is found genuine', (_, vector) => {
    expect(rightSignature).toContain(codeOf(gatewayFor(vector), vector));
  });

  test.each(named)('%s: signs the string that it signed', (_, vector) => {
    const request = received(vector);
    const authorization = parseAuthorization(vector.headers['authorization'] ?? '');
    expect(
      authorization === undefined
        ? stringToSign(request.method, request.params)
        : stringToSignAcs3(canonicalRequest(request, authorization.signedHeaders)),
    ).toBe(vector.stringToSign);
  });

  test.each(named)('%s: is refused under another secret', (_, vector) => {
    const gateway = gatewayFor({ ...vector, secret: `${vector.secret}x` });
    expect(codeOf(gateway, vector)).toBe('SignatureDoesNotMatch');
  });

  test('is refused once any byte of it is changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...wireVectors),
        fc.nat(),
        fc.integer({ min: 33, max: 126 }),
        (vector, at, byte) => {
          const changed = changeByte(vector, at, String.fromCharCode(byte));
          fc.pre(changed !== undefined);
          if (changed === undefined) return;
          expect(rightSignature).not.toContain(codeOf(gatewayFor(vector), changed));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/**
 * Returns the vector with one byte of its target, body or headers changed; undefined where the bytes
 * differ but what they say does not: `%2a` for `%2A`, or the name of a scheme in other letters.
 */
function changeByte(vector: WireVector, at: number, byte: string): Raw | undefined {
  const { target, body } = vector;
  const names = Object.keys(vector.headers).filter((name) => isSigned(vector, name));
  const slots = [target, body, ...names.map((name) => vector.headers[name] ?? '')];
  let left = at % slots.reduce((sum, slot) => sum + slot.length, 0);
  const which = slots.findIndex((slot) => {
    if (left < slot.length) return true;
    left -= slot.length;
    return false;
  });
  const was = slots[which] ?? '';
  const is = was.slice(0, left) + byte + was.slice(left + 1);
  // A fragment is no part of a request target, and what precedes the query is not what is signed by v1.
  if (is === was || (which === 0 && (left === 0 || byte === '#' || byte === '\\'))) return undefined;
  const changed: Raw = {
    ...vector,
    target: which === 0 ? is : target,
    body: which === 1 ? is : body,
    headers: which > 1 ? { ...vector.headers, [names[which - 2] ?? '']: is } : vector.headers,
  };
  return sameMeaning(changed, vector) ? undefined : changed;
}

/** Version 1.0 signs no header; ACS3 those that it names, and its own. */
function isSigned({ headers, scheme }: WireVector, name: string): boolean {
  if (scheme === 'v1') return false;
  const signed = parseAuthorization(headers['authorization'] ?? '')?.signedHeaders ?? [];
  return name === 'authorization' || signed.includes(name);
}

function sameMeaning(a: Raw, b: WireVector): boolean {
  const [one, other] = [received(a), received(b)];
  if (b.scheme === 'acs3') {
    const [left, right] = [a, b].map(({ headers }) => parseAuthorization(headers['authorization'] ?? ''));
    return (
      JSON.stringify(left) === JSON.stringify(right) &&
      left !== undefined &&
      canonicalRequest(one, left.signedHeaders) === canonicalRequest(other, left.signedHeaders)
    );
  }
  return (
    one.path === other.path &&
    one.params.get('Signature') === other.params.get('Signature') &&
    stringToSign(one.method, one.params) === stringToSign(other.method, other.params)
  );
}

const byClient = (part: string): WireVector => {
  const found = wireVectors.find(({ client }) => client.includes(part));
  if (found === undefined) throw new Error(`No vector of ${part}.`);
  return found;
};

describe('ACS3', () => {
  const vector = byClient('@alicloud/vpc20160428/Connect');

  test.each([
    ['another digest of the body', { 'x-acs-content-sha256': 'e'.repeat(64) }, 'SignatureDoesNotMatch'],
    ['another host', { host: '127.0.0.1:18081' }, 'SignatureDoesNotMatch'],
    ['no credential', { authorization: 'ACS3-HMAC-SHA256 nothing' }, 'MissingAccessKeyId'],
    ['no signature', { authorization: 'ACS3-HMAC-SHA256 Credential=testid' }, 'IncompleteSignature'],
    [
      'too little signed',
      { authorization: 'ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=a' },
      'IncompleteSignature',
    ],
    [
      'another algorithm',
      { authorization: (vector.headers['authorization'] ?? '').replace('HMAC-SHA256', 'RSA-SHA256') },
      'InvalidSignatureMethod',
    ],
    ['a malformed time', { 'x-acs-date': 'yesterday' }, 'InvalidTimeStamp.Format'],
    ['an old time', { 'x-acs-date': '2023-12-31T00:00:00Z' }, 'InvalidTimeStamp.Expired'],
  ])('refuses %s', (_, headers, code) => {
    expect(codeOf(gatewayFor(vector), { ...vector, headers: { ...vector.headers, ...headers } })).toBe(code);
  });

  test('takes the action from the header and the parameters from the query', () => {
    const { outcome } = gatewayFor(vector).admit(received(vector));
    expect(outcome).toEqual({
      action: 'ConnectRouterInterface',
      params: { RegionId: 'cn-hangzhou', RouterInterfaceId: 'ri-bp1abc' },
    });
  });

  test('refuses a body that is not the signed one, and a nonce used before', () => {
    const gateway = gatewayFor(vector);
    expect(codeOf(gateway, { ...vector, body: 'a=b' })).toBe('SignatureDoesNotMatch');
    expect(codeOf(gateway, vector)).toBe('admitted');
    expect(codeOf(gateway, vector)).toBe('SignatureNonceUsed');
  });
});

describe('security tokens', () => {
  const v1 = byClient('pop-core sts');
  const acs3 = byClient('v7 acs3 sts');
  const keyId = received(v1).params.get('AccessKeyId') ?? '';
  const token = received(v1).params.get('SecurityToken') ?? '';
  const temporary = { secret: v1.secret, securityToken: token };

  test.each([
    ['v1', v1],
    ['acs3', acs3],
  ])('%s: taken with its key, refused otherwise', (_, vector) => {
    const code = (key: string | (typeof temporary & { expiresAt?: number })): string =>
      codeOf(gatewayFor(vector, { accessKeys: { [keyId]: key } }), vector);
    const sentToken = received(vector).params.get('SecurityToken') ?? vector.headers['x-acs-security-token'];
    const key = { ...temporary, securityToken: sentToken ?? '' };
    expect(code(key)).toBe('admitted');
    expect(code({ ...key, securityToken: 'other' })).toBe('InvalidSecurityToken.Malformed');
    expect(code(vector.secret)).toBe('InvalidSecurityToken.Malformed');
    expect(code({ ...key, expiresAt: 0 })).toBe('InvalidSecurityToken.Expired');
  });

  test('a temporary key without its token is refused', () => {
    const vector = byClient('pop-core/Connect');
    const gateway = gatewayFor(vector, {
      accessKeys: { testid: { secret: 'testsecret', securityToken: 'token' } },
    });
    expect(codeOf(gateway, vector)).toBe('MissingSecurityToken');
  });
});

test('whoever asks for nothing gets the default format; ACS3 asks by Accept', () => {
  const v1: WireVector = { ...byClient('pop-core/Connect'), target: '/?Action=X' };
  const acs3 = byClient('@alicloud/vpc20160428/Connect');
  const format = (raw: Raw, defaultFormat: 'JSON' | 'XML') =>
    gatewayFor(acs3, { defaultFormat }).admit(received(raw)).format;
  expect([format(v1, 'JSON'), format(v1, 'XML')]).toEqual(['JSON', 'XML']);
  expect(format({ ...v1, target: '/?Action=X&Format=xml' }, 'JSON')).toBe('XML');
  expect(format({ ...v1, target: '/?Action=X&Format=yaml' }, 'XML')).toBe('JSON');
  expect(format(acs3, 'XML')).toBe('JSON');
  for (const accept of ['application/xml', 'text/xml; q=1']) {
    expect(format({ ...acs3, headers: { ...acs3.headers, accept } }, 'JSON')).toBe('XML');
  }
});
