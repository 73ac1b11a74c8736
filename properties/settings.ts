import { randomInt } from 'node:crypto';
import { type EditionId, editionIds, isEdition } from '../model/spec/editions.ts';

/** What the environment says about a run of `npm run conformance`. */
export interface Settings {
  /** `emulator`, or the URL of what is to be judged. */
  readonly target: string;
  readonly edition: EditionId | 'any';
  readonly commands: number;
  readonly seed: number;
  /** Where the control hooks are; null to ask for none, undefined to look for them at the target. */
  readonly controlUrl?: string | null;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const largestSeed = 2 ** 31 - 1;
const emulatorKey = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };

/**
 * Reads the settings of a conformance run; nothing else in this folder looks at the environment.
 *
 * Throws an Error that names the variable, what it holds and what it may hold. In CI the seed must be
 * given: a run that cannot be repeated is worth nothing there.
 */
export function readSettings(env: Env = process.env): Settings {
  const value = (name: string): string | undefined => env[name]?.trim() || undefined;
  const target = value('RI_CONFORMANCE_TARGET') ?? 'emulator';
  if (target !== 'emulator') checkUrl('RI_CONFORMANCE_TARGET', target, '"emulator" or a URL');
  const edition = value('RI_CONFORMANCE_EDITION') ?? 'any';
  if (edition !== 'any' && !isEdition(edition)) {
    throw wrong('RI_CONFORMANCE_EDITION', edition, `one of any, ${editionIds.join(', ')}`);
  }
  const control = value('RI_CONFORMANCE_CONTROL');
  if (control !== undefined && control !== 'none')
    checkUrl('RI_CONFORMANCE_CONTROL', control, '"none" or a URL');
  if (control !== undefined && target === 'emulator')
    throw new Error('RI_CONFORMANCE_CONTROL is for a target at a URL; the emulator has its own hooks.');
  return {
    target,
    edition,
    commands: whole('RI_CONFORMANCE_COMMANDS', value('RI_CONFORMANCE_COMMANDS'), 1) ?? 20_000,
    seed: seedOf(env, value('RI_CONFORMANCE_SEED')),
    ...(control === undefined ? {} : { controlUrl: control === 'none' ? null : control }),
    ...credentials(target, value('ALIBABA_CLOUD_ACCESS_KEY_ID'), value('ALIBABA_CLOUD_ACCESS_KEY_SECRET')),
  };
}

function wrong(name: string, value: string, allowed: string): Error {
  return new Error(`${name} is ${JSON.stringify(value)}; it must be ${allowed}.`);
}

function checkUrl(name: string, value: string, allowed: string): void {
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:')
    throw wrong(name, value, `${allowed} that begins with http:// or https://`);
}

function whole(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > largestSeed)
    throw wrong(name, value, `a whole number from ${least} to ${largestSeed}`);
  return number;
}

function seedOf(env: Env, value: string | undefined): number {
  const seed = whole('RI_CONFORMANCE_SEED', value, 0);
  if (seed !== undefined) return seed;
  const { CI: ci = '' } = env;
  if (ci !== '' && ci !== 'false' && ci !== '0') {
    throw new Error(
      'RI_CONFORMANCE_SEED is not set, and in CI (the variable CI is set) a run must say which sequences it ' +
        `sends. Set it to a whole number from 0 to ${largestSeed}.`,
    );
  }
  return randomInt(largestSeed);
}

function credentials(
  target: string,
  accessKeyId: string | undefined,
  accessKeySecret: string | undefined,
): Pick<Settings, 'accessKeyId' | 'accessKeySecret'> {
  if (accessKeyId !== undefined && accessKeySecret !== undefined) return { accessKeyId, accessKeySecret };
  if (accessKeyId === undefined && accessKeySecret === undefined && isHere(target)) return emulatorKey;
  const missing =
    accessKeyId === undefined ? 'ALIBABA_CLOUD_ACCESS_KEY_ID' : 'ALIBABA_CLOUD_ACCESS_KEY_SECRET';
  throw new Error(
    `${missing} is not set. A target that is not on this machine needs ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.`,
  );
}

/** The emulator in this process, or something on this machine: it takes the usual test key. */
function isHere(target: string): boolean {
  if (target === 'emulator') return true;
  const { hostname } = new URL(target);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
