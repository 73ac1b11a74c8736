import type { Target } from '../../adapters/target.ts';
import type { Tables } from '../../model/compile.ts';
import { Evidence } from '../oracle/evidence.ts';
import { Judge } from '../oracle/judge.ts';
import { clean } from '../run/clean.ts';
import { execute, type Stage } from '../run/execute.ts';
import { type Scene, setScene } from '../run/scene.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import type { Trace } from '../trace.ts';

export const regionId = 'cn-hangzhou';
/** The clock is held: generous bounds cost nothing. */
const times = { settleMs: 60_000, staleMs: 1000, pollMs: [2, 250] } as const;

/** The scene that a default run sets on an emulator in this process. */
export function defaultScene(target: Target): Promise<Scene> {
  return setScene(target, { edition: 'any', regionId, maxRouters: 8, times });
}

/** When something was found first, in commands, and which rules it was said to break. */
export interface Detection {
  readonly commands: number;
  readonly rules: readonly string[];
}

/** The first finding in a trace, if there is one. */
export function firstFinding(
  { environment, steps }: Pick<Trace, 'environment' | 'steps'>,
  tables: Tables = defaultTables(),
  evidence: Evidence = new Evidence(),
): Detection | undefined {
  const judge = new Judge(tables, environment, evidence);
  for (const [index, step] of steps.entries()) {
    const verdict = judge.step(step);
    if (verdict.kind === 'diverges')
      return { commands: index + 1, rules: verdict.divergences.flatMap(({ rules }) => rules) };
  }
  return undefined;
}

/** Runs one sequence with nothing beside it, and deletes what it made. */
export async function traceOf(scene: Scene, { commands, routers }: Sequence): Promise<Trace> {
  const stage: Stage = {
    target: scene.target,
    clock: scene.clock,
    environment: scene.environmentFor(scene.routers.slice(0, routers)),
  };
  const { trace, bindings } = await execute(stage, commands);
  await clean(stage, commands, bindings);
  return trace;
}

/**
 * Runs sequences one after the other until something diverges; undefined when nothing does within the budget.
 * What is counted are commands as a run counts them: without cleaning up.
 */
export async function firstOn(
  scene: Scene,
  sequenceAt: (index: number) => Sequence | undefined,
  budget: number,
  evidence?: Evidence,
  enough: () => boolean = () => false,
): Promise<Detection | undefined> {
  for (let index = 0, spent = 0; spent < budget && !enough(); index++) {
    const sequence = sequenceAt(index);
    if (sequence === undefined) return undefined;
    const trace = await traceOf(scene, sequence);
    const found = firstFinding(trace, defaultTables(), evidence);
    if (found !== undefined) return { ...found, commands: spent + found.commands };
    spent += trace.steps.length;
  }
  return undefined;
}
