import { describe, expect, test } from 'vitest';
import { anyStatus } from '../../model/refusals.ts';
import type { Answer } from '../../model/vocabulary.ts';
import { checkEnvelope, readAnswer } from './envelope.ts';

const answer = (status: number, body?: Readonly<Record<string, unknown>>): Answer => ({
  kind: 'answer',
  status,
  ...(body === undefined ? {} : { body }),
});
const error = { RequestId: 'r', HostId: 'h', Code: 'C', Message: 'm' };

describe('readAnswer', () => {
  test.each([undefined, 200, '200', 'OK', 'Success', 'success'])(
    'reads 2xx with Code %j as a success',
    (code) => {
      const body = { RequestId: 'r', Code: code };
      expect(readAnswer(answer(200, body))).toEqual({ kind: 'success', body });
      expect(readAnswer(answer(204, body)).kind).toBe('success');
    },
  );

  test('reads any other status as a refusal, with code and message', () => {
    expect(readAnswer(answer(404, error))).toEqual({ kind: 'refusal', status: 404, code: 'C', message: 'm' });
    expect(readAnswer(answer(500, {}))).toEqual({ kind: 'refusal', status: 500, code: '', message: '' });
    expect(readAnswer(answer(400, { Code: 7, Message: 7 }))).toEqual({
      kind: 'refusal',
      status: 400,
      code: '',
      message: '7',
    });
    expect(readAnswer(answer(302, error))).toMatchObject({ kind: 'refusal', status: 302 });
  });

  test('reads 2xx with an error code as the refusal it is, whatever its status would be', () => {
    expect(readAnswer(answer(200, error))).toEqual({
      kind: 'refusal',
      status: anyStatus,
      code: 'C',
      message: 'm',
    });
  });

  test.each([
    [400, 'Throttling'],
    [400, 'Throttling.User'],
    [503, 'Throttling.Api'],
    [429, 'TooManyRequests'],
    [503, ''],
  ])('reads %i %s as no statement about the call', (status, code) => {
    expect(readAnswer(answer(status, { ...error, Code: code })).kind).toBe('unavailable');
  });

  test('cannot read an answer without JSON', () => {
    expect(readAnswer(answer(200))).toEqual({ kind: 'unreadable' });
  });
});

describe('checkEnvelope', () => {
  const fields = (given: Answer, seen = new Set<string>()): unknown =>
    checkEnvelope(given, seen).map(({ field, rules }) => [field, ...rules]);

  test('has nothing against a success with a RequestId, nor against a complete error', () => {
    expect(fields(answer(200, { RequestId: 'r' }))).toEqual([]);
    expect(fields(answer(404, error))).toEqual([]);
    expect(fields(answer(500, error))).toEqual([]);
  });

  test.each([undefined, '', 7, null])('wants a RequestId that is text, not %j', (id) => {
    expect(fields(answer(200, { RequestId: id }))).toEqual([['RequestId', 'R8']]);
  });

  test('wants every RequestId once (P3)', () => {
    const seen = new Set<string>();
    expect(fields(answer(200, { RequestId: 'r' }), seen)).toEqual([]);
    expect(fields(answer(404, error), seen)).toEqual([['RequestId', 'P3']]);
    expect(fields(answer(200, { RequestId: 's' }), seen)).toEqual([]);
  });

  test.each(['Code', 'Message', 'HostId'])('wants %s in an error, as text', (field) => {
    expect(fields(answer(400, { ...error, [field]: undefined }))).toEqual([[field, 'R8']]);
    expect(fields(answer(400, { ...error, [field]: '' }))).toEqual([[field, 'R8']]);
    expect(fields(answer(400, { ...error, [field]: 7 }))).toEqual([[field, 'R8']]);
  });

  test('wants no error code in a success', () => {
    expect(fields(answer(200, error))).toEqual([['HTTP status', 'R8']]);
  });

  test('wants no Success: false with it, unless it says that it found nothing (A25)', () => {
    for (const Success of [false, 'false']) {
      const failed = answer(200, { RequestId: 'r', Success, RouterInterfaceId: '' });
      expect(fields(failed)).toEqual([['Success', 'R8']]);
      expect(checkEnvelope(failed, new Set(), true)).toEqual([]);
      const found = answer(200, { RequestId: 'r', Success, RouterInterfaceId: 'ri-a' });
      expect(checkEnvelope(found, new Set(), true)).toHaveLength(1);
    }
    expect(fields(answer(200, { RequestId: 'r', Success: true }))).toEqual([]);
  });

  test('wants an error to have the status of one', () => {
    expect(fields(answer(302, error))).toEqual([['HTTP status', 'R8']]);
  });

  test('wants JSON, and says what came instead', () => {
    const [found] = checkEnvelope({ kind: 'answer', status: 200, defect: 'not JSON: <html>' }, new Set());
    expect(found).toMatchObject({ field: 'body', rules: ['R8'], observed: 'not JSON: <html>' });
    expect(checkEnvelope(answer(200), new Set())[0]?.observed).toBe('no body');
  });
});

test('what a client does not hand out is not missed', () => {
  const bare: Answer = { kind: 'answer', status: 0, body: { Code: 'C', Message: 'm' } };
  const fields = (each: Answer): string[] => checkEnvelope(each, new Set()).map(({ field }) => field);
  expect(fields(bare)).toEqual(['RequestId', 'HTTP status', 'HostId']);
  expect(fields({ ...bare, untold: ['RequestId', 'status'] })).toEqual(['HostId']);
  expect(fields({ ...bare, untold: ['RequestId', 'HostId', 'status'] })).toEqual([]);
  expect(readAnswer(bare)).toMatchObject({ kind: 'refusal', status: anyStatus, code: 'C' });
});
