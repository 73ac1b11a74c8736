import * as z from 'zod';
import { methods } from '../properties/complete/methods.ts';
import { UsageError } from '../properties/run/errors.ts';

/** A number within bounds, with one message for whatever is wrong with it. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): z.ZodNumber {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const error = `must be a whole number ${range}`;
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

export const text = z.string({ error: 'must be a string' }).min(1, { error: 'must not be empty' });
export const flag = z.boolean({ error: 'must be true or false' });
export const oneOf = <T extends string>(...values: readonly [T, ...T[]]) =>
  z.enum(values, { error: `must be ${values.join(' or ')}` });

const router = z.strictObject({
  regionId: text,
  routerId: text,
  vpcId: text.exactOptional(),
  routeTableId: text.exactOptional(),
});

const reporterNames = { error: 'must name reporters, as "console,junit" or a list of such names' };
const reporters = z.union([text, z.array(text).min(1, reporterNames)], reporterNames);

const accountNumber = z
  .string({ error: 'must be the number of an account, as a string' })
  .regex(/^\d+$/, { error: 'must be the number of an account: digits' });

const times = z
  .strictObject({
    settleMs: whole(1),
    staleMs: whole(0),
    pollMs: z.tuple([whole(1), whole(1)], { error: 'must be two numbers, the first and the longest pause' }),
  })
  .partial();

const shardForm = 'must be like 2/3: the part, counted from 1, of how many';

/** Every option that a flag or the configuration file can give, as given: nothing is filled in. */
const optionsSchema = z
  .strictObject({
    target: text,
    edition: text,
    suite: text,
    regressions: text,
    completeMethod: oneOf(...methods),
    extraStates: whole(0, 9),
    seed: whole(0, 2 ** 31 - 1),
    commands: whole(1),
    shard: z.string({ error: shardForm }).regex(/^[1-9]\d{0,5}\/[1-9]\d{0,5}$/, { error: shardForm }),
    raceCommands: whole(1),
    time: z.number({ error: 'must be a number of seconds above 0' }).positive({
      error: 'must be a number of seconds above 0',
    }),
    concurrency: whole(1, 1000),
    control: text,
    accessKeyId: text,
    accessKeySecret: text,
    securityToken: text,
    region: text,
    out: text,
    reporter: reporters,
    baseline: text,
    updateBaseline: flag,
    preset: oneOf('local', 'cloud'),
    signature: oneOf('v1', 'acs3'),
    method: oneOf('GET', 'POST'),
    format: oneOf('JSON', 'XML'),
    timeout: whole(1, 600_000),
    profile: text,
    mutant: text,
    emulatorEdition: text,
    maxRouters: whole(2, 100),
    quotaPerRouter: whole(1, 1000),
    accountId: accountNumber,
    shrink: whole(0),
    quiet: flag,
    record: text,
    color: flag,
    routers: z.array(router, { error: 'must be a list of routers' }).min(2, {
      error: 'must name at least two routers: fewer cannot be connected',
    }),
    times,
  })
  .partial();

export type GivenOptions = z.infer<typeof optionsSchema>;
export type OptionName = keyof GivenOptions;

/** The names of all options. */
export const optionNames = Object.keys(optionsSchema.shape) as readonly OptionName[];

/** What a configuration file may hold: the options, and the schema by which an editor checks them. */
export const configSchema = optionsSchema.extend({ $schema: text.exactOptional() });
export type Config = z.infer<typeof configSchema>;

/** Returns the values that an option can have, where they can be counted. */
export function allowedValues(name: string): readonly string[] {
  const shape: Readonly<Record<string, z.ZodOptional>> = optionsSchema.shape;
  const kind = shape[name]?.unwrap();
  return kind instanceof z.ZodEnum ? kind.options.map(String) : [];
}

/** What lets somebody act for the account: never printed. */
export const secretOptions: ReadonlySet<string> = new Set<OptionName>(['accessKeySecret', 'securityToken']);

/** Returns `RI_CONFORMANCE_MAX_ROUTERS` for `maxRouters`. */
export function variableOf(name: string): string {
  return `RI_CONFORMANCE_${name.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}`;
}

/**
 * Returns what `text` says for an option, as a flag or the environment gives it: a number where one is meant,
 * `true` and `false`, or JSON for what has parts. What cannot be read so stays text, for the check to show.
 */
export function optionFromText(name: string, text: string): unknown {
  const shape: Readonly<Record<string, z.ZodOptional>> = optionsSchema.shape;
  const kind = shape[name]?.unwrap();
  const given = text.trim();
  if (kind instanceof z.ZodNumber) return given === '' || Number.isNaN(Number(given)) ? text : Number(given);
  if (kind instanceof z.ZodBoolean) return { true: true, '1': true, false: false, '0': false }[given] ?? text;
  if (!(kind instanceof z.ZodObject || kind instanceof z.ZodArray)) return text;
  try {
    return JSON.parse(given);
  } catch {
    return text;
  }
}

/** Returns `--max-routers` for `maxRouters`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path)
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
  return found;
}

/**
 * Returns options that a source gave, checked. `nameOf` says what the source calls an option. Throws
 * `UsageError` on an unknown option or a value it cannot have, naming both and what is allowed.
 */
export function checkOptions(given: unknown, nameOf: (path: string) => string): GivenOptions {
  return checkBy(optionsSchema, given, nameOf);
}

/** The same by another schema than that of `run`. */
export function checkBy<S extends z.ZodObject>(
  schema: S,
  given: unknown,
  nameOf: (path: string) => string,
): z.infer<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const where = path.length === 0 ? '' : ` in ${nameOf(path.join('.'))}`;
    const known = path.length === 0 ? `. The options are: ${Object.keys(schema.shape).join(', ')}` : '';
    throw new UsageError(`unknown option ${issue.keys.map((key) => `"${key}"`).join(', ')}${where}${known}.`);
  }
  const value = valueAt(given, path);
  const secret = secretOptions.has(String(path[0]));
  const seen = value === undefined ? 'it is missing' : `not ${JSON.stringify(value)}`;
  if (secret) throw new UsageError(`${nameOf(path.join('.'))} ${issue?.message ?? 'is wrong'}.`);
  if (path.length === 0) throw new UsageError(`expected an object with options, ${seen}.`);
  throw new UsageError(`${nameOf(path.join('.'))} ${issue?.message ?? 'is wrong'}, ${seen}.`);
}
