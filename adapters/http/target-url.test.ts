import { describe, expect, test } from 'vitest';
import { httpTarget } from './http-target.ts';
import { displayUrl, parseTargetUrl, TargetUrlError } from './target-url.ts';

describe('parseTargetUrl', () => {
  test.each([
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['https://Emulator.Test/api/', 'https://emulator.test/api'],
    ['http://[::1]:80/', 'http://[::1]'],
    ['http://notaliyuncs.com', 'http://notaliyuncs.com'],
    ['http://aliyuncs.com.emulator.test', 'http://aliyuncs.com.emulator.test'],
  ])('accepts %s', (text, shown) => {
    expect(displayUrl(parseTargetUrl(text))).toBe(shown);
  });

  test.each([
    ['', /is not an http:\/\/ or https:\/\/ URL/],
    ['localhost:8787', /Did you mean http:\/\/localhost:8787 \?/],
    ['127.0.0.1:8787/x', /Did you mean http:\/\/127.0.0.1:8787\/x \?/],
    ['ftp://host/', /is not an http/],
    ['http://id:secret@host/', /contains a user name or password/],
    ['http://host/?a=b', /has a query or a fragment/],
    ['http://host/#x', /has a query or a fragment/],
    ['https://vpc.aliyuncs.com', /the real Alibaba Cloud service.*cost money/],
    ['https://VPC.cn-hangzhou.aliyuncs.com./', /the real Alibaba Cloud service/],
    ['http://aliyuncs.com:8080', /the real Alibaba Cloud service/],
  ])('refuses %j', (text, message) => {
    expect(() => parseTargetUrl(text)).toThrow(TargetUrlError);
    expect(() => parseTargetUrl(text)).toThrow(message);
  });

  test('does not repeat a password in its message', () => {
    expect(() => parseTargetUrl('http://id:hunter2@host/')).toThrow(/^(?!.*hunter2)/);
  });

  test('names what the URL is for', () => {
    expect(() => parseTargetUrl('x', 'control URL')).toThrow(/^the control URL "x"/);
  });
});

test('a target refuses unusable URLs, its own and that of its control hooks', async () => {
  const identity = { accessKeyId: 'a', accessKeySecret: 's' };
  await expect(httpTarget({ url: 'https://vpc.aliyuncs.com', ...identity })).rejects.toThrow(TargetUrlError);
  await expect(httpTarget({ url: 'http://127.0.0.1:1', controlUrl: 'x', ...identity })).rejects.toThrow(
    /control URL/,
  );
});
