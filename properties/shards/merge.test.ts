import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { startEmulator } from '../../adapters/emulator/serve.ts';
import { httpTarget } from '../../adapters/http/http-target.ts';
import type { RunRecord } from '../../reports/record.ts';
import type { Bucket } from '../bucket.ts';
import { fewOf } from '../keep-sightings.ts';
import {
  type ConformanceOptions,
  type ConformanceResult,
  defaultSuites,
  runConformance,
} from '../conformance.ts';
import { manualTimes, regionId } from '../testing/campaigns.ts';
import { mergeShards } from './merge.ts';
import { packShard, type ShardData, unpackShard } from './shard-data.ts';

const count = 3;

/** Always as long: how a race comes out then rests on its own pauses alone. */
async function window(): Promise<void> {
  await turn();
  await turn();
}

function run(mutant: string | undefined, more: Partial<ConformanceOptions> = {}): Promise<ConformanceResult> {
  return runConformance({
    target: embeddedTarget(mutant === undefined ? {} : { mutant }, window),
    edition: 'any',
    regionId,
    maxRouters: 6,
    suites: ['random', 'guided'],
    seed: 5,
    commands: 500,
    concurrency: 4,
    times: manualTimes,
    shrinkBudget: 200,
    ...more,
  });
}

/** Each part as it was written and read back. */
async function parts(
  mutant: string | undefined,
  more: Partial<ConformanceOptions> = {},
): Promise<ShardData[]> {
  const all: ShardData[] = [];
  for (let index = 1; index <= count; index++) {
    const { shardData } = await run(mutant, { ...more, shard: { index, count } });
    const read = shardData === undefined ? undefined : unpackShard(packShard(shardData));
    if (read === undefined) throw new Error('a shard without its data');
    all.push(read);
  }
  return all;
}

/** The bytes of a record, without times and without the names that a target gave to what it made. */
function bytes(record: RunRecord): string {
  const { startedAt: _began, counts, ...rest } = record;
  return JSON.stringify({ ...rest, counts: { ...counts, seconds: 0 } }, null, 1)
    .replaceAll(/\b(ri|vpc|vrt|rtb)-[\w-]+/g, '$1-…')
    .replaceAll(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, 'RequestId')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z/g, 'time');
}

describe('The shards of a campaign', () => {
  test.each([undefined, 'connect-role-code'])(
    'make the record of the whole, with the mutants %s',
    async (mutant) => {
      const shards = await parts(mutant);
      const whole = await run(mutant);
      // In any order.
      const merged = await mergeShards(shards.toReversed());
      expect(merged.record.divergences.length > 0).toBe(mutant !== undefined);
      expect(bytes(merged.record)).toBe(bytes(whole.record));
      expect([...merged.counterexamples.keys()]).toEqual([...whole.counterexamples.keys()]);
      const sequences = shards.map(({ sequential }) => sequential.evidence.lengths.map(([index]) => index));
      expect(sequences.every(({ length }) => length > 2)).toBe(true);
      // Never the same sequence twice, and none left out.
      const indexes = sequences.flat().toSorted((a, b) => a - b);
      expect(indexes).toEqual(indexes.map((_, position) => position));
    },
  );

  test('are parts of one campaign, all of them, each once', async () => {
    const more = { suites: ['random'], commands: 60 } as const;
    const shards = await parts(undefined, more);
    const [first, second, third] = shards as [ShardData, ShardData, ShardData];
    const odd = { ...third, plan: { ...third.plan, seed: 6 } };
    await expect(mergeShards([first, third])).rejects.toThrow('shard 2/3 is missing');
    await expect(mergeShards([first, second, second, third])).rejects.toThrow('shard 2/3 is given 2 times');
    await expect(mergeShards([first, second, odd])).rejects.toThrow(
      'shard 3/3 ran with seed 6, shard 1/3 with 5: they are parts of different campaigns',
    );
    await expect(mergeShards([])).rejects.toThrow('nothing to merge');
  });

  test.each([undefined, 'race-connect-pair', 'race-deactivate-ends,connect-role-code'])(
    'make the record of the whole of all suites that run by default, with the mutants %s',
    async (mutant) => {
      const more = { suites: defaultSuites, commands: 150, raceCommands: 250 };
      const merged = await mergeShards(await parts(mutant, more));
      const whole = await run(mutant, more);
      expect(merged.record.divergences.some(({ race }) => race !== undefined)).toBe(mutant !== undefined);
      expect(merged.record.races?.overlapped).toBeGreaterThan(10);
      expect(bytes(merged.record)).toBe(bytes(whole.record));
    },
  );

  test('tell how it went over the wire, and what the gateway does', async () => {
    const mutant = 'connect-role-code,signature-not-verified';
    const emulator = await startEmulator({ clock: 'manual', mutant });
    const access = { url: emulator.url, accessKeyId: 'testid', accessKeySecret: 'testsecret' };
    const target = await httpTarget(access);
    const more = { target, suites: ['random', 'protocol'] as const, commands: 150 };
    try {
      const merged = await mergeShards(await parts(undefined, more));
      const whole = await run(undefined, more);
      const told = ({ record }: ConformanceResult) =>
        record.divergences.map(({ exchange, ...each }) => [
          bytes({ ...record, divergences: [each] }),
          exchange?.request.method,
          exchange?.response?.status,
        ]);
      expect(told(whole).every(([, method]) => method !== undefined)).toBe(true);
      expect(told(merged)).toEqual(told(whole));
      expect(merged.record.divergences.map(({ kind }) => kind)).toContain('protocol');
    } finally {
      await target.close();
      await emulator.close();
    }
  });

  test('that one sighting in many does not show again are tried from those of all parts', () => {
    const sighting = (index: number, step: number): Bucket['others'][number] => ({
      sequence: { commands: [], routers: 2, exclusive: false },
      index,
      step,
    });
    const all = Array.from({ length: 60 }, (_, index) => sighting(index, (index * 7) % 13));
    const byPart = [0, 1, 2].map((part) => fewOf(all.filter(({ index }) => index % count === part)));
    expect(fewOf(byPart.flat())).toEqual(fewOf(all));
  });

  test('are refused for what cannot be split', async () => {
    const shard = { index: 1, count };
    await expect(run(undefined, { shard, suites: ['complete'] })).rejects.toThrow(
      /"complete" cannot be split/,
    );
    await expect(run(undefined, { shard, timeMs: 9 })).rejects.toThrow(/must not rest on a clock/);
  });

  test('that cannot be read are none', () => {
    expect(unpackShard('bm9uZQ==')).toBeUndefined();
    expect(unpackShard(undefined)).toBeUndefined();
  });
});
