import { expect, test } from 'vitest';
import { credentialsFor } from './credentials.ts';

const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'env-id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'env-secret' };

test('flags win over the environment, one by one', () => {
  expect(credentialsFor('http://example.com', { accessKeyId: 'id' }, env)).toEqual({
    accessKeyId: 'id',
    accessKeySecret: 'env-secret',
  });
});

test.each([
  'http://127.0.0.1:1',
  'http://127.9.9.9',
  'http://localhost:8787',
  'http://[::1]:1',
  'http://a.localhost',
])('%s is on this machine: the test key will do, unless the environment has another', (url) => {
  expect(credentialsFor(url, {}, {})).toEqual({ accessKeyId: 'testid', accessKeySecret: 'testsecret' });
  expect(credentialsFor(url, {}, env).accessKeyId).toBe('env-id');
});

test.each(['http://example.com', 'http://emulator:8787', 'http://10.0.0.1', 'http://127.0.0.1.example.com'])(
  '%s is elsewhere: without a key there is nothing to try',
  (url) => {
    expect(() => credentialsFor(url, {}, { ALIBABA_CLOUD_ACCESS_KEY_ID: '' })).toThrow(/no access key for/);
  },
);

test('half a key is a mistake, even on this machine', () => {
  expect(() => credentialsFor('http://localhost', {}, { ALIBABA_CLOUD_ACCESS_KEY_ID: 'x' })).toThrow(
    /secret is missing/,
  );
});

test('a security token comes from the flag, or with the key of the environment', () => {
  const withToken = { ...env, ALIBABA_CLOUD_SECURITY_TOKEN: 'env-token' };
  const tokenOf = (given: Parameters<typeof credentialsFor>[1], from: Record<string, string> = withToken) =>
    credentialsFor('http://localhost', given, from).securityToken;
  expect(tokenOf({})).toBe('env-token');
  expect(tokenOf({ securityToken: 'mine' })).toBe('mine');
  expect(tokenOf({ securityToken: 'mine' }, {})).toBe('mine');
  expect(tokenOf({ accessKeyId: 'other', accessKeySecret: 'x' })).toBeUndefined();
  expect(tokenOf({}, { ALIBABA_CLOUD_SECURITY_TOKEN: 'stray' })).toBeUndefined();
  expect(tokenOf({}, { ...env, ALIBABA_CLOUD_SECURITY_TOKEN: '' })).toBeUndefined();
});
