import { describe, expect, test } from 'vitest';
import { percentEncode, sameSignature, signatureOf, stringToSign } from './signature-v1.ts';

function signed(method: string, query: string): string {
  return signatureOf('testsecret', stringToSign(method, new Map(new URLSearchParams(query))));
}

describe('signature version 1.0', () => {
  test('depends on the method, every name and every value', () => {
    const right = signed('GET', 'a=1&b=2');
    for (const [method, query] of [
      ['POST', 'a=1&b=2'],
      ['GET', 'a=1&b=3'],
      ['GET', 'a=1&c=2'],
      ['GET', 'a=1'],
    ] as const) {
      expect(signed(method, query)).not.toBe(right);
    }
    expect(signed('GET', 'b=2&a=1')).toBe(right);
  });

  test.each([
    [' ', '%20'],
    ['*', '%2A'],
    ['~', '~'],
    ["!'()", '%21%27%28%29'],
    ['+%2B', '%2B%252B'],
    ['中文', '%E4%B8%AD%E6%96%87'],
    ['😀', '%F0%9F%98%80'],
    ['a-b_c.d~e', 'a-b_c.d~e'],
  ])('encodes %j as %s', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });

  test('compares signatures of different length without throwing', () => {
    expect(sameSignature('abc', 'abcd')).toBe(false);
    expect(sameSignature('abc', 'abc')).toBe(true);
  });
});
