import { errors } from 'undici';
import { describe, expect, test } from 'vitest';
import { errorCode, explainBroken, explainUnreachable } from './explain-failure.ts';

function coded(code: string, message = 'raw'): Error {
  return Object.assign(new Error(message), { code });
}

describe('explainUnreachable', () => {
  test.each([
    ['ECONNREFUSED', /nothing listens there \(ECONNREFUSED\); start the target/],
    ['ENOTFOUND', /host name does not exist \(ENOTFOUND\)/],
    ['EAI_AGAIN', /could not be looked up/],
    ['UND_ERR_CONNECT_TIMEOUT', /no connection came about in time/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /self-signed .*NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', /certificate has expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak TLS .*http:\/\/ instead of https:\/\//],
    ['EPROTO', /does not speak TLS/],
    ['ESTRANGE', /cannot be reached: raw \(ESTRANGE\)$/],
  ])('%s', (code, expected) => {
    const sentence = explainUnreachable(coded(code), 'http://h:1');
    expect(sentence).toMatch(expected);
    expect(sentence).toMatch(/^http:\/\/h:1 cannot be reached: /);
  });

  test('looks into attempts on several addresses, and into causes', () => {
    expect(errorCode(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]))).toBe('ECONNREFUSED');
    expect(errorCode(new Error('fetch failed', { cause: coded('ENOTFOUND') }))).toBe('ENOTFOUND');
    expect(errorCode(new Error('plain'))).toBeUndefined();
    expect(errorCode('text')).toBeUndefined();
  });

  test('keeps the message when there is no code', () => {
    expect(explainUnreachable(new Error('odd'), 'http://h')).toBe('http://h cannot be reached: odd');
    expect(explainUnreachable('odd', 'http://h')).toBe('http://h cannot be reached: odd');
  });
});

describe('explainBroken', () => {
  test('tells how far the answer had come', () => {
    expect(explainBroken(coded('ECONNRESET', 'read ECONNRESET'), 0)).toBe(
      'the connection broke before an answer came (read ECONNRESET, ECONNRESET)',
    );
    expect(explainBroken(coded('UND_ERR_SOCKET', 'other side closed'), 200)).toMatch(
      /in the middle of the answer \(HTTP 200\)/,
    );
    // As the client of HTTP tells of an interim answer that nobody asked for.
    expect(explainBroken(new errors.SocketError('bad response'), 0)).toMatch(/"100 Continue", .* Expect/);
    expect(explainBroken(new Error('the run was stopped'), 0)).toMatch(/\(the run was stopped\)$/);
  });
});
