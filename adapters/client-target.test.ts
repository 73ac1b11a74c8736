import { describe, expect, test } from 'vitest';
import type { CallerView } from './client.ts';
import { observationOf } from './client-target.ts';

const timeoutMs = 300;
const body = { RequestId: 'r', HostId: 'h', Code: 'Bad', Message: 'm' };
const threw = (error: object): CallerView => ({
  kind: 'threw',
  error: { class: 'E', isError: true, message: 'text', ...error },
});

describe('observationOf', () => {
  test.each<[string, CallerView, object]>([
    ['a value', { kind: 'returned', status: 200, body }, { kind: 'answer', status: 200, body }],
    [
      'a value without its status',
      { kind: 'returned', body },
      { kind: 'answer', status: 200, body, untold: ['status'] },
    ],
    [
      'a value that is no object',
      { kind: 'returned', status: 200, body: [1] },
      { kind: 'answer', status: 200, defect: 'the client returned "[1]", not an object' },
    ],
    [
      'nothing',
      { kind: 'returned', status: 200, body: undefined },
      { kind: 'answer', status: 200, defect: 'the client returned nothing, not an object' },
    ],
    [
      "an error with the server's body",
      threw({ code: 'undefined', status: 404, requestId: 'undefined', data: body }),
      { kind: 'answer', status: 404, body },
    ],
    [
      'an error with its parts',
      threw({ code: 'Bad', status: 404, requestId: 'r' }),
      {
        kind: 'answer',
        status: 404,
        body: { Code: 'Bad', Message: 'text', RequestId: 'r' },
        untold: ['HostId'],
      },
    ],
    [
      'an error with its code alone',
      threw({ code: 'Bad' }),
      {
        kind: 'answer',
        status: 0,
        body: { Code: 'Bad', Message: 'text' },
        untold: ['RequestId', 'HostId', 'status'],
      },
    ],
    ['no connection', threw({ failure: 'unreachable' }), { kind: 'unreachable', cause: 'E: text' }],
    ['a broken one', threw({ failure: 'broken', code: 'X' }), { kind: 'indeterminate', cause: 'E: text' }],
    ['its own time-out', threw({ failure: 'timeout' }), { kind: 'silence', afterMs: 300 }],
    [
      'an error over what it read',
      threw({ failure: 'unreadable' }),
      { kind: 'answer', status: 0, defect: 'the client threw "E: text"; the HTTP status is lost' },
    ],
    [
      'an error over what it read, with the status',
      threw({ failure: 'unreadable', status: 502 }),
      { kind: 'answer', status: 502, defect: 'the client threw "E: text"' },
    ],
    [
      'an error of no kind',
      threw({}),
      { kind: 'answer', status: 0, defect: 'the client threw "E: text"; the HTTP status is lost' },
    ],
    ['neither', { kind: 'hung', afterMs: 1100 }, { kind: 'silence', afterMs: 1100 }],
    ['no way to say it', { kind: 'inexpressible', reason: 'x' }, { kind: 'inexpressible', reason: 'x' }],
    ['its end', { kind: 'died', how: 'x' }, { kind: 'crashed', how: 'x' }],
    ['its end for good', { kind: 'gone', how: 'x' }, { kind: 'unreachable', cause: 'x' }],
  ])('%s', (_name, view, observation) => {
    expect(observationOf(view, timeoutMs)).toEqual(observation);
  });

  test('quotes only the beginning of a long text, and no control characters', () => {
    const { defect } = observationOf(threw({ message: `\u001b${'x'.repeat(999)}` }), timeoutMs) as {
      defect: string;
    };
    expect(defect.length).toBeLessThan(280);
    expect(defect).toContain('\\u001bx');
  });
});
