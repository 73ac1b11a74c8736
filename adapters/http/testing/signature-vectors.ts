/** Signatures that Alibaba Cloud publishes with their input, and ones recorded from its client libraries. */

interface PublishedVector {
  readonly source: string;
  readonly secret: string;
  readonly params: Readonly<Record<string, string>>;
  readonly stringToSign: string;
  readonly signature: string;
}

/** All are GET. */
export const publishedVectors: readonly PublishedVector[] = [
  {
    source: 'https://www.alibabacloud.com/help/doc-detail/28139.htm',
    secret: 'testsecret',
    params: {
      Timestamp: '2016-02-23T12:46:24Z',
      Format: 'XML',
      AccessKeyId: 'testid',
      Action: 'DescribeRegions',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
      Version: '2014-05-26',
      SignatureVersion: '1.0',
    },
    stringToSign:
      'GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26',
    signature: 'OLeaidS1JvxuMvnyHOwuJ+uX5qY=',
  },
  {
    source: 'https://help.aliyun.com/zh/sdk/product-overview/rpc-mechanism',
    secret: 'testsecret',
    params: {
      AccessKeyId: 'testid',
      Action: 'DescribeDedicatedHosts',
      Format: 'JSON',
      RegionId: 'cn-beijing',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: 'edb2b34af0af9a6d14deaf7c1a5315eb',
      SignatureVersion: '1.0',
      Timestamp: '2023-03-13T08:34:30Z',
      Version: '2014-05-26',
    },
    stringToSign:
      'GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeDedicatedHosts%26Format%3DJSON%26RegionId%3Dcn-beijing%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dedb2b34af0af9a6d14deaf7c1a5315eb%26SignatureVersion%3D1.0%26Timestamp%3D2023-03-13T08%253A34%253A30Z%26Version%3D2014-05-26',
    signature: '9NaGiOspFP5UPcwX8Iwt2YJXXuk=',
  },
  {
    source: 'https://help.aliyun.com/document_detail/56189.html',
    secret: 'testSecret',
    params: {
      AccessKeyId: 'testId',
      Action: 'SendSms',
      Format: 'XML',
      OutId: '123',
      PhoneNumbers: '15300000001',
      RegionId: 'cn-hangzhou',
      SignName: '阿里云短信测试专用',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '45e25e9b-0a6f-4070-8c85-2956eda1b466',
      SignatureVersion: '1.0',
      TemplateCode: 'SMS_71390007',
      TemplateParam: '{"customer":"test"}',
      Timestamp: '2017-07-12T02:42:19Z',
      Version: '2017-05-25',
    },
    stringToSign:
      'GET&%2F&AccessKeyId%3DtestId%26Action%3DSendSms%26Format%3DXML%26OutId%3D123%26PhoneNumbers%3D15300000001%26RegionId%3Dcn-hangzhou%26SignName%3D%25E9%2598%25BF%25E9%2587%258C%25E4%25BA%2591%25E7%259F%25AD%25E4%25BF%25A1%25E6%25B5%258B%25E8%25AF%2595%25E4%25B8%2593%25E7%2594%25A8%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D45e25e9b-0a6f-4070-8c85-2956eda1b466%26SignatureVersion%3D1.0%26TemplateCode%3DSMS_71390007%26TemplateParam%3D%257B%2522customer%2522%253A%2522test%2522%257D%26Timestamp%3D2017-07-12T02%253A42%253A19Z%26Version%3D2017-05-25',
    signature: 'zJDF+Lrzhj/ThnlvIToysFRq6t4=',
  },
];

interface RecordedRequest {
  readonly client: string;
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly body: string;
}

/** As on the wire, signed with the secret `testsecret`. */
export const recordedRequests: readonly RecordedRequest[] = [
  {
    client: '@alicloud/vpc20160428@7.3.2 + openapi-core@1.0.8',
    method: 'POST',
    target:
      '/?Action=CreateRouterInterface&Format=json&Version=2016-04-28&Timestamp=2024-01-02T03%3A04%3A05Z&SignatureNonce=fixed-nonce-0001&AutoPay=false&ClientToken=tok-1&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%C3%BCn%C3%AF%20%F0%9F%98%80&Name=it%27s%20a%20*test*%20(v~1)!%20%2Bplus%20%2525%20%26%3D%2F%3F%23&OppositeRegionId=cn-beijing&Period=3&RegionId=cn-hangzhou&Role=InitiatingSide&RouterId=vrt-bp1&RouterType=VRouter&Spec=Mini.2&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&AccessKeyId=testid&Signature=Ih8P6s0ZzebRNvHLzMpI8HRkXDs%3D',
    body: '',
  },
  {
    client: '@alicloud/pop-core@1.8.0',
    method: 'GET',
    target:
      '/?AccessKeyId=testid&Action=CreateRouterInterface&AutoPay=false&ClientToken=tok-1&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%C3%BCn%C3%AF%20%F0%9F%98%80&Format=JSON&Name=it%27s%20a%20%2Atest%2A%20%28v~1%29%21%20%2Bplus%20%2525%20%26%3D%2F%3F%23&OppositeRegionId=cn-beijing&Period=3&RegionId=cn-hangzhou&Role=InitiatingSide&RouterId=vrt-bp1&RouterType=VRouter&SignatureMethod=HMAC-SHA1&SignatureNonce=fixed-nonce-0001&SignatureVersion=1.0&Spec=Mini.2&Timestamp=2024-01-02T03%3A04%3A05Z&Version=2016-04-28&Signature=misIZPk5gel9tp1WOfY9fPQ8Oa8%3D',
    body: '',
  },
  {
    client: '@alicloud/pop-core@1.8.0',
    method: 'GET',
    target:
      '/?AccessKeyId=testid&Action=DescribeRouterInterfaces&Filter.1.Key=Status&Filter.1.Value.1=Active&Filter.1.Value.2=Idle&Filter.2.Key=RouterInterfaceId&Filter.2.Value.1=ri-1&Filter.2.Value.2=ri%202%2A&Format=JSON&PageNumber=1&PageSize=50&RegionId=cn-hangzhou&SignatureMethod=HMAC-SHA1&SignatureNonce=fixed-nonce-0001&SignatureVersion=1.0&Timestamp=2024-01-02T03%3A04%3A05Z&Version=2016-04-28&Signature=tNWHF4y1hfSljdgfkCh8SZVGgaw%3D',
    body: '',
  },
  {
    client: '@alicloud/pop-core@1.8.0, body',
    method: 'POST',
    target: '/',
    body: 'AccessKeyId=testid&Action=CreateRouterInterface&AutoPay=false&ClientToken=tok-1&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%C3%BCn%C3%AF%20%F0%9F%98%80&Format=JSON&Name=it%27s%20a%20%2Atest%2A%20%28v~1%29%21%20%2Bplus%20%2525%20%26%3D%2F%3F%23&OppositeRegionId=cn-beijing&Period=3&RegionId=cn-hangzhou&Role=InitiatingSide&RouterId=vrt-bp1&RouterType=VRouter&SignatureMethod=HMAC-SHA1&SignatureNonce=fixed-nonce-0001&SignatureVersion=1.0&Spec=Mini.2&Timestamp=2024-01-02T03%3A04%3A05Z&Version=2016-04-28&Signature=s75B3Rc%2Fuq8GbKy3JBfrid%2BuDtg%3D',
  },
  {
    client: '@alicloud/rpc-client@1.3.2, body',
    method: 'POST',
    target:
      '/?Action=CreateRouterInterface&Format=json&Timestamp=2024-01-02T03%3A04%3A05Z&Version=2016-04-28&SignatureNonce=fixed-nonce-0001&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&AccessKeyId=testid&Signature=Ih8P6s0ZzebRNvHLzMpI8HRkXDs%3D',
    body: "RegionId=cn-hangzhou&OppositeRegionId=cn-beijing&RouterId=vrt-bp1&RouterType=VRouter&Role=InitiatingSide&Spec=Mini.2&Name=it's%20a%20*test*%20(v~1)!%20%2Bplus%20%2525%20%26%3D%2F%3F%23&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%C3%BCn%C3%AF%20%F0%9F%98%80&ClientToken=tok-1&AutoPay=false&Period=3",
  },
  {
    client: 'denverdino/aliyungo 0.0~git20180921 (Debian golang-github-denverdino-aliyungo-dev)',
    method: 'GET',
    target:
      '/?AccessKeyId=testid&Action=CreateRouterInterface&Description=%E4%B8%AD%E6%96%87+%E6%8F%8F%E8%BF%B0+%F0%9F%98%80&Format=JSON&Name=it%27s+a+%2Atest%2A+%28v~1%29%21+%2Bplus+%2525+%26%3D%2F%3F%23&OppositeRegionId=cn-beijing&RegionId=cn-hangzhou&Role=InitiatingSide&RouterId=vrt-1&RouterType=VRouter&SignatureMethod=HMAC-SHA1&SignatureNonce=_E1VAbWt3ZkzzOYmYMYAyMMV2cR6uPLy&SignatureVersion=1.0&Spec=Mini.2&Timestamp=2026-11-23T11%3A02%3A07Z&Version=2016-04-28&Signature=X02tMT8GAMJs%2Fu7emweKnnL4UPM%3D',
    body: '',
  },
  {
    client: 'aliyun/alibaba-cloud-sdk-go core 1.63.22 (8666508d6)',
    method: 'POST',
    target:
      '/?AccessKeyId=testid&Action=CreateRouterInterface&Description=%E4%B8%AD%E6%96%87+%E6%8F%8F%E8%BF%B0+%F0%9F%98%80&Format=JSON&Name=it%27s+a+%2Atest%2A+%28v~1%29%21+%2Bplus+%2525+%26%3D%2F%3F%23&OppositeRegionId=cn-beijing&RegionId=cn-hangzhou&Role=InitiatingSide&RouterId=vrt-1&RouterType=VRouter&Signature=qh%2FdMl1oag9ccDxKfDajcQOwrCg%3D&SignatureMethod=HMAC-SHA1&SignatureNonce=e905b46f56881569e5b6681e0e61c861&SignatureType=&SignatureVersion=1.0&Spec=Mini.2&Timestamp=2026-11-23T11%3A00%3A39Z&Version=2016-04-28',
    body: '',
  },
  {
    client: 'aliyun/openapi-core-ruby-sdk 0.0.17, body',
    method: 'POST',
    target: '/',
    body: 'AccessKeyId=testid&Action=ConnectRouterInterface&Format=JSON&Name=a%20b%2A%2B~&RegionId=cn-hangzhou&RouterInterfaceId=ri-bp1abc&SignatureMethod=HMAC-SHA1&SignatureNonce=1aa0066632070642dfa19af2d6fc5230&SignatureVersion=1.0&Timestamp=2026-11-23T11%3A00%3A50Z&Version=2016-04-28&Signature=pdecUWEwlBa65r%2FpQ40Rc21T3AM%3D',
  },
  {
    client: 'aliyun/aliyun-openapi-php-sdk (abd9d161), body',
    method: 'POST',
    target: '/',
    body: 'RouterId=vrt-1&Role=InitiatingSide&Spec=Mini.2&Name=it%27s+a+%2Atest%2A+%28v%7E1%29%21+%2Bplus+%2525+%26%3D%2F%3F%23&Description=%E4%B8%AD%E6%96%87+%E6%8F%8F%E8%BF%B0+%F0%9F%98%80&RegionId=cn-hangzhou&AccessKeyId=testid&Format=JSON&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=d02948cdffbe9a3c5511ed8ccebeefcb&Timestamp=2026-11-23T11%3A05%3A50Z&Action=CreateRouterInterface&Version=2016-04-28&Signature=JLDCl3p2CX8AXIP9rx8xNXjcdQI%3D',
  },
  {
    client: 'aliyun/aliyun-openapi-java-sdk core (92d73819e5)',
    method: 'POST',
    target:
      '/?Action=CreateRouterInterface&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%F0%9F%98%80&OppositeRegionId=cn-beijing&RouterId=vrt-1&Timestamp=2026-11-23T11%3A04%3A27Z&Name=it%27s%20a%20*test*%20%28v%7E1%29%21%20%2Bplus%20%2525%20%26%3D%2F%3F%23&Role=InitiatingSide&SignatureVersion=1.0&Format=JSON&SignatureNonce=59180ff1a736524fbbf2190492529e00&Version=2016-04-28&RouterType=VRouter&AccessKeyId=testid&Signature=L%2B52yWgnAQ0pFHClxQtpHI%2BP2FA%3D&SignatureMethod=HMAC-SHA1&RegionId=cn-hangzhou&Spec=Mini.2',
    body: '',
  },
  {
    client: 'alibabacloud_tea_openapi (python) 0.4.x (darabonba-openapi d735d06~1), body',
    method: 'POST',
    target:
      '/?Action=DescribeRouterInterfaces&Format=json&Version=2016-04-28&Timestamp=2026-11-23T11%3A09%3A15Z&SignatureNonce=cc1d9bfaacc5c37848f0c6ae8af46806&RegionId=cn-hangzhou&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&AccessKeyId=testid&Signature=QuFQ3%2FVj6gAvGzvJlrGpv2IQ5iQ%3D',
    body: 'Filter.1.Key=Status&Filter.1.Value.1=Active&Name=a+b%2A%2B~%27%28%29',
  },
  {
    client: 'aliyun-python-sdk-core 2.16.0 + vpc 3.0.47',
    method: 'POST',
    target:
      '/?RouterId=vrt-bp1&RouterType=VRouter&Role=InitiatingSide&Spec=Mini.2&OppositeRegionId=cn-beijing&Name=it%27s%20a%20%2Atest%2A%20%28v~1%29%21%20%2Bplus%20%2525%20%26%3D%2F%3F%23&Description=%E4%B8%AD%E6%96%87%20%E6%8F%8F%E8%BF%B0%20%C3%BCn%C3%AF%20%F0%9F%98%80&Version=2016-04-28&Action=CreateRouterInterface&Format=JSON&RegionId=cn-hangzhou&Timestamp=2026-11-23T10%3A55%3A24Z&SignatureMethod=HMAC-SHA1&SignatureType=&SignatureVersion=1.0&SignatureNonce=88182755dce04301ee058273508fd9ee&AccessKeyId=testid&Signature=abttlrxkfLMHOHp%2B40RRA975Fz8%3D',
    body: '',
  },
];
