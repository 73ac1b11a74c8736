import { embeddedTarget } from '../../adapters/embedded.ts';
import type { EmulatorOptions } from '../../adapters/emulator/emulator.ts';
import type { Tables } from '../../model/compile.ts';
import { Evidence } from '../oracle/evidence.ts';
import { firstFinding, traceOf } from '../score/detect.ts';
import { defaultTables } from '../tables.ts';
import type { Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';
import { manualTimes, sceneOn, sequencesFor } from './campaigns.ts';
import { bereaved, following } from './seldom.ts';

/** A campaign's traces, with what judging each of them by the chart's own tables rested on. */
export interface Recorded {
  readonly trace: Trace;
  readonly transitions: ReadonlySet<string>;
}

/**
 * The traces of a campaign against an emulator. What is sent does not depend on how it is judged, so a
 * campaign with other tables is these very traces judged by them.
 */
export async function recordCampaign(
  emulator: EmulatorOptions,
  seed: number,
  commands: number,
): Promise<readonly Recorded[]> {
  // With fresh reads for certain: otherwise much of what changes could be a read that lags.
  const scene = await sceneOn(embeddedTarget(emulator), { times: { ...manualTimes, staleMs: 0 } });
  const sequenceAt = sequencesFor(scene, seed);
  const region = scene.environmentFor(scene.routers).regionId;
  const recorded: Recorded[] = [];
  const run = async (sequence: Sequence): Promise<number> => {
    const trace = await traceOf(scene, sequence);
    const evidence = new Evidence();
    diverges(trace, defaultTables(), evidence);
    recorded.push({ trace, transitions: new Set(evidence.transitions.keys()) });
    return trace.steps.length;
  };
  for (const each of [bereaved(region, true), bereaved(region, false), ...following(region)]) await run(each);
  for (let index = 0, spent = 0; spent < commands; index++) spent += await run(sequenceAt(index));
  return recorded;
}

/** Whether a trace diverges from what these tables permit. */
export function diverges(trace: Trace, tables: Tables, evidence?: Evidence): boolean {
  return firstFinding(trace, tables, evidence) !== undefined;
}
