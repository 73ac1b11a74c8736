import { describe, expect, test } from 'vitest';
import { harExchanges } from './har-exchanges.ts';

const signed =
  'AccessKeyId=LTAI&Signature=s%3D&SignatureNonce=n&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&Timestamp=2024-01-01T00%3A00%3A00Z&SecurityToken=t&Format=JSON';
const body = '{"RequestId":"r","RouterInterfaceId":"ri-1"}';
const entry = (request: object, response: object = {}, more: object = {}): object => ({
  startedDateTime: '2024-01-01T08:00:00.500+08:00',
  time: 20,
  request: { method: 'GET', url: 'http://vpc.example.test/', headers: [], ...request },
  response: { status: 200, content: { text: body }, ...response },
  ...more,
});
const har = (...entries: readonly unknown[]): string => JSON.stringify({ log: { version: '1.2', entries } });
const read = (...entries: readonly unknown[]): ReturnType<typeof harExchanges> =>
  harExchanges(har(...entries), 'it.har');
const v1 = `http://vpc.example.test/?Action=CreateRouterInterface&Version=2016-04-28&RegionId=cn-a&Name=a%20b%2B&${signed}`;
const expected = {
  kind: 'call',
  operation: 'CreateRouterInterface',
  params: { RegionId: 'cn-a', Name: 'a b+' },
  observation: { kind: 'answer', status: 200, body: { RequestId: 'r', RouterInterfaceId: 'ri-1' } },
  start: 1704067200500,
  end: 1704067200520,
};

describe('An HTTP archive', () => {
  const form = `Action=CreateRouterInterface&Version=2016-04-28&RegionId=cn-a&Name=a%20b%2B&${signed}`;
  const mimeType = 'application/x-www-form-urlencoded; charset=utf-8';
  const post = { method: 'POST', url: 'http://vpc.example.test/' };
  const acs3 = [
    { name: 'X-Acs-Action', value: 'CreateRouterInterface' },
    { name: 'x-acs-version', value: '2016-04-28' },
    { name: 'Authorization', value: 'ACS3-HMAC-SHA256 Credential=LTAI' },
  ];
  test.each<[string, object]>([
    ['a signed GET', entry({ url: v1 })],
    ['a form as text', entry({ ...post, postData: { mimeType, text: form } })],
    [
      'a form as text whose list is not decoded',
      entry({
        ...post,
        postData: { mimeType, text: form, params: [{ name: 'Name', value: 'a%20b%2B' }] },
      }),
    ],
    [
      'a form as a list',
      entry({
        ...post,
        postData: {
          mimeType,
          params: [...new URLSearchParams(form)].map(([name, value]) => ({ name, value })),
        },
      }),
    ],
    ['ACS3', entry({ ...post, url: 'http://vpc.example.test/?RegionId=cn-a&Name=a+b%2B', headers: acs3 })],
    [
      'a body in base64',
      entry({ url: v1 }, { content: { text: Buffer.from(body).toString('base64'), encoding: 'base64' } }),
    ],
  ])('gives the call in %s, without what signed it', (_what, one) => {
    expect(read(one)).toEqual({ exchanges: [expected], skipped: new Map(), extras: {} });
  });

  test('may begin with a mark and has no order of its own', () => {
    const later = entry({ url: v1 }, {}, { startedDateTime: '2024-01-01T00:00:09Z', time: -1 });
    const { exchanges } = harExchanges(`\uFEFF${har(later, entry({ url: v1 }))}`, 'it.har');
    expect(exchanges.map(({ start, end }) => end - start)).toEqual([20, 0]);
  });

  test('tells answers that are not there, not JSON, or XML', () => {
    const { exchanges } = read(
      entry({ url: v1 }, { status: 0, content: {} }),
      entry({ url: v1 }, { status: 502, content: { text: 'Bad gateway' } }),
      entry({ url: v1 }, { content: { text: '<R><RequestId>r</RequestId></R>' } }),
    );
    expect(exchanges.map((each) => each.kind === 'call' && each.observation)).toMatchObject([
      { kind: 'indeterminate', cause: 'the archive holds no answer' },
      { kind: 'answer', status: 502, defect: expect.stringContaining('not JSON') as string },
      { kind: 'answer', status: 200, body: { RequestId: 'r' } },
    ]);
  });

  test('counts by name what is not of this API', () => {
    const { exchanges, skipped } = harExchanges(
      har(
        entry({ url: 'http://cdn.example.test/a.js' }),
        entry({ method: 'OPTIONS', url: v1 }),
        entry({ url: 'http://ecs.example.test/?Action=DescribeInstances&Version=2014-05-26' }),
        entry({ url: v1.replace('vpc.', 'other.') }),
      ),
      'it.har',
    );
    expect(exchanges).toHaveLength(1);
    expect([...skipped]).toEqual([
      ['no action, sent to cdn.example.test', 1],
      ['OPTIONS requests', 1],
      ['DescribeInstances of version 2014-05-26', 1],
    ]);
    expect([...harExchanges(har(entry({ url: v1 })), 'it.har', 'else.test').skipped]).toEqual([
      ['sent to vpc.example.test', 1],
    ]);
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', '{"log":', /it\.har is not JSON .*cut off/],
    ['something else', '{"entries":[]}', /it\.har is not an HTTP archive: it has no log\.entries/],
    ['an entry without a request', har({ startedDateTime: 'x' }), /log\.entries\[0\]\.request/],
    [
      'an impossible time',
      har(entry({}, {}, { startedDateTime: 'soon' })),
      /entries\[0\]\.startedDateTime: "soon"/,
    ],
    [
      'an impossible URL',
      har(entry({ url: '/relative' })),
      /entries\[0\]\.request\.url: "\/relative" is no URL/,
    ],
  ])('with %s is refused', (_what, text, message) => {
    expect(() => harExchanges(text, 'it.har')).toThrow(message);
  });
});
