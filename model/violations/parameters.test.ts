import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { descriptionValidity, isIpv4, isTagKey, nameValidity, specValidity, tagsOf } from './parameters.ts';
import { conceptSpecs, specs } from '../spec/enums.ts';

const x = (count: number): string => 'x'.repeat(count);

describe('nameValidity', () => {
  test.each([
    ['ab', 'valid'],
    ['A1', 'valid'],
    ['路由', 'valid'],
    ['a_b-c9', 'valid'],
    [x(128), 'valid'],
    ['a', 'invalid'],
    [x(129), 'invalid'],
    ['1ab', 'invalid'],
    ['_ab', 'invalid'],
    ['-ab', 'invalid'],
    ['.ab', 'invalid'],
    ['http://ab', 'invalid'],
    ['https://ab', 'invalid'],
    ['', 'open'],
    ['a.b', 'open'],
    ['a b', 'open'],
    ['éa', 'open'],
    ['httpx', 'valid'],
  ])('%j is %s', (name, validity) => {
    expect(nameValidity(name)).toBe(validity);
  });
});

describe('descriptionValidity', () => {
  test.each([
    ['ab', 'valid'],
    ['A link. Really!', 'valid'],
    [x(256), 'valid'],
    ['说明', 'valid'],
    ['a', 'invalid'],
    [x(257), 'invalid'],
    ['http://ab', 'invalid'],
    ['https://ab', 'invalid'],
    ['', 'open'],
    ['1 link', 'open'],
    ['éa', 'open'],
  ])('%j is %s', (description, validity) => {
    expect(descriptionValidity(description)).toBe(validity);
  });
});

describe('specValidity', () => {
  test('every spec of the API pages is valid; those only of the concept page are open', () => {
    const names = specs.map(({ name }) => name as string);
    for (const name of names) expect(specValidity(name)).toBe('valid');
    const others = conceptSpecs.filter((name) => !names.includes(name));
    expect(others).toContain('Middle.4');
    for (const name of others) expect(specValidity(name)).toBe('open');
  });

  test.each(['', 'mini.2', 'Mini.2 ', 'Large', 'Negative.1'])('%j is invalid', (spec) => {
    expect(specValidity(spec)).toBe('invalid');
  });
});

describe('isIpv4', () => {
  test('accepts four numbers up to 255', () => {
    const octet = fc.nat(255);
    fc.assert(fc.property(fc.tuple(octet, octet, octet, octet), (parts) => isIpv4(parts.join('.'))));
  });

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.2',
    '01.0.0.1',
    '10.0.0.1/24',
    'a.b.c.d',
    '10..0.1',
    ' 10.0.0.1',
  ])('rejects %j', (text) => {
    expect(isIpv4(text)).toBe(false);
  });
});

describe('isTagKey', () => {
  test.each(['k', x(128), 'team aliyun', '键', 'httpx'])('accepts %j', (key) => {
    expect(isTagKey(key)).toBe(true);
  });

  test.each(['', x(129), 'aliyun', 'aliyun-team', 'acs:team', 'http://x', 'a https://x'])(
    'rejects %j',
    (key) => {
      expect(isTagKey(key)).toBe(false);
    },
  );
});

describe('tagsOf', () => {
  test('pairs keys and values by number; a key without value gets an empty one', () => {
    const args = {
      'Tags.1.Key': 'a',
      'Tags.1.Value': 'x',
      'Tags.12.Key': 'b',
      'Tags.3.Value': 'lost',
      Name: 'n',
    };
    expect(tagsOf(args)).toEqual({ a: 'x', b: '' });
  });
});
