import { compile, type Tables } from '../../model/compile.ts';
import { refusalsOf, ruleById } from '../../model/spec/rules.ts';
import { eventOf } from '../../model/chart-transitions.ts';
import { judgedOperations } from '../../model/vocabulary.ts';
import { defaultTables } from '../tables.ts';
import { changesOf, placedRows, type PlacedRow } from './chart-changes.ts';
import { Lives, situations } from './lives.ts';
import type { Defect } from './model-target.ts';

/** How a mutant of the model departs from it. */
export type Operator =
  /** Answers otherwise: accepts what is refused, refuses what is accepted, gives another code. */
  | 'output'
  /** Leads to another state. */
  | 'transfer'
  /** A state that looks like another one, reached one way only, in which one answer differs. */
  | 'extra state'
  /** Goes wrong only from the n-th use on the same interface. */
  | 'later';

/** A target's defect, given as a change of one transition of the chart. */
export interface ModelMutant {
  readonly name: string;
  readonly operator: Operator;
  readonly rules: readonly string[];
  /** The row of the chart that is changed. */
  readonly row: string;
  /** Where the change shows: the row, or a situation in an interface's life in which it is taken. */
  readonly situation: string;
  /** What is changed about it: other tables, or a code that no document has. */
  readonly change: (() => Tables) | 'wrong code';
  /** Tables by which the target goes throughout, and what it does on top of that in one sequence. */
  make(): { readonly tables: Tables; readonly defect?: Defect };
}

/** From which use on a mutant goes wrong. */
const uses = [2, 3];
const operationOf = new Map(judgedOperations.map((operation) => [eventOf[operation], operation]));
const eventIn = ({ place }: PlacedRow): string => place.event;
const isCall = (placed: PlacedRow): boolean =>
  operationOf.has(eventIn(placed)) && ['accept', 'refusal'].includes(placed.row.kind);

/**
 * Returns every mutant of the compiled chart, in a fixed order. Some cannot be told from the model, where the
 * documents leave a choice: see `notToldApart`.
 */
export function modelMutants(): readonly ModelMutant[] {
  const placed = placedRows();
  return [
    ...placed.flatMap((each) => changed(each)),
    ...placed.flatMap((each) => wrongCode(each)),
    // What is refused in every state alike has no history to count.
    ...placed
      .filter((each) => isCall(each) && !each.row.id.startsWith('any:'))
      .flatMap((each) => later(each)),
    ...placed.flatMap((each) => extraStates(each, placed)),
  ];
}

/** Compiled when it is first needed, and once. */
function lazily(change: ReturnType<typeof changesOf>[number]): () => Tables {
  let tables: Tables | undefined;
  return () => (tables ??= compile(change.machine));
}

function changed(placed: PlacedRow): ModelMutant[] {
  const { id, rules, kind } = placed.row;
  return changesOf(placed).map((change) => {
    const { name } = change;
    const tables = lazily(change);
    const operator = kind !== 'refusal' && name !== 'removed' ? 'transfer' : 'output';
    const make = (): { tables: Tables } => ({ tables: tables() });
    return { name: `${id}, ${name}`, operator, rules, row: id, situation: id, change: tables, make };
  });
}

function wrongCode(placed: PlacedRow): ModelMutant[] {
  const { id, rules, kind } = placed.row;
  const operation = operationOf.get(eventIn(placed));
  if (kind !== 'refusal' || operation === undefined) return [];
  // Where no code is documented any other is as good.
  if (rules.some((rule) => refusalsOf(ruleById(rule), operation, 'any').refusals.length === 0)) return [];
  const defect: Defect = {
    before: (_, { outcomes }) =>
      outcomes.length > 0 && outcomes.every(({ transitions }) => transitions.includes(id))
        ? 'wrong code'
        : undefined,
    after: () => undefined,
  };
  return [
    {
      name: `${id}, wrong code`,
      operator: 'output',
      rules,
      row: id,
      situation: id,
      change: 'wrong code',
      make: () => ({ tables: defaultTables(), defect }),
    },
  ];
}

/** The change of a row that shows most: leads elsewhere, or accepts; or else it is gone. */
function strongest(placed: PlacedRow): ReturnType<typeof changesOf>[number] | undefined {
  const changes = changesOf(placed);
  return changes[1] ?? changes[0];
}

function later(placed: PlacedRow): ModelMutant[] {
  const { id, rules } = placed.row;
  const change = strongest(placed);
  if (change === undefined) return [];
  const tables = lazily(change);
  return uses.map((first) => ({
    name: `${id}, ${change.name} from use ${first} on`,
    operator: 'later',
    rules,
    row: id,
    situation: situations.repeated(id, first),
    change: tables,
    make: () => ({ tables: defaultTables(), defect: fromUse(first, id, tables) }),
  }));
}

/** Goes by the changed tables from the n-th time on that a row is open to calls on the same interface. */
function fromUse(first: number, row: string, tables: () => Tables): Defect {
  const lives = new Lives();
  return {
    before: (_, permits) =>
      permits.outcomes.some(({ transitions }) => transitions.includes(row)) &&
      lives.use(permits, row) >= first
        ? tables()
        : undefined,
    after: () => undefined,
  };
}

/** Copies of the state that a transition leads to in the end, each with one wrong answer. */
function extraStates(entry: PlacedRow, placed: readonly PlacedRow[]): ModelMutant[] {
  const { row } = entry;
  if (row.kind !== 'accept' || row.to === 0) return [];
  const base = defaultTables();
  const settled = base.settled(row.to);
  const states = base.states.filter(({ bit }) => (settled & bit) !== 0).map(({ name }) => name);
  // What is made has nothing behind it: it never came to where it is made by another row.
  const inside = placed.filter(
    (each) =>
      isCall(each) &&
      eventIn(each) !== 'CREATE' &&
      states.some((state) => startsIn(each.row.id, state)) &&
      each.row !== row,
  );
  return inside.flatMap((wrong) => {
    const change = strongest(wrong);
    if (change === undefined) return [];
    const tables = lazily(change);
    return [
      {
        name: `after ${row.id}: ${wrong.row.id}, ${change.name}`,
        operator: 'extra state' as const,
        rules: wrong.row.rules,
        row: wrong.row.id,
        situation: situations.entered(wrong.row.id, row.id),
        change: tables,
        make: () => ({ tables: base, defect: reached(row.id, wrong.row.id, tables) }),
      },
    ];
  });
}

const startsIn = (id: string, state: string): boolean => {
  const [from = ''] = id.split(':');
  return state === from || state.startsWith(`${from}.`);
};

/** Goes by the changed tables for interfaces that came to where they are by one transition. */
function reached(entry: string, wrong: string, tables: () => Tables): Defect {
  const lives = new Lives();
  return {
    before: (_, permits) =>
      lives.entries(permits).includes(entry) &&
      permits.outcomes.some(({ transitions }) => transitions.includes(wrong))
        ? tables()
        : undefined,
    after: (outcome, id) => lives.note(outcome, id),
  };
}
