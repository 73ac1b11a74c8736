import { describe, expect, test } from 'vitest';
import { block, markup, slug } from './markup.ts';

const inValue = '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;&lt;/script&gt;';

describe('markup', () => {
  test('escapes whatever is put into it, in text and in attributes', () => {
    const hostile = `<img src=x onerror="alert(1)">&'</script>`;
    expect(String(markup`<p title="${hostile}" lang='${hostile}'>${hostile}</p>`)).toBe(
      `<p title="${inValue}" lang='${inValue}'>&lt;img src=x onerror="alert(1)"&gt;&amp;'&lt;/script&gt;</p>`,
    );
  });

  test.each([
    ['after another attribute', () => markup`<p class="a" title="${'"'}">`, '<p class="a" title="&quot;">'],
    ['in a template that is part of a tag', () => markup` title="${'"'}"`, ' title="&quot;"'],
    ['after a > within quotes', () => markup`<p title=">" lang="${'"'}">`, '<p title=">" lang="&quot;">'],
    ['and what is not one', () => markup`a "quoted" ${'"'}`, 'a "quoted" "'],
  ])('knows the value of an attribute: %s', (_, made, text) => {
    expect(String(made())).toBe(text);
  });

  test('refuses what would stand unquoted in a tag, and markup for a value', () => {
    expect(() => markup`<p title=${'x'}>y</p>`).toThrow(/quote it/);
    expect(() => markup`<p title="${markup`"`}">y</p>`).toThrow(/give text/);
    expect(() => markup`<p title="${['a', markup`"`]}">y</p>`).toThrow(/give text/);
    expect(String(markup`<p ${markup`hidden`}>y</p>`)).toBe('<p hidden>y</p>');
  });

  test('leaves out the white space that only its readers need', () => {
    const made = markup`<ul>
      <li class="${'a'}">
        <b>one</b>
        <i>two</i>
      </li>
      ${'three'}
    </ul>`;
    expect(String(made)).toBe('<ul><li class="a"><b>one</b>\n<i>two</i></li>three</ul>');
    const kept = '\n  indented\n';
    expect(String(markup`<pre>${block(kept)}</pre>`)).toBe(`<pre>${kept}</pre>`);
  });

  test('puts markup into markup as it is, also in lists, and leaves out what is not there', () => {
    const items = ['<a>', 'b'].map((each) => markup`<li>${each}</li>`);
    expect(String(markup`<ul>${items}${undefined}${false}${7}</ul>`)).toBe(
      '<ul><li>&lt;a&gt;</li><li>b</li>7</ul>',
    );
  });

  test('takes nothing for markup that only looks like it', () => {
    const forged = { toString: () => '<b>' } as unknown as string;
    expect(() => String(markup`${forged}`)).toThrow();
  });

  test('writes what cannot be seen as an escape', () => {
    expect(String(markup`${'a\u202Eb\u0000c\u2028d'}`)).toBe('a\\u{202e}b\\u{0}c\\u{2028}d');
    expect(String(block('one\n\ttwo\u2066<\r\nthree'))).toBe('one\n    two\\u{2066}&lt;\nthree');
  });

  test('cuts what is longer than anybody reads', () => {
    const text = String(markup`${'x'.repeat(3_000_000)}`);
    expect(text.length).toBeLessThan(5000);
    expect(text).toContain('(3000000 characters)');
    expect(String(block('y'.repeat(3_000_000))).length).toBeLessThan(25_000);
  });

  test('makes ids that are fit for an attribute and a link, and differ where the texts do', () => {
    expect(slug('rule', 'R38')).toBe('rule-R38');
    expect(slug('d', '"><script>')).toMatch(/^[\w-]+$/);
    expect(slug('a b')).not.toBe(slug('a+b'));
  });
});
