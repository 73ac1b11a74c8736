import { breathe } from '../adapters/breath.ts';
import { embeddedTarget } from '../adapters/embedded.ts';
import { parseEdition } from '../adapters/emulator/editions.ts';
import type { EmulatorOptions } from '../adapters/emulator/emulator.ts';
import { mutants, profileOf, raceMutants, wireMutants } from '../adapters/emulator/mutants.ts';
import { httpTarget, type HttpTarget, type HttpTargetOptions } from '../adapters/http/http-target.ts';
import { parseTargetUrl, TargetUrlError } from '../adapters/http/target-url.ts';
import { playedTarget } from '../adapters/recording/played-target.ts';
import type { Recording } from '../adapters/recording/read-recording.ts';
import type { Target } from '../adapters/target.ts';
import { SetupError, UsageError } from '../properties/run/errors.ts';
import { chooseClient, type ClientChoice, isClient, openClientTarget, splitClient } from './client-choice.ts';
import { credentialsFor } from './credentials.ts';
import type { Io } from './io.ts';
import { flagOf, type GivenOptions } from './options.ts';
import { reasonOf } from './reason.ts';

/** What is to be judged. */
export type TargetChoice =
  | { readonly kind: 'emulator'; readonly options: EmulatorOptions }
  | { readonly kind: 'url'; readonly options: HttpTargetOptions }
  | ClientChoice
  /** `differs`: what the user asks for otherwise than it was recorded. */
  | { readonly kind: 'recording'; readonly recording: Recording; readonly differs: readonly string[] };

/** What says how a target at a URL is reached; then what also says how a client is to send. */
const ownWire = ['control', 'accessKeyId', 'accessKeySecret', 'securityToken', 'preset'] as const;
const urlOnly = [...ownWire, 'signature', 'method', 'format', 'timeout'] as const;
const emulatorOnly = ['profile', 'mutant', 'emulatorEdition'] as const;
const otherEmulator = 'is for --target emulator; start another emulator with "ri-conformance serve"';

function refuse(given: GivenOptions, names: readonly (keyof GivenOptions)[], why: string): void {
  const name = names.find((each) => given[each] !== undefined);
  if (name !== undefined) throw new UsageError(`${flagOf(name)} ${why}.`);
}

/** Throws `UsageError` for a mutant that does not exist, with the names that come near: there are too many for all. */
function checkMutant(name: string): void {
  const all = [...mutants, ...raceMutants, ...wireMutants];
  if (all.some((mutant) => mutant.name === name.trim())) return;
  const words = name.split('-').filter((word) => word.length > 2);
  const near = all.map((mutant) => mutant.name).filter((each) => words.some((word) => each.includes(word)));
  const hint = near.length === 0 ? '' : ` Near it are ${near.slice(0, 5).join(', ')}.`;
  throw new UsageError(`unknown mutant "${name}".${hint} "ri-conformance mutants" lists them all.`);
}

/** Returns options of the emulator, a mutant with the profile under which it shows. Throws `UsageError`. */
export function emulatorOptions(given: {
  readonly edition?: string | undefined;
  readonly profile?: string | undefined;
  readonly mutant?: string | undefined;
}): EmulatorOptions {
  const { edition, mutant } = given;
  for (const name of mutant?.split(',') ?? []) checkMutant(name);
  try {
    const profile = given.profile ?? (mutant === undefined ? undefined : profileOf(mutant));
    return { edition: parseEdition(edition), profile, mutant };
  } catch (error) {
    throw new UsageError(reasonOf(error));
  }
}

/** Throws `UsageError` for options that say how a live target is reached or what it is. */
export function refuseLiveOptions(given: GivenOptions): void {
  refuse(
    given,
    [...urlOnly, ...emulatorOnly],
    'is for a live target; a recording answers as it was recorded',
  );
}

/** Returns what `--target` and the options beside it ask for. Throws `UsageError` or `TargetUrlError`. */
export function chooseTarget(given: GivenOptions, env: Io['env']): TargetChoice {
  const { target, control, timeout, concurrency = 4, emulatorEdition, profile, mutant } = given;
  const { signature, method, format } = given;
  if (target === undefined) {
    throw new UsageError('--target is missing: give "emulator", or a URL such as http://127.0.0.1:8787.');
  }
  if (target.startsWith('recording:'))
    throw new UsageError('a recording can be the target of run, replay and compare only.');
  if (target === 'emulator') {
    refuse(given, urlOnly, 'is for a target at a URL; the embedded emulator has no wire');
    const wire = wireMutants.find(({ name }) => mutant?.split(',').some((each) => each.trim() === name));
    if (wire !== undefined) {
      throw new UsageError(
        `the mutant "${wire.name}" shows on the wire only: start it with "ri-conformance serve --mutant ${wire.name}" and give its URL.`,
      );
    }
    return { kind: 'emulator', options: emulatorOptions({ edition: emulatorEdition, profile, mutant }) };
  }
  if (isClient(target)) {
    refuse(given, ['format'], 'is for a target at a URL; a client asks for the format it can read');
    if (splitClient(target).url === undefined) refuse(given, ownWire, 'is for a client with @URL');
    else refuse(given, emulatorOnly, otherEmulator);
    return chooseClient(target, given, env, () =>
      emulatorOptions({ edition: emulatorEdition, profile, mutant }),
    );
  }
  if (/^[\w-]*$/.test(target)) {
    throw new UsageError(
      `the target "${target}" is not "emulator", nor a URL such as http://127.0.0.1:8787, nor recording:FILE, sdk:NAME or exec:COMMAND.`,
    );
  }
  parseTargetUrl(target);
  if (control !== undefined && control !== 'none') parseTargetUrl(control, 'control URL');
  refuse(given, emulatorOnly, otherEmulator);
  return {
    kind: 'url',
    options: {
      url: target,
      ...credentialsFor(target, given, env),
      // Below that there would be idle lanes that wait for a connection.
      connections: Math.max(16, concurrency),
      ...(signature === undefined ? {} : { signature }),
      ...(method === undefined ? {} : { method }),
      ...(format === undefined ? {} : { format }),
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
      ...(control === undefined ? {} : { controlUrl: control === 'none' ? null : control }),
    },
  };
}

function breathing(target: Target): Target {
  return {
    ...target,
    async call(operation, params) {
      await breathe();
      return target.call(operation, params);
    },
  };
}

/** Returns the target, ready for calls; with the reason where it has no control hooks. */
export async function openTarget(choice: TargetChoice): Promise<HttpTarget> {
  if (choice.kind === 'recording') return playedTarget(choice.recording, choice.differs);
  if (choice.kind === 'emulator') {
    try {
      return breathing(embeddedTarget(choice.options));
    } catch (error) {
      throw new UsageError(reasonOf(error)); // every complaint of its constructor is about an option
    }
  }
  if (choice.kind === 'client') return openClientTarget(choice);
  try {
    return await httpTarget(choice.options);
  } catch (error) {
    if (error instanceof TargetUrlError) throw error;
    throw new SetupError(reasonOf(error));
  }
}
