import { expect, test } from 'vitest';
import type { Observation } from '../../model/vocabulary.ts';
import { KeptExchanges } from './kept-exchanges.ts';

const base = new URL('http://127.0.0.1:8787/api');
const observation = (): Observation => ({ kind: 'answer', status: 400, body: {} });

test('tells what went over the wire, without keys, signatures and secrets', () => {
  const kept = new KeptExchanges(base, ['topsecretkey', undefined]);
  const request = {
    method: 'GET',
    path: '/api?AccessKeyId=LTAI0123&Action=X&Signature=abc%3D&Name=topsecretkey&SecurityToken=tok',
    headers: ['user-agent', 'ri-conformance', 'authorization', 'ACS3 Credential=LTAI0123'],
  } as const;
  const body = Buffer.from('{"Code":"No","Message":"AccessKeyId=LTAI0123&Signature=abc"}');
  const headers = ['Content-Type', 'application/json', 'Set-Cookie', 'session=1'].map((each) =>
    Buffer.from(each),
  );
  const exchange = { kind: 'response', status: 400, headers, body } as const;
  kept.carried({ ...request, headers: [...request.headers] }, exchange);
  const seen = kept.observed(exchange, observation());
  const told = kept.of(seen);
  expect(told).toEqual({
    request: {
      method: 'GET',
      url: 'http://127.0.0.1:8787/api?AccessKeyId=[removed]&Action=X&Signature=[removed]&Name=[removed]&SecurityToken=[removed]',
      headers: { 'user-agent': 'ri-conformance', authorization: '[removed]' },
    },
    response: {
      status: 400,
      headers: { 'content-type': 'application/json', 'set-cookie': '[removed]' },
      body: '{"Code":"No","Message":"AccessKeyId=[removed]&Signature=[removed]"}',
    },
  });
});

test('has a request without a response where none came, and nothing for what it has not seen', () => {
  const kept = new KeptExchanges(base, []);
  const silence = { kind: 'silence' } as const;
  kept.carried({ method: 'POST', path: '/api', headers: [], body: 'Signature=a&A=1&AccessKeyId=b' }, silence);
  const seen = kept.observed(silence, { kind: 'silence', afterMs: 5 });
  expect(kept.of(seen)).toEqual({
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:8787/api',
      headers: {},
      body: 'Signature=[removed]&A=1&AccessKeyId=[removed]',
    },
  });
  expect(kept.of(observation())).toBeUndefined();
});
