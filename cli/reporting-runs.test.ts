import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ctrfErrors,
  eventErrors,
  junitErrors,
  recordErrors,
  sarifErrors,
} from '../reports/testing/schemas.ts';
import { main } from './command-line.ts';
import { engine } from './engine.ts';
import { fakeIo } from './testing/fake-io.ts';

/** Reports, known divergences and comparison on real runs: a target with a defect, then without. */
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function command(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const io = fakeIo({}, folder);
  const code = await main(words, io, engine);
  return { code, out: io.out(), err: io.err() };
}
const usual = 'run --target emulator --suite random --commands 600 --seed 1 --quiet'.split(' ');
const run = (out: string, ...words: readonly string[]) =>
  command(...usual, '--out', join(folder, out), ...words);
const file = (...path: readonly string[]): Promise<string> => readFile(join(folder, ...path), 'utf8');

test('a defect is reported in every format, listed, passes then, and is stale once it is mended', async () => {
  const flawed = ['--mutant', 'connect-role-code'];
  const first = await run('old', ...flawed, '--reporter', 'junit,ctrf,sarif,markdown,ndjson,console');
  expect(first.code).toBe(1);
  expect(junitErrors(await file('old', 'junit.xml'))).toEqual([]);
  expect(ctrfErrors(await file('old', 'ctrf.json'))).toEqual([]);
  expect(sarifErrors(await file('old', 'report.sarif'))).toEqual([]);
  expect(recordErrors(await file('old', 'report.json'))).toEqual([]);
  expect(eventErrors(await file('old', 'events.ndjson'))).toEqual([]);
  expect(await file('old', 'events.ndjson')).toContain('{"event":"progress","run":0,"phase":"running"');
  const old = join(folder, 'old', 'report.json');
  // Rendered later it is the same report.
  const later = await command('report', old, '--reporter', 'ctrf', '--out', join(folder, 'later.json'));
  expect(later.code).toBe(1);
  expect(withoutCommands(await file('later.json'))).toEqual(withoutCommands(await file('old', 'ctrf.json')));

  expect((await command('report', old, '--update-baseline')).code).toBe(0);
  expect(await file('conformance-baseline.yaml')).toMatch(/- id: connect-r33-[\da-f]{6}\n/);
  const known = await run('known', ...flawed);
  expect(known.out).toMatch(/^KNOWN /);
  expect(known.code).toBe(0);

  const mended = await run('new');
  expect(mended.code).toBe(1);
  expect(mended.out).toMatch(/stale: connect-r33-[\da-f]{6} conforms now; remove the entry at line \d+/);
  const newer = join(folder, 'new', 'report.json');
  expect(await command('diff', old, newer)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^NOT WORSE .*\n {2}found .*\b1 fixed/) as string,
  });
  const back = await command('diff', newer, old, '--json');
  expect(back.code).toBe(1);
  expect(JSON.parse(back.out)).toMatchObject({
    appeared: [{ rules: expect.arrayContaining(['R33']) as string[] }],
    fixed: [],
  });
  expect((await command('diff', newer, join(folder, 'none.json'))).code).toBe(3);
});

/** A CTRF report without the commands to copy, which name the target as each of the two was told. */
function withoutCommands(json: string): unknown {
  return JSON.parse(json.replaceAll(/\\n {2}(?:Replay|With curl):[^"]*?(?=\\n|")/g, ''));
}
