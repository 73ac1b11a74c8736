import { expect, test } from 'vitest';
import { ExactNumber, parseExactly } from './exact-json.ts';

test('whole numbers that a double cannot hold keep their digits', () => {
  const parsed = parseExactly('{"A":[12345678901234567890,-9007199254740993],"B":{"C":9007199254740993}}');
  expect(parsed).toEqual({
    A: [new ExactNumber('12345678901234567890'), new ExactNumber('-9007199254740993')],
    B: { C: new ExactNumber('9007199254740993') },
  });
  expect(JSON.stringify(parsed)).toBe(
    '{"A":[12345678901234567000,-9007199254740992],"B":{"C":9007199254740992}}',
  );
});

test('all else is as JSON.parse has it', () => {
  const text =
    '{"A":"12345678901234567890","B":9007199254740991,"C":"a\\"12345678901234567890","D":1e20,"E":0.1234567890123456789}';
  expect(parseExactly(text)).toEqual(JSON.parse(text));
  expect(parseExactly('{"A":')).toBeUndefined();
});
