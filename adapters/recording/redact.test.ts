import { describe, expect, test } from 'vitest';
import { redacted, redactor } from './redact.ts';

const id = 'LTAI5tSecretId';
const secret = 'tops3cret/with+signs';
const clean = redactor([id, secret, 'abc']);

describe('Taking secrets out', () => {
  test('of named parameters and headers, whatever their values', () => {
    expect(
      clean({
        AccessKeyId: 'x',
        signature: 'y',
        SignatureNonce: 'n',
        SecurityToken: 't',
        Authorization: 'ACS3-HMAC-SHA256 …',
        RouterId: 'vrt-1',
      }),
    ).toEqual({
      AccessKeyId: redacted,
      signature: redacted,
      SignatureNonce: redacted,
      SecurityToken: redacted,
      Authorization: redacted,
      RouterId: 'vrt-1',
    });
  });

  test('of texts, however deep and however encoded', () => {
    const seen = clean({
      kind: 'answer',
      status: 400,
      body: { Message: [`who is ${id}?`, { deeper: `${secret} ${encodeURIComponent(secret)}` }], Count: 3 },
    });
    expect(seen).toEqual({
      kind: 'answer',
      status: 400,
      body: { Message: [`who is ${redacted}?`, { deeper: `${redacted} ${redacted}` }], Count: 3 },
    });
  });

  test.each([
    ['GET&%2F&AccessKeyId%3DLTAIother%26Action%3DX', `GET&%2F&AccessKeyId%3D${redacted}%26Action%3DX`],
    ['a=1&Signature=ab%2Bc%3D&b=2', `a=1&Signature=${redacted}&b=2`],
    ['x-acs-security-token:abc host:y', `x-acs-security-token:${redacted} host:y`],
    ['SignatureNonce%253Dff-00%2526T', `SignatureNonce%253D${redacted}%2526T`],
  ])('of what a gateway repeats: %s', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test('and nothing else: a secret too short to be one stays, as do numbers and absent values', () => {
    const value = { Name: 'abcabc', RouterInterfaceId: 'ri-1', n: 1, none: null, yes: true };
    expect(clean(value)).toEqual(value);
  });
});
