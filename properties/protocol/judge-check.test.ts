import { describe, expect, test } from 'vitest';
import type { RawAnswer } from '../../adapters/wire.ts';
import type { ProtocolCheck } from './check.ts';
import { type JudgedCheck, judgeCheck } from './judge-check.ts';
import { list } from './request-parts.ts';

const RequestId = '0A0B0C0D-0000-4000-8000-000000000001';
const answer = (headers: RawAnswer['headers'], more: Partial<RawAnswer> = {}): RawAnswer => ({
  observation: { kind: 'answer', status: 200, body: { RequestId } },
  format: 'JSON',
  headers,
  ...more,
});
const refusal: RawAnswer = answer(
  { 'content-type': 'application/json' },
  {
    observation: {
      kind: 'answer',
      status: 400,
      body: { RequestId: '1A', HostId: 'h', Code: 'MissingRegionId', Message: 'RegionId is mandatory.' },
    },
  },
);
const json = { 'content-type': 'application/json;charset=utf-8' };

const check: ProtocolCheck = {
  id: 'any',
  rules: ['P6'],
  what: 'Anything',
  calls: [list, { ...list, reversed: true }],
  expect: { kind: 'same' },
};
const judged = (one: RawAnswer, format: 'JSON' | 'XML' = 'JSON'): JudgedCheck =>
  judgeCheck({ ...check, calls: [list], expect: { kind: 'success' } }, [
    { call: { ...list, format }, answer: one },
  ]);

describe('The headers of an answer', () => {
  test.each([
    ['application/json;charset=utf-8', 'JSON'],
    ['Application/JSON; charset="UTF-8"', 'JSON'],
    ['application/json', 'JSON'],
    ['text/xml;charset=utf-8', 'XML'],
    ['application/xml; charset=utf-8', 'XML'],
  ] as const)('with the type %s tell %s', (type, format) => {
    const root = format === 'XML' ? { root: 'XResponse' } : {};
    expect(judged(answer({ 'content-type': type }, { format, ...root }), format).findings).toEqual([]);
  });

  test.each([
    [{ 'content-type': 'text/html;charset=utf-8' }, 'JSON', 'Content-Type text/html;charset=utf-8'],
    [{ 'content-type': 'text/xml;charset=utf-8' }, 'JSON', 'Content-Type text/xml;charset=utf-8'],
    [{ 'content-type': 'application/json' }, 'XML', 'Content-Type application/json'],
    [{ 'content-type': 'application/json;charset=gbk' }, 'JSON', 'Content-Type application/json;charset=gbk'],
    [{}, 'JSON', 'Content-Type missing'],
    [{ ...json, 'x-acs-request-id': 'another' }, 'JSON', 'x-acs-request-id another'],
  ] as const)('that are %j for %s break P8', (headers, format, observed) => {
    const root = format === 'XML' ? { root: 'XResponse' } : {};
    const { verdict, findings } = judged(answer(headers, { format, ...root }), format);
    expect(verdict.kind).toBe('diverges');
    expect(findings).toMatchObject([{ rules: ['P8'], observed, at: 0 }]);
  });

  test('say nothing wrong with the RequestId of the body, or with none', () => {
    expect(judged(answer({ ...json, 'x-acs-request-id': RequestId })).findings).toEqual([]);
    expect(judged(answer(json)).findings).toEqual([]);
  });
});

describe('Two requests that may come to the same', () => {
  const both = (first: RawAnswer, last: RawAnswer, orRefused?: string): JudgedCheck =>
    judgeCheck(
      { ...check, expect: { kind: 'same', ...(orRefused === undefined ? {} : { orRefused }) } },
      check.calls.map((call, at) => ({ call, answer: at === 0 ? first : last })),
    );

  test('are a choice of the target where the documents allow it to refuse one', () => {
    expect(both(answer(json), refusal, 'not taken')).toEqual({
      verdict: { kind: 'conforms', variant: 'not taken' },
      findings: [],
    });
    expect(both(answer(json), answer(json), 'not taken').verdict).toEqual({ kind: 'conforms' });
  });

  test('must come to the same otherwise', () => {
    expect(both(answer(json), refusal).verdict.kind).toBe('diverges');
    // Both are refused: nothing is said about the form.
    expect(both(refusal, answer(json), 'not taken').verdict.kind).toBe('diverges');
  });
});
