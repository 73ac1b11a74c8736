import { describe, expect, test } from 'vitest';
import { percentEncode, sameSignature, signatureOf, stringToSign } from './signature-v1.ts';

function signed(method: string, target: string, body: string, secret = 'testsecret'): [string, string] {
  const params = new Map([...new URLSearchParams(target.split('?')[1] ?? ''), ...new URLSearchParams(body)]);
  return [signatureOf(secret, stringToSign(method, params)), params.get('Signature') ?? ''];
}

/** Worked examples that the API documentation prints: parameters and the signature they must give. */
const published = [
  [
    'DescribeRegions (ECS signature page)',
    'testsecret',
    'Timestamp=2016-02-23T12:46:24Z&Format=XML&AccessKeyId=testid&Action=DescribeRegions&SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26&SignatureVersion=1.0',
    'OLeaidS1JvxuMvnyHOwuJ+uX5qY=',
  ],
  [
    'DescribeDedicatedHosts (ECS signature page, later edition)',
    'testsecret',
    'AccessKeyId=testid&Action=DescribeDedicatedHosts&Format=JSON&RegionId=cn-beijing&SignatureMethod=HMAC-SHA1&SignatureNonce=edb2b34af0af9a6d14deaf7c1a5315eb&SignatureVersion=1.0&Timestamp=2023-03-13T08:34:30Z&Version=2014-05-26',
    '9NaGiOspFP5UPcwX8Iwt2YJXXuk=',
  ],
  [
    'SendSms (SMS signature page)',
    'testSecret',
    'AccessKeyId=testId&Action=SendSms&Format=XML&OutId=123&PhoneNumbers=15300000001&RegionId=cn-hangzhou&SignName=阿里云短信测试专用&SignatureMethod=HMAC-SHA1&SignatureNonce=45e25e9b-0a6f-4070-8c85-2956eda1b466&SignatureVersion=1.0&TemplateCode=SMS_71390007&TemplateParam={"customer":"test"}&Timestamp=2017-07-12T02:42:19Z&Version=2017-05-25',
    'zJDF+Lrzhj/ThnlvIToysFRq6t4=',
  ],
] as const;

/** Requests as clients really sent them: name, method, target, body. The signature is in the parameters. */
const recorded = [
  [
    'vpc20160428 (Node), all in the query of a POST',
    'POST',
    '/?Action=DescribeRouterInterfaces&Format=json&Version=2016-04-28&Timestamp=2024-01-02T03%3A04%3A05Z&SignatureNonce=fixed-nonce-0001&Filter.1.Key=Status&Filter.1.Value.1=Active&Filter.1.Value.2=Idle&Filter.2.Key=RouterInterfaceId&Filter.2.Value.1=ri-1&Filter.2.Value.2=ri%202*&PageNumber=1&PageSize=50&RegionId=cn-hangzhou&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&AccessKeyId=testid&Signature=B9tr%2Bbi1Jn2JCtADFhyxkOeOlCc%3D',
    '',
  ],
  [
    'pop-core (Node), GET',
    'GET',
    '/?AccessKeyId=testid&Action=CreateRouterInterface&AutoPay=false&ClientToken=tok-1&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%C3%BCn%C3%AF%20%F0%9F%98%80&Format=JSON&Name=it%27s%20a%20%2Atest%2A%20%28v~1%29%21%20%2Bplus%20%2525%20%26%3D%2F%3F%23&OppositeRegionId=cn-beijing&Period=3&RegionId=cn-hangzhou&Role=InitiatingSide&RouterId=vrt-bp1&RouterType=VRouter&SignatureMethod=HMAC-SHA1&SignatureNonce=fixed-nonce-0001&SignatureVersion=1.0&Spec=Mini.2&Timestamp=2024-01-02T03%3A04%3A05Z&Version=2016-04-28&Signature=misIZPk5gel9tp1WOfY9fPQ8Oa8%3D',
    '',
  ],
  [
    'pop-core (Node), all in the body',
    'POST',
    '/',
    'AccessKeyId=testid&Action=CreateRouterInterface&AutoPay=false&ClientToken=tok-1&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%C3%BCn%C3%AF%20%F0%9F%98%80&Format=JSON&Name=it%27s%20a%20%2Atest%2A%20%28v~1%29%21%20%2Bplus%20%2525%20%26%3D%2F%3F%23&OppositeRegionId=cn-beijing&Period=3&RegionId=cn-hangzhou&Role=InitiatingSide&RouterId=vrt-bp1&RouterType=VRouter&SignatureMethod=HMAC-SHA1&SignatureNonce=fixed-nonce-0001&SignatureVersion=1.0&Spec=Mini.2&Timestamp=2024-01-02T03%3A04%3A05Z&Version=2016-04-28&Signature=s75B3Rc%2Fuq8GbKy3JBfrid%2BuDtg%3D',
  ],
  [
    'rpc-client (Node), split between query and body',
    'POST',
    '/?Action=DescribeRouterInterfaces&Format=json&Timestamp=2024-01-02T03%3A04%3A05Z&Version=2016-04-28&SignatureNonce=fixed-nonce-0001&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&AccessKeyId=testid&Signature=B9tr%2Bbi1Jn2JCtADFhyxkOeOlCc%3D',
    'RegionId=cn-hangzhou&PageNumber=1&PageSize=50&Filter.1.Key=Status&Filter.1.Value.1=Active&Filter.1.Value.2=Idle&Filter.2.Key=RouterInterfaceId&Filter.2.Value.1=ri-1&Filter.2.Value.2=ri%202*',
  ],
  [
    'Java, raw asterisks and encoded tildes',
    'POST',
    '/?Action=CreateRouterInterface&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%F0%9F%98%80&OppositeRegionId=cn-beijing&RouterId=vrt-1&Timestamp=2026-11-23T11%3A04%3A27Z&Name=it%27s%20a%20*test*%20%28v%7E1%29%21%20%2Bplus%20%2525%20%26%3D%2F%3F%23&Role=InitiatingSide&SignatureVersion=1.0&Format=JSON&SignatureNonce=59180ff1a736524fbbf2190492529e00&Version=2016-04-28&RouterType=VRouter&AccessKeyId=testid&Signature=L%2B52yWgnAQ0pFHClxQtpHI%2BP2FA%3D&SignatureMethod=HMAC-SHA1&RegionId=cn-hangzhou&Spec=Mini.2',
    '',
  ],
  [
    'Python (tea), blanks as plus signs',
    'POST',
    '/?Action=DescribeRouterInterfaces&Format=json&Version=2016-04-28&Timestamp=2026-11-23T11%3A09%3A15Z&SignatureNonce=cc1d9bfaacc5c37848f0c6ae8af46806&RegionId=cn-hangzhou&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&AccessKeyId=testid&Signature=QuFQ3%2FVj6gAvGzvJlrGpv2IQ5iQ%3D',
    'Filter.1.Key=Status&Filter.1.Value.1=Active&Name=a+b%2A%2B~%27%28%29',
  ],
  [
    'Python (core), an empty parameter that is signed',
    'POST',
    '/?RouterId=vrt-bp1&RouterType=VRouter&Role=InitiatingSide&Spec=Mini.2&OppositeRegionId=cn-beijing&Name=it%27s%20a%20%2Atest%2A%20%28v~1%29%21%20%2Bplus%20%2525%20%26%3D%2F%3F%23&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%C3%BCn%C3%AF%20%F0%9F%98%80&Version=2016-04-28&Action=CreateRouterInterface&Format=JSON&RegionId=cn-hangzhou&Timestamp=2026-11-23T10%3A55%3A24Z&SignatureMethod=HMAC-SHA1&SignatureType=&SignatureVersion=1.0&SignatureNonce=88182755dce04301ee058273508fd9ee&AccessKeyId=testid&Signature=abttlrxkfLMHOHp%2B40RRA975Fz8%3D',
    '',
  ],
] as const;

describe('signature version 1.0', () => {
  test.each(published)('gives the published signature of %s', (_, secret, params, signature) => {
    expect(signed('GET', `/?${params}`, '', secret)[0]).toBe(signature);
  });

  test.each(recorded)('agrees with %s', (_, method, target, body) => {
    const [ours, theirs] = signed(method, target, body);
    expect(ours).toBe(theirs);
  });

  test('depends on the method, every name and every value', () => {
    const [right] = signed('GET', '/?a=1&b=2', '');
    for (const [method, target] of [
      ['POST', '/?a=1&b=2'],
      ['GET', '/?a=1&b=3'],
      ['GET', '/?a=1&c=2'],
      ['GET', '/?a=1'],
    ] as const) {
      expect(signed(method, target, '')[0]).not.toBe(right);
    }
    expect(signed('GET', '/?b=2&a=1', '')[0]).toBe(right);
  });

  test.each([
    [' ', '%20'],
    ['*', '%2A'],
    ['~', '~'],
    ["!'()", '%21%27%28%29'],
    ['+%2B', '%2B%252B'],
    ['中文', '%E4%B8%AD%E6%96%87'],
    ['😀', '%F0%9F%98%80'],
    ['a-b_c.d~e', 'a-b_c.d~e'],
  ])('encodes %j as %s', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });

  test('compares signatures of different length without throwing', () => {
    expect(sameSignature('abc', 'abcd')).toBe(false);
    expect(sameSignature('abc', 'abc')).toBe(true);
  });
});
