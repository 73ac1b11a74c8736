import { fileWriter, type LineWriter } from '../adapters/recording/line-writer.ts';
import { readRecording, type Recording } from '../adapters/recording/read-recording.ts';
import { recordingTarget } from '../adapters/recording/recorder.ts';
import { RecordingFileError } from '../adapters/recording/format.ts';
import type { Target } from '../adapters/target.ts';
import type { Times } from '../properties/run/clock.ts';
import { UsageError } from '../properties/run/errors.ts';
import type { Io } from './io.ts';
import { checkOptions, flagOf, type GivenOptions } from './options.ts';
import { reasonOf } from './reason.ts';
import { chooseTarget, refuseLiveOptions, type TargetChoice } from './target-choice.ts';
import { version } from './version.ts';

const prefix = 'recording:';

/** Options that decide what is sent, and in what it is set: a recording brings its own. */
const decisive = [
  'seed',
  'edition',
  'suite',
  'completeMethod',
  'extraStates',
  'commands',
  'raceCommands',
  'concurrency',
  'region',
  'routers',
  'maxRouters',
  'quotaPerRouter',
  'accountId',
  'shrink',
  'times',
] as const satisfies readonly (keyof GivenOptions)[];

/** Those that say what was recorded. */
const telling = [
  'profile',
  'mutant',
  'emulatorEdition',
  'signature',
  'method',
  'format',
  'preset',
  'timeout',
  'time',
] as const;

/** These may differ, and everything is still answered. */
const harmless: ReadonlySet<string> = new Set(['edition', 'concurrency', 'shrink', 'times']);

/** Options as a run uses them. */
type Used = Omit<GivenOptions, 'times'> & { readonly times?: Times | GivenOptions['times'] };

function pick(given: Used, names: readonly (keyof Used)[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
}

/** What the user asks for otherwise than it was recorded, for the message about what is missing. */
function differences(asked: GivenOptions, { header }: Recording, command: string): readonly string[] {
  const changed = decisive
    .filter((name) => asked[name] !== undefined && !harmless.has(name))
    .filter((name) => JSON.stringify(asked[name]) !== JSON.stringify(header.options[name]))
    .map(
      (name) =>
        `${flagOf(name)} is ${JSON.stringify(asked[name])}, recorded ${JSON.stringify(header.options[name]) ?? 'without it'}`,
    );
  return header.command === command
    ? changed
    : [`it was recorded by "${header.command}", this is "${command}"`, ...changed];
}

/** What is asked for once a recording has had its say, and the target that it means. */
export interface Resolved {
  readonly given: GivenOptions;
  readonly choice: TargetChoice;
}

/**
 * Returns the target that is asked for. A recording is read, and its options become the defaults of those
 * that were not given. Rejects with `UsageError` and `RecordingFileError`.
 */
export async function resolveTarget(asked: GivenOptions, env: Io['env'], command: string): Promise<Resolved> {
  const { target } = asked;
  if (target?.startsWith(prefix) !== true) return { given: asked, choice: chooseTarget(asked, env) };
  refuseLiveOptions(asked);
  if (asked.record !== undefined)
    throw new UsageError('--record is for a live target; a recording can be copied as it is.');
  const recording = await readRecording(target.slice(prefix.length));
  let stored: GivenOptions;
  try {
    stored = checkOptions(pick(recording.header.options, decisive), (name) => `"options.${name}"`);
  } catch (error) {
    throw new RecordingFileError(`${recording.file}, line 1: ${reasonOf(error)}`);
  }
  const differs = differences(asked, recording, command);
  return { given: { ...stored, ...asked }, choice: { kind: 'recording', recording, differs } };
}

/** How a run ended. */
export type Ending = Parameters<LineWriter['close']>[0];

/** A target whose exchanges are kept, if that was asked for. */
export interface Kept {
  readonly target: Target;
  /** Says how the run ended; without it the recording counts as cut short by a fault. */
  readonly ended: (how: Ending) => void;
  readonly close: () => void;
}

/** Returns the target, recorded into the file of `--record` if there is one. Throws `UsageError`. */
export function kept(
  target: Target,
  { record, ...given }: Used,
  choice: TargetChoice,
  env: Io['env'],
  command: string,
): Kept {
  if (record === undefined) return { target, ended: () => undefined, close: () => undefined };
  let writer: LineWriter;
  try {
    writer = fileWriter(record);
  } catch (error) {
    throw new UsageError(`cannot write to the recording ${record}: ${reasonOf(error)}.`);
  }
  const details = {
    tool: { name: 'ri-conformance' as const, version },
    command,
    options: pick(given, decisive),
    about: { started: new Date().toISOString(), ...pick(given, telling) },
  };
  let how: Ending = { ended: 'a fault of the harness' };
  return {
    target: recordingTarget(target, writer, details, secretsOf(given, choice, env)),
    ended: (given) => (how = given),
    close: () => writer.close(how),
  };
}

/** Everything that lets somebody act for the account. */
function secretsOf(given: Used, choice: TargetChoice, env: Io['env']): readonly string[] {
  const settings = choice.kind === 'url' ? choice.options : choice.kind === 'client' ? choice.settings : {};
  const named: Readonly<Record<string, unknown>> = { ...given, ...settings };
  const secrets = ['accessKeyId', 'accessKeySecret', 'securityToken'].map((name) => named[name]);
  const fromEnv = Object.entries(env).filter(([name]) => /^ALIBABA_CLOUD_.*(KEY|SECRET|TOKEN)/.test(name));
  return [...secrets, ...fromEnv.map(([, value]) => value)].filter((each) => typeof each === 'string');
}
