import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import { startEmulator } from '../adapters/emulator/serve.ts';
import { judging } from './judge-target.ts';

/** The suite for CI, run as its users run it: a process of its own, steered by the environment. */

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the suite with these variables and none of this test's own. */
function runSuite(env: Record<string, string>): Promise<Finished> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitest, 'run', '--config', 'vitest.conformance.config.ts'], {
      cwd: root,
      env: { PATH, HOME, NO_COLOR: '1', ...env },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

describe('The conformance suite', () => {
  test('passes against the emulator, with a test per rule and the rest skipped by name', async () => {
    const { code, output } = await runSuite({
      CI: 'true',
      RI_CONFORMANCE_SEED: '3',
      RI_CONFORMANCE_COMMANDS: '800',
    });
    expect(output).toContain('RI_CONFORMANCE_SEED=3');
    expect(output).toMatch(/✓ .*R33 connect-initiator: /);
    expect(output).toMatch(/↓ .*R91 .*\[not testable: needs a VBR/);
    expect(output).not.toContain('✗');
    expect(code).toBe(0);
  });
});

describe('What a suite is to judge', () => {
  const here = { env: {}, cwd: root };

  test('is an error without a seed in CI', async () => {
    const ci = { ...here, env: { CI: 'true' } };
    await expect(judging({}, ci)).rejects.toThrow(/RI_CONFORMANCE_SEED is not set, and in CI/);
    expect((await judging({ seed: 7 }, ci)).seed).toBe(7);
    expect((await judging({}, { ...here, env: { CI: 'false' } })).seed).toBeGreaterThanOrEqual(0);
  });

  test('comes from the options, then the environment', async () => {
    const env = { RI_CONFORMANCE_TARGET: 'http://127.0.0.1:1', RI_CONFORMANCE_EDITION: 'E2019' };
    expect(await judging({ edition: 'E2018b' }, { ...here, env })).toMatchObject({
      target: 'http://127.0.0.1:1',
      edition: 'E2018b',
    });
    expect((await judging({}, here)).target).toBe('emulator');
  });

  test('is refused when it makes no sense', async () => {
    const given = { comands: 3 } as object;
    await expect(judging(given, here)).rejects.toThrow(/unknown option "comands"/);
    await expect(judging({ target: 'nowhere' }, here)).rejects.toThrow(/"nowhere" is not/);
  });

  test('rejects when the target is not there', async () => {
    const gone = await startEmulator();
    await gone.close();
    const { run } = await judging({ target: gone.url }, here);
    await expect(run()).rejects.toThrow(/refused|could not be reached/i);
  });

  test('may be an adapter of its own, which stays open', async () => {
    let closed = 0;
    const target = { ...embeddedTarget(), name: 'mine', close: async () => void (closed += 1) };
    const { target: name, run } = await judging({ target, seed: 1, commands: 60, suite: 'random' }, here);
    const { verdict } = await run();
    expect({ name, verdict, closed }).toEqual({ name: 'mine', verdict: 'conforms', closed: 0 });
  });
});
