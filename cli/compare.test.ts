import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ComparisonRecord } from '../reports/comparison-record.ts';
import { targetWithOptions } from './compare.ts';
import { command } from './testing/command.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterAll(() => rm(folder, { recursive: true }));

const few = ['--seed', '1', '--commands', '300', '--shrink', '100', '--quiet'];
const faulty = 'emulator mutant=connect-role-code';

describe('compare', () => {
  test('of two that are alike ends with 0', async () => {
    const { code, out } = await command('compare', '--target', 'emulator', '--target', 'emulator', ...few);
    expect(code).toBe(0);
    expect(out).toMatch(/^SAME {2}0 differences/);
  });

  test('of one with a mutant ends with 1, prints both answers and writes compare.json', async () => {
    const targets = ['--target', 'emulator', '--target', faulty];
    const { code, out } = await command('compare', ...targets, ...few, '--out', folder);
    expect(code).toBe(1);
    expect(out).toMatch(/^DIFFERENT/);
    expect(out).toMatch(/^DIVERGENCE {2}connect-code-/m);
    expect(out).toMatch(/^ {2}A +400 IncorrectRole\.NotInitiatingSide: conforms$/m);
    expect(out).toMatch(/^ {2}B +400 IncorrectRole: diverges \(R33/m);
    const written = JSON.parse(await readFile(join(folder, 'compare.json'), 'utf8')) as ComparisonRecord;
    expect(written).toMatchObject({ schemaVersion: 1, verdict: 'different', seed: 1 });
    const json = await command('compare', ...targets, ...few, '--json');
    expect((JSON.parse(json.out) as ComparisonRecord).differences.map(({ id }) => id)).toEqual(
      written.differences.map(({ id }) => id),
    );
  });

  test('takes a recording by its own options, and two of them without any target', async () => {
    const [clean, other] = [join(folder, 'clean.jsonl'), join(folder, 'other.jsonl')];
    const run = ['run', '--seed', '5', '--commands', '250', '--quiet', '--shrink', '0', '--out', folder];
    await command(...run, '--target', 'emulator', '--record', clean);
    const wrong = ['--target', 'emulator', '--mutant', 'activate-any-status'];
    await command(...run, ...wrong, '--record', other);
    const alike = await command(
      'compare',
      '--target',
      `recording:${clean}`,
      '--target',
      'emulator',
      '--quiet',
    );
    expect(alike).toMatchObject({ code: 0 });
    expect(alike.out).toMatch(/seed +5/);
    const apart = ['--target', `recording:${clean}`, '--target', `recording:${other}`];
    const { code, out } = await command('compare', ...apart, '--quiet');
    expect(code).toBe(1);
    expect(out).toContain('(not made shorter)');
    const seeded = await command('compare', ...apart, '--seed', '6', '--quiet');
    expect(seeded.code).toBe(2);
    expect(seeded.err).toContain('--seed is 6, recorded 5');
  });

  test('takes a recording by the quota and the suite that it was made with', async () => {
    const file = join(folder, 'quota.jsonl');
    const run = ['run', '--seed', '5', '--commands', '200', '--quiet', '--shrink', '0', '--out', folder];
    const other = ['--quota-per-router', '3', '--suite', 'random'];
    await command(...run, ...other, '--target', 'emulator', '--record', file);
    const targets = ['--target', `recording:${file}`, '--target', 'emulator'];
    const { code, err } = await command('compare', ...targets, '--quiet');
    expect(err).toBe('');
    expect(code).toBe(0);
    const documented = await command('compare', ...targets, '--quota-per-router', '5', '--quiet');
    expect(documented.code).toBe(2);
    expect(documented.err).toContain('--quota-per-router is 5, recorded 3');
  });

  const same = 'http://127.0.0.1:9';
  test.each<[readonly string[], number, RegExp]>([
    [['--target', 'emulator'], 3, /two targets are compared, each with --target: 1 given/],
    [[], 3, /0 given/],
    [
      ['--target', 'emulator', '--target', 'emulator color=no'],
      3,
      /"color=no" .* none of its options.*profile/,
    ],
    [['--target', 'emulator', '--target', 'emulator mutant=no-such'], 3, /unknown mutant "no-such"/],
    [['--target', 'emulator', '--target', 'emulator method=GET'], 3, /--method is for a target at a URL/],
    [['--target', same, '--target', `${same}/`], 3, /both targets are http:\/\/127\.0\.0\.1:9.*Start two/],
    [['--target', 'emulator', '--target', 'ftp://x'], 3, /ftp/],
    [['--target', 'emulator', '--target', same, '--quiet'], 2, /Nothing could be judged: /],
    [['--target', 'emulator', '--target', 'recording:/no/such'], 3, /cannot be read/],
  ])('%j ends with %d', async (words, code, message) => {
    const ended = await command('compare', ...words);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(message);
  });
});

describe('A target with options of its own', () => {
  test.each([
    ['emulator', { target: 'emulator' }],
    [
      ' emulator  profile=reads=lagging,acceptor=Idle mutant=x',
      { target: 'emulator', profile: 'reads=lagging,acceptor=Idle', mutant: 'x' },
    ],
    ['http://a:1 timeout=500 control=none', { target: 'http://a:1', timeout: 500, control: 'none' }],
    ['emulator emulator-edition=E2025', { target: 'emulator', emulatorEdition: 'E2025' }],
    ['exec:python3 driver.py a=b timeout=9', { target: 'exec:python3 driver.py a=b', timeout: 9 }],
  ])('is read from %j', (text, expected) => {
    expect(targetWithOptions(text)).toEqual(expected);
  });

  test('says which of its options is wrong', () => {
    expect(() => targetWithOptions('http://a:1 timeout=soon')).toThrow(
      /timeout of the target http:\/\/a:1 must be a whole number/,
    );
  });
});
