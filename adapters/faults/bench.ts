import type { Client } from '../client.ts';
import { parseEdition } from '../emulator/editions.ts';
import { startEmulator } from '../emulator/serve.ts';
import { httpTarget } from '../http/http-target.ts';
import type { Target } from '../target.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** A client under test before a target in good order, and between them a proxy that does harm on request. */
export interface Bench {
  /** The target, reached directly: to set a scene, and to see what came of it. */
  readonly target: Target;
  readonly proxy: FaultProxy;
  readonly client: Client;
  /** Puts another client in the place of one that hangs or died. */
  renewClient(): Promise<void>;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly edition?: string;
  readonly profile?: string;
  /** Those of the emulator unless given. */
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
}

/** Where a client is to connect to, and as whom. */
export interface BenchEndpoint {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** Makes a bench of its own; nothing of it is shared with another. */
export type OpenBench = (options?: BenchOptions) => Promise<Bench>;

const key = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };

/**
 * Returns what makes benches on loopback: an emulator with a manual clock, the proxy before it, seeded with
 * `seed`, and a client from `openClient`. Rejects with what `openClient` rejects with.
 */
export function benches(openClient: (where: BenchEndpoint) => Promise<Client>, seed: number): OpenBench {
  return async ({ edition, profile, ...credentials } = {}) => {
    const emulator = await startEmulator({ clock: 'manual', edition: parseEdition(edition), profile });
    const proxy = await startFaultProxy(emulator.url, seed);
    const target = await httpTarget({ url: emulator.url, ...key });
    const open = (): Promise<Client> => openClient({ endpoint: proxy.url, ...key, ...credentials });
    const stop = async (): Promise<void> => {
      await target.close();
      await proxy.close();
      await emulator.close();
    };
    try {
      let client = await open();
      return {
        target,
        proxy,
        get client() {
          return client;
        },
        async renewClient() {
          await client.close();
          client = await open();
        },
        async close() {
          await client.close();
          await stop();
        },
      };
    } catch (error) {
      await stop();
      throw error;
    }
  };
}
