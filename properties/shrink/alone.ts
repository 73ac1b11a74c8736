import { createHash } from 'node:crypto';
import { CannotAnswer, HookError } from '../../adapters/target.ts';
import type { Tables } from '../../model/compile.ts';
import { given } from '../given.ts';
import { judgeSteps } from '../oracle/judge-steps.ts';
import type { Finding } from '../oracle/verdict.ts';
import { clean } from '../run/clean.ts';
import { SetupError } from '../run/errors.ts';
import { executeSequence, type Run, type Stage } from '../run/execute.ts';
import type { Place } from '../run/place.ts';
import type { Scene } from '../run/scene.ts';
import type { Router } from '../../model/world.ts';
import { commandsOf, type Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';
import type { Attempt } from './shrink.ts';

/** Runs sequences one at a time with nothing beside them, and remembers what each finding last looked like. */
export interface Alone {
  attempt(sequence: Sequence): Promise<Attempt>;
  /** The trace of the last run that showed the finding, up to the step that showed it. */
  lastShowing(finding: Finding): Trace | undefined;
  /** How many attempts were not made because the target is a recording that holds nothing like them. */
  readonly unrecorded: number;
  /** Leaves the target as clean as it was found. */
  finish(): Promise<void>;
}

/**
 * Where the target can be reset, each sequence starts on an empty one: then what it shows rests on
 * nothing that ran before, and it will show the same anywhere.
 */
export function alone(scene: Scene, tables: Tables, signal?: AbortSignal): Alone {
  let routers: readonly Router[] = scene.routers;
  let anew: boolean | undefined;
  let unrecorded = 0;
  const traces = new Map<string, Trace>();
  const attempts = new Map<string, number>();
  /** Named after what runs: a recording then answers it, whatever else was tried before it. */
  const placeOf = (sequence: Sequence): Place | undefined => {
    const name = createHash('sha256').update(JSON.stringify(sequence)).digest('hex').slice(0, 12);
    const count = (attempts.get(name) ?? 0) + 1;
    attempts.set(name, count);
    return scene.place(`attempt ${name}-${count}`, true);
  };
  const unanswered = (error: unknown): Attempt => {
    // What was found stands, though its scene cannot be set again.
    if (error instanceof HookError || error instanceof SetupError)
      return { findings: [], cost: 1, notRun: true, broken: error.message };
    if (!(error instanceof CannotAnswer)) throw error;
    unrecorded += 1;
    return { findings: [], cost: 1, notRun: true };
  };
  const clear = async (sequence: Sequence, stage: Stage & Place, run: Run): Promise<void> => {
    const left = await clean(stage, commandsOf(sequence), run.bindings);
    scene.emptied(stage.environment.routers, run.bindings.interfaces, stage.clock.now());
    if (left.length === 0) return;
    // What cannot be deleted stays where it is: go on elsewhere, or start over.
    const dirty = new Set(stage.environment.routers.map(({ id }) => id));
    routers = routers.filter(({ id }) => !dirty.has(id));
    for (let missing = 3 - routers.length; missing > 0; missing--) {
      const another = await scene.replace(stage).catch(() => undefined);
      if (another !== undefined) routers = [...routers, another];
    }
  };
  const attempt = async (sequence: Sequence): Promise<Attempt> => {
    if (signal?.aborted === true) return { findings: [], cost: 1, notRun: true };
    const place = placeOf(sequence);
    if (place === undefined) return unanswered(new CannotAnswer());
    const empty = anew === false ? undefined : await scene.reset(sequence.routers, place);
    anew = empty !== undefined;
    routers = empty ?? routers;
    // Also where there are too few: a recording then knows that it was tried.
    place.begin(routers.slice(0, sequence.routers).map(({ id }) => id));
    if (routers.length < sequence.routers) return { findings: [], cost: 1, notRun: true };
    const stage: Stage & Place = {
      ...place,
      environment: scene.environmentFor(routers.slice(0, sequence.routers)),
      ...given({ signal }),
    };
    try {
      const run = await executeSequence(stage, sequence);
      const findings: { finding: Finding; step: number }[] = [];
      for (const { step, verdict } of judgeSteps(tables, run.trace).verdicts) {
        if (verdict.kind !== 'diverges') continue;
        for (const finding of verdict.divergences) {
          findings.push({ finding, step });
          traces.set(finding.fingerprint, shownBy(finding, run.trace, step));
        }
      }
      // What it showed counts, whether or not what it made can be deleted.
      let { broken } = run;
      if (!anew) {
        await clear(sequence, stage, run).catch((error: unknown) => {
          if (!(error instanceof HookError)) throw error;
          broken = error.message;
        });
      }
      return {
        findings,
        cost: run.trace.steps.length,
        trace: run.trace,
        ...given({ broken }),
      };
    } finally {
      place.time.release();
    }
  };
  return {
    attempt: (sequence) => attempt(sequence).catch(unanswered),
    lastShowing: (finding) => traces.get(finding.fingerprint),
    get unrecorded() {
      return unrecorded;
    },
    async finish() {
      const place = anew === true ? scene.place('after shrinking', true) : undefined;
      if (place !== undefined) await scene.reset(0, place).catch(unanswered);
    },
  };
}

/** The trace up to the step that showed it; of a race all of it, as nothing less shows it. */
export function shownBy({ race }: Finding, trace: Trace, step: number): Trace {
  return race === undefined ? { ...trace, steps: trace.steps.slice(0, step + 1) } : trace;
}
