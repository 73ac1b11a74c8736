import { describe, expect, test } from 'vitest';
import { describeThrown, failureOf } from './node-error.ts';

describe('failureOf', () => {
  test.each([
    [{ code: 'ECONNREFUSED' }, 'unreachable'],
    [{ code: 'ENOTFOUND' }, 'unreachable'],
    [{ code: 'ECONNRESET' }, 'broken'],
    [{ code: 'HPE_INVALID_CONSTANT' }, 'broken'],
    [{ name: 'RequestTimeoutError' }, 'timeout'],
    [{ name: 'SyntaxError' }, 'unreadable'],
    [{ code: 'InvalidRegionId.NotFound' }, undefined],
    [new TypeError('x'), undefined],
    [null, undefined],
  ])('%j', (thrown, failure) => {
    expect(failureOf(thrown)).toBe(failure);
  });
});

describe('describeThrown', () => {
  test('an error with its class, without what was signed', () => {
    class OddError extends Error {}
    expect(describeThrown(new OddError('bad, URL: http://h/?AccessKeyId=a&X=1&Signature=b%3D x'))).toEqual({
      class: 'OddError',
      isError: true,
      message: 'bad, URL: http://h/?AccessKeyId=***&X=1&Signature=*** x',
    });
  });

  test('a plain object, and what is no object', () => {
    expect(describeThrown({ name: 'SyntaxError', message: 'm' })).toEqual({
      class: 'Object',
      isError: false,
      message: 'm',
      failure: 'unreadable',
    });
    expect(describeThrown('text')).toEqual({ class: 'string', isError: false, message: 'text' });
    expect(describeThrown(Object.create(null) as object)).toMatchObject({ class: 'Object', isError: false });
  });
});
