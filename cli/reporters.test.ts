import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hostile, sampleRecord, saying } from '../reports/testing/sample-record.ts';
import { main } from './command-line.ts';
import { conforming, diverging, type FakeEngine, fakeEngine } from './testing/fake-engine.ts';
import { fakeIo } from './testing/fake-io.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});
afterEach(() => rm(folder, { recursive: true }));

const divergingEngine = (): FakeEngine => fakeEngine(() => diverging);

async function run(
  words: readonly string[],
  { env = {}, engine = divergingEngine() }: { env?: Record<string, string>; engine?: FakeEngine } = {},
) {
  const io = fakeIo(env, folder);
  const out = join(folder, 'out');
  const code = await main(
    ['run', '--target', 'emulator', '--suite', 'random', '--out', out, '--quiet', ...words],
    io,
    engine,
  );
  return { code, out: io.out(), err: io.err(), runs: engine.runs.length };
}
const file = (...path: readonly string[]): Promise<string> => readFile(join(folder, ...path), 'utf8');

describe('--reporter', () => {
  test('writes each report to its usual file in the output directory, or to the one that is named', async () => {
    const { code, out } = await run([
      '--reporter',
      'junit,ctrf=sub/c.json,sarif',
      '--reporter',
      'markdown,ndjson',
    ]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const written = await readdir(join(folder, 'out'));
    expect(written.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'divergences',
      'events.ndjson',
      'junit.xml',
      'report.json',
      'report.md',
      'report.sarif',
    ]);
    expect(await file('out', 'junit.xml')).toContain('<testsuites>');
    expect(JSON.parse(await file('sub', 'c.json'))).toMatchObject({ reportFormat: 'CTRF' });
  });

  test('prints what is named -, and what has no usual file', async () => {
    const { out } = await run(['--reporter', 'json=-']);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'diverges', seed: 42 });
    const both = await run(['--reporter', 'console,github']);
    expect(both.out).toMatch(/^DIVERGES [\s\S]*\n::error title=/);
  });

  test.each([
    ['nothing', /unknown reporter "nothing". There are: console, json, .*junit, /],
    ['junit=', /--reporter junit= names no file/],
    [',', /--reporter names none/],
    [
      'json=-,console',
      /json and console would both write to standard output: name a file, as --reporter json=FILE/,
    ],
    ['junit=x,ctrf=./x', /two reporters would write to \.\/x/],
    ['junit=package.json/x', /cannot write to package\.json\/x: /],
    ['./missing.js', /the reporter \.\/missing\.js cannot be read: no such file/],
  ])('refuses %s before anything is run', async (list, message) => {
    const { code, err, runs } = await run(['--reporter', list]);
    expect({ code, runs }).toEqual({ code: 3, runs: 0 });
    expect(err).toMatch(message);
  });

  test('refuses a file that is a directory', async () => {
    await mkdir(join(folder, 'there'));
    expect((await run(['--reporter', 'junit=there'])).err).toMatch(
      /cannot write to there: it is a directory/,
    );
  });
});

describe('a reporter of one’s own', () => {
  test.each([
    ['js', 'export default (records) => `seed ${records[0].seed}`;'],
    ['mjs', 'export default { render: async (records) => `seed ${records[0].seed}` };'],
    ['ts', 'export default (records: readonly { seed: number }[]): string => `seed ${records[0]?.seed}`;'],
  ])('is loaded from a .%s file', async (ending, text) => {
    await writeFile(join(folder, `mine.${ending}`), text);
    expect(await run(['--reporter', `./mine.${ending}`])).toMatchObject({ code: 1, out: 'seed 42' });
  });

  test('can have a usual file, and the context', async () => {
    await writeFile(
      join(folder, 'mine.js'),
      'export default { file: "mine.txt", render: ([record], { replayCommand }) => replayCommand(record.divergences[0]) };',
    );
    await run(['--reporter', './mine.js']);
    expect(await file('out', 'mine.txt')).toMatch(/^ri-conformance replay .*connect-accepted-9f2c1a\.json/);
  });

  test.each([
    ['export const render = 1;', /the reporter \.\/mine\.js cannot be loaded: it has no default export/],
    ['export default 7;', /mine\.js exports as its default what is no reporter: a function is wanted/],
    ['export default { render: 1 };', /exports as its default what is no reporter/],
    ['export default { file: 1, render() {} };', /has a "file" that is not a file name but 1/],
    ['export default (', /the reporter \.\/mine\.js cannot be loaded: /],
    ['throw new Error("no way");', /cannot be loaded: no way/],
  ])('is refused before anything is run: %s', async (text, message) => {
    await writeFile(join(folder, 'mine.js'), text);
    const { code, err, runs } = await run(['--reporter', './mine.js']);
    expect({ code, runs }).toEqual({ code: 3, runs: 0 });
    expect(err).toMatch(message);
  });

  test.each([
    [
      'export default () => { throw new Error("boom."); };',
      /the reporter mine failed: boom\. The record is in /,
    ],
    ['export default () => 7;', /the reporter mine failed: it returned number instead of text/],
  ])('that fails loses nothing, and is code 3: %s', async (text, message) => {
    await writeFile(join(folder, 'mine.js'), text);
    const { code, err, out } = await run(['--reporter', './mine.js=mine.txt,console,junit']);
    expect(code).toBe(3);
    expect(err).toMatch(message);
    expect(err).toMatch(/to be rendered again: ri-conformance report .*report\.json --reporter NAME/);
    expect(out).toMatch(/^DIVERGES /);
    expect(await file('out', 'junit.xml')).toContain('<failure');
    expect(JSON.parse(await file('out', 'report.json'))).toMatchObject({ verdict: 'diverges' });
  });
});

describe('on GitHub', () => {
  test('the summary is put behind what is there, and nothing a target says is a command', async () => {
    const summary = join(folder, 'summary.md');
    await writeFile(summary, 'before\n');
    const evil = { ...diverging, record: saying('\n::warning::evil\n##[add-path]x', sampleRecord) };
    const { out } = await run(['--reporter', 'console,github'], {
      env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary },
      engine: fakeEngine(() => evil),
    });
    expect(await file('summary.md')).toMatch(/^before\n## ❌ DIVERGES/);
    const lines = out.split('\n');
    const word = /^::stop-commands::(.{36})$/.exec(lines[0] ?? '')?.[1];
    const again = lines.indexOf(`::${word}::`);
    expect(again).toBeGreaterThan(1);
    const after = lines.slice(again + 1).filter((line) => line !== '');
    expect(after.map((line) => line.split(' ')[0])).toEqual(['::error', '::notice']);
  });

  test('a summary that cannot be written is told, and the rest is done', async () => {
    const { code, err, out } = await run(['--reporter', 'github'], {
      env: { GITHUB_STEP_SUMMARY: join(folder, 'none', 'x.md') },
    });
    expect(code).toBe(3);
    expect(err).toMatch(/the reporter github failed: no such file or directory/);
    expect(out).toMatch(/^::error /);
  });
});

test('events come while the run goes on', async () => {
  const figures = { covered: 1, total: 2 };
  let meanwhile = '';
  const engine = fakeEngine(async ({ onProgress }) => {
    const counts = { phase: 'running', sequences: 1, commands: 2, seconds: 1, divergences: 0 } as const;
    onProgress?.({ ...counts, transitions: figures, refusals: figures });
    meanwhile = await file('out', 'events.ndjson');
    return conforming;
  });
  expect((await run(['--reporter', 'ndjson'], { engine })).code).toBe(0);
  const kinds = (text: string): unknown[] =>
    text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: unknown }).event);
  expect(kinds(meanwhile)).toEqual(['start', 'progress']);
  const all = await file('out', 'events.ndjson');
  expect(all.startsWith(meanwhile)).toBe(true);
  expect(kinds(all).filter((kind) => kind === 'start')).toHaveLength(1);
  expect(kinds(all).at(-1)).toBe('end');
});

describe('--baseline', () => {
  const known = 'known:\n  - rule: R36\n    reason: on its way\n';

  test('lets known divergences pass, in every report, and no others', async () => {
    await writeFile(join(folder, 'conformance-baseline.yaml'), known);
    const { code, out } = await run(['--reporter', 'console,junit,markdown,sarif,ctrf,github']);
    expect(code).toBe(0);
    expect(out).toMatch(/^KNOWN +emulator|^KNOWN +http/);
    expect(out).toMatch(/^KNOWN {5}R36 .*\n.*\n {2}Listed: +known: on its way$/m);
    expect(out).toContain('::notice title=R36');
    expect(await file('out', 'junit.xml')).toContain('<skipped message="known divergence: on its way"/>');
    expect(await file('out', 'report.md')).toContain('known: on its way');
    expect(JSON.parse(await file('out', 'report.sarif'))).toMatchObject({
      runs: [{ results: [{ suppressions: [{ kind: 'external', justification: 'on its way' }] }] }],
    });
    expect(JSON.parse(await file('out', 'report.json'))).toMatchObject({
      verdict: 'diverges',
      baseline: { unlisted: [] },
    });
    expect((await run(['--baseline', 'none'])).code).toBe(1);
  });

  test('fails on an entry that is stale, and on one that can match nothing before anything is run', async () => {
    await writeFile(join(folder, 'b.yaml'), `${known}  - rule: R34\n    reason: x\n`);
    const stale = await run(['--baseline', 'b.yaml']);
    expect(stale.code).toBe(1);
    expect(stale.out).toMatch(/^OUT OF DATE /);
    expect(stale.out).toContain('stale: R34 conforms now; remove the entry at line 4 of b.yaml');
    await writeFile(join(folder, 'b.yaml'), 'known:\n  - rule: R1000\n    reason: x\n');
    const none = await run(['--baseline', 'b.yaml']);
    expect({ code: none.code, runs: none.runs }).toEqual({ code: 3, runs: 0 });
    expect(none.err).toMatch(/b\.yaml, line 2: this entry can match nothing: there is no rule R1000/);
  });

  test('is written with --update-baseline', async () => {
    expect((await run(['--update-baseline'])).code).toBe(0);
    expect(await file('conformance-baseline.yaml')).toContain('- id: connect-accepted-9f2c1a\n');
    expect((await run([])).code).toBe(0);
  });
});

describe('report', () => {
  async function report(...words: readonly string[]) {
    const io = fakeIo({}, folder);
    const code = await main(['report', ...words], io, fakeEngine());
    return { code, out: io.out(), err: io.err() };
  }
  async function stored(name: string, record: object): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(record));
    return path;
  }

  test('renders stored records without a target, with the code of their runs', async () => {
    const one = await stored('one.json', sampleRecord);
    const two = await stored('two.json', conforming.record);
    expect(await report(two)).toMatchObject({ code: 0, out: expect.stringMatching(/^CONFORMS /) as string });
    const both = await report(one, two, '--reporter', 'junit');
    expect(both.code).toBe(1);
    expect(both.out.match(/<testsuite /g)).toHaveLength(2);
    const cut = await stored('cut.json', { ...conforming.record, verdict: 'inconclusive' });
    expect((await report(cut, two)).code).toBe(2);
  });

  test('names what lies beside a record', async () => {
    await run([]);
    const { out } = await report(join(folder, 'out', 'report.json'));
    expect(out).toContain(
      `Replay:     ri-conformance replay ${join(folder, 'out/divergences/connect-accepted-9f2c1a.json')} --target http://127.0.0.1:8787\n`,
    );
    expect(out).toContain(`With curl:  bash ${join(folder, 'out/divergences/connect-accepted-9f2c1a.sh')}\n`);
    expect((await report(await stored('alone.json', sampleRecord))).out).not.toContain('Replay:');
  });

  test('writes to --out, judges by --baseline, and refuses what is no record', async () => {
    const one = await stored('one.json', sampleRecord);
    await writeFile(join(folder, 'b.yaml'), 'known:\n  - rule: R36\n    reason: x\n');
    const { code, out } = await report(
      one,
      '--reporter',
      'sarif',
      '--out',
      'r.sarif',
      '--baseline',
      'b.yaml',
    );
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(await file('r.sarif')).toContain('suppressions');
    expect((await report(one, '--reporter', 'json,junit', '--out', 'x')).err).toMatch(
      /--out is for one reporter/,
    );
    const other = await report(await stored('x.json', {}));
    expect(other).toMatchObject({
      code: 3,
      err: expect.stringMatching(/x\.json is not a run record/) as string,
    });
    expect((await report(join(folder, 'none.json'))).err).toMatch(/none\.json cannot be read/);
  });

  test('goes by the list that it is given, not by the one of the run', async () => {
    const entries = [
      { line: 1, match: 'R36', reason: 'x', outcome: 'known', divergences: ['connect-accepted-9f2c1a'] },
    ];
    const one = await stored('one.json', {
      ...sampleRecord,
      baseline: { file: 'b.yaml', entries, unlisted: [] },
    });
    expect((await report(one)).code).toBe(0);
    expect((await report(one, '--baseline', 'none')).code).toBe(1);
  });

  test('prints hostile text harmlessly', async () => {
    const { out } = await report(await stored('evil.json', saying(hostile)));
    // oxlint-disable-next-line no-control-regex
    expect(out.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f]/);
  });
});
