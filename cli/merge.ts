import { join } from 'node:path';
import type { ConformanceResult } from '../properties/conformance.ts';
import { FileError, parseJson } from '../properties/counterexample.ts';
import { mergeShards } from '../properties/shards/merge.ts';
import { packShard, type ShardData, unpackShard } from '../properties/shards/shard-data.ts';
import { renderConsole } from '../reports/console.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { prepareDirectory, writeResult } from './output-directory.ts';
import { readInput } from './read-input.ts';
import { say } from './say.ts';
import { wantsColor } from './settings.ts';

export interface MergeFlags {
  readonly out?: string | undefined;
  readonly color?: boolean | undefined;
}

/** What only this command says at the end of its help. */
export const mergeHelp = `The record is that of "run" without --shard and with the same --commands (20000 unless given): byte for
byte but for times and the names that targets gave to what was made. What rests on chance or on what ran
before it may differ: races, values or RequestIds that get from one sequence into another, divergences that do
not show again, targets with a real clock. The suite "complete" cannot be split.`;

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

/** `ri-conformance merge`: one record of the records of all shards. Returns the exit code. */
export async function merge(files: readonly string[], flags: MergeFlags, io: Io): Promise<ExitCode> {
  const { out = 'conformance-out', color } = flags;
  const shards = await Promise.all(files.map(readShard));
  await prepareDirectory(out);
  const result = await mergeShards(shards);
  const [{ curl = { target: 'http://127.0.0.1:8787' }, plan }] = shards as [ShardData, ...ShardData[]];
  const record = await writeResult(out, result, { ...curl, regionId: plan.regionId });
  io.stdout.write(renderConsole(record, { color: wantsColor(color === false ? { color } : {}, io) }));
  say(io, `The whole record is in ${join(out, 'report.json')}.`);
  return exitCodes[record.verdict];
}
