import { describe, expect, test } from 'vitest';
import { answerFrom, oversizedAnswer } from './answer-body.ts';

function answer(text: string, status = 200): ReturnType<typeof answerFrom> {
  return answerFrom(status, Buffer.from(text));
}

describe('answerFrom', () => {
  test('a JSON object is the body, whatever the status', () => {
    expect(answer('{"Code":"X","n":1}', 503)).toEqual({
      kind: 'answer',
      status: 503,
      body: { Code: 'X', n: 1 },
    });
    expect(answer(' {} ')).toEqual({ kind: 'answer', status: 200, body: {} });
  });

  test('a genuine replacement character is no defect', () => {
    expect(answer('{"a":"\uFFFD"}')).toEqual({ kind: 'answer', status: 200, body: { a: '\uFFFD' } });
  });

  test.each([
    ['', 'the body is empty'],
    ['<html>', 'the body is not JSON: "<html>"'],
    ['{"a"', 'the body is not JSON: "{\\"a\\""'],
    ['\uFEFF{}', 'the body is not JSON: "\uFEFF{}"'],
    ['[1]', 'the body is an array, not a JSON object: "[1]"'],
    ['null', 'the body is null, not a JSON object: "null"'],
    ['"x"', 'the body is a string, not a JSON object: "\\"x\\""'],
  ])('%j is a defect', (text, defect) => {
    expect(answer(text)).toEqual({ kind: 'answer', status: 200, defect });
  });

  test('XML where that was asked for', () => {
    const xml = (text: string) => answerFrom(400, Buffer.from(text), 'XML');
    expect(xml('<Error><Code>X</Code></Error>')).toEqual({
      kind: 'answer',
      status: 400,
      body: { Code: 'X' },
    });
    expect(xml('{"Code":"X"}').defect).toBe('the body is not well-formed XML: "{\\"Code\\":\\"X\\"}"');
    expect(xml('<!DOCTYPE a><a/>').defect).toMatch(/^the body has a document type declaration: /);
  });

  test('nesting that could exhaust a stack is a defect, a wide body is none', () => {
    const nested = `{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`;
    expect(answer(nested).defect).toMatch(/^the body is nested more than 64 levels deep: /);
    expect(answer(nested).body).toBeUndefined();
    expect(
      answer(JSON.stringify({ a: Array.from({ length: 5000 }, () => ({ b: [] })) })).defect,
    ).toBeUndefined();
  });

  test('bytes that are not UTF-8 are a defect', () => {
    const { body, defect } = answerFrom(200, Buffer.from('{"a":"\u00e9"}', 'latin1'));
    expect(body).toBeUndefined();
    expect(defect).toMatch(/^the body is not UTF-8: /);
  });

  test('quotes at most 200 characters, none of which can disturb a terminal', () => {
    const { defect } = answer(`\u001b[31m\u009b\u202e${'x'.repeat(1000)}`);
    expect(defect).toMatch(/^the body is not JSON: "\\u001b\[31m\\u009b\\u202ex+"…$/);
    expect(defect?.length).toBeLessThan(260);
  });
});

test('oversizedAnswer quotes the beginning only', () => {
  const { status, body, defect } = oversizedAnswer(200, Buffer.alloc(5000, 'y'), 4096);
  expect({ status, body }).toEqual({ status: 200, body: undefined });
  expect(defect).toBe(`the body exceeds 4096 bytes: "${'y'.repeat(200)}"…`);
});
