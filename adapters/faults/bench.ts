import type { Client } from '../client.ts';
import { parseEdition } from '../emulator/editions.ts';
import { startEmulator } from '../emulator/serve.ts';
import { httpTarget } from '../http/http-target.ts';
import type { Target } from '../target.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** How the target behaves: one of the emulator's editions and profiles. */
export interface BenchTarget {
  readonly edition?: string;
  readonly profile?: string;
}

/** A client under test before a target in good order, and between them a proxy that does harm on request. */
export interface Bench {
  /** The target, reached directly: to set a scene, and to see what came of it. */
  readonly target: Target;
  readonly proxy: FaultProxy;
  readonly client: Client;
  /** Puts another client in the place of one that hangs or died. */
  renewClient(): Promise<void>;
  /** Puts another target in the place of this one, under the address that the client knows. */
  renewTarget(target: BenchTarget): Promise<void>;
  close(): Promise<void>;
}

/** Where a client is to connect to, and as whom. */
export interface BenchEndpoint {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** Makes a bench of its own, nothing of which is shared with another; the client has the emulator's key unless told. */
export type OpenBench = (key?: Partial<Omit<BenchEndpoint, 'endpoint'>>) => Promise<Bench>;

const emulatorKey = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };

/** An emulator, and the way to it past proxy and client. */
interface Served {
  readonly url: string;
  readonly target: Target;
  stop(): Promise<void>;
}

async function serve({ edition, profile }: BenchTarget): Promise<Served> {
  const emulator = await startEmulator({ clock: 'manual', edition: parseEdition(edition), profile });
  const target = await httpTarget({ url: emulator.url, ...emulatorKey });
  return {
    url: emulator.url,
    target,
    async stop() {
      await target.close();
      await emulator.close();
    },
  };
}

/**
 * Returns what makes benches on loopback: an emulator with a manual clock, the proxy before it, seeded with
 * `seed`, and a client from `openClient`. Rejects with what `openClient` rejects with.
 */
export function benches(openClient: (where: BenchEndpoint) => Promise<Client>, seed: number): OpenBench {
  return async (key = {}) => {
    let served = await serve({});
    const proxy = await startFaultProxy(served.url, seed);
    const open = (): Promise<Client> => openClient({ endpoint: proxy.url, ...emulatorKey, ...key });
    const stop = async (): Promise<void> => {
      await proxy.close();
      await served.stop();
    };
    try {
      let client = await open();
      return {
        proxy,
        get target() {
          return served.target;
        },
        get client() {
          return client;
        },
        async renewClient() {
          await client.close();
          client = await open();
        },
        async renewTarget(target) {
          await served.stop();
          served = await serve(target);
          proxy.turnTo(served.url);
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
