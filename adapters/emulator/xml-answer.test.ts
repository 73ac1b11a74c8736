import { expect, test } from 'vitest';
import { xmlAnswer } from './xml-answer.ts';

const content = (value: unknown): string =>
  /<Body>(.*)<\/Body>/s.exec(xmlAnswer('X', { Body: value }))?.[1] ?? 'nothing';

test('the root says whether it is an error', () => {
  expect(xmlAnswer('DoIt', { RequestId: 'a' })).toBe(
    '<?xml version="1.0" encoding="UTF-8" ?><DoItResponse><RequestId>a</RequestId></DoItResponse>',
  );
  expect(xmlAnswer('DoIt', { Code: 'No' })).toContain('?><Error><Code>No</Code></Error>');
});

test('a list is its name once per member, none at all where it is empty', () => {
  expect(xmlAnswer('X', { Set: { Item: [{ A: 1 }, { A: 2 }] } })).toContain(
    '<Set><Item><A>1</A></Item><Item><A>2</A></Item></Set>',
  );
  expect(xmlAnswer('X', { Set: { Item: [] } })).toContain('<Set></Set>');
});

test('what is absent has no element', () => {
  expect(xmlAnswer('X', { A: undefined, B: null })).toContain('<XResponse></XResponse>');
});

test('text is escaped, and what XML cannot hold is replaced', () => {
  expect(content(`a<b>&"c"'`)).toBe(`a&lt;b&gt;&amp;"c"'`);
  expect(content('\u0000\u001F\uFFFF\uD800')).toBe('\uFFFD\uFFFD\uFFFD\uFFFD');
  expect(content('a\r\n\t😀 中')).toBe('a&#13;\n\t😀 中');
  expect(content(false)).toBe('false');
});
