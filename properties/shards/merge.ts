import type { RacesResult } from '../../reports/record.ts';
import type { ConformanceResult } from '../conformance.ts';
import { runRecord } from '../make-record.ts';
import { withProtocol } from '../protocol/record.ts';
import { together } from '../together.ts';
import { withRegressions } from '../regressions.ts';
import { UsageError } from '../run/errors.ts';
import { shrinkBy } from '../shrink/shrink-buckets.ts';
import { defaultTables } from '../tables.ts';
import { type Attempts, fromKept } from './attempts.ts';
import { unitedCampaign } from './packed-campaign.ts';
import type { ShardData } from './shard-data.ts';

/** Throws `UsageError` unless these are all the parts of one campaign, each once. */
function checkWhole(shards: readonly ShardData[]): void {
  const [first] = shards;
  if (first === undefined) throw new UsageError('there is nothing to merge.');
  const { count } = first.shard;
  for (const { shard, plan, modelHash } of shards) {
    const differs = (Object.keys(first.plan) as (keyof typeof plan)[]).find(
      (name) => JSON.stringify(plan[name]) !== JSON.stringify(first.plan[name]),
    );
    const told = `shard ${shard.index}/${shard.count}`;
    if (shard.count !== count)
      throw new UsageError(
        `${told} and shard ${first.shard.index}/${count} are parts of different campaigns.`,
      );
    if (differs !== undefined) {
      throw new UsageError(
        `${told} ran with ${differs} ${JSON.stringify(plan[differs])}, shard ${first.shard.index}/${count} with ${JSON.stringify(first.plan[differs])}: they are parts of different campaigns.`,
      );
    }
    if (modelHash !== first.modelHash) throw new UsageError(`${told} was judged by another model.`);
  }
  const there = shards.map(({ shard }) => shard.index).toSorted((a, b) => a - b);
  for (let index = 1; index <= count; index++) {
    const times = there.filter((each) => each === index).length;
    if (times === 0) throw new UsageError(`shard ${index}/${count} is missing.`);
    if (times > 1) throw new UsageError(`shard ${index}/${count} is given ${times} times.`);
  }
}

function unitedRaces(parts: readonly RacesResult[]): RacesResult {
  const sum = (of: (part: RacesResult) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  const notRun = parts.flatMap((part) => part.notRun ?? [])[0];
  const all = parts.flatMap(({ patterns }) => patterns);
  return {
    runs: sum(({ runs }) => runs),
    overlapped: sum(({ overlapped }) => overlapped),
    explained: sum(({ explained }) => explained),
    diverged: sum(({ diverged }) => diverged),
    undecided: sum(({ undecided }) => undecided),
    patterns: [...new Set(all.map(({ name }) => name))].map((name) => {
      const same = all.filter((each) => each.name === name);
      return {
        name,
        runs: same.reduce((total, each) => total + each.runs, 0),
        overlapped: same.reduce((total, each) => total + each.overlapped, 0),
        diverged: same.reduce((total, each) => total + each.diverged, 0),
      };
    }),
    ...(notRun === undefined ? {} : { notRun }),
  };
}

/**
 * Returns what one run of the whole campaign would have returned, of its parts: the same record but for times and
 * names that targets gave, as far as two runs of the whole have the same. What on a target rests on chance or on all that
 * ran before it (how a race comes out, RequestIds that are repeated across parts) is as the parts met it. Throws `UsageError` when a part is missing or another's.
 */
export async function mergeShards(given: readonly ShardData[]): Promise<ConformanceResult> {
  checkWhole(given);
  const shards = given.toSorted((a, b) => a.shard.index - b.shard.index);
  const [first] = shards as [ShardData, ...ShardData[]];
  const { plan, capabilities } = first;
  const tables = defaultTables();
  if (tables.hash !== first.modelHash)
    throw new UsageError('the shards were judged by another model than this one.');
  const sequential = unitedCampaign(shards.map((each) => each.sequential));
  const raced = shards.flatMap(({ raced: part }) => part?.result ?? []);
  const result = raced.length === 0 ? sequential : together(sequential, unitedCampaign(raced));
  const attempts: Attempts = new Map();
  for (const each of shards)
    for (const [program, tried] of each.attempts)
      attempts.set(program, [...(attempts.get(program) ?? []), ...tried]);
  const exchanges = new Map(shards.flatMap((each) => [...each.exchanges]));
  const { target: name, client } = first.target;
  const target = {
    name,
    ...(client === undefined ? {} : { client }),
    exchangeOf: (observation: Parameters<typeof exchanges.get>[0]) => exchanges.get(observation),
  };
  const environment = result.buckets[0]?.witness.trace.environment;
  const stage = {
    target,
    environmentFor: () => {
      if (environment === undefined) throw new TypeError('nothing diverged, so nothing is shrunk');
      return environment;
    },
  };
  const shrunk = await shrinkBy(stage, () => fromKept(attempts), tables, result.buckets, {
    budget: plan.shrinkBudget,
    until: Infinity,
    ...(result.hookFailed ? { not: 'a control hook failed' } : {}),
  });
  const races = shards.flatMap(({ raced: part }) => part?.races ?? []);
  const seconds = shards.reduce((sum, each) => sum + each.seconds, 0);
  const judged = runRecord({
    options: { edition: plan.edition, seed: plan.seed, target },
    scene: { capabilities, notes: [...new Set(shards.flatMap(({ notes }) => notes))] },
    tables,
    result,
    shrunk,
    began: performance.now(),
    seconds,
    leftBehind: [...result.leftBehind, ...shards.flatMap(({ leftBehind }) => leftBehind)].toSorted(),
    races: races.length === 0 ? undefined : unitedRaces(races),
    planned: first.planned,
  });
  const startedAt = shards.map((each) => each.startedAt).toSorted()[0] ?? '';
  const made = { ...judged, record: { ...judged.record, startedAt } };
  const { protocol, regressions = [] } = first;
  const checked =
    protocol === undefined ? made : withProtocol(made, protocol, { regionId: plan.regionId, target });
  return withRegressions(checked, regressions);
}
