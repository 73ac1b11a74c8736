import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { wireVectors } from '../testing/wire-vectors.ts';
import { canonicalQuery, rpcSignature, rpcSigner, stringToSign } from './rpc-signature.ts';
import { checkSignature } from './testing/independent-signature.ts';

const identity = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };

describe('vectors', () => {
  const vectors = wireVectors.filter(({ scheme }) => scheme === 'v1');

  test.each(vectors.map((vector) => [vector.client, vector] as const))('%s', (_, vector) => {
    const { params, sent, computed } = checkSignature(
      vector.method,
      vector.target,
      vector.body,
      vector.secret,
    );
    expect(computed).toBe(sent);
    expect(stringToSign(vector.method, canonicalQuery(params))).toBe(vector.stringToSign);
    expect(rpcSignature(vector.method, params, vector.secret)).toBe(sent);
  });
});

describe('rpcSignature', () => {
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', "*~+ !'()", '中文', 'a%20b'));
  const paramSets = fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9.]{0,20}$/), value, { minKeys: 1 });
  const methods = fc.constantFrom('GET' as const, 'POST' as const);

  test('agrees with an independent computation', () => {
    fc.assert(
      fc.property(paramSets, methods, (params, method) => {
        fc.pre(!('Signature' in params));
        const target = `/?${canonicalQuery(params)}`;
        expect(rpcSignature(method, params, 's')).toBe(checkSignature(method, target, '', 's').computed);
      }),
    );
  });

  test('changes with any one character of any parameter, with the method and with the secret', () => {
    const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(
        paramSets,
        methods,
        fc.nat(),
        fc.nat(),
        character,
        (params, method, which, where, other) => {
          const names = Object.keys(params);
          const name = names[which % names.length] ?? '';
          const characters = Array.from(params[name] ?? '');
          const at = where % (characters.length + 1);
          fc.pre(characters[at] !== other);
          const changed = {
            ...params,
            [name]: characters.toSpliced(at, 1, other).join(''),
          };
          const before = rpcSignature(method, params, 'secret');
          expect(rpcSignature(method, changed, 'secret')).not.toBe(before);
          expect(rpcSignature(method === 'GET' ? 'POST' : 'GET', params, 'secret')).not.toBe(before);
          expect(rpcSignature(method, params, 'secreT')).not.toBe(before);
        },
      ),
    );
  });
});

describe('rpcSigner', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('signs the operation, the common parameters and the business parameters', () => {
    vi.useFakeTimers({ now: Date.UTC(2024, 0, 2, 3, 4, 5, 678) });
    const sign = rpcSigner('GET', '2016-04-28', identity);
    const signed = sign('DescribeRouterInterfaces', {
      'Filter.1.Value.1': "it's *",
      RegionId: 'cn-hangzhou',
    });
    const { params, sent, computed } = checkSignature('GET', `/?${signed}`, '', 'testsecret');
    expect(sent).toBe(computed);
    expect(params).toEqual({
      AccessKeyId: 'testid',
      Action: 'DescribeRouterInterfaces',
      'Filter.1.Value.1': "it's *",
      Format: 'JSON',
      RegionId: 'cn-hangzhou',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: params['SignatureNonce'],
      SignatureVersion: '1.0',
      Timestamp: '2024-01-02T03:04:05Z',
      Version: '2016-04-28',
    });
    vi.setSystemTime(Date.UTC(2024, 0, 2, 3, 4, 6));
    expect(sign('X', {})).toContain('Timestamp=2024-01-02T03%3A04%3A06Z');
  });

  test('a given parameter replaces the common one of the same name, once', () => {
    const sign = rpcSigner('POST', '2016-04-28', identity);
    const signed = sign('X', { Timestamp: '2001-01-01T00:00:00Z', AccessKeyId: '' });
    expect(signed.match(/Timestamp=/g)).toHaveLength(1);
    expect(signed).toContain('Timestamp=2001-01-01T00%3A00%3A00Z');
    expect(signed).toContain('AccessKeyId=&');
    const { sent, computed } = checkSignature('POST', '/', signed, 'testsecret');
    expect(sent).toBe(computed);
  });

  test('never repeats a nonce, within a signer or across two', () => {
    const signers = [rpcSigner('GET', 'v', identity), rpcSigner('GET', 'v', identity)];
    const nonces = signers.flatMap((sign) =>
      Array.from({ length: 1000 }, () => /SignatureNonce=([0-9a-f]{32})&/.exec(sign('X', {}))?.[1]),
    );
    expect(nonces).not.toContain(undefined);
    expect(new Set(nonces).size).toBe(2000);
  });
});
