import { conformance } from 'ri-conformance';
import { startEmulator } from 'ri-conformance/adapters';
import { afterAll } from 'vitest';

/** One part of the campaign that conformance.config.ts describes, on a target of its own. */
export async function part(shard: `${number}/${number}`): Promise<void> {
  // Start your emulator here instead. DEFECT gives this one a defect.
  const mutant = process.env.DEFECT;
  const server = await startEmulator({ clock: 'manual', ...(mutant ? { mutant } : {}) });
  afterAll(() => server.close());
  await conformance({ target: server.url, shard, out: `parts/${shard.split('/')[0]}` });
}
