import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Command } from '../../model/vocabulary.ts';
import type { Arena } from './arena.ts';
import { type Contestant, type Found, shrinkBudget } from './contestant.ts';

/** What a Python program asks for, one JSON object a line (`bridge.py` is its end of it). */
type Request =
  { readonly do: 'begin' | 'end' | 'done' } | { readonly do: 'perform'; readonly command: Command };

interface Started {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: Interface;
}

const scripts = path.join(process.cwd(), 'bench', 'detection');

/**
 * A contestant written in Python, which keeps running from mutant to mutant. It sends commands as JSON lines; each
 * is performed, counted and judged here, and it learns of the answer and whether anything was wrong with it.
 */
class PythonContestant implements Contestant {
  readonly name: string;
  readonly how: string;
  readonly #python: string;
  readonly #script: string;
  readonly #shortens: boolean;
  #child: Started | undefined;

  constructor({ name, how, script, shortens }: Program, python: string) {
    this.name = name;
    this.how = how;
    this.#python = python;
    this.#script = path.join(scripts, script);
    this.#shortens = shortens;
  }

  async find(arena: Arena, seed: number, budget: number): Promise<Found | undefined> {
    const { process: child, lines } = this.#started();
    const say = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
    const { regionId } = arena.environment;
    let calls: number | undefined;
    let length = 0;
    let step = 0;
    const answers = async (request: Request): Promise<object> => {
      if (request.do !== 'perform') {
        step = 0;
        await (request.do === 'begin' ? arena.begin() : arena.end());
        return {};
      }
      const most = calls === undefined ? budget : calls + shrinkBudget;
      if (arena.calls >= most) return { over: true };
      step += 1;
      const findings = await arena.perform(request.command);
      const diverged = findings.length > 0;
      if (diverged) {
        calls ??= arena.calls;
        length = step;
      }
      const { answer } = arena;
      const body = answer?.kind === 'answer' ? answer.body : undefined;
      return { diverged, status: answer?.kind === 'answer' ? answer.status : 0, body: body ?? {} };
    };
    const gone = new AbortController();
    const onExit = (code: number | null): void =>
      gone.abort(new Error(`${this.#script} ended with exit code ${code}.`));
    child.once('exit', onExit);
    say({ seed, region: regionId });
    for (;;) {
      const [line] = (await once(lines, 'line', { signal: gone.signal })) as [string];
      const request = JSON.parse(line) as Request;
      if (request.do === 'done') break;
      say(await answers(request));
    }
    child.off('exit', onExit);
    await arena.end();
    if (calls === undefined) return undefined;
    return { calls, length, ...(this.#shortens ? { shrinkCalls: arena.calls - calls } : {}) };
  }

  #started(): Started {
    if (this.#child !== undefined) return this.#child;
    const child = spawn(this.#python, [this.#script], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = { process: child, lines: createInterface({ input: child.stdout }) };
    return this.#child;
  }

  close(): void {
    this.#child?.process.stdin.end();
  }
}

/** A contestant that cannot take part, and why. */
export interface Absent {
  readonly name: string;
  readonly reason: string;
}

interface Program {
  readonly module: string;
  readonly name: string;
  readonly how: string;
  readonly script: string;
  readonly shortens: boolean;
}

const known: readonly Program[] = [
  {
    module: 'hypothesis',
    name: 'Hypothesis, stateful',
    how: 'a RuleBasedStateMachine with its defaults (100 examples of 50 steps); a rule fails when the oracle says so; it shrinks itself',
    script: 'hypothesis_rules.py',
    shortens: true,
  },
  {
    module: 'aalpy',
    name: 'AALpy, learning',
    how: 'KV with a random-walk equivalence oracle over 13 inputs on a pair; the oracle judges every query, a query that fails is the counterexample',
    script: 'aalpy_learn.py',
    shortens: false,
  },
];

/** Those whose packages can be imported, and those that cannot, by name. Nothing is installed. */
export function pythonContestants(python: string): readonly (Contestant | Absent)[] {
  return known.map((program) => {
    const { module, name } = program;
    const tried = spawnSync(python, ['-c', `import ${module}`], { encoding: 'utf8' });
    if (tried.error !== undefined) return { name, reason: `${python} cannot be started` };
    if (tried.status !== 0) return { name, reason: `${python} has no module ${module}` };
    return new PythonContestant(program, python);
  });
}
