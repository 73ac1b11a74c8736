import type { Option } from 'commander';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { type Flags, gatherAll } from './gather.ts';
import type { Io } from './io.ts';
import { flagOf, optionNames, secretOptions } from './options.ts';

/** Environment variables of the platform, looked at where nothing else says it. */
const platformVariables: Readonly<Record<string, string>> = {
  accessKeyId: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  accessKeySecret: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  securityToken: 'ALIBABA_CLOUD_SECURITY_TOKEN',
};

/** Returns what the help of an option says that holds when it is not given. */
function defaultOf(option: Option | undefined): string | undefined {
  return /(?:\(default: (.*)\)|default: (.*))$/s
    .exec(option?.description ?? '')
    ?.slice(1)
    .find(Boolean);
}

function shown(name: string, value: unknown): string {
  if (secretOptions.has(name)) return '********';
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * `ri-conformance run --print-config`: prints every option with its value and where that is from. `options` are
 * those of the command, whose help names the defaults. Returns the exit code.
 */
export async function printConfig(flags: Flags, io: Io, options: readonly Option[]): Promise<ExitCode> {
  const { given, origins, configFile } = await gatherAll(flags, io);
  const byFlag = new Map(options.map((option) => [option.long, option]));
  const lines = optionNames.map((name): [string, string, string] => {
    const value = given[name];
    if (value !== undefined) return [name, shown(name, value), origins[name] ?? ''];
    const variable = platformVariables[name];
    const platform = variable === undefined ? undefined : io.env[variable];
    if (variable !== undefined && platform !== undefined && platform !== '')
      return [name, shown(name, platform), variable];
    const usual = defaultOf(byFlag.get(flagOf(name)));
    return usual === undefined ? [name, '', 'not set'] : [name, usual, 'default'];
  });
  const width = (column: 0 | 1): number => Math.max(...lines.map((line) => line[column].length));
  const [names, values] = [width(0), Math.min(width(1), 60)];
  const text = lines.map(([name, value, origin]) =>
    `${name.padEnd(names)}  ${value.padEnd(values)}  ${origin}`.trimEnd(),
  );
  const file = configFile ?? 'none (looked for conformance.config.ts, .js, .mjs, .json, .yaml, .yml)';
  io.stdout.write(`Configuration file: ${file}\n${text.join('\n')}\n`);
  return exitCodes.conforms;
}
