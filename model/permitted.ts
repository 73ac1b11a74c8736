import type { Candidate, Tables } from './compile.ts';
import { anyChange, anyRefusal } from './describe/blame.ts';
import { type Accepted, worldsAfter } from './effects.ts';
import { eventOf } from './chart-transitions.ts';
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
import {
  findInterface,
  type Interface,
  type Token,
  type World,
  withInterface,
  withKnowledge,
} from './world.ts';

type Body = Readonly<Record<string, unknown>>;

/** A judged call with its arguments as they were sent. */
export interface Call {
  readonly operation: JudgedOperation;
  readonly args: Readonly<Record<string, string>>;
}

/**
 * One answer that the documents permit, with the worlds it leads to.
 *
 * A refusal names the rule it rests on; which codes that rule has is a matter of the edition.
 */
export interface Outcome {
  readonly kind: 'success' | 'replay' | 'refusal';
  readonly rules: readonly string[];
  /** Ids of the chart's transitions it stands for. */
  readonly transitions: readonly string[];
  /** The states of the interface from which they are taken. */
  readonly from: number;
  /** The ambiguity on which refusal or acceptance depends, if the documents leave it open. */
  readonly may: string | undefined;
  /** An earlier request that is answered again. */
  readonly repeats: Token | undefined;
  next(body: Body): readonly World[];
}

/** Everything the documents permit for one call in one world. */
export interface Permitted {
  readonly outcomes: readonly Outcome[];
  readonly subject: Interface | undefined;
  /** Whether a success is ruled out by a rule that is certainly violated, or by the status. */
  readonly violations: Violations;
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
  const event = eventOf[call.operation];
  const subject = findInterface(world, subjectId(call));
  const gone = tables.labelled(null);
  const states = subject === undefined ? gone : possibleStates(tables, world, subject, now);
  const violations = violationsOf(tables, world, call, subject, now);
  const { must } = violations;
  const active = must | violations.may;
  const rows = tables.onOperation(event, states);
  const outcomes: Outcome[] = [];

  /** States in which the status itself, or a lock, rules a success out. */
  let barred = 0;
  /** Rules despite which a success is permitted. */
  let despite = 0;
  for (const { row } of rows.accepts) despite |= row.needs;
  if (violations.repeats !== undefined) for (const { row } of rows.replays) despite |= row.needs;
  const refusal = ({ row, from, transitions }: Candidate, certain: boolean): void => {
    if (certain && row.needs === 0) barred |= from;
    const may = !certain || (row.needs & despite) !== 0 ? row.may : undefined;
    const next = (): readonly World[] => [refusedIn(world, subject, from, call, done)];
    outcomes.push({ kind: 'refusal', rules: row.rules, transitions, from, may, repeats: undefined, next });
  };
  for (const candidate of rows.refusals) {
    const { needs, may } = candidate.row;
    if (needs === 0) refusal(candidate, may === undefined && subject?.trusted !== false);
    else if ((active & needs) !== 0) refusal(candidate, (must & needs) !== 0);
  }
  if (subject !== undefined) {
    const locked = (lock: string): void => {
      for (const row of tables.onLock(event, lock)) {
        refusal({ row, from: states, transitions: [row.id] }, row.may === undefined && subject.trusted);
      }
    };
    locked(subject.business);
    if (subject.operationLocked) locked('Locked');
  }
  const success = (accepted: Accepted, transitions: readonly string[], from: number): void => {
    const next = (body: Body): readonly World[] =>
      worldsAfter(tables, world, call.operation, call.args, subject, accepted, body, now, done);
    const { rules } = accepted;
    outcomes.push({ kind: 'success', rules, transitions, from, may: undefined, repeats: undefined, next });
  };

  let normal:
    | {
        from: number;
        states: number;
        moved: boolean;
        rules: readonly string[];
        transitions: readonly string[];
      }
    | undefined;
  for (const { row, from, transitions } of rows.accepts) {
    const free = from & ~barred;
    if (free === 0 && from !== 0) continue;
    if (row.needs !== 0) {
      if ((active & row.needs) === 0 || (must & ~row.needs) !== 0) continue;
      success({ states: row.to, moved: true, rules: row.rules, unanswered: true }, transitions, free);
    } else if (must === 0) {
      const reached = row.to === 0 ? free : row.to;
      normal =
        normal === undefined
          ? { from: free, states: reached, moved: row.to !== 0, rules: row.rules, transitions }
          : {
              from: normal.from | free,
              states: normal.states | reached,
              moved: normal.moved || row.to !== 0,
              rules: [...new Set([...normal.rules, ...row.rules])],
              transitions: [...normal.transitions, row.id],
            };
    }
  }
  if (normal !== undefined) {
    const { states: reached, moved, rules, transitions, from } = normal;
    success({ states: reached, moved, rules, unanswered: false }, transitions, from);
  }
  const { repeats } = violations;
  if (repeats !== undefined) {
    for (const { row, transitions } of rows.replays) {
      const next = (): readonly World[] => [replayedIn(world, subject ?? findInterface(world, repeats.made))];
      outcomes.push({
        kind: 'replay',
        rules: row.rules,
        transitions,
        from: states,
        may: undefined,
        repeats,
        next,
      });
    }
  }
  return { outcomes, subject, violations };
}

/** A replay does nothing again; if it did, R32 is to blame for what is seen then. */
function replayedIn(world: World, subject: Interface | undefined): World {
  if (subject === undefined) return world;
  const { event, rules } = subject.cause;
  return withKnowledge(world, {
    ...subject,
    cause: { event, rules: [...new Set(['R32', ...rules])] },
    news: anyChange,
  });
}

/** A refused call changes nothing (R44); it only tells in which states it can have been refused. */
function refusedIn(
  world: World,
  subject: Interface | undefined,
  from: number,
  { operation, args }: Call,
  done: number,
): World {
  const noted = withToken(world, operation, args, false);
  if (subject === undefined) return noted;
  const states = subject.states & from;
  const known = { ...subject, states: states === 0 ? from : states, news: subject.news | anyRefusal };
  // A read that lags may still show a state that the refusal rules out for the present.
  return world.env.readsLag ? withInterface(noted, known, done) : withKnowledge(noted, known);
}
