import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentEncode } from './percent-encode.ts';

describe('percentEncode', () => {
  test.each([
    ['', ''],
    [' ', '%20'],
    ['*', '%2A'],
    ['~', '~'],
    ['+', '%2B'],
    ['%', '%25'],
    ['/', '%2F'],
    ["!'()", '%21%27%28%29'],
    ['&=:,"[]', '%26%3D%3A%2C%22%5B%5D'],
    ['中文', '%E4%B8%AD%E6%96%87'],
    ['ünï', '%C3%BCn%C3%AF'],
    ['😀', '%F0%9F%98%80'],
    ['\n\u0000', '%0A%00'],
    ['a-b_c.d~e', 'a-b_c.d~e'],
    ['%20', '%2520'],
    ['+%2B', '%2B%252B'],
  ])('%j becomes %s', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });

  test('a lone surrogate is sent as the replacement character', () => {
    expect(percentEncode('a\uD800*')).toBe('a%EF%BF%BD%2A');
  });

  test('decoding gives back what was encoded, in a URI and in a form', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(..."*~+ !'()%&=;/?#é".split('')) }),
    );
    fc.assert(
      fc.property(text, (value) => {
        const encoded = percentEncode(value);
        expect(encoded).toMatch(/^([A-Za-z0-9\-_.~]|%[0-9A-F]{2})*$/);
        expect(decodeURIComponent(encoded)).toBe(value);
        expect(new URLSearchParams(`v=${encoded}`).get('v')).toBe(value);
      }),
    );
  });
});
