import { expect, test } from 'vitest';
import { wireVectors } from '../testing/wire-vectors.ts';
import { acs3Authorization, acs3Signature, acs3StringToSign, bodyDigest } from './acs3-signature.ts';
import { canonicalQuery } from './rpc-signature.ts';

const vectors = wireVectors.filter(({ scheme }) => scheme === 'acs3');

test.each(vectors.map((vector) => [vector.client, vector] as const))('%s', (_, vector) => {
  const { authorization = '', ...headers } = vector.headers;
  const url = new URL(`http://localhost${vector.target}`);
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const signed = Object.fromEntries(names.split(';').map((name) => [name, headers[name] ?? '']));
  const request = {
    method: vector.method,
    path: url.pathname,
    query: canonicalQuery(Object.fromEntries(url.searchParams)),
    headers: signed,
    body: vector.body,
  };
  expect(bodyDigest(vector.body)).toBe(headers['x-acs-content-sha256']);
  expect(acs3StringToSign(request)).toBe(vector.stringToSign);
  const [, keyId = ''] = /Credential=([^,]+)/.exec(authorization) ?? [];
  expect(acs3Authorization(keyId, signed, acs3Signature(request, vector.secret))).toBe(authorization);
});
