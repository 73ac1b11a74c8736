import type { Tables } from '../../model/compile.ts';
import type { Answer, Command, Observation, Step } from '../../model/vocabulary.ts';
import type { World } from '../../model/world.ts';
import { Judge } from '../oracle/judge.ts';
import type { Finding, StepVerdict } from '../oracle/verdict.ts';
import { Bindings } from '../run/execute.ts';
import type { Trace } from '../trace.ts';
import { withoutLag } from './root-cause.ts';
import { isSame } from './same.ts';

type Body = Readonly<Record<string, unknown>>;

/** A command of a candidate: which step of the trace it was, and what became of it. */
interface Kept {
  readonly index: number;
  readonly command: Command;
}

/**
 * Tells without a target which shorter programs are worth running. A candidate is judged by what the trace
 * recorded of the commands that are left, with the interfaces that it never makes taken out of the lists:
 * if the model then finds the same divergence in it, and none that was not there before, the candidate
 * leads into the same situation and is *plausible*. If the model does not, the same answers would mean
 * something else there.
 *
 * It knows nothing of what a defect keeps to itself: a plausible candidate has to run before it counts, and
 * a defect that depends on more than the model sees needs more than the smallest plausible one.
 */
export class Guide {
  readonly #tables: Tables;
  readonly #trace: Trace;
  readonly #wanted: Finding;
  /** What diverged at each step. */
  readonly #known: readonly ReadonlySet<string>[];
  readonly #all: readonly Kept[];

  /** `trace` ends with the step that shows `wanted`. */
  constructor(tables: Tables, trace: Trace, wanted: Finding) {
    this.#tables = tables;
    // What a lag would explain is left to the run itself.
    this.#trace = withoutLag(trace);
    this.#wanted = wanted;
    const judge = new Judge(tables, this.#trace.environment);
    this.#known = trace.steps.map((step) => new Set(fingerprintsOf(judge.step(step))));
    this.#all = trace.steps.map(({ command }, index) => ({ index, command }));
  }

  get commands(): readonly Command[] {
    return this.#all.map(({ command }) => command);
  }

  /**
   * The smallest part of the program that is still plausible, with the last `keep` commands before the one
   * that shows it left as they are; undefined if not even all of it is. As places in the program.
   */
  slice(keep: number): readonly number[] | undefined {
    let best = this.#all;
    // With fewer rules in play it may be about something else: nothing is there any more, for example.
    const shows = (kept: readonly Kept[]): boolean => this.#isPlausible(kept, true, true);
    if (!shows(best)) return undefined;
    const last = this.#all.length - 1;
    const isFree = ({ index }: Kept): boolean => index < last - keep;
    const drop = (gone: ReadonlySet<Kept>): boolean => {
      const rest = best.filter((each) => !gone.has(each));
      if (rest.length === best.length || !shows(rest)) return false;
      best = rest;
      return true;
    };
    for (let size = Math.max(1, best.length >> 1), again = false; ; again = false) {
      for (let start = best.filter(isFree).length - size; start > -size; start -= size) {
        const free = best.filter(isFree);
        if (drop(new Set(free.slice(Math.max(0, start), start + size)))) again = true;
      }
      if (size > 1) size >>= 1;
      else if (!again && !this.#dropPair(best.filter(isFree), drop)) return best.map(({ index }) => index);
    }
  }

  /** Whether it is plausible without the commands at these places. */
  without(places: readonly number[]): boolean {
    return this.#isPlausible(this.#all.filter(({ index }) => !places.includes(index)));
  }

  /**
   * Whether other commands may stand in the place of its own, with undefined for one that is left out. What
   * looks show of changed arguments is bound to differ: only looks that are changed themselves are judged.
   */
  instead(commands: readonly (Command | undefined)[]): boolean {
    const kept = this.#all.flatMap(({ index }) => {
      const command = commands[index];
      return command === undefined ? [] : [{ index, command }];
    });
    return this.#isPlausible(kept, false);
  }

  /** Two commands that need each other, such as a lock and its release, go together or not at all. */
  #dropPair(free: readonly Kept[], drop: (gone: ReadonlySet<Kept>) => boolean): boolean {
    for (const [at, one] of free.entries())
      for (const other of free.slice(at + 1)) if (drop(new Set([one, other]))) return true;
    return false;
  }

  #isPlausible(kept: readonly Kept[], looks = true, exactly = false): boolean {
    const { environment, steps } = this.#trace;
    const judge = new Judge(this.#tables, environment);
    const bindings = new Bindings(environment.routers, 'plausible');
    const missing = this.#missing(kept);
    const last = kept.at(-1)?.index;
    let next = 0;
    let mustSettle = false;
    for (const { index, command } of kept) {
      const step = steps[index];
      if (step === undefined) return false;
      for (; next < index; next++)
        mustSettle ||= steps[next]?.command.kind === 'settle' && this.#isMoving(judge.belief);
      next = index + 1;
      if (command.kind === 'settle') {
        mustSettle = false;
        continue;
      }
      // Where it was waited for the end of something, it must still be waited for.
      if (mustSettle) return false;
      const isLook = command.kind === 'call' && command.operation.startsWith('Describe');
      if (!looks && isLook && command === step.command) {
        if (index === last) return true;
        continue;
      }
      const verdict = judge.step(asIf(step, command, bindings, missing));
      if (verdict.kind === 'diverges') {
        const { fingerprint } = this.#wanted;
        const same = (each: Finding): boolean =>
          exactly ? each.fingerprint === fingerprint : isSame(each, this.#wanted);
        if (verdict.divergences.some(same)) return true;
        const known = this.#known[index];
        if (index !== last && fingerprintsOf(verdict).some((each) => known?.has(each) !== true)) return false;
      }
    }
    return false;
  }

  /** Ids of the interfaces that a candidate never makes. */
  #missing(kept: readonly Kept[]): ReadonlySet<string> {
    const there = new Set(kept.map(({ index }) => index));
    return new Set(
      this.#trace.steps.flatMap((step, index) => {
        const id = there.has(index) ? undefined : madeBy(step);
        return id === undefined ? [] : [id];
      }),
    );
  }

  #isMoving(belief: readonly World[]): boolean {
    const tables = this.#tables;
    return belief.some(
      ({ interfaces, routes }) =>
        interfaces.some(({ states }) => (tables.closure(states) & ~tables.stable) !== 0) ||
        routes.some(({ leavingSince }) => leavingSince !== undefined),
    );
  }
}

const fingerprintsOf = (verdict: StepVerdict): readonly string[] =>
  verdict.kind === 'diverges' ? verdict.divergences.map(({ fingerprint }) => fingerprint) : [];

function madeBy({ command, observation }: Step): string | undefined {
  if (command.kind !== 'call' || command.operation !== 'CreateRouterInterface') return undefined;
  const id = observation?.kind === 'answer' ? observation.body?.['RouterInterfaceId'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** The step as it would have been, had only the rest of the candidate run before it. */
function asIf(step: Step, command: Command, bindings: Bindings, missing: ReadonlySet<string>): Step {
  if (command.kind === 'settle') return step;
  if (command.kind === 'control') {
    const { on } = command;
    return on === undefined ? step : { ...step, sent: { routerInterfaceId: bindings.resolve(on) } };
  }
  const sent: Record<string, string> = {};
  for (const name in command.args) sent[name] = bindings.resolve(command.args[name] ?? '');
  const { observation } = step;
  if (command.as !== undefined && observation?.kind === 'answer') {
    const id = observation.body?.['RouterInterfaceId'] ?? observation.body?.['RouteEntryId'];
    if (typeof id === 'string' && id !== '') bindings.bind(command.as, id);
  }
  return {
    ...step,
    command,
    sent,
    ...(observation === undefined ? {} : { observation: rid(observation, missing) }),
  };
}

function rid(observation: Observation, missing: ReadonlySet<string>): Observation {
  if (observation.kind !== 'answer' || missing.size === 0) return observation;
  const { body } = observation;
  const set = body?.['RouterInterfaceSet'] as Body | undefined;
  const list = set?.['RouterInterfaceType'];
  if (body === undefined || !Array.isArray(list)) return observation;
  const left = (list as readonly unknown[]).filter(
    (item) => !missing.has(String((item as Body | null)?.['RouterInterfaceId'])),
  );
  const total = body['TotalCount'];
  const TotalCount = typeof total === 'number' ? total - (list.length - left.length) : total;
  const answer: Answer = {
    ...observation,
    body: { ...body, TotalCount, RouterInterfaceSet: { ...set, RouterInterfaceType: left } },
  };
  return answer;
}
