import type { ClientSettings } from '../../adapters/client.ts';
import { clientTarget } from '../../adapters/client-target.ts';
import { type ServeOptions, startEmulator } from '../../adapters/emulator/serve.ts';
import { openClient } from '../../adapters/open-client.ts';
import type { RunRecord } from '../../reports/record.ts';
import { runConformance } from '../conformance.ts';
import { manualTimes, regionId } from './campaigns.ts';

/** The wire form that a client is asked for. */
export type Form = Pick<ClientSettings, 'signature' | 'method'>;

/** What the emulator takes. */
export const emulatorKey = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };

export interface ThroughOptions {
  readonly form?: Form;
  readonly emulator?: ServeOptions;
  readonly commands: number;
  readonly shrinkBudget?: number;
}

/**
 * Returns the record of a run against an emulator in its own time, through the client that `spec` names.
 * Rejects like `openClient` and `runConformance`; nothing stays open either way.
 */
export async function runThrough(
  spec: string,
  { form = {}, emulator = {}, commands, shrinkBudget = 150 }: ThroughOptions,
): Promise<RunRecord> {
  const timeoutMs = 10_000;
  const served = await startEmulator({ ...emulator, clock: 'manual' });
  const endpoint = served.url;
  try {
    const client = await openClient(spec, { endpoint, ...emulatorKey, regionId, timeoutMs, ...form });
    const target = await clientTarget(client, { endpoint, timeoutMs });
    try {
      const { record } = await runConformance({
        target,
        edition: 'any',
        regionId,
        maxRouters: 8,
        seed: 3,
        commands,
        concurrency: 4,
        times: manualTimes,
        shrinkBudget,
      });
      return record;
    } finally {
      await target.close();
    }
  } finally {
    await served.close();
  }
}
