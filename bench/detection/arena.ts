import { embeddedTarget } from '../../adapters/embedded.ts';
import type { Target } from '../../adapters/target.ts';
import type { Command } from '../../model/vocabulary.ts';
import type { Environment } from '../../model/world.ts';
import { Judge } from '../../properties/oracle/judge.ts';
import { Evidence } from '../../properties/oracle/evidence.ts';
import type { Finding } from '../../properties/oracle/verdict.ts';
import { clean } from '../../properties/run/clean.ts';
import { Bindings, execute, type Stage } from '../../properties/run/execute.ts';
import type { Scene } from '../../properties/run/scene.ts';
import { defaultScene } from '../../properties/score/detect.ts';
import type { Sequence } from '../../properties/sequence.ts';
import type { Attempt } from '../../properties/shrink/shrink.ts';
import { defaultTables } from '../../properties/tables.ts';
import type { Trace } from '../../properties/trace.ts';

/** What was found, where in a sequence, and what was seen until then. */
export interface Met {
  readonly finding: Finding;
  readonly step: number;
  readonly trace: Trace;
}

/**
 * Where contestants meet a mutant: they send commands, this counts them, and one oracle judges every answer. Set-up
 * and clean-up are free for all of them alike.
 */
export class Arena {
  /** Commands that were sent so far. */
  calls = 0;
  readonly #target: Target;
  readonly #scene: Scene;
  #run:
    { readonly stage: Stage; readonly bindings: Bindings; judge: Judge; steps: Trace['steps'] } | undefined;

  private constructor(target: Target, scene: Scene) {
    this.#target = target;
    this.#scene = scene;
  }

  /** A fresh emulator with a defect, in this process, its clock held. */
  static async with({
    name,
    profile,
  }: {
    readonly name?: string;
    readonly profile?: string;
  }): Promise<Arena> {
    const target = embeddedTarget({ mutant: name, profile });
    return new Arena(target, await defaultScene(target));
  }

  get environment(): Environment {
    return this.#scene.environmentFor(this.#scene.routers.slice(0, 2));
  }

  /** A sequence begins, on routers with nothing on them. */
  begin(routers = 2): void {
    const environment = this.#scene.environmentFor(this.#scene.routers.slice(0, routers));
    const stage: Stage = { target: this.#target, clock: this.#scene.clock, environment };
    const judge = new Judge(defaultTables(), environment, new Evidence());
    this.#run = { stage, bindings: new Bindings(environment.routers), judge, steps: [] };
  }

  /** Sends one command; returns what the oracle finds wrong with what came back. */
  async perform(command: Command): Promise<readonly Finding[]> {
    const run = this.#run;
    if (run === undefined) throw new Error('No sequence has begun.');
    this.calls += 1;
    const { trace } = await execute(run.stage, [command], run.bindings);
    run.steps = [...run.steps, ...trace.steps];
    return trace.steps.flatMap((step) => {
      const verdict = run.judge.step(step);
      return verdict.kind === 'diverges' ? verdict.divergences : [];
    });
  }

  /** What came back for the last command. */
  get answer(): Trace['steps'][number]['observation'] {
    return this.#run?.steps.at(-1)?.observation;
  }

  /** The sequence ends; what it made is deleted. */
  async end(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    this.#run = undefined;
    await clean(
      run.stage,
      run.steps.map(({ command }) => command),
      run.bindings,
    );
  }

  /** Runs a sequence until something diverges, or `most` commands were sent. */
  async run({ commands, routers }: Sequence, most = Infinity): Promise<Met | undefined> {
    this.begin(routers);
    try {
      for (const [step, command] of commands.entries()) {
        if (step >= most) return undefined;
        const [finding] = await this.perform(command);
        if (finding !== undefined) return { finding, step, trace: this.#trace() };
      }
      return undefined;
    } finally {
      await this.end();
    }
  }

  /** Runs a candidate for a shorter sequence to its end. */
  async attempt({ commands, routers }: Sequence): Promise<Attempt> {
    this.begin(routers);
    try {
      const findings: { finding: Finding; step: number }[] = [];
      for (const [step, command] of commands.entries())
        for (const finding of await this.perform(command)) findings.push({ finding, step });
      return { findings, cost: commands.length, trace: this.#trace() };
    } finally {
      await this.end();
    }
  }

  #trace(): Trace {
    const { environment } = this.#run?.stage ?? { environment: this.environment };
    return { traceVersion: 1, target: this.#target.name, environment, steps: this.#run?.steps ?? [] };
  }

  close(): Promise<void> {
    return this.#target.close();
  }
}
