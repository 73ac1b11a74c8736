import * as fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../record.ts';
import { markdownText } from '../markdown-text.ts';
import { hostile, onlyKnown, recordWithKnown, sampleRecord, saying } from '../testing/sample-record.ts';
import { renderMarkdown } from './markdown.ts';

/** The tags of a rendered report in their order: what a text may not change. */
function skeleton(record: RunRecord): string {
  const html = marked.parse(renderMarkdown([record], {}), { async: false, gfm: true });
  return (html.match(/<\/?[a-z][^>]*>/gi) ?? []).join('');
}

describe('renderMarkdown', () => {
  test('begins with the verdict, and folds away each divergence in full', () => {
    const text = renderMarkdown([sampleRecord], { replayCommand: () => 'ri-conformance replay x.json' });
    expect(text).toMatch(
      /^## ❌ DIVERGES: <code>http&#40;http&#58;\/\/127\.0\.0\.1&#58;8787&#41;<\/code>, 1 divergence\n/,
    );
    expect(text).toContain('<details><summary>R36 ConnectRouterInterface');
    expect(text).toContain('  Replay:     ri-conformance replay x.json\n');
  });

  test('shows known ones as known, and what is to be done about the list', () => {
    const text = renderMarkdown([recordWithKnown], {});
    expect(text).toContain('| <code>activate-r46-0a1b2c</code>, known: Locks are not built yet |');
    expect(text).toContain('remove the entry at line 8 of conformance-baseline.yaml');
    expect(renderMarkdown([onlyKnown], {})).toMatch(/^## ✅ KNOWN/);
  });

  test('stays below what a job summary takes', () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      sampleRecord.divergences.map((each) => ({ ...each, id: `connect-r36-${index}`, observed: hostile })),
    ).flat();
    const text = renderMarkdown([{ ...sampleRecord, divergences: many }], {});
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(text).toContain('And 100 divergences more, in the record.');
  });

  const harmful = [
    hostile,
    '| a | b |',
    '\\|',
    '`` ` ``` ~~~',
    '</details></code><script>alert(1)</script>',
    '[x](javascript:alert(1)) ![y](http://z) <http://a> www.example.com me@example.com @you #1 :tada:',
    '**b** _i_ ~~s~~ $x$ # h\n# h\n\n- l\n1. l\n> q\n---\n***',
    '&lt;b&gt; &#60;i&#62;',
  ];
  test.each(harmful)('keeps its shape, %#', (text) => {
    expect(skeleton(saying(text, recordWithKnown))).toBe(skeleton(saying('plain', recordWithKnown)));
  });

  test('keeps its shape whatever a target says', () => {
    const plain = skeleton(saying('plain', recordWithKnown));
    const part = fc.oneof(fc.constantFrom(...harmful, '`', '|', '\n', '<', '\\', '*', '['), fc.string());
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.join('');
        fc.pre(text.trim() !== '');
        expect(skeleton(saying(text, recordWithKnown))).toBe(plain);
      }),
      { seed: 1, numRuns: 25 },
    );
  });
});

test('markdownText mentions nobody and refers to nothing', () => {
  expect(markdownText('@you #1 www.x')).toBe('&#64;you &#35;1 www&#46;x');
});
