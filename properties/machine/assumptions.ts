import type { Candidate, EventRows, Tables } from '../../model/compile.ts';
import { bothOrLate } from '../oracle/evidence.ts';

/**
 * What a target is taken to do where the documents leave it open, by the names under which a run reports it:
 * `A7` for the way the peer goes (`both`), `A12 R77` for whether a call is `refused` or `accepted`, and ids of
 * transitions that it never takes although others of the same choice were seen.
 */
export interface Assumptions {
  readonly choices: Readonly<Record<string, string>>;
  readonly excluded: ReadonlySet<string>;
}

/**
 * What most sources show, until the target has been seen: enough for every step to lead to one state. Where only
 * success or refusal is open it stays so, unless what follows would depend on it.
 */
export const usualAssumptions: Assumptions = {
  choices: {
    A7: 'one',
    A8: 'unchanged',
    A11: 'stays',
    A32: 'connects',
    'A4 R36': 'refused',
    'A10 R62': 'refused',
    'A12 R77': 'accepted',
  },
  excluded: new Set([
    'Idle.free: PEER_CONNECTS to Idle.awaited',
    'Idle.free: MODIFY_SPEC to Activating.unconnected',
    'Idle.free: MODIFY_SPEC to Modifying.unconnected',
    'Active: MODIFY_SPEC to Modifying.connected',
  ]),
};

/** What is documented as well: between them and what is usual every way to behave is taken for granted once. */
export const otherAssumptions: readonly Assumptions[] = [
  {
    choices: { ...usualAssumptions.choices, A7: 'both', A8: 'becomes Inactive', A32: 'hangs' },
    excluded: new Set([
      'Idle.free: PEER_CONNECTS to AcceptingConnecting',
      'Idle.free: MODIFY_SPEC to Idle.free',
      'Idle.free: MODIFY_SPEC to Modifying.unconnected',
      'Active: MODIFY_SPEC to Activating.connected',
      'Active.bereft: MODIFY_SPEC to Activating.bereft',
    ]),
  },
  {
    choices: { ...usualAssumptions.choices, A8: 'becomes Inactive' },
    excluded: new Set([
      'Idle.free: PEER_CONNECTS to Idle.awaited',
      'Idle.free: MODIFY_SPEC to Idle.free',
      'Idle.free: MODIFY_SPEC to Activating.unconnected',
      'Active: MODIFY_SPEC to Modifying.connected',
      'Active.bereft: MODIFY_SPEC to Modifying.bereft',
    ]),
  },
];

/**
 * The tables as they are for a target whose clock is held: what ends by itself ends when the sequence settles
 * and no sooner. And without the transitions that it is taken not to make.
 */
export function heldTables(tables: Tables, { choices, excluded }: Assumptions): Tables {
  const barred = (row: Candidate['row']): boolean =>
    excluded.has(row.id) ||
    (row.kind === 'peer' &&
      row.choice !== undefined &&
      choices[row.choice.id] !== undefined &&
      choices[row.choice.id] !== row.choice.value);
  const hold = (set: number): number => set;
  const common = {
    ...tables,
    closure: hold,
    possible: (states: number, boundPassed: boolean) => (boundPassed ? tables.settled(states) : states),
  };
  if (!tables.rows.some(barred)) return common;
  const memo = new Map<string, EventRows>();
  return {
    ...common,
    onOperation: (event, states) => {
      const key = `${event} ${states}`;
      const known = memo.get(key);
      if (known !== undefined) return known;
      const { accepts, ...others } = tables.onOperation(event, states);
      const rows = { ...others, accepts: accepts.filter(({ row }) => !barred(row)) };
      memo.set(key, rows);
      return rows;
    },
    peerChoices: (event, states) => tables.peerChoices(event, states).filter((row) => !barred(row)),
  };
}

/** Of several states that are possible, those into which a target that behaves as assumed can have come. */
export function narrowed(tables: Tables, { excluded }: Assumptions, states: number): number {
  const never = tables.rows.reduce((set, { id, to }) => (excluded.has(id) ? set | to : set), 0);
  return (states & ~never) === 0 ? states : states & ~never;
}

/** What a run has shown of a target: see `Evidence`. */
export interface Observed {
  readonly transitions: Pick<ReadonlySet<string>, 'has'>;
  readonly choices: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/**
 * Takes for granted what was seen without exception. What was seen both ways is open, and what was never seen
 * is as usual.
 */
export function assumptionsFrom(tables: Tables, { transitions, choices }: Observed): Assumptions {
  const known: Record<string, string> = { ...usualAssumptions.choices };
  for (const [id, values] of choices) {
    // Peers that went along, some of them perhaps late: all of them did at once, unless one was seen to be late.
    const told = [...values.keys()].filter((each) => each !== bothOrLate);
    const [value] = told.length === 0 ? ['both'] : told;
    if (told.length <= 1 && value !== undefined) known[id] = value;
    else if (id.includes(' ')) delete known[id];
  }
  const groups = new Map<string, string[]>();
  for (const row of tables.rows) {
    if (row.choice === undefined) continue;
    const group = `${row.id.split(' ').slice(0, 2).join(' ')} ${row.choice.id}`;
    groups.set(group, [...(groups.get(group) ?? []), row.id]);
  }
  const excluded = new Set<string>();
  for (const ids of groups.values()) {
    const seen = ids.filter((id) => transitions.has(id));
    const others =
      seen.length === 0 ? usualAssumptions.excluded : new Set(ids.filter((id) => !seen.includes(id)));
    // A single way is taken or not: which, is a choice by name.
    if (ids.length > 1) for (const id of ids) if (others.has(id)) excluded.add(id);
  }
  return { choices: known, excluded };
}
