import { describe, expect, test } from 'vitest';
import type { CallerError } from '../../adapters/client.ts';
import { wireAnswer } from '../../adapters/faults/catalogue.ts';
import type { Attempt } from '../../adapters/faults/fault-proxy.ts';
import { viewFacts } from './view-facts.ts';

const wire = { RequestId: 'R-1234', Code: 'Forbidden.X', Message: 'No, thanks.' };
const refusal = wireAnswer(403, JSON.stringify(wire));
const error: CallerError = { class: 'E', isError: true, message: '' };

function attempts(answered = refusal): Attempt[] {
  return [{ method: 'GET', path: '/', headers: {}, body: Buffer.alloc(0), answered }];
}
function threw(told: Partial<CallerError>, on = attempts()) {
  return viewFacts({ kind: 'threw', error: { ...error, ...told } }, on);
}

describe('an error', () => {
  test('that tells all, as it was on the wire', () => {
    const message = 'Forbidden.X: code: 403, No, thanks. request id: R-1234';
    const told = { message, code: 'Forbidden.X', status: 403, requestId: 'R-1234', data: wire };
    expect(threw(told)).toEqual({
      outcome: 'threw',
      class: 'E',
      isError: true,
      code: 'as on the wire',
      status: 'as on the wire',
      requestId: 'as on the wire',
      message: '<code>: code: <status>, <message> request id: <request id>',
      data: 'as on the wire',
    });
  });

  test('that tells something else', () => {
    const told = { code: 'Forbidden.XError', status: 200, requestId: 'undefined', data: { Code: 'x' } };
    expect(threw(told)).toMatchObject({
      code: 'Forbidden.XError',
      status: 200,
      requestId: 'differs from the wire',
      data: ['Code: string -> another value', 'Message: dropped', 'RequestId: dropped'],
    });
  });

  test('that tells nothing', () => {
    const nothing = { code: 'absent', status: 'absent', requestId: 'absent', data: 'absent' };
    expect(threw({})).toMatchObject(nothing);
    expect(threw({}, [])).toMatchObject(nothing);
  });

  test('whose message gives parts of the signed request away', () => {
    const message = 'failed: http://127.0.0.1:1/?AccessKeyId=***&Signature=***&A=1';
    expect(threw({ message })).toMatchObject({
      message: 'failed: <url>',
      leaks: ['AccessKeyId', 'Signature'],
    });
    expect(threw({ message: 'failed' })).not.toHaveProperty('leaks');
  });

  test('of a time-out is without its text, which chance decides', () => {
    const facts = threw({ failure: 'timeout', message: 'ReadTimeout(1000)' });
    expect(facts).toMatchObject({ failure: 'timeout' });
    expect(facts).not.toHaveProperty('message');
  });

  test('made of something that is no JSON', () => {
    const xml = attempts(wireAnswer(400, '<Error><RequestId>R-1234</RequestId></Error>', 'text/xml'));
    expect(threw({ requestId: 'R-1234', data: {} }, xml)).toMatchObject({
      requestId: 'as on the wire',
      data: 'made of something that is no JSON',
    });
  });
});

test.each([
  [{ kind: 'hung', afterMs: 2500 } as const, { outcome: 'hung' }],
  [
    { kind: 'died', how: 'exit code 1 in /home/me/driver.py' } as const,
    { outcome: 'died', how: 'exit code 1 in <path>' },
  ],
  [{ kind: 'gone', how: 'too often' } as const, { outcome: 'gone', how: 'too often' }],
  [{ kind: 'inexpressible', reason: 'no field' } as const, { outcome: 'inexpressible', how: 'no field' }],
  [
    { kind: 'returned', body: wire } as const,
    { outcome: 'returned', status: 'absent', body: 'as on the wire' },
  ],
])('%j', (view, facts) => {
  expect(viewFacts(view, attempts())).toEqual(facts);
});
