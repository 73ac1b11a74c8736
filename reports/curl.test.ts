import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { curlFunctions } from './curl-functions.ts';
import { curlScript } from './curl.ts';
import { sampleDivergence } from './testing/sample-record.ts';

const options = { target: 'http://127.0.0.1:8787', regionId: 'cn-hangzhou' };
const present = ['bash', 'openssl'].every((tool) => spawnSync(tool, ['version']).error === undefined);

/** Runs lines of bash after the functions of a script. */
function bash(lines: string, args: readonly string[] = [], env: Record<string, string> = {}): string {
  return execFileSync('bash', ['-euo', 'pipefail', '-c', `${curlFunctions}\n${lines}`, 'bash', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

describe('curlScript', () => {
  const script = curlScript(sampleDivergence, options);

  test('writes a program as bash', async () => {
    await expect(script.replace(curlFunctions, '# (functions)\n')).toMatchFileSnapshot(
      'testing/curl-script.sh.txt',
    );
  });

  test('lets nothing out of its comments and quotes', () => {
    const evil = "x'; touch /tmp/evil; '\n$(touch /tmp/evil) `touch /tmp/evil`";
    const text = curlScript(
      {
        ...sampleDivergence,
        id: evil,
        observed: evil,
        expected: evil,
        counterexample: [
          { kind: 'call', operation: evil, args: { [evil]: evil, Name: evil }, answer: evil, diverges: true },
        ],
      },
      { ...options, hint: evil },
    ).replace(curlFunctions, '');
    const comments = text.split('\n').filter((line) => line.startsWith('#'));
    expect(comments.length).toBeGreaterThan(5);
    expect(text).toContain(String.raw`x'\''; touch /tmp/evil; '\''`);
  });
});

describe.skipIf(!present)('the functions of a script, run by bash with openssl', () => {
  test('sign as the published example does', () => {
    // https://www.alibabacloud.com/help/doc-detail/28139.htm
    const pairs = [
      'Timestamp=2016-02-23T12:46:24Z',
      'Format=XML',
      'AccessKeyId=testid',
      'Action=DescribeRegions',
      'SignatureMethod=HMAC-SHA1',
      'SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
      'Version=2014-05-26',
      'SignatureVersion=1.0',
    ];
    const signed = bash('signature "$(canonical "$@")"', pairs, {
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
    });
    expect(signed.trim()).toBe('OLeaidS1JvxuMvnyHOwuJ+uX5qY=');
  });

  test('sign text beyond ASCII as the published example does', () => {
    // https://help.aliyun.com/document_detail/56189.html
    const pairs = [
      'AccessKeyId=testId',
      'Action=SendSms',
      'Format=XML',
      'OutId=123',
      'PhoneNumbers=15300000001',
      'RegionId=cn-hangzhou',
      'SignName=阿里云短信测试专用',
      'SignatureMethod=HMAC-SHA1',
      'SignatureNonce=45e25e9b-0a6f-4070-8c85-2956eda1b466',
      'SignatureVersion=1.0',
      'TemplateCode=SMS_71390007',
      'TemplateParam={"customer":"test"}',
      'Timestamp=2017-07-12T02:42:19Z',
      'Version=2017-05-25',
    ];
    const signed = bash('signature "$(canonical "$@")"', pairs, {
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testSecret',
    });
    expect(signed.trim()).toBe('zJDF+Lrzhj/ThnlvIToysFRq6t4=');
  });

  test('encode every byte that is not unreserved, whatever the locale', () => {
    const text = 'a b*+~\'"$`\\é键😀\n%&=';
    const encoded = encodeURIComponent(text).replaceAll('*', '%2A').replaceAll("'", '%27');
    expect(bash('encode "$1"', [text], { LC_ALL: 'C.UTF-8' })).toBe(encoded);
  });

  test('sort by name, where one name begins with another', () => {
    expect(bash('canonical "$@"', ['Filter.1.Value.10=b', 'Filter.1.Value.1=a', 'B=', 'a=1']).trim()).toBe(
      'B=&Filter.1.Value.1=a&Filter.1.Value.10=b&a=1',
    );
  });

  test('find an id in an answer, and fall back without one', () => {
    const lines = 'field RouterInterfaceId none';
    expect(bash(`answer='{"RequestId":"x","RouterInterfaceId": "ri-1"} HTTP 200'; ${lines}`)).toBe('ri-1');
    expect(bash(`answer='{"Code":"x"} HTTP 400'; ${lines}`)).toBe('none');
  });

  test('a whole script is valid bash, also with hostile text in it', () => {
    const evil = '\'"$(exit 3)`exit 3`\n\u001b[2J';
    const script = curlScript(
      {
        ...sampleDivergence,
        observed: evil,
        counterexample: [
          { kind: 'call', operation: 'X', args: { [evil]: evil }, answer: evil, diverges: true },
        ],
      },
      options,
    );
    expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });
});
