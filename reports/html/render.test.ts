import { beforeAll, describe, expect, test } from 'vitest';
import type { DivergenceRecord, RunRecord } from '../record.ts';
import { largeRecord, richRecord } from '../testing/rich-record.ts';
import { sampleDivergence, sampleRecord, withEveryString } from '../testing/sample-record.ts';
import { renderHtml } from './render.ts';

let page = '';
beforeAll(async () => {
  page = await renderHtml([richRecord]);
});

/** The page without its own script and style sheet, which hold what a target may not. */
const without = (text: string): string =>
  text.replace(/<style>[^]*<\/style>/, '').replace(/<script>[^]*<\/script>/, '');

interface Tag {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Every tag as a browser reads it: whatever begins with `<`, to the `>` that is in no quotes. */
function tagsOf(text: string): Tag[] {
  const pair = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  return [...text.matchAll(/<\/?([a-z!][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/gi)].map(
    ([, name = '', rest = '']) => ({
      name: name.toLowerCase(),
      values: new Map(
        [...rest.matchAll(pair)].map(([, key = '', a, b, c]) => [key.toLowerCase(), a ?? b ?? c ?? '']),
      ),
    }),
  );
}

const withExchange: DivergenceRecord = {
  ...sampleDivergence,
  exchange: { request: { method: 'GET', url: 'http://127.0.0.1:1/?Action=x', headers: {} } },
};

describe('The page of a run', () => {
  test.each([
    ['the verdict', '<h1 class="verdict"><span class="sign" aria-hidden="true">✕</span>Diverges</h1>'],
    ['figures', 'commands judged in 9.8 s'],
    ['the lifecycle', 'aria-label="Lifecycle of a router interface'],
    ['how often a transition was taken', '<tspan class="times">991</tspan>'],
    ['sources of a rule', 'E2018b Connect; E2024 Connect, error table'],
    ['a witness', 'Shortest program that put it to the test'],
    ['what was answered in which state', 'Answers by state and operation'],
    ['states that were not known for certain', 'Active or Inactive'],
    ['what was permitted', '400 IncorrectOppositeInterfaceInfo.NotSet'],
    ['the difference', '<mark>Idle</mark>'],
    ['the raw exchange', '&amp;Signature=[removed]'],
    ['curl lines', 'ri ConnectRouterInterface RegionId=cn-hangzhou RouterInterfaceId="$ri1"'],
    ['SDK lines', 'client.connectRouterInterface(new ConnectRouterInterfaceRequest('],
    ['a sequence diagram', 'class="sequence"'],
    ['lanes of clients', '>client 2</text>'],
    ['both readings of a choice', 'CONCEPT2018</span>'],
    ['what would make a rule testable', 'Needs a target with virtual border routers'],
    ['coverage over time', 'class="line refusals"'],
  ])('shows %s', (_, text) => {
    expect(page).toContain(text);
  });

  test('gives the command that replays a divergence, the one that is handed in before its own', async () => {
    const target = 'http(http://127.0.0.1:8787)';
    const told = await renderHtml([{ ...richRecord, target }]);
    expect(told).toContain(
      'ri-conformance replay divergences/connect-accepted-9f2c1a.json --target http://127.0.0.1:8787',
    );
    const given = await renderHtml([richRecord], { replayCommand: ({ id }) => `again ${id}` });
    expect(given).toContain('again connect-accepted-9f2c1a');
  });

  test('loads nothing and runs nothing but its own script', () => {
    expect(page).not.toMatch(/<(link|img|iframe|object|embed|base|form|meta http-equiv="refresh")\b/);
    expect(without(page)).not.toMatch(/\s(src|href)="(?!#)/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toMatch(
      /Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-[^ ]+; style-src/,
    );
  });

  test('has every id once', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    // A rule that a divergence names need not be in a record that was cut down.
    for (const link of links.filter((each) => each?.startsWith('rule-') !== true))
      expect(ids).toContain(link);
  });

  test('is the same for the same record', async () => {
    expect(await renderHtml([richRecord])).toBe(page);
  });

  test('shows a record of an earlier version, which has less', async () => {
    const old = await renderHtml([sampleRecord]);
    expect(old).toContain('Diverges');
    expect(old).not.toContain('id="lifecycle"');
  });

  test('sets several targets side by side', async () => {
    const other: RunRecord = {
      ...richRecord,
      target: 'http(http://127.0.0.1:9999)',
      verdict: 'conforms',
      divergences: [],
      rules: richRecord.rules.map((rule) => ({ ...rule, verdict: 'conforms' as const })),
    };
    const both = await renderHtml([richRecord, other]);
    expect(both).toContain('2 targets side by side');
    expect(both).toContain('Rules on which they are not alike');
    expect(both).toContain('http(http://127.0.0.1:9999)');
    const ids = [...both.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each([
    [
      { target: 'recording(run.jsonl) of http(http://127.0.0.1:1)' },
      /Raw exchange: not shown, because the target was a recording/,
    ],
    [
      { client: { name: 'pop-core', version: '1.8.0' } },
      /made by the client pop-core, which does not hand it out/,
    ],
    [{ target: 'emulator' }, /there is none, because the target answered within this process/],
    [{ target: 'mine' }, /nothing was kept of how this answer went over the wire/],
  ])('says why there is no raw exchange: %j', async (from, why) => {
    const { exchange: _left, ...divergence } = withExchange;
    const run = { ...richRecord, ...from };
    expect(await renderHtml([{ ...run, divergences: [divergence] }])).toMatch(why);
    expect(await renderHtml([{ ...run, divergences: [withExchange] }])).not.toMatch(why);
  });

  test('needs a record', async () => {
    await expect(renderHtml([])).rejects.toThrow(/no record/);
  });
});

describe('Whatever a target says', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['the end of the script', '</script><script>alert(1)</script>'],
    ['the end of the style sheet', '</style><script>alert(1)</script>'],
    ['an attribute', `" onload="alert(1)" x='`],
    ['a single quote', `' onload='alert(1)`],
    ['the end of a comment', '--><img src=x onerror=alert(1)>'],
    ['a picture', '<svg/onload=alert(1)>'],
    ['an entity', '&lt;script&gt;&#x3c;'],
    ['a link', 'javascript:alert(1)'],
    ['a template', '${alert(1)}{{alert(1)}}'],
  ])('in the form of %s, it adds no element and no attribute', async (_, hostile) => {
    const tame = tagsOf(without(await renderHtml([withEveryString(richRecord, 'x') as RunRecord])));
    const tags = tagsOf(without(await renderHtml([withEveryString(richRecord, hostile) as RunRecord])));
    // Only whether there is a difference to mark hangs on the text.
    const elements = (of: readonly Tag[]): Set<string> =>
      new Set(of.map(({ name }) => name).filter((name) => name !== 'mark'));
    expect(elements(tags)).toEqual(elements(tame));
    const attributes = (of: readonly Tag[]): Set<string> =>
      new Set(of.flatMap(({ values }) => [...values.keys()]));
    expect(attributes(tags)).toEqual(attributes(tame));
    expect(attributes(tags).size).toBeGreaterThan(10);
    for (const { values } of tags) expect(values.get('href') ?? '#').toMatch(/^#[\w-]*$/);
  });

  test('in whatever characters, none of them is there that changes what is seen around it', async () => {
    const hostile = 'a\u202Eb\u2066c\u200Fd\u0000e\u001Bf\u0085g\uFEFFh\uD800i';
    const text = await renderHtml([withEveryString(richRecord, hostile) as RunRecord]);
    expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?!\n)\p{Cc}/u);
    expect(text).toContain(String.raw`a\u{202e}b`);
  });

  test('and however long it is, the page stays small', async () => {
    const huge = 'x'.repeat(300_000);
    const text = await renderHtml([withEveryString(richRecord, huge) as RunRecord]);
    expect(text.length).toBeLessThan(5_000_000);
  });

  test('names of the language itself are text', async () => {
    for (const word of ['constructor', '__proto__', 'toString'])
      await expect(renderHtml([withEveryString(richRecord, word) as RunRecord])).resolves.toContain(word);
  });
});

test('A page of 200 divergences and 300 rules stays under 5 MB', async () => {
  const text = await renderHtml([largeRecord(200, 300)]);
  expect(Buffer.byteLength(text)).toBeLessThan(5_000_000);
  expect(text.match(/class="divergence"/g)).toHaveLength(200);
});
