import { join } from 'node:path';
import * as z from 'zod';
import { benches } from '../adapters/faults/bench.ts';
import { openClient } from '../adapters/open-client.ts';
import { UsageError } from '../properties/run/errors.ts';
import { compareBehaviour } from '../properties/sdk/compare-behaviour.ts';
import { region } from '../properties/sdk/situations.ts';
import { behaviourJson, parseBehaviour } from '../properties/sdk/stored-behaviour.ts';
import { behaviourText, differencesText } from '../reports/behaviour-text.ts';
import {
  type BehaviourDifference,
  type BehaviourRecord,
  type BehaviourSettings,
  severities,
  type Severity,
} from '../reports/behaviour.ts';
import type { Engine } from './engine.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Flags } from './gather.ts';
import { stopOnInterrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { checkBy, flag, flagOf, oneOf, text, whole } from './options.ts';
import { prepareDirectory, write } from './output-directory.ts';
import { ProgressDisplay } from './progress-display.ts';
import { readInput } from './read-input.ts';
import { wantsColor } from './settings.ts';

/** What only this command says at the end of its help. */
export const sdkHelp = `Differences, by severity:
  breaking  a program that uses the client does something else: an error's class, code or status,
            a field lost, the number of attempts, two interfaces for one token, a hang, a leak
  notable   it can be noticed: a message, the type of a field, the form of requests, a class of error
            more special than before
  minor     something more than before, or a consequence of the rest

Settings that are not given are those of the record compared with, where that is a file.

Exit codes:
  0  no difference of the severity --fail-on; without --against: the behaviour was recorded
  1  differences of that severity, or a graver one
  2  nothing could be judged: the SDK is not installed (the message says how to), or sends nothing
  3  wrong usage, a file that is no record, or a fault of the harness`;

const schema = z
  .strictObject({
    sdk: text,
    against: text,
    failOn: oneOf(...severities),
    signature: oneOf('v1', 'acs3'),
    method: oneOf('GET', 'POST'),
    timeout: whole(100, 60_000),
    seed: whole(0, 2 ** 31 - 1),
    concurrency: whole(1, 64),
    out: text,
    json: flag,
    quiet: flag,
    color: flag,
  })
  .partial();

/** The settings that decide what is seen: as given, else as in `stored`, else the default. */
function settingsFrom(given: z.infer<typeof schema>, stored?: BehaviourSettings): BehaviourSettings {
  const signature = given.signature ?? stored?.signature;
  const method = given.method ?? stored?.method;
  return {
    seed: given.seed ?? stored?.seed ?? 1,
    timeoutMs: given.timeout ?? stored?.timeoutMs ?? 1000,
    ...(signature === undefined ? {} : { signature }),
    ...(method === undefined ? {} : { method }),
  };
}

function counts(difference: BehaviourDifference, failOn: Severity): boolean {
  return severities.indexOf(difference.severity) <= severities.indexOf(failOn);
}

/**
 * `ri-conformance sdk`: records what the caller of a client sees, compares it with another client or a stored
 * record. Returns the exit code.
 */
export async function sdk(flags: Flags, io: Io, engine: Engine): Promise<ExitCode> {
  const { debug: _debug, color, ...rest } = flags;
  const given = checkBy(schema, color === false ? { ...rest, color } : rest, flagOf);
  const { sdk: spec, against, failOn = 'notable', out, json = false, quiet = false } = given;
  if (spec === undefined) throw new UsageError('--sdk is missing: give a client such as sdk:vpc20160428.');
  const isClient = against !== undefined && /^(?:sdk|exec):/.test(against);
  const stored =
    against === undefined || isClient ? undefined : parseBehaviour(await readInput(against), against);
  if (out !== undefined) await prepareDirectory(out, '.');

  const settings = settingsFrom(given, stored?.settings);
  const display = new ProgressDisplay(io.stderr);
  const interrupt = stopOnInterrupt(io, 'Nothing is left behind.', 'what is under way comes to its end');
  const measure = async (client: string): Promise<BehaviourRecord> => {
    if (!quiet) io.stderr.write(`measuring ${client} over the emulator, seed ${settings.seed}\n`);
    const { timeoutMs, signature, method } = settings;
    const asked = { regionId: region, timeoutMs, ...(signature && { signature }), ...(method && { method }) };
    return engine.measureBehaviour({
      openBench: benches((where) => openClient(client, { ...asked, ...where }), settings.seed),
      settings,
      signal: interrupt.signal,
      ...(given.concurrency === undefined ? {} : { concurrency: given.concurrency }),
      ...(quiet ? {} : { progress: (done, all) => display.line(() => `${done} of ${all} parts measured`) }),
    });
  };
  try {
    const before = isClient ? await measure(against) : stored;
    const after = await measure(spec);
    display.clear();
    if (out !== undefined) await write(join(out, 'behaviour.json'), behaviourJson(after));
    const differences = before === undefined ? [] : compareBehaviour(before, after);
    report(io, { before, after, differences, json, color: wantsColor(color === false ? { color } : {}, io) });
    return differences.some((each) => counts(each, failOn)) ? exitCodes.diverges : exitCodes.conforms;
  } finally {
    display.clear();
    interrupt.release();
  }
}

interface Result {
  readonly before: BehaviourRecord | undefined;
  readonly after: BehaviourRecord;
  readonly differences: readonly BehaviourDifference[];
  readonly json: boolean;
  readonly color: boolean;
}

function report(io: Io, { before, after, differences, json, color }: Result): void {
  if (json) {
    const compared = (): string => `${JSON.stringify({ record: after, differences }, null, 2)}\n`;
    io.stdout.write(before === undefined ? behaviourJson(after) : compared());
    return;
  }
  io.stdout.write(behaviourText(after, { color }));
  if (before !== undefined) io.stdout.write(`\n${differencesText(before, after, differences, { color })}`);
}
