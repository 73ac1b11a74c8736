import type { Tables } from '../../model/compile.ts';
import { type Call, permitted, type Permitted } from '../../model/permitted.ts';
import { fitsOf, type Refused } from '../../model/refusals.ts';
import { afterControl, afterRouteCreated, afterRouteDeleted } from '../../model/surroundings.ts';
import type { Answer, JudgedOperation, Step } from '../../model/vocabulary.ts';
import { judgedOperations } from '../../model/vocabulary.ts';
import { textOf } from '../../model/text.ts';
import { emptyWorld, type Environment, type World } from '../../model/world.ts';
import { afterDivergence } from './after-divergence.ts';
import { checkEnvelope, type Judged, type Reading, readAnswer } from './envelope.ts';
import { creditLook, viewOf } from './credit.ts';
import { Evidence, noteDecidedChoices, noteOpenChoice, TransitionTracker } from './evidence.ts';
import { explainAnswer, type Explanation } from './explain.ts';
import { breakdown, fieldFindings, silence, unexpectedAnswer } from './findings.ts';
import { itemsOf } from './items.ts';
import { addressed, hasNameless, listed } from './nameless.ts';
import {
  distinct,
  isClean,
  isExcusable,
  isOneOutcome,
  isOneRule,
  nearest,
  situations,
  statesOf,
} from './judge-parts.ts';
import type { RequestIds } from './request-ids.ts';
import type { Finding, StepVerdict } from './verdict.ts';

const judged: ReadonlySet<string> = new Set(judgedOperations);

const conforms: StepVerdict = { kind: 'conforms' };
/** More worlds than this say that too much is unknown to judge by. */
export const mostWorlds = 128;

/**
 * Judges one trace, step by step: the belief is the set of worlds consistent with everything seen so
 * far. This is the ioco check (Tretmans 1996): what is seen must be among what some world permits,
 * and silence is something seen.
 */
export class Judge {
  readonly #tables: Tables;
  readonly #evidence: Evidence;
  readonly #tracker: TransitionTracker;
  readonly #requestIds = new Set<string>();
  readonly #ofRun: RequestIds | undefined;
  #environment: Environment;
  readonly #steps: Step[] = [];
  #belief: readonly World[];
  #lost: string | undefined;
  #diverged = false;
  #noticedLag = false;
  readonly #reported = new Set<string>();

  /** `ofRun`: the RequestIds of the whole run, where this is one of many sequences. */
  constructor(tables: Tables, env: Environment, evidence = new Evidence(), ofRun?: RequestIds) {
    this.#ofRun = ofRun;
    this.#tables = tables;
    this.#evidence = evidence;
    this.#tracker = new TransitionTracker(tables, evidence);
    this.#environment = env;
    this.#belief = [emptyWorld(env)];
  }

  /** The worlds that remain; for reports and for the laws of the oracle. */
  get belief(): readonly World[] {
    return this.#belief;
  }

  step(step: Step): StepVerdict {
    this.#evidence.at.step = this.#steps.length;
    this.#steps.push(step);
    const verdict = this.#one(step);
    if (this.#diverged) this.#belief = situations(this.#belief);
    if (verdict.kind !== 'diverges') return verdict;
    const left = this.#notExplainedByLag(verdict.divergences);
    if (left.length === 0) return conforms;
    this.#diverged = true;
    for (const { fingerprint } of left) this.#reported.add(fingerprint);
    return { kind: 'diverges', divergences: left };
  }

  /** Reads lagged although that was not known beforehand: nothing else explains what was seen. */
  get noticedLag(): boolean {
    return this.#noticedLag;
  }

  /**
   * What of it remains once reads may be a moment old. What was read before is in doubt then, and with it
   * whatever was expected of the calls after it: so all that was seen so far is judged from the start, and
   * lag explains it only if nothing diverges that did not before.
   */
  #notExplainedByLag(divergences: readonly Finding[]): readonly Finding[] {
    if (this.#environment.readsLag || this.#environment.bounds.staleMs === 0) return divergences;
    // No lag makes an answer malformed, or lets it fail to come.
    if (!divergences.some((each) => isExcusable(each) && !this.#reported.has(each.fingerprint)))
      return divergences;
    const lagging: Environment = { ...this.#environment, readsLag: true };
    const again = new Judge(this.#tables, lagging);
    let last: StepVerdict = conforms;
    for (const [index, each] of this.#steps.entries()) {
      last = again.step(each);
      if (last.kind !== 'diverges' || index === this.#steps.length - 1) continue;
      if (last.divergences.some(({ fingerprint }) => !this.#reported.has(fingerprint))) return divergences;
    }
    const still = new Set(last.kind === 'diverges' ? last.divergences.map((each) => each.fingerprint) : []);
    const left = divergences.filter((each) => !isExcusable(each) || still.has(each.fingerprint));
    const isNew = [...still].some((each) => !left.some(({ fingerprint }) => fingerprint === each));
    if (isNew || left.length === divergences.length) return divergences;
    // Too much is open to say either: that is not a divergence, nor is it conformance.
    this.#lost = again.#lost;
    this.#belief = again.belief;
    this.#environment = lagging;
    // Where something else is wrong as well, it is no more than a way to see this one sequence.
    this.#noticedLag = !this.#diverged && left.length === 0;
    return left;
  }

  #one(step: Step): StepVerdict {
    const { command, observation, start, end } = step;
    if (this.#lost !== undefined) return { kind: 'inconclusive', reason: this.#lost };
    if (command.kind === 'settle') return conforms;
    if (command.kind === 'control') {
      this.#belief = this.#belief.map((world) =>
        afterControl(world, command, step.sent?.['routerInterfaceId'], end),
      );
      return conforms;
    }
    if (observation === undefined || observation.kind === 'unreachable') {
      return this.#lose(`the target could not be reached: ${observation?.cause ?? 'no observation'}`);
    }
    if (observation.kind === 'inexpressible') return { kind: 'inconclusive', reason: observation.reason };
    if (observation.kind === 'crashed') return this.#crashed(command.operation, observation.how);
    const args = step.sent ?? {};
    if (this.#belief.some(hasNameless)) this.#belief = this.#belief.map((world) => addressed(world, step));
    if (!judged.has(command.operation)) {
      this.#support(command.operation, args, observation.kind === 'answer' ? observation : undefined, end);
      return conforms;
    }
    const call: Call = { operation: command.operation as JudgedOperation, args };
    const reads = call.operation.startsWith('Describe');
    if (observation.kind === 'indeterminate') {
      const reason = `the connection broke after ${call.operation} was sent: ${observation.cause}`;
      return reads ? { kind: 'inconclusive', reason } : this.#lose(reason);
    }
    if (observation.kind === 'silence') {
      this.#evidence.answers.note(call.operation, statesOf(this.#permits(call, start, end)), 'silence');
      if (!reads) this.#lost = `whether the unanswered ${call.operation} took effect is unknown`;
      return { kind: 'diverges', divergences: [silence(call.operation, observation.afterMs)] };
    }
    return this.#answer(call, observation, start, end, command.as);
  }

  /** Notes what only the whole sequence shows. */
  finish(): void {
    // After a divergence the belief was patched up: what it says of choices would be hearsay.
    if (!this.#diverged) noteDecidedChoices(this.#evidence, this.#belief);
  }

  /** No rule of the API is broken by a client that breaks down; still, something under test did. */
  #crashed(operation: string, how: string): StepVerdict {
    if (!operation.startsWith('Describe'))
      this.#lost = `whether ${operation}, over which the client broke down, took effect is unknown`;
    return { kind: 'diverges', divergences: [breakdown(operation, how)] };
  }

  #lose(reason: string): StepVerdict {
    this.#lost = reason;
    return { kind: 'inconclusive', reason };
  }

  #support(
    operation: string,
    args: Readonly<Record<string, string>>,
    answer: Answer | undefined,
    now: number,
  ): void {
    if (answer === undefined || answer.status < 200 || answer.status >= 300) return;
    const id = answer.body?.['RouteEntryId'];
    this.#belief = this.#belief.map((world) =>
      operation === 'CreateRouteEntry'
        ? afterRouteCreated(world, args, textOf(id))
        : afterRouteDeleted(world, args, now),
    );
  }

  #answer(call: Call, answer: Answer, start: number, end: number, name: string | undefined): StepVerdict {
    const envelope = fieldFindings(
      call,
      checkEnvelope(
        answer,
        this.#requestIds,
        call.operation === 'DescribeRouterInterfaceAttribute',
        this.#ofRun,
      ),
      'envelope',
    );
    const reading = readAnswer(answer);
    const { untold } = answer;
    if (untold !== undefined) for (const part of untold) this.#evidence.untold.add(part);
    if (envelope.length === 0) {
      // An envelope of which a part was withheld is not one that conforms.
      if (untold === undefined) this.#evidence.rule('R8');
      if (untold?.includes('RequestId') !== true) this.#evidence.rule('P3');
    }
    if (reading.kind === 'unavailable') return { kind: 'inconclusive', reason: reading.reason };
    if (reading.kind === 'unreadable') {
      if (!call.operation.startsWith('Describe'))
        this.#lost = `the answer to ${call.operation} could not be read`;
      return { kind: 'diverges', divergences: envelope };
    }
    const findings = this.#judge(call, reading, start, end, name);
    if (envelope.length === 0 && findings.length === 0) return conforms;
    return { kind: 'diverges', divergences: [...envelope, ...findings] };
  }

  /** An answer shows what was true at some moment from `start` to `end`. */
  #judge(call: Call, reading: Judged, start: number, end: number, name: string | undefined): Finding[] {
    const lists = reading.kind === 'success' && call.operation === 'DescribeRouterInterfaces';
    if (lists && this.#belief.some(hasNameless))
      this.#belief = this.#belief.map((world) => listed(world, itemsOf(reading.body)));
    const permits = this.#permits(call, start, end);
    this.#evidence.answers.note(call.operation, statesOf(permits), reading);
    const explanations = this.#explain(call, permits, reading, start);
    const clean = explanations.every(isClean) ? explanations : explanations.filter(isClean);
    if (clean.length > 0) {
      this.#accept(call, permits, clean, reading);
      return [];
    }
    const alike = nearest(explanations);
    const [best] = alike;
    const findings =
      best === undefined
        ? [unexpectedAnswer(call, permits, reading, this.#environment.edition)]
        : fieldFindings(call, best.mismatches, 'field');
    const after = distinct(
      afterDivergence(this.#tables, this.#belief, {
        call,
        permits,
        reading,
        best: alike,
        findings,
        end,
        name,
      }),
    );
    if (after.length > 0) this.#belief = after;
    return findings;
  }

  #permits(call: Call, start: number, end: number): readonly Permitted[] {
    return this.#belief.map((world) => permitted(this.#tables, world, call, start, end));
  }

  #explain(call: Call, permits: readonly Permitted[], reading: Judged, now: number): readonly Explanation[] {
    let all: readonly Explanation[] = [];
    for (let index = 0; index < this.#belief.length; index++) {
      const world = this.#belief[index];
      const permit = permits[index];
      if (!world || !permit) continue;
      const lagging = this.#environment.readsLag || world.env.readsLag;
      const found = explainAnswer(this.#tables, world, call, permit, reading, now, lagging);
      all = all.length === 0 ? found : [...all, ...found];
    }
    return all;
  }

  #accept(call: Call, permits: readonly Permitted[], clean: readonly Explanation[], reading: Reading): void {
    const [before] = this.#belief;
    const [first] = clean;
    if (before === undefined || first === undefined) return;
    const subject = permits[0]?.subject;
    if (clean.length === 1 || isOneOutcome(clean)) this.#certain(permits, clean, first, subject?.id);
    else if (reading.kind === 'refusal' && subject !== undefined && isOneRule(clean)) {
      for (const rule of first.outcome.rules) this.#evidence.rule(rule);
      this.#tracker.refused(
        subject.id,
        clean.map(({ outcome }) => outcome),
      );
    }
    if (reading.kind === 'refusal') {
      this.#eclipsed(permits, clean);
      this.#fit(call, clean, reading);
    }
    if (clean.length === 1 && first.worlds.length === 1) this.#belief = first.worlds;
    else this.#belief = distinct(clean.flatMap((each) => each.worlds));
    const [after] = this.#belief;
    // A transition counts only once it is clear that it was taken: reads wait for a single world.
    const certain = this.#belief.length === 1 || !call.operation.startsWith('Describe');
    if (after !== undefined && certain) this.#track(call, before, after);
    if (this.#belief.length > mostWorlds) this.#lost = `more than ${mostWorlds} worlds explain what was seen`;
  }

  /** There is no doubt which outcome it was. */
  #certain(
    permits: readonly Permitted[],
    clean: readonly Explanation[],
    first: Explanation,
    subjectId: string | undefined,
  ): void {
    const { rules, kind, transitions } = first.outcome;
    for (const rule of rules) this.#evidence.rule(rule);
    if (kind === 'refusal') for (const id of transitions) this.#evidence.transitions.add(id);
    else this.#tracker.accepted(subjectId, transitions);
    if (permits[0] !== undefined && permits.length === 1 && !this.#diverged)
      noteOpenChoice(this.#evidence, permits[0], clean, this.#environment.readsLag);
  }

  /** Refusals that might have come as well, had not another rule answered. */
  #eclipsed(permits: readonly Permitted[], clean: readonly Explanation[]): void {
    for (const outcome of permits[0]?.outcomes ?? []) {
      if (outcome.kind !== 'refusal' || clean.some((each) => each.outcome === outcome)) continue;
      for (const id of outcome.transitions) this.#evidence.eclipsed.add(id);
    }
  }

  /** Editions that know this refusal: of several rules that may be meant, any one is enough. */
  #fit(call: Call, clean: readonly Explanation[], refused: Refused): void {
    let bits = 0;
    const fits = fitsOf(call.operation, refused, this.#environment.edition);
    for (const { outcome } of clean) for (const rule of outcome.rules) bits |= fits.editions(rule);
    this.#evidence.editions &= bits;
  }

  #track(call: Call, before: World, after: World): void {
    if (before.interfaces === after.interfaces) return;
    const reads = call.operation.startsWith('Describe');
    if (reads) creditLook(this.#evidence, this.#tables, viewOf(call.operation), before, after);
    for (let index = 0; index < after.interfaces.length; index++) {
      const each = after.interfaces[index];
      const old = before.interfaces[index];
      if (each === undefined || old === undefined || old === each) continue;
      if (!reads && each.states !== old.states && each.cause === old.cause) continue;
      if (reads) {
        this.#tracker.seen(each.id, old.states, each.states, after.choices);
        if (each.news === 0 && old.news !== 0) for (const rule of old.cause.rules) this.#evidence.rule(rule);
      } else if (each.cause !== old.cause && each.cause.event.startsWith('PEER_')) {
        this.#tracker.peer(
          each.id,
          this.#tables.peerChoices(each.cause.event, this.#tables.closure(old.states)),
        );
      }
    }
  }
}
