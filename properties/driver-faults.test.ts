import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clientTarget } from '../adapters/client-target.ts';
import { startEmulator } from '../adapters/emulator/serve.ts';
import { execClient } from '../adapters/exec/exec-client.ts';
import type { RunRecord } from '../reports/record.ts';
import { runConformance } from './conformance.ts';
import { SetupError } from './run/errors.ts';
import { manualTimes } from './testing/campaigns.ts';

/** Runs through a driver that is sound, but for the operation over which it breaks down. */

const fakeDriver = join(import.meta.dirname, '../adapters/exec/testing/fake-driver.mjs');

async function runThrough(breaksOn: string, commands = 150): Promise<RunRecord> {
  const served = await startEmulator({ clock: 'manual' });
  const endpoint = served.url;
  const key = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
  const command = `"${process.execPath}" "${fakeDriver}" real ${breaksOn}`;
  const client = await execClient(command, { endpoint, ...key, regionId: 'cn-hangzhou', timeoutMs: 2000 });
  const target = await clientTarget(client, { endpoint, timeoutMs: 2000 });
  try {
    const { record } = await runConformance({
      target,
      edition: 'any',
      regionId: 'cn-hangzhou',
      maxRouters: 8,
      seed: 3,
      commands,
      concurrency: 4,
      times: manualTimes,
      shrinkBudget: 40,
    });
    return record;
  } finally {
    await target.close();
    await served.close();
  }
}

describe('A driver that breaks down', () => {
  test('is reported by name, and the run goes on', async () => {
    const record = await runThrough('ModifyRouterInterfaceSpec');
    expect(record.verdict).toBe('diverges');
    expect(record.ended).toBeUndefined();
    expect(record.counts.commands).toBeGreaterThanOrEqual(150);
    expect(record.divergences).toHaveLength(1);
    expect(record.divergences[0]).toMatchObject({
      kind: 'client',
      operation: 'ModifyRouterInterfaceSpec',
      rules: [],
      observed: 'it ended with exit code 2; its last words: panic: index out of range',
      reproduced: true,
    });
    expect(record.leftBehind).toEqual([]);
    expect(record.rules.filter(({ verdict }) => verdict === 'diverges')).toEqual([]);
  });

  test('in the set-up leaves nothing to judge', async () => {
    const run = runThrough('CreateVpc');
    await expect(run).rejects.toThrow(SetupError);
    await expect(run).rejects.toThrow(/panic: index out of range/);
  });
});
