import { join } from 'node:path';
import { rules } from '../model/spec/rules.ts';
import type { ConformanceResult } from '../properties/conformance.ts';
import { FileError, parseJson } from '../properties/counterexample.ts';
import { mergeShards } from '../properties/shards/merge.ts';
import { packShard, type ShardData, unpackShard } from '../properties/shards/shard-data.ts';
import { standingOf } from '../reports/standing.ts';
import { openBaseline } from './baseline-file.ts';
import { exitCodeOf, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { prepareDirectory, writeResult } from './output-directory.ts';
import { readInput } from './read-input.ts';
import { beside, type ReportFlags } from './report.ts';
import { reportersNamed } from './reporter-choice.ts';
import { Reporting } from './reporting.ts';
import { say } from './say.ts';
import { wantsColor } from './settings.ts';

/** What only this command says at the end of its help. */
export const mergeHelp = `The record is that of "run" without --shard and with the same --commands (20000 unless given): byte for
byte but for times and the names that targets gave to what was made. It differs where two runs of the whole would:
in how races over a network come out, values or RequestIds that get from one sequence into another, divergences that
do not show again, targets with a real clock. The suite "complete" cannot be split.`;

/** Returns a result with what `merge` needs in its record, where it is that of a shard. */
export function withShardData(
  result: ConformanceResult,
  known: Pick<ShardData, 'regressions' | 'curl'>,
): ConformanceResult {
  const { shardData: data, record } = result;
  return data === undefined
    ? result
    : { ...result, record: { ...record, shardData: packShard({ ...data, ...known }) } };
}

async function readShard(file: string): Promise<ShardData> {
  const record = parseJson(await readInput(file), file);
  const text: unknown =
    typeof record === 'object' && record !== null ? Reflect.get(record, 'shardData') : undefined;
  if (text === undefined)
    throw new FileError(`${file} is not the record of a shard: "run --shard i/n" writes one.`);
  const data = unpackShard(text);
  if (data !== undefined) return data;
  throw new FileError(
    `${file} was written by another version of this tool, or is damaged: run that shard again.`,
  );
}

/**
 * `ri-conformance merge`: one record of the records of all shards, reported and held against the list of known
 * divergences as `run` does. Returns the exit code.
 */
export async function merge(files: readonly string[], flags: ReportFlags, io: Io): Promise<ExitCode> {
  const { out = 'conformance-out' } = flags;
  const chosen = await reportersNamed(flags.reporter ?? 'console,html', io.cwd);
  const shards: Awaited<ReturnType<typeof readShard>>[] = [];
  // One after another: of several that cannot be read the first is told of.
  for (const file of files) shards.push(await readShard(file));
  const baseline = await openBaseline(flags.baseline, {
    cwd: io.cwd,
    rules: rules.map(({ id }) => id),
    update: flags.updateBaseline,
  });
  await prepareDirectory(out);
  const reporting = await Reporting.prepare(chosen, io, out);
  const merged = await mergeShards(shards);
  const judged = (await baseline?.judge(merged.record)) ?? merged.record;
  const [{ curl = { target: 'http://127.0.0.1:8787' }, plan }] = shards as [ShardData, ...ShardData[]];
  const record = await writeResult(out, { ...merged, record: judged }, { ...curl, regionId: plan.regionId });
  const stored = join(out, 'report.json');
  const color = wantsColor(flags.color === false ? { color: false } : {}, io);
  const context = { color, ...beside(new Map([[stored, record]]), io.self) };
  const failure = await reporting.finish([record], context, `The record is in ${stored}.`);
  say(io, `The whole record is in ${stored}.`);
  for (const file of reporting.files) say(io, `Written: ${file}`);
  if (failure !== undefined) throw failure;
  return exitCodeOf(standingOf(record));
}
