import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Observation } from '../../model/vocabulary.ts';
import type { RacesResult, RawExchange, RunRecord } from '../../reports/record.ts';
import type { ConformanceOptions } from '../conformance.ts';
import type { ProtocolResult } from '../protocol/suite.ts';
import type { Regression } from '../regressions.ts';
import type { Capabilities } from '../sequence.ts';
import { version } from '../tool-version.ts';
import type { Attempts } from './attempts.ts';
import type { PackedCampaign } from './packed-campaign.ts';

/** Which part of a campaign, counted from 1. */
export type Shard = NonNullable<RunRecord['shard']>;

/** What decides what a campaign sends: the same in all its shards. */
export type Plan = Pick<
  ConformanceOptions,
  'edition' | 'regionId' | 'seed' | 'commands' | 'maxRouters' | 'shrinkBudget'
> & {
  readonly suites: readonly string[];
  readonly raceCommands?: number | undefined;
  readonly quotaPerRouter?: number | undefined;
};

/** All that a shard has to say to the others, so that together they make the record of the whole. */
export interface ShardData {
  readonly shard: Shard;
  readonly plan: Plan;
  readonly modelHash: string;
  readonly target: Pick<RunRecord, 'target' | 'client'>;
  readonly startedAt: string;
  readonly seconds: number;
  readonly capabilities: Capabilities;
  readonly notes: readonly string[];
  readonly sequential: PackedCampaign;
  readonly raced?: { readonly result?: PackedCampaign; readonly races: RacesResult };
  readonly protocol?: ProtocolResult;
  readonly planned: Pick<RunRecord, 'tour'>;
  readonly leftBehind: readonly string[];
  /** What each program showed that was tried while counterexamples were made short. */
  readonly attempts: Attempts;
  /** How answers at the end of a program went over the wire. */
  readonly exchanges: ReadonlyMap<Observation, RawExchange>;
  /** What is known outside of the campaign: counterexamples of earlier runs, and how a script reaches the target. */
  readonly regressions?: readonly Regression[];
  readonly curl?: { readonly target: string; readonly hint?: string };
}

/** Text for a record: it says nothing to people, and is left out once shards are merged. */
export function packShard(data: ShardData): string {
  return gzipSync(serialize({ version, data })).toString('base64');
}

/** Returns what `packShard` packed; undefined for anything else, and for that of another version of this tool. */
export function unpackShard(text: unknown): ShardData | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const unpacked: unknown = deserialize(gunzipSync(Buffer.from(text, 'base64')));
    const packed = unpacked as { version?: unknown; data?: ShardData };
    return packed.version === version ? packed.data : undefined;
  } catch {
    return undefined;
  }
}
