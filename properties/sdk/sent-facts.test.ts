import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../adapters/faults/fault-proxy.ts';
import { parametersSent, wireFacts } from './sent-facts.ts';

function attempt(path: string, body = '', headers: Attempt['headers'] = {}): Attempt {
  return { method: body === '' ? 'GET' : 'POST', path, headers, body: Buffer.from(body) };
}

describe('parameters that were sent', () => {
  const given = { RegionId: 'cn-hangzhou', Name: 'a b' };

  test('as given, in query or body, however they are escaped; those of the protocol do not count', () => {
    const common = 'Action=A&SignatureNonce=1&Timestamp=t';
    expect(parametersSent(given, attempt(`/?${common}&RegionId=cn-hangzhou&Name=a+b`))).toBe('as given');
    expect(parametersSent(given, attempt(`/?${common}`, 'RegionId=cn-hangzhou&Name=a%20b'))).toBe('as given');
    expect(parametersSent({}, attempt('/'))).toBe('as given');
  });

  test('lost, changed, made up', () => {
    expect(parametersSent(given, attempt('/?Name=a&Extra=1'))).toEqual([
      'Extra: not given -> 1',
      'Name: a b -> a',
      'RegionId: not sent',
    ]);
  });

  test('nothing at all', () => {
    expect(parametersSent(given, undefined)).toBe('nothing was sent');
  });
});

describe('how requests look', () => {
  test('everything in the query of a GET', () => {
    expect(wireFacts(attempt('/?SignatureVersion=1.0&Format=JSON'))).toEqual({
      method: 'GET',
      signature: 'version 1.0',
      parametersIn: 'query',
      format: 'JSON',
      accept: 'not sent',
      acceptEncoding: 'not sent',
      connection: 'not sent',
      contentType: 'not sent',
      bodyLength: 'not announced',
    });
  });

  test('ACS3', () => {
    const headers = {
      authorization: 'ACS3-HMAC-SHA256 Credential=x',
      accept: 'application/json',
      'accept-encoding': 'gzip',
      connection: 'keep-alive',
      'content-length': '0',
    };
    expect(wireFacts({ ...attempt('/?RegionId=x', '', headers), method: 'POST' })).toMatchObject({
      method: 'POST',
      signature: 'ACS3-HMAC-SHA256',
      format: 'not asked for',
      accept: 'application/json',
      acceptEncoding: 'gzip',
      connection: 'keep-alive',
      bodyLength: 'announced as 0',
    });
  });

  test('a form body, alone or with a query', () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'transfer-encoding': 'chunked',
    };
    expect(wireFacts(attempt('/', 'SignatureVersion=1.0&Format=XML', headers))).toMatchObject({
      parametersIn: 'form body',
      signature: 'version 1.0',
      format: 'XML',
      contentType: 'application/x-www-form-urlencoded',
      bodyLength: 'announced',
    });
    expect(wireFacts(attempt('/?A=1', 'B=2', { 'content-length': '3' }))).toMatchObject({
      parametersIn: 'query and form body',
      signature: 'version unknown',
      bodyLength: 'announced',
    });
  });
});
