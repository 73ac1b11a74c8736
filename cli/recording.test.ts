import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../reports/record.ts';
import { command } from './testing/command.ts';

let folder = '';
let file = '';
const out = (name: string): string => join(folder, name);
async function reported(name: string): Promise<Partial<RunRecord>> {
  const record = JSON.parse(await readFile(join(out(name), 'report.json'), 'utf8')) as RunRecord;
  return { ...record, startedAt: '', target: '', counts: { ...record.counts, seconds: 0 } };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
  file = out('kept.jsonl');
  const words = [
    '--target',
    'emulator',
    '--mutant',
    'connect-role-code',
    '--seed',
    '11',
    '--commands',
    '600',
  ];
  const { code } = await command('run', ...words, '--record', file, '--out', out('first'), '--quiet');
  expect(code).toBe(1);
});
afterAll(() => rm(folder, { recursive: true }));

describe('run --target recording:FILE', () => {
  test('takes the options of the recording, and reports the same', async () => {
    const { code, err } = await command('run', '--target', `recording:${file}`, '--out', out('second'));
    expect(code).toBe(1);
    expect(err).toContain(`recording(${file}) of emulator, edition any, seed 11`);
    expect(await reported('second')).toEqual(await reported('first'));
  });

  test('ends with 2 and the reason when something else is asked for', async () => {
    const { code, err } = await command(
      'run',
      '--target',
      `recording:${file}`,
      '--seed',
      '12',
      '--out',
      out('third'),
      '--quiet',
    );
    expect(code).toBe(2);
    expect(err).toMatch(/^Nothing could be judged: the recording .* sequence 0, number 1: asked for/);
    expect(err).toContain('--seed is 12, recorded 11');
  });

  test.each([
    [['--record', 'x.jsonl'], /--record is for a live target/],
    [['--mutant', 'connect-role-code'], /--mutant is for a live target/],
    [['--method', 'POST'], /--method is for a live target/],
  ])('refuses %j', async (words, message) => {
    const { code, err } = await command('run', '--target', `recording:${file}`, ...words);
    expect(code).toBe(3);
    expect(err).toMatch(message);
  });

  test.each([
    ['nothing at all', '', /is empty: not a recording/],
    ['a report', '{"schemaVersion":1}\n', /line 1: this is not the header of a recording/],
    [
      'options that cannot be',
      '{"kind":"recording","recordingVersion":2,"tool":{"name":"ri-conformance","version":"1"},"target":"t","command":"run","options":{"seed":"x"},"about":{},"run":"a"}\n{"kind":"end","counts":{"part":0,"call":0,"hook":0,"settle":0,"raw":0,"race":0}}\n',
      /line 1: "options\.seed" must be a whole number/,
    ],
  ])('ends with 3 for a file with %s', async (_what, text, message) => {
    const wrong = out('wrong.jsonl');
    await writeFile(wrong, text);
    const { code, err } = await command('run', '--target', `recording:${wrong}`, '--out', out('none'));
    expect(code).toBe(3);
    expect(err).toMatch(message);
  });

  test('cannot be replayed on when it holds something else', async () => {
    const [found] = (await reported('first')).divergences ?? [];
    const counterexample = join(out('first'), found?.traceFile ?? '');
    const { code, err, out: said } = await command('replay', counterexample, '--target', `recording:${file}`);
    expect(code).toBe(2);
    expect(err + said).toMatch(/it was recorded by "run", this is "replay"/);
  });
});

test('replay --record keeps what a replay needs', async () => {
  const [found] = (await reported('first')).divergences ?? [];
  const counterexample = join(out('first'), found?.traceFile ?? '');
  const kept = out('replay.jsonl');
  const live = ['--target', 'emulator', '--mutant', 'connect-role-code', '--record', kept];
  expect(await command('replay', counterexample, ...live)).toMatchObject({ code: 1 });
  const again = await command('replay', counterexample, '--target', `recording:${kept}`);
  expect(again).toMatchObject({ code: 1 });
  expect(again.out).toMatch(/^STILL DIVERGES/);
});

test('--record says so when the file cannot be written', async () => {
  const nowhere = join(folder, 'no', 'such', 'folder');
  const { code, err } = await command(
    'run',
    '--target',
    'emulator',
    '--record',
    nowhere,
    '--out',
    out('none'),
  );
  expect(code).toBe(3);
  expect(err).toMatch(/cannot write to the recording .*no such file or directory/);
});
