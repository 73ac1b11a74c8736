import { flagOf, type GivenOptions } from './options.ts';

/** Returns `words` as one line that a POSIX shell reads as exactly these words. */
export function shellLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');
}

/** Options that say what is judged and how it is reached, rather than how a run goes. */
const carried = [
  'target',
  'control',
  'signature',
  'method',
  'format',
  'timeout',
  'preset',
  'profile',
  'mutant',
  'emulatorEdition',
  'accessKeyId',
] as const satisfies readonly (keyof GivenOptions)[];

/**
 * Returns the command that replays `file` against the same target. Secrets that were given as flags are
 * not repeated, but taken from the environment.
 */
export function replayCommand(self: string, file: string, given: GivenOptions, config?: string): string {
  const words = ['replay', file];
  for (const name of carried) {
    const value = given[name];
    if (value !== undefined) words.push(flagOf(name), String(value));
  }
  // Routers and times have no flags.
  if (config !== undefined) words.push('--config', config);
  const hidden = [
    given.accessKeySecret === undefined ? '' : ' --access-key-secret "$ALIBABA_CLOUD_ACCESS_KEY_SECRET"',
    given.securityToken === undefined ? '' : ' --security-token "$ALIBABA_CLOUD_SECURITY_TOKEN"',
  ];
  return `${self} ${shellLine(words)}${hidden.join('')}`;
}
