import { join } from 'node:path';
import type { Side } from '../properties/compare/compare.ts';
import { type GeneratorName, generatorNames } from '../properties/generate/suites.ts';
import { UsageError } from '../properties/run/errors.ts';
import { renderComparison } from '../reports/comparison.ts';
import type { Engine } from './engine.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { type Flags, gather } from './gather.ts';
import { stopOnInterrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { checkOptions, type GivenOptions } from './options.ts';
import { prepareDirectory, write } from './output-directory.ts';
import { ProgressDisplay } from './progress-display.ts';
import { resolveTarget, type Resolved } from './recording.ts';
import { say } from './say.ts';
import { editionNamed, freshSeed, routersOf, suitesNamed, wantsColor } from './settings.ts';
import { openTarget } from './target-choice.ts';
import { timesFor } from './times.ts';
import { version } from './version.ts';

/** What only this command says at the end of its help. */
export const compareHelp = `A target is what "run" takes, with options of its own behind it, as name=value:
  ri-conformance compare --target emulator --target 'emulator profile=transitions:slow mutant=create-overdue'
  ri-conformance compare --target http://127.0.0.1:8787 --target 'http://127.0.0.1:8788 method=POST control=none'
  ri-conformance compare --target recording:stored.jsonl --target http://127.0.0.1:8787
A recording of "run" is compared by its own seed and options. Options of a target: profile, mutant,
emulator-edition, method, signature, format, timeout, preset, control, access-key-id, access-key-secret,
security-token.

Differences, by severity:
  divergence  one of the two at least does what the documents do not permit
  choice      the documents permit both, but a caller sees it: a code, a field, accepted or refused
  permitted   nobody may rely on it: the moment (something was on its way), the order of a list, the words

In each sequence only what comes first counts: what follows may only be its consequence.

Exit codes:
  0  no difference, or permitted ones only
  1  differences (with --strict: permitted ones too)
  2  nothing could be compared: a target is unreachable, set-up failed, a recording holds something else
  3  wrong usage, or a fault of the harness`;

/** Options that one of the two may have for itself. */
const own: readonly (keyof GivenOptions)[] = [
  'profile',
  'mutant',
  'emulatorEdition',
  'method',
  'signature',
  'format',
  'timeout',
  'preset',
  'control',
  'accessKeyId',
  'accessKeySecret',
  'securityToken',
];

const camelCase = (name: string): string =>
  name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * Returns the target and its own options from `TARGET name=value …`. What stands before the first such word
 * is the target, blanks included: `exec:python3 driver.py timeout=500`. Throws `UsageError`.
 */
export function targetWithOptions(text: string): GivenOptions {
  const words = text.trim().split(/\s+/);
  const named = (word: string): boolean =>
    (own as readonly string[]).includes(camelCase(word.split('=')[0] ?? ''));
  let first = words.length;
  while (first > 1 && words[first - 1]?.includes('=') === true && named(words[first - 1] ?? '')) first -= 1;
  const stray = /^(emulator|https?:|recording:)/.test(text) && first > 1 ? words[1] : undefined;
  if (stray !== undefined) {
    throw new UsageError(
      `"${stray}" behind the target ${words[0]} is none of its options, which are given as name=value: ${own.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)).join(', ')}.`,
    );
  }
  const options = words.slice(first).map((word) => {
    const at = word.indexOf('=');
    const [name, value] = [camelCase(word.slice(0, at)), word.slice(at + 1)];
    return [name, name === 'timeout' ? Number(value) : value];
  });
  const target = words.slice(0, first).join(' ');
  return checkOptions(
    { ...Object.fromEntries(options), target },
    (name) => `${name} of the target ${target}`,
  );
}

const defaults = { commands: 4000, seconds: 24, concurrency: 4, maxRouters: 8, shrink: 600 };

/** Options that sequences rest on, from whichever of the two is a recording. */
const shared = [
  'seed',
  'edition',
  'suite',
  'commands',
  'region',
  'routers',
  'maxRouters',
  'quotaPerRouter',
] as const;

function agreed(given: GivenOptions, sides: readonly Resolved[]): GivenOptions {
  const stored: Record<string, unknown> = {};
  for (const { choice, given: each } of sides) {
    if (choice.kind !== 'recording') continue;
    for (const name of shared) if (each[name] !== undefined) stored[name] ??= each[name];
  }
  return { ...stored, ...given };
}

/** What made the sequences of a recording, where it was not what makes them by default. */
function generatorsOf({ suite }: GivenOptions): { readonly generators?: readonly GeneratorName[] } {
  const named = suite === undefined ? [] : suitesNamed(suite);
  const generators = generatorNames.filter((name) => named.includes(name));
  return generators.length === 0 ? {} : { generators };
}

/** `ri-conformance compare`: the same sequences on two targets. Returns the exit code. */
export async function compare(flags: Flags, io: Io, engine: Engine): Promise<ExitCode> {
  const { target: named, strict = false, json = false, ...rest } = flags;
  const targets: readonly unknown[] = Array.isArray(named) ? named : [];
  if (targets.length !== 2)
    throw new UsageError(`two targets are compared, each with --target: ${targets.length} given.`);
  const asked = await gather(rest, io);
  const sides: Resolved[] = [];
  for (const each of targets) {
    const mine = { ...asked, ...targetWithOptions(String(each)) };
    sides.push(await resolveTarget(mine, io.env, 'run'));
  }
  const [first, second] = sides.map(({ choice }) => (choice.kind === 'url' ? choice.options.url : undefined));
  if (first !== undefined && first.replace(/\/$/, '') === second?.replace(/\/$/, '')) {
    throw new UsageError(
      `both targets are ${first}: what one of them is told to do would disturb the other. Start two.`,
    );
  }
  const given = agreed(asked, sides);
  const { seed = freshSeed(), out, quiet = false } = given;
  const edition = editionNamed(given.edition ?? 'any');
  const routers = routersOf(given);
  const regionId = given.region ?? routers?.[0]?.regionId ?? 'cn-hangzhou';
  if (out !== undefined) await prepareDirectory(out);
  const opened: { target: Side['target']; times: Side['times'] }[] = [];
  const display = new ProgressDisplay(io.stderr);
  const interrupt = stopOnInterrupt(
    io,
    'Router interfaces and VPCs (named ri-conformance) may be left behind.',
  );
  try {
    for (const { choice, given: mine } of sides) {
      const target = await openTarget(choice);
      opened.push({ target, times: timesFor(target, mine) });
    }
    const [a, b] = opened.map((side) => (routers === undefined ? side : { ...side, routers })) as [
      Side,
      Side,
    ];
    if (!quiet) {
      say(
        io,
        `ri-conformance ${version}: ${a.target.name} and ${b.target.name}, edition ${edition}, seed ${seed}`,
      );
    }
    const real = opened.some(
      ({ target }) => target.tape?.played !== true && target.control?.clock !== 'manual',
    );
    const seconds = given.time ?? (real && given.commands === undefined ? defaults.seconds : undefined);
    const record = await engine.compareTargets({
      a,
      b,
      edition,
      regionId,
      maxRouters: given.maxRouters ?? defaults.maxRouters,
      ...(given.quotaPerRouter === undefined ? {} : { quotaPerRouter: given.quotaPerRouter }),
      ...(given.accountId === undefined ? {} : { accountId: given.accountId }),
      ...generatorsOf(given),
      seed,
      commands: given.commands ?? defaults.commands,
      ...(seconds === undefined ? {} : { timeMs: seconds * 1000 }),
      concurrency: given.concurrency ?? defaults.concurrency,
      shrinkBudget: given.shrink ?? defaults.shrink,
      strict: strict === true,
      signal: interrupt.signal,
      ...(quiet
        ? {}
        : {
            onProgress: (commands, differences) =>
              display.line(() => `comparing: ${commands} commands, ${differences} differences`),
          }),
    });
    display.clear();
    const text = `${JSON.stringify(record, null, 2)}\n`;
    if (out !== undefined) await write(join(out, 'compare.json'), text);
    io.stdout.write(json === true ? text : renderComparison(record, { color: wantsColor(given, io) }));
    return { same: exitCodes.conforms, different: exitCodes.diverges, inconclusive: exitCodes.inconclusive }[
      record.verdict
    ];
  } finally {
    display.clear();
    interrupt.release();
    await Promise.all(opened.map(({ target }) => target.close()));
  }
}
