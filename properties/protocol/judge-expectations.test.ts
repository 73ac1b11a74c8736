import { describe, expect, test } from 'vitest';
import type { RawAnswer, RawCall } from '../../adapters/wire.ts';
import type { Observation } from '../../model/vocabulary.ts';
import type { Expectation, ProtocolCheck } from './check.ts';
import { answerText, judgeCheck, type RawExchange } from './judge-check.ts';

const call: RawCall = { operation: 'DescribeRouterInterfaces', params: { RegionId: 'cn-hangzhou' } };

function check(expect: Expectation, calls: readonly RawCall[] = [call]): ProtocolCheck {
  return { id: 'some-check', rules: ['R94'], what: 'Something is sent', calls, expect };
}

let ids = 0;
function answered(
  status: number,
  fields: Readonly<Record<string, unknown>> = {},
  more: Partial<RawAnswer> = {},
): RawAnswer {
  const error = status < 300 ? {} : { Message: 'No.', HostId: 'host' };
  const headers = { 'content-type': more.format === 'XML' ? 'text/xml' : 'application/json' };
  const body = { RequestId: `id-${++ids}`, ...error, ...fields };
  return { observation: { kind: 'answer', status, body }, format: 'JSON', headers, ...more };
}

const without = (observation: Observation): RawAnswer => ({ observation, headers: {} });
const exchanged = (...answers: readonly RawAnswer[]): RawExchange[] =>
  answers.map((answer) => ({ call, answer }));

const refused: Expectation = {
  kind: 'refusal',
  variants: [{ name: 'missing', code: 'MissingParameter', status: [400] }],
};
const either: Expectation = {
  kind: 'refusal',
  variants: [
    { name: 'missing', code: 'MissingParameter', status: [400] },
    { name: 'malformed', code: 'InvalidParameter' },
  ],
};

describe('A check is not judged', () => {
  test.each<[string, RawAnswer, RegExp]>([
    [
      'that never reached the target',
      without({ kind: 'unreachable', cause: 'refused' }),
      /not sent: refused/,
    ],
    [
      'whose answer was a passing failure',
      answered(503, { Code: 'ServiceUnavailable' }),
      /unavailable \(503/,
    ],
    ['that was throttled', answered(400, { Code: 'Throttling.User' }), /throttled/],
  ])('%s', (_what, answer, reason) => {
    const { verdict, findings } = judgeCheck(check(refused), exchanged(answer));
    expect(findings).toEqual([]);
    expect(verdict).toEqual({ kind: 'inconclusive', reason: expect.stringMatching(reason) as string });
  });

  test('that sends nothing, as it is none', () => {
    expect(() => judgeCheck(check(refused, []), [])).toThrow('the check some-check sends nothing');
  });
});

describe('A refusal', () => {
  const judged = (expected: Expectation, answer: RawAnswer) => judgeCheck(check(expected), exchanged(answer));

  test('with the documented code and status conforms, and names the way where there are several', () => {
    expect(judged(refused, answered(400, { Code: 'MissingParameter' })).verdict).toEqual({
      kind: 'conforms',
    });
    expect(judged(either, answered(404, { Code: 'InvalidParameter' })).verdict).toEqual({
      kind: 'conforms',
      variant: 'malformed: 404 InvalidParameter',
    });
  });

  test.each<[string, RawAnswer, string, string]>([
    ['another status', answered(403, { Code: 'MissingParameter' }), 'status', '403 MissingParameter'],
    ['a server error', answered(500, { Code: 'InvalidParameter' }), 'status', '500 InvalidParameter'],
    ['another code', answered(400, { Code: 'Forbidden' }), 'code', '400 Forbidden'],
    ['no code', answered(400), 'code', '400 (no code)'],
    ['a success', answered(200), 'accepted', '200 success'],
    ['silence', without({ kind: 'silence', afterMs: 40 }), 'silence', 'silence for 40 ms'],
    [
      'something that is no answer',
      without({ kind: 'answer', status: 400, defect: 'not JSON' }),
      'unreadable',
      '400, not JSON',
    ],
  ])('diverges by %s', (_what, answer, kind, observed) => {
    const { verdict, findings } = judged(either, answer);
    expect(verdict).toEqual({ kind: 'diverges' });
    expect(findings[0]).toMatchObject({
      rules: ['R94'],
      expected: '400 MissingParameter (missing), 4xx InvalidParameter (malformed)',
      observed,
      fingerprint: `protocol|${kind}|some-check`,
    });
  });

  test('may be another one, or none, where no source is sure', () => {
    const open: Expectation = { ...refused, openCode: true, orAccepted: 'nothing is checked' };
    expect(judged(open, answered(403, { Code: 'Forbidden' })).verdict).toEqual({
      kind: 'conforms',
      variant: 'another refusal: 403 Forbidden',
    });
    expect(judged(open, answered(200)).verdict).toEqual({ kind: 'conforms', variant: 'nothing is checked' });
    const { findings } = judged(open, answered(500, { Code: 'InternalError' }));
    expect(findings[0]?.expected).toBe(
      '400 MissingParameter (missing), or another refusal, or a success (nothing is checked)',
    );
  });

  test('of what only prepares it breaks what comes before, not the rule of the check', () => {
    const { findings } = judgeCheck(
      check(refused),
      exchanged(answered(400, { Code: 'Forbidden' }), answered(400, { Code: 'MissingParameter' })),
    );
    expect(findings[0]).toMatchObject({
      rules: ['P6'],
      at: 0,
      expected: 'success',
      observed: '400 Forbidden',
    });
  });
});

describe('What must be the same twice', () => {
  const twice = (one: RawAnswer, other: RawAnswer) =>
    judgeCheck(check({ kind: 'same' }), exchanged(one, other));

  test('conforms where both answers say it, and where both are missing alike', () => {
    expect(twice(answered(200, { Name: 'x' }), answered(200, { Name: 'x' })).findings).toEqual([]);
    const silent = without({ kind: 'silence', afterMs: 40 });
    expect(twice(silent, silent).findings).toEqual([]);
  });

  test.each<[string, RawAnswer, RawAnswer, string]>([
    ['what they say', answered(200, { Name: 'x' }), answered(200, { Name: 'y' }), 'Name: x and y'],
    ['how they end', answered(200), answered(400, { Code: 'Forbidden' }), '200 success and 400 Forbidden'],
  ])('diverges by %s', (_what, one, other, observed) => {
    expect(twice(one, other).findings).toEqual([
      expect.objectContaining({ observed, fingerprint: 'protocol|differs|some-check' }),
    ]);
  });
});

describe('What was set', () => {
  const set: RawCall = { operation: 'ModifyRouterInterfaceAttribute', params: { Name: 'new' } };
  const stored = (fields: Readonly<Record<string, unknown>>) =>
    judgeCheck(check({ kind: 'stored' }), [
      { call: set, answer: answered(200) },
      { call, answer: answered(200, fields) },
    ]);

  test('is seen in the next description, or the check diverges with what was seen instead', () => {
    expect(stored({ Name: 'new' }).verdict).toEqual({ kind: 'conforms' });
    expect(stored({ Name: 'old' }).findings[0]).toMatchObject({
      expected: 'Name "new" in the next description',
      observed: 'Name "old"',
    });
    expect(stored({}).findings[0]?.observed).toBe('Name missing');
  });
});

describe('The format of an answer', () => {
  const inXml = (root: string, status = 200): RawAnswer =>
    answered(status, status < 300 ? {} : { Code: 'MissingParameter' }, { format: 'XML', root });
  const xml: RawCall = { ...call, format: 'XML' };
  const judged = (expected: Expectation, asked: RawCall, answer: RawAnswer) =>
    judgeCheck(check(expected), [{ call: asked, answer }]);

  test('is the one that was asked for', () => {
    expect(judged({ kind: 'success' }, xml, inXml('DescribeRouterInterfacesResponse')).findings).toEqual([]);
    expect(judged({ kind: 'success' }, call, inXml('DescribeRouterInterfacesResponse')).findings).toEqual([
      expect.objectContaining({ rules: ['P6'], observed: 'an answer in XML' }),
    ]);
  });

  test('is open where none was asked for, or nothing says what signs the call', () => {
    const unasked: RawCall = { ...call, common: { Format: null } };
    const anonymous: RawCall = { ...call, signature: 'acs3', afterwards: { Signature: null } };
    for (const asked of [unasked, anonymous])
      expect(judged({ kind: 'success' }, asked, inXml('AnyResponse')).findings).toEqual([]);
    expect(judged({ kind: 'either format' }, unasked, inXml('AnyResponse')).verdict).toEqual({
      kind: 'conforms',
      variant: 'XML is the default',
    });
    const unknown: RawAnswer = { observation: answered(200).observation, headers: {} };
    expect(judged({ kind: 'either format' }, unasked, unknown).verdict).toEqual({
      kind: 'conforms',
      variant: 'neither is the default',
    });
  });

  test('names the outermost element of XML by what it holds', () => {
    expect(judged({ kind: 'success' }, xml, inXml('Result')).findings[0]).toMatchObject({
      expected: '<DescribeRouterInterfacesResponse>',
      observed: '<Result>',
    });
    expect(judged(refused, xml, inXml('Error', 400)).findings).toEqual([]);
    expect(judged(refused, xml, inXml('Result', 400)).findings[0]).toMatchObject({
      expected: '<Error>',
      observed: '<Result>',
    });
  });
});

describe('What stands for an answer in a sentence', () => {
  test.each<[Observation, string]>([
    [{ kind: 'indeterminate', cause: 'the connection broke' }, 'the connection broke'],
    [{ kind: 'unreachable', cause: 'nobody listens' }, 'nobody listens'],
    [{ kind: 'inexpressible', reason: 'the client cannot say it' }, 'the client cannot say it'],
    [{ kind: 'crashed', how: 'the client broke down' }, 'the client broke down'],
    [{ kind: 'answer', status: 502 }, '502, no body'],
  ])('for %j', (observation, text) => {
    expect(answerText(without(observation))).toBe(text);
  });
});

describe('An answer in a format other than asked for', () => {
  const inXml: RawCall = { ...call, format: 'XML' };
  const same = check({ kind: 'same' }, [call, inXml]);
  const asked = (last: RawAnswer): RawExchange[] => [
    { call, answer: answered(200) },
    { call: inXml, answer: last },
  ];

  test('diverges, but where no document tells how to ask for one', () => {
    expect(judgeCheck(same, asked(answered(200))).verdict.kind).toBe('diverges');
    const open = { ...same, orOtherFormat: 'never read' };
    expect(judgeCheck(open, asked(answered(200)))).toEqual({
      verdict: { kind: 'conforms', variant: 'never read' },
      findings: [],
    });
    expect(judgeCheck(open, asked(answered(200, {}, { format: 'XML', root: 'XResponse' }))).verdict).toEqual({
      kind: 'conforms',
    });
  });

  test('that says that XML is not offered is one divergence, whatever was asked', () => {
    const none = answered(400, { Code: 'InvalidParameter.Format' });
    const stored: ProtocolCheck = { ...same, expect: { kind: 'stored' } };
    for (const each of [same, stored]) {
      const { findings } = judgeCheck(each, asked(none));
      expect(findings).toMatchObject([
        { at: 1, observed: '400 InvalidParameter.Format: XML is not offered' },
      ]);
      expect(findings.map(({ fingerprint }) => fingerprint)).toEqual(['protocol|shape|format XML refused']);
    }
  });
});
