import type { RunningEmulator, ServeOptions } from '../adapters/emulator/serve.ts';
import { parseProfile } from '../adapters/emulator/profiles.ts';
import { startEmulator } from '../adapters/emulator/serve.ts';
import { UsageError } from '../properties/run/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { reasonOf, systemCode } from './reason.ts';
import { emulatorOptions } from './target-choice.ts';

/** As Commander gives them: strings, but for switches. */
export interface ServeFlags {
  readonly port: string;
  readonly host: string;
  readonly edition?: string | undefined;
  readonly profile?: string | undefined;
  readonly mutant?: string | undefined;
  readonly manualClock?: boolean | undefined;
  readonly connectMs?: string | undefined;
  readonly activateMs?: string | undefined;
  readonly deactivateMs?: string | undefined;
  readonly deleteMs?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly accessKeySecret?: string | undefined;
  readonly securityToken?: string | undefined;
  /** False when `--no-verify-signature` was given. */
  readonly verifySignature?: boolean | undefined;
}

function numberFrom(flag: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new UsageError(`${flag} must be a whole number from 0 to ${most}, not "${text}".`);
}

const longestMs = 3_600_000;

/**
 * On a real clock: long enough that a client which looks at once sees each transitional status, short
 * enough that nobody waits. The profile axis `transitions` asks for other times.
 */
const quick = { connectMs: 20, activateMs: 12, deactivateMs: 12, deleteMs: 12, specChangeMs: 8 };

function serveOptions(flags: ServeFlags): ServeOptions {
  const milliseconds = (flag: string, text: string | undefined): number | undefined =>
    text === undefined ? undefined : numberFrom(flag, text, longestMs);
  const { accessKeyId = 'testid', accessKeySecret: secret = 'testsecret', securityToken } = flags;
  const paced =
    flags.manualClock === true || parseProfile(flags.profile ?? 'default').transitions !== undefined;
  const times = paced ? undefined : quick;
  return {
    ...emulatorOptions(flags),
    host: flags.host,
    port: numberFrom('--port', flags.port, 65_535),
    clock: flags.manualClock === true ? 'manual' : 'real',
    connectMs: milliseconds('--connect-ms', flags.connectMs) ?? times?.connectMs,
    activateMs: milliseconds('--activate-ms', flags.activateMs) ?? times?.activateMs,
    deactivateMs: milliseconds('--deactivate-ms', flags.deactivateMs) ?? times?.deactivateMs,
    deleteMs: milliseconds('--delete-ms', flags.deleteMs) ?? times?.deleteMs,
    specChangeMs: times?.specChangeMs,
    accessKeys: { [accessKeyId]: securityToken === undefined ? secret : { secret, securityToken } },
    verifySignature: flags.verifySignature !== false,
  };
}

async function start(options: ServeOptions): Promise<RunningEmulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    const code = systemCode(error);
    const where = `${options.host}:${options.port}`;
    if (code === 'EADDRINUSE') {
      throw new UsageError(
        `cannot listen on ${where}: the port is in use. Give another --port, or 0 for any free one.`,
      );
    }
    throw new UsageError(
      code === undefined ? reasonOf(error) : `cannot listen on ${where}: ${reasonOf(error)}.`,
    );
  }
}

/** One line that says all a client needs. A secret of the user's own is not repeated. */
function greeting({ url, emulator }: RunningEmulator, flags: ServeFlags): string {
  const { accessKeyId = 'testid', accessKeySecret, securityToken } = flags;
  const key =
    flags.verifySignature === false
      ? 'signatures not verified'
      : `access key ${accessKeyId} / ${accessKeySecret === undefined ? 'testsecret' : '(as given)'}${securityToken === undefined ? '' : ', only with its security token'}`;
  const { profile = 'default', mutant } = { ...flags, ...emulatorOptions(flags) };
  return [
    `Emulator at ${url}`,
    `edition ${emulator.settings.edition}`,
    `profile ${typeof profile === 'string' ? profile : 'given'}`,
    ...(mutant === undefined ? [] : [`mutant ${mutant}`]),
    key,
    `control ${url}/_control${flags.manualClock === true ? ' (manual clock)' : ''}`,
  ].join(', ');
}

/** `ri-conformance serve`: serves the emulator over HTTP until SIGINT or SIGTERM. Returns the exit code. */
export async function serve(flags: ServeFlags, io: Io): Promise<ExitCode> {
  const running = await start(serveOptions(flags));
  const stopped = new Promise<void>((resolve) => {
    const release = io.onInterrupt(() => {
      release();
      resolve();
    });
  });
  io.stdout.write(`${greeting(running, flags)}\n`);
  await stopped;
  await running.close();
  return exitCodes.conforms;
}
