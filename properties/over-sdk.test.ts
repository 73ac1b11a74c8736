import { describe, expect, test } from 'vitest';
import type { ClientSettings } from '../adapters/client.ts';
import { clientTarget } from '../adapters/client-target.ts';
import { type ServeOptions, startEmulator } from '../adapters/emulator/serve.ts';
import { openClient } from '../adapters/open-client.ts';
import type { RunRecord } from '../reports/record.ts';
import { runConformance } from './conformance.ts';
import { manualTimes } from './testing/campaigns.ts';

/** The default campaign through the official Node SDKs, unmodified, in every wire form they have. */

type Form = Pick<ClientSettings, 'signature' | 'method'>;
const forms: readonly (readonly [spec: string, form: Form])[] = [
  ['sdk:vpc20160428', { signature: 'acs3' }],
  ['sdk:vpc20160428', { signature: 'v1' }],
  ['sdk:pop-core', { method: 'GET' }],
  ['sdk:pop-core', { method: 'POST' }],
];

async function through(
  spec: string,
  form: Form,
  emulator: ServeOptions,
  commands: number,
): Promise<RunRecord> {
  const served = await startEmulator({ ...emulator, clock: 'manual' });
  const client = await openClient(spec, {
    endpoint: served.url,
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
    regionId: 'cn-hangzhou',
    timeoutMs: 10_000,
    ...form,
  });
  const target = await clientTarget(client, { endpoint: served.url, timeoutMs: 10_000 });
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
      shrinkBudget: 300,
    });
    return record;
  } finally {
    await target.close();
    await served.close();
  }
}

describe.each(forms)('Through %s %j', (spec, form) => {
  test('the clean emulator conforms', async () => {
    const record = await through(spec, form, {}, 1200);
    expect(record.divergences).toEqual([]);
    expect(record.inconclusive).toEqual([]);
    expect(record.leftBehind).toEqual([]);
    expect(record.verdict).toBe('conforms');
    expect(record.client?.version).toMatch(/^@alicloud\/(vpc20160428|pop-core) \d/);
    expect(record.rules.find(({ id }) => id === 'R8')?.verdict).toBe('conforms');
  });

  test('a mutant shows', async () => {
    const record = await through(spec, form, { mutant: 'connect-role-code' }, 500);
    expect(record.divergences.map(({ operation }) => operation)).toContain('ConnectRouterInterface');
    expect(record.verdict).toBe('diverges');
  });
});
