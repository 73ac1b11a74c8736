import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type RunningEmulator } from '../adapters/emulator/serve.ts';
import { main } from './command-line.ts';
import { engine } from './engine.ts';
import { fakeIo } from './testing/fake-io.ts';

/** The whole way, with nothing made up: an emulator with one defect, at a URL. */
let folder = '';
let flawed: RunningEmulator;
let report = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
  flawed = await startEmulator({ mutant: 'connect-same-router', clock: 'manual' });
  const io = fakeIo();
  const words = ['run', '--target', flawed.url, '--commands', '3000', '--seed', '5', '--out', folder];
  expect(await main(words, io, engine)).toBe(1);
  report = io.out();
  // Every suite over HTTP: some seconds, more on a machine that has other things to do.
}, 60_000);
afterAll(async () => {
  await flawed.close();
  await rm(folder, { recursive: true });
});

/** The words of the first printed command after `label`. */
function printed(label: string): string[] {
  const line = report.split('\n').find((each) => each.trimStart().startsWith(label)) ?? '';
  return line.trim().slice(label.length).trim().split(' ');
}

describe('a divergence that was found', () => {
  test('is reported with the rule that the defect breaks', () => {
    expect(report).toMatch(/^DIVERGES {2}http\(/);
    expect(report).toMatch(/^DIVERGES +R37 /m);
  });

  test('diverges again by the printed replay command, and is FIXED without the defect', async () => {
    const words = printed('Replay:').slice(1);
    const again = fakeIo();
    expect(await main(words, again, engine)).toBe(1);
    expect(again.out()).toMatch(/^STILL DIVERGES /);
    const fixed = fakeIo();
    const elsewhere = words.map((word) => (word === flawed.url ? 'emulator' : word));
    expect(await main(elsewhere, fixed, engine)).toBe(0);
    expect(fixed.out()).toMatch(/^FIXED /);
  });

  test('can be judged again from its file alone', async () => {
    const io = fakeIo();
    expect(await main(['judge', printed('Replay:')[2] ?? ''], io, engine)).toBe(1);
    expect(io.out()).toMatch(/verdict +diverges/);
  });

  const present = ['bash', 'curl', 'openssl'].every(
    (tool) => spawnSync(tool, ['version']).error === undefined,
  );
  test.skipIf(!present)('shows by the printed curl script, which signs, and cleans up', async () => {
    const [command = '', script = ''] = printed('With curl:');
    const text = await readFile(script, 'utf8');
    const { stdout } = await promisify(execFile)(command, [script]);
    expect(stdout).not.toMatch(/SignatureDoesNotMatch/);
    const program = stdout.split('DeactivateRouterInterface')[0] ?? '';
    expect(program.trim().split('\n').at(-1)).toMatch(/HTTP 200$/);
    expect(text).toContain('# came: 200 (diverges)');
    const deleted = stdout
      .split('\n')
      .filter((_, index, lines) => lines[index - 1]?.startsWith('Delete') === true);
    expect(deleted.length).toBeGreaterThan(1);
    expect(deleted.filter((answer) => !answer.endsWith('HTTP 200'))).toEqual([]);
  });
});
