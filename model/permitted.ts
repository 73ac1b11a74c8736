import type { Tables } from './compile.ts';
import { anyChange, anyRefusal } from './describe/blame.ts';
import { type Accepted, worldsAfter } from './effects.ts';
import { eventOf } from './chart-transitions.ts';
import { type Outcome, outcomesOf } from './outcomes.ts';
import { possibleStates } from './possible-states.ts';
import { withToken } from './tokens.ts';
import {
  activateViolations,
  deactivateViolations,
  deleteViolations,
  modifySpecViolations,
} from './violations/lifecycle.ts';
import type { Violations } from './violations/collect.ts';
import { connectViolations } from './violations/connect.ts';
import { createViolations } from './violations/create.ts';
import { describeAttributeViolations, describeListViolations } from './violations/describe.ts';
import { modifyAttributeViolations } from './violations/modify-attribute.ts';
import type { JudgedOperation } from './vocabulary.ts';
import type { ReplayPossible } from './tokens.ts';
import { draftOf, findInterface, type Interface, type World, withInterface, withKnowledge } from './world.ts';

type Body = Readonly<Record<string, unknown>>;

/** A judged call with its arguments as they were sent. */
export interface Call {
  readonly operation: JudgedOperation;
  readonly args: Readonly<Record<string, string>>;
}

/** Everything the documents permit for one call in one world. */
export class Permitted {
  readonly outcomes: readonly Outcome[];
  /** The interface that the call is about. */
  readonly subject: Interface | undefined;
  /** The states in which it may be; those of an interface that does not exist where there is none. */
  readonly states: number;
  /** The rules that are violated, and the earlier request that is answered again, if one is. */
  readonly violations: Violations & ReplayPossible;
  readonly #tables: Tables;
  readonly #world: World;
  readonly #call: Call;
  readonly #now: number;
  readonly #done: number;

  constructor(
    outcomes: readonly Outcome[],
    subject: Interface | undefined,
    states: number,
    violations: Violations & ReplayPossible,
    tables: Tables,
    world: World,
    call: Call,
    now: number,
    done: number,
  ) {
    this.outcomes = outcomes;
    this.subject = subject;
    this.states = states;
    this.violations = violations;
    this.#tables = tables;
    this.#world = world;
    this.#call = call;
    this.#now = now;
    this.#done = done;
  }

  /** The worlds that one of the outcomes leads to, when `body` came with it. */
  next({ kind, accepted, from }: Outcome, body: Body): readonly World[] {
    if (accepted !== undefined) return this.#carriedOut(accepted, body);
    if (kind === 'refusal')
      return [refusedIn(this.#tables, this.#world, this.subject, from, this.#call, this.#done)];
    return [
      replayedIn(this.#world, this.subject ?? findInterface(this.#world, this.violations.repeats?.made)),
    ];
  }

  /**
   * The worlds that it leads to where a target carries it out although the documents refuse it: what it does
   * in the states in which it may be done, done in this one. `broken` are the rules against it.
   */
  nonetheless(body: Body, broken: readonly string[]): readonly World[] {
    const all = this.#tables.onOperation(eventOf[this.#call.operation], this.#tables.all).accepts;
    const unconditional = all.filter(({ row }) => row.needs === 0);
    const fitting = unconditional.filter(({ from }) => (from & this.states) !== 0);
    const rows = (fitting.length > 0 ? fitting : unconditional).map(({ row }) => row);
    const states = rows.reduce((set, { to }) => set | (to === 0 ? (this.subject?.states ?? 0) : to), 0);
    const accepted = { states, moved: rows.some(({ to }) => to !== 0), rules: broken, unanswered: false };
    return this.#carriedOut(accepted, body);
  }

  #carriedOut(accepted: Accepted, body: Body): readonly World[] {
    const { operation, args } = this.#call;
    return worldsAfter(
      this.#tables,
      this.#world,
      operation,
      args,
      this.subject,
      accepted,
      body,
      this.#now,
      this.#done,
    );
  }
}

/** The parameter that names the interface an operation is about. */
function subjectId({ operation, args }: Call): string | undefined {
  if (operation === 'DescribeRouterInterfaceAttribute') return args['InstanceId'];
  return operation === 'CreateRouterInterface' || operation === 'DescribeRouterInterfaces'
    ? undefined
    : args['RouterInterfaceId'];
}

function violationsOf(
  tables: Tables,
  world: World,
  { operation, args }: Call,
  subject: Interface | undefined,
  now: number,
): Violations & ReplayPossible {
  switch (operation) {
    case 'CreateRouterInterface':
      return createViolations(tables, world, args, now);
    case 'ConnectRouterInterface':
      return connectViolations(tables, world, args, subject, now);
    case 'ActivateRouterInterface':
      return activateViolations(tables, world, args, subject, now);
    case 'DeactivateRouterInterface':
      return deactivateViolations(tables, world, args, subject);
    case 'DeleteRouterInterface':
      return deleteViolations(tables, world, args, subject, now);
    case 'ModifyRouterInterfaceAttribute':
      return modifyAttributeViolations(tables, world, args, subject);
    case 'ModifyRouterInterfaceSpec':
      return modifySpecViolations(tables, world, args, subject);
    case 'DescribeRouterInterfaces':
      return describeListViolations(tables, world, args);
    case 'DescribeRouterInterfaceAttribute':
      return describeAttributeViolations(tables, world, args, subject);
  }
}

/**
 * Returns every outcome that the documents permit for `call` in `world`, if it was sent at `now` and
 * answered by `done` (ms): what it does may take place at any moment in between. So bounds count up to
 * `now`, and what it brings about counts from `done`.
 *
 * Pure and total. A call that the documents refuse is no error here: its refusals are the permitted
 * outcomes, one per violated rule, since no document gives an order among them (A1).
 */
export function permitted(
  tables: Tables,
  world: World,
  call: Call,
  now: number,
  done: number = now,
): Permitted {
  const subject = findInterface(world, subjectId(call));
  const states = statesFor(tables, world, call, subject, now);
  const violations = violationsOf(tables, world, call, subject, now);
  const { must, may, repeats } = violations;
  const outcomes = outcomesOf(tables, {
    event: eventOf[call.operation],
    states,
    must,
    may,
    business: subject?.business ?? 'Normal',
    operationLocked: subject?.operationLocked ?? false,
    trusted: subject?.trusted ?? true,
    repeats: repeats !== undefined,
  });
  return new Permitted(outcomes, subject, states, violations, tables, world, call, now, done);
}

/** The states in which the call may find the interface: none of it there, for a read that lags behind its creation. */
function statesFor(
  tables: Tables,
  world: World,
  { operation }: Call,
  subject: Interface | undefined,
  now: number,
): number {
  const gone = tables.labelled(null);
  if (subject === undefined) return gone;
  const states = possibleStates(tables, world, subject, now);
  if (operation !== 'DescribeRouterInterfaceAttribute' || !world.env.readsLag) return states;
  const { staleMs } = world.env.bounds;
  const isNew = subject.earlier.some(
    ({ until, interface: before }) => before === null && now - until <= staleMs,
  );
  return isNew ? states | gone : states;
}

/** A replay does nothing again; if it did, R32 is to blame for what is seen then. */
function replayedIn(world: World, subject: Interface | undefined): World {
  if (subject === undefined) return world;
  const { event, rules } = subject.cause;
  const again = draftOf(subject);
  again.cause = { event, rules: [...new Set(['R32', ...rules])] };
  again.news = anyChange;
  return withKnowledge(world, again);
}

/** A refused call changes nothing (R44); it only tells in which states it can have been refused. */
function refusedIn(
  tables: Tables,
  world: World,
  subject: Interface | undefined,
  from: number,
  { operation, args }: Call,
  done: number,
): World {
  const noted = withToken(world, operation, args, false);
  // A read that lags says nothing of the present.
  const isStale = operation === 'DescribeRouterInterfaceAttribute' && world.env.readsLag;
  if (subject === undefined || isStale) return noted;
  const states = subject.states & from;
  // Where it was refused may be what one of the states that fall out has become by itself.
  const narrowed = (from & ~tables.closure(states)) === 0 ? states : from;
  const news = subject.news | anyRefusal;
  if (narrowed === subject.states && news === subject.news) return noted;
  const known = draftOf(subject);
  known.states = narrowed;
  known.news = news;
  // A read that lags may still show a state that the refusal rules out for the present.
  return world.env.readsLag ? withInterface(noted, known, done) : withKnowledge(noted, known);
}
