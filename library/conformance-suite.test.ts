import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../adapters/emulator/serve.ts';

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
  let served: RunningEmulator;
  beforeAll(async () => {
    served = await startEmulator({ mutant: 'connect-role-code', clock: 'manual' });
  });
  afterAll(() => served.close());

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

  test('fails on a mutant at a URL, in the test of the rule that it breaks, with a program that shows it', async () => {
    const { code, output } = await runSuite({
      RI_CONFORMANCE_TARGET: served.url,
      RI_CONFORMANCE_SEED: '3',
      RI_CONFORMANCE_COMMANDS: '300',
    });
    expect(output).toMatch(/(×|FAIL) .*R33 connect-initiator: /);
    expect(output).toMatch(/ConnectRouterInterface\(ri\d.*400 IncorrectRole/);
    expect(output).toMatch(/✓ .*R45 /);
    expect(code).toBe(1);
  });

  test('fails without a seed in CI and says so', async () => {
    const { code, output } = await runSuite({ CI: 'true' });
    expect(output).toContain('RI_CONFORMANCE_SEED is not set, and in CI');
    expect(output).not.toContain('✓');
    expect(code).toBe(1);
  });

  test('fails when the target is not there and says so', async () => {
    const gone = await startEmulator();
    await gone.close();
    const { code, output } = await runSuite({ RI_CONFORMANCE_TARGET: gone.url, RI_CONFORMANCE_SEED: '3' });
    expect(output).toMatch(/SetupError: .*(refused|could not be reached)/i);
    expect(code).toBe(1);
  });
});
