import { type ClientSettings, ClientSetupError } from '../adapters/client.ts';
import { clientTarget } from '../adapters/client-target.ts';
import type { EmulatorOptions } from '../adapters/emulator/emulator.ts';
import { type RunningEmulator, startEmulator } from '../adapters/emulator/serve.ts';
import type { HttpTarget } from '../adapters/http/http-target.ts';
import { parseTargetUrl, TargetUrlError } from '../adapters/http/target-url.ts';
import { openClient } from '../adapters/open-client.ts';
import { SetupError, UsageError } from '../properties/run/errors.ts';
import { credentialsFor, testCredentials } from './credentials.ts';
import type { Io } from './io.ts';
import type { GivenOptions } from './options.ts';
import { reasonOf } from './reason.ts';

/** A client library to be judged, with what it is pointed at. */
export interface ClientChoice {
  readonly kind: 'client';
  /** `sdk:pop-core`, `exec:python3 driver.py`. */
  readonly client: string;
  /** The target at a URL, or the emulator that is started behind the client. */
  readonly behind: { readonly url: string } | { readonly emulator: EmulatorOptions };
  readonly settings: Omit<ClientSettings, 'endpoint'>;
  readonly controlUrl?: string | null;
}

const defaultTimeoutMs = 10_000;

/** Returns `<client>` and `<URL>` of `<client>@<URL>`. An e-mail address or a version has an `@` too, so the scheme counts. */
export function splitClient(target: string): { readonly client: string; readonly url?: string } {
  const at = target.search(/@https?:\/\//i);
  if (at >= 0) return { client: target.slice(0, at), url: target.slice(at + 1) };
  // `sdk:pop-core@127.0.0.1:8787`: the URL without its scheme, which its own check explains.
  const [, client, url] = /^(sdk:[^=@]*)@(.*)$/s.exec(target) ?? [];
  return client === undefined || url === undefined ? { client: target } : { client, url };
}

/** Returns whether `--target` names a client library. */
export function isClient(target: string): boolean {
  return /^(sdk|exec):/.test(target);
}

/**
 * Returns the client that `target` names, with how it is set up. `emulator` makes the emulator behind it,
 * where no URL is given. Throws `UsageError` or `TargetUrlError`.
 */
export function chooseClient(
  target: string,
  given: GivenOptions,
  env: Io['env'],
  emulator: () => EmulatorOptions,
): ClientChoice {
  const { client, url } = splitClient(target);
  const { control, method, signature, region, timeout = defaultTimeoutMs } = given;
  if (url !== undefined) parseTargetUrl(url);
  if (control !== undefined && control !== 'none') parseTargetUrl(control, 'control URL');
  return {
    kind: 'client',
    client,
    behind: url === undefined ? { emulator: emulator() } : { url },
    settings: {
      ...(url === undefined ? testCredentials : credentialsFor(url, given, env)),
      regionId: region ?? given.routers?.[0]?.regionId ?? 'cn-hangzhou',
      timeoutMs: timeout,
      ...(method === undefined ? {} : { method }),
      ...(signature === undefined ? {} : { signature }),
    },
    ...(control === undefined ? {} : { controlUrl: control === 'none' ? null : control }),
  };
}

async function emulatorBehind({ behind }: ClientChoice): Promise<RunningEmulator | undefined> {
  if (!('emulator' in behind)) return undefined;
  try {
    // Its own time, as when it is embedded: nothing waits.
    return await startEmulator({ ...behind.emulator, clock: 'manual' });
  } catch (error) {
    throw new UsageError(reasonOf(error)); // every complaint of its constructor is about an option
  }
}

/**
 * Returns the client as a target, and starts the emulator behind it where there is one. Rejects with
 * `UsageError` for a client that does not exist, with `SetupError` for one that does not run here.
 */
export async function openClientTarget(choice: ClientChoice): Promise<HttpTarget> {
  const served = await emulatorBehind(choice);
  const { behind } = choice;
  const endpoint = served?.url ?? ('url' in behind ? behind.url : '');
  try {
    const client = await openClient(choice.client, { ...choice.settings, endpoint });
    try {
      const target = await clientTarget(client, {
        endpoint,
        timeoutMs: choice.settings.timeoutMs,
        ...(served === undefined ? {} : { where: 'emulator' }),
        ...(choice.controlUrl === undefined ? {} : { controlUrl: choice.controlUrl }),
      });
      const close = async (): Promise<void> => {
        await target.close();
        await served?.close();
      };
      return { ...target, close };
    } catch (error) {
      await client.close();
      throw error;
    }
  } catch (error) {
    await served?.close();
    if (error instanceof TargetUrlError) throw error;
    const usage = error instanceof ClientSetupError && error.fault === 'usage';
    throw usage ? new UsageError(error.message) : new SetupError(reasonOf(error));
  }
}
