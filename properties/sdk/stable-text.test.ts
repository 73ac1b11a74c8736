import { expect, test } from 'vitest';
import { stableText } from './stable-text.ts';

const cases: [text: string, stable: string][] = [
  [
    'ReadTimeout(1000). GET http://127.0.0.1:41234/?A=1&Signature=*** failed.',
    'ReadTimeout(1000). GET <url> failed.',
  ],
  ['connect ECONNREFUSED 127.0.0.1:41234', 'connect ECONNREFUSED <host>'],
  ['request id: 0FA017ED-1234-4000-8000-00000000ABCD', 'request id: <uuid>'],
  ['ri-1a2b3c4d5e and vrt-1a2b3c4d5e', '<ri id> and <vrt id>'],
  ['at 2026-01-02T03:04:05Z', 'at <time>'],
  ['in /home/someone/project/x.js:3', 'in <path>:3'],
  ['OppositeInterfaceId/OppositeRouterId must be set', 'OppositeInterfaceId/OppositeRouterId must be set'],
  [
    'Specified signature is not matched with our calculation. server string to sign is:GET&%2F&A%3D1',
    'Specified signature is not matched with our calculation. server string to sign is:<string to sign>',
  ],
  [
    'does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\nab] server CanonicalRequest is [x]',
    'does not match our calculation. server StringToSign is <string to sign>',
  ],
  ['Unexpected token \';\', ..."questId";"08"... is not valid JSON', '<text> is not valid JSON'],
  ["Expected ':' after property name in JSON at position 57", '<text> is not valid JSON'],
  ['got: Unterminated string in JSON at position 57 (line 1 column 58)', 'got: <text> is not valid JSON'],
  ['Unexpected non-whitespace character after JSON at position 4', '<text> is not valid JSON'],
  ['SyntaxError: Unexpected end of JSON input', 'SyntaxError: <text> is not valid JSON'],
  ['a\u001b[2Jb\ufeff', 'a\\u{1b}[2Jb\\u{feff}'],
  ['x'.repeat(500), `${'x'.repeat(400)}…`],
];

test.each(cases)('%s', (text, stable) => {
  expect(stableText(text)).toBe(stable);
  expect(stableText(stable)).toBe(stable);
});
