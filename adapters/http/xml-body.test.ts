import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { xmlAnswer } from '../emulator/xml-answer.ts';
import { parseXml } from './xml-body.ts';

const bodyOf = (content: string): unknown => parseXml(`<AResponse>${content}</AResponse>`).body;

describe('parseXml', () => {
  test('takes the root off and says what it was', () => {
    expect(parseXml('<?xml version="1.0" encoding="UTF-8" ?>\n<Error><Code>X</Code></Error>\n')).toEqual({
      root: 'Error',
      body: { Code: 'X' },
    });
    expect(parseXml('<AResponse/>')).toEqual({ root: 'AResponse', body: {} });
  });

  test.each([
    ['', []],
    ['<RouterInterfaceType><Name>a</Name></RouterInterfaceType>', [{ Name: 'a' }]],
    [
      '\n <RouterInterfaceType><Name>a</Name></RouterInterfaceType>\n <RouterInterfaceType/>\n',
      [{ Name: 'a' }, ''],
    ],
  ])('a list is a list whatever it holds: %s', (content, expected) => {
    expect(bodyOf(`<RouterInterfaceSet>${content}</RouterInterfaceSet>`)).toEqual({
      RouterInterfaceSet: { RouterInterfaceType: expected },
    });
  });

  test('a list and its members may share a name', () => {
    expect(bodyOf('<Tags><Tags><Key>k</Key><Value></Value></Tags></Tags>')).toEqual({
      Tags: { Tags: [{ Key: 'k', Value: '' }] },
    });
  });

  test('numbers and booleans are typed where they are known, and only if they are ones', () => {
    expect(bodyOf('<Bandwidth>2000</Bandwidth><HcRate>0.5</HcRate><CrossBorder>false</CrossBorder>')).toEqual(
      { Bandwidth: 2000, HcRate: 0.5, CrossBorder: false },
    );
    expect(bodyOf('<Bandwidth>2 GB</Bandwidth><CrossBorder>no</CrossBorder><Name>12</Name>')).toEqual({
      Bandwidth: '2 GB',
      CrossBorder: 'no',
      Name: '12',
    });
  });

  test('what comes twice and is no list is not hidden', () => {
    expect(bodyOf('<RequestId>a</RequestId><RequestId>b</RequestId>')).toEqual({ RequestId: ['a', 'b'] });
  });

  test('the five entities and character references are what they stand for, once', () => {
    expect(bodyOf('<A>&amp;lt;&#60;&#x1F600;&quot;&apos;&gt;</A>')).toEqual({ A: '&lt;<😀"\'>' });
    expect(bodyOf('<A><![CDATA[<b>&amp;]]></A>')).toEqual({ A: '<b>&amp;' });
  });

  test.each([
    ['<!DOCTYPE A [<!ENTITY x "y">]><A><B>&x;</B></A>', /document type/],
    ['<?xml version="1.0"?><!-- x --><!doctype A SYSTEM "http://x/"><A/>', /document type/],
    ['<A><B>&x;</B></A>', /unknown reference/],
    ['<A><B>&constructor;</B></A>', /unknown reference/],
    ['<A><B>&#0;</B></A>', /unknown reference/],
    ['<A><B>&#xD800;</B></A>', /unknown reference/],
    ['<A><B>&#x110000;</B></A>', /unknown reference/],
    ['<A><B>a & b</B></A>', /not well-formed/],
    ['<A><B>x</A>', /not well-formed/],
    ['<A><B>x', /not well-formed/],
    ['<A><__proto__>x</__proto__></A>', /not well-formed/],
    ['{"a":1}', /not well-formed/],
    ['', /not well-formed/],
    ['<A/><B/>', /not one XML root/],
    ['<A>text</A>', /text between/],
    ['<A>text<B>x</B></A>', /text between/],
  ])('refuses %j', (text, message) => {
    expect(() => parseXml(text)).toThrow(message);
  });

  test('gives back what an emulator wrote, for any text', () => {
    // XML cannot hold the other control characters, and turns line ends into line feeds.
    const text = fc
      .string({ unit: 'binary' })
      .map((each) => each.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ''));
    const item = fc.record({ Name: text, Bandwidth: fc.nat(), CrossBorder: fc.boolean() });
    const body = fc.record({
      RequestId: fc.uuid(),
      Description: text,
      TotalCount: fc.nat(),
      RouterInterfaceSet: fc.record({ RouterInterfaceType: fc.array(item, { maxLength: 3 }) }),
    });
    fc.assert(
      fc.property(body, (value) => {
        expect(parseXml(xmlAnswer('X', value)).body).toEqual(value);
      }),
    );
  });
});
