import type { Candidate, Tables } from './compile.ts';
import type { Accepted } from './effects.ts';
import { NumberedMemo } from './numbered-memo.ts';

/**
 * One answer that the documents permit. Which worlds it leads to depends on the world that was asked:
 * see `Permitted.next`. A refusal names the rule it rests on; which codes that has is the edition's matter.
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
  /** Where a success leads in the chart. */
  readonly accepted: Accepted | undefined;
}

/** All of a call and its world that decides which outcomes there are. */
export interface Situation {
  readonly event: string;
  /** The states the interface can be in. */
  readonly states: number;
  /** Bits of the rules that are certainly violated, and of those that perhaps are. */
  readonly must: number;
  readonly may: number;
  readonly business: string;
  readonly operationLocked: boolean;
  readonly trusted: boolean;
  /** A request that was answered before. */
  readonly repeats: boolean;
}

interface Memo {
  readonly tables: Tables;
  readonly found: NumberedMemo<readonly Outcome[]>;
  readonly events: Map<string, number>;
}
const memos = new WeakMap<Tables, Memo>();
/** The tables that were asked last: nearly always those that are asked next. */
let last: Memo | undefined;
/** Two to this power are kept: more is not worth memory that grows for hours. */
const memoBits = 12;

function memoOf(tables: Tables): Memo {
  if (last?.tables === tables) return last;
  const known = memos.get(tables) ?? { tables, found: new NumberedMemo(memoBits), events: new Map() };
  memos.set(tables, known);
  last = known;
  return known;
}

/**
 * Returns every outcome that the documents permit in a situation. There are not many situations and each
 * comes up again and again: nearly all of them are worked out once.
 */
export function outcomesOf(tables: Tables, situation: Situation): readonly Outcome[] {
  const { event, states, must, may, business, operationLocked, trusted, repeats } = situation;
  const { found, events } = memoOf(tables);
  let number = events.get(event);
  if (number === undefined) events.set(event, (number = events.size));
  const lock = business === 'Normal' ? 0 : tables.lockNumber(event, business);
  const flags = lock * 8 + (operationLocked ? 4 : 0) + (trusted ? 2 : 0) + (repeats ? 1 : 0);
  const key = number * 64 + flags;
  const known = found.get(states, must, may, key);
  if (known !== undefined) return known;
  const outcomes = derive(tables, situation);
  found.set(states, must, may, key, outcomes);
  return outcomes;
}

function derive(tables: Tables, situation: Situation): readonly Outcome[] {
  const { event, states, must, business, operationLocked, trusted, repeats } = situation;
  const active = must | situation.may;
  const rows = tables.onOperation(event, states);
  const outcomes: Outcome[] = [];

  /** States in which the status itself, or a lock, rules a success out. */
  let barred = 0;
  /** Rules despite which a success is permitted. */
  let despite = 0;
  for (const { row } of rows.accepts) despite |= row.needs;
  if (repeats) for (const { row } of rows.replays) despite |= row.needs;
  const refusal = ({ row, from, transitions }: Candidate, certain: boolean): void => {
    if (certain && row.needs === 0) barred |= from;
    const may = !certain || (row.needs & despite) !== 0 ? row.may : undefined;
    outcomes.push({ kind: 'refusal', rules: row.rules, transitions, from, may, accepted: undefined });
  };
  for (const candidate of rows.refusals) {
    const { needs, may } = candidate.row;
    if (needs === 0) refusal(candidate, may === undefined && trusted);
    else if ((active & needs) !== 0) refusal(candidate, (must & needs) !== 0);
  }
  for (const lock of operationLocked ? [business, 'Locked'] : [business]) {
    for (const row of tables.onLock(event, lock))
      refusal({ row, from: states, transitions: [row.id] }, row.may === undefined && trusted);
  }
  const success = (accepted: Accepted, transitions: readonly string[], from: number): void => {
    outcomes.push({ kind: 'success', rules: accepted.rules, transitions, from, may: undefined, accepted });
  };

  let normal: (Accepted & { from: number; transitions: readonly string[] }) | undefined;
  for (const { row, from, transitions } of rows.accepts) {
    const free = from & ~barred;
    if (free === 0 && from !== 0) continue;
    if (row.needs !== 0) {
      if ((active & row.needs) === 0 || (must & ~row.needs) !== 0) continue;
      success({ states: row.to, moved: true, rules: row.rules, unanswered: true }, transitions, free);
    } else if (must === 0) {
      normal = {
        from: (normal?.from ?? 0) | free,
        states: (normal?.states ?? 0) | (row.to === 0 ? free : row.to),
        moved: normal?.moved === true || row.to !== 0,
        rules: [...new Set([...(normal?.rules ?? []), ...row.rules])],
        transitions: [...(normal?.transitions ?? []), ...transitions],
        unanswered: false,
      };
    }
  }
  if (normal !== undefined) {
    const { transitions, from, ...accepted } = normal;
    success(accepted, transitions, from);
  }
  if (repeats) {
    for (const { row, transitions } of rows.replays) {
      const { rules } = row;
      outcomes.push({
        kind: 'replay',
        rules,
        transitions,
        from: states,
        may: undefined,
        accepted: undefined,
      });
    }
  }
  return outcomes;
}
