import { embeddedTarget } from '../../adapters/embedded.ts';
import type { EmulatorOptions } from '../../adapters/emulator/emulator.ts';
import type { Tables } from '../../model/compile.ts';
import { Evidence } from '../oracle/evidence.ts';
import { Judge } from '../oracle/judge.ts';
import { clean } from '../run/clean.ts';
import { execute, type Stage } from '../run/execute.ts';
import { defaultTables } from '../tables.ts';
import type { Trace } from '../trace.ts';
import { manualTimes, sceneOn, sequencesFor } from './campaigns.ts';

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
  const recorded: Recorded[] = [];
  for (let index = 0, spent = 0; spent < commands; index++) {
    const sequence = sequenceAt(index);
    const stage: Stage = {
      target: scene.target,
      clock: scene.clock,
      environment: scene.environmentFor(scene.routers.slice(0, sequence.routers)),
    };
    await scene.clock.enter();
    const { trace, bindings } = await execute(stage, sequence.commands);
    await clean(stage, sequence.commands, bindings);
    scene.clock.leave();
    spent += trace.steps.length;
    const evidence = new Evidence();
    diverges(trace, defaultTables(), evidence);
    recorded.push({ trace, transitions: evidence.transitions });
  }
  return recorded;
}

/** Whether a trace diverges from what these tables permit. */
export function diverges({ environment, steps }: Trace, tables: Tables, evidence?: Evidence): boolean {
  const judge = new Judge(tables, environment, evidence);
  return steps.some((step) => judge.step(step).kind === 'diverges');
}
