import type { Tables } from '../../model/compile.ts';
import { defaultTables } from '../tables.ts';
import type { World } from '../../model/world.ts';
import type { Sequence } from '../sequence.ts';
import { environmentFor } from './model-environment.ts';
import { Lives, situations } from './lives.ts';
import { type Defect, type Dice, PermissiveTarget } from './model-target.ts';

/**
 * What a target that behaves as the model says does where the documents leave it a choice. A mutant of something
 * that such a target never does would be no mutant: so each is tried on one that does it.
 */
export interface Disposition {
  readonly name: string;
  readonly pick: Dice;
}

type Index = (length: number) => number;
const first: Index = () => 0;
const second: Index = (length) => Math.min(1, length - 1);
const last: Index = (length) => length - 1;

type Choices = World['choices'];

interface Leaning {
  /** Refuses where either is permitted. */
  readonly refuses?: boolean;
  readonly choices?: Choices;
}

/** Chooses among ways to answer, and among states in which an interface can be; no time passes by itself. */
function dice(way: Index, state: Index, { refuses = false, choices = {} }: Leaning = {}): Dice {
  return (list) => {
    const [each] = list;
    const index =
      typeof each === 'number'
        ? 0
        : // The one list of yes and no asks whether a success goes before a refusal.
          typeof each === 'boolean'
          ? (refuses ? last : first)(list.length)
          : isObject(each) && 'bit' in each
            ? state(list.length)
            : (chosen(list, choices) ?? way(list.length));
    return list[index] as (typeof list)[number];
  };
}

const isObject = (each: unknown): each is object => typeof each === 'object' && each !== null;

/** The first of several worlds that goes by all choices, where it is worlds that differ by some of them. */
function chosen(list: readonly unknown[], choices: Choices): number | undefined {
  const wanted = Object.entries(choices);
  const index = list.findIndex(
    (each) =>
      isObject(each) &&
      'choices' in each &&
      wanted.some(([id]) => id in (each.choices as Choices)) &&
      wanted.every(([id, value]) => [undefined, value].includes((each.choices as Choices)[id])),
  );
  return index < 0 ? undefined : index;
}

/** What comes to one interface leaves its peer alone, but for the loss of it. */
const bereaving = { choices: { A7: 'one', A8: 'becomes Inactive' } };

/** Of the states in which something can be the last is mostly on its way still, the first is not. */
export const dispositions: readonly Disposition[] = [
  { name: 'the first way that is documented', pick: dice(first, first) },
  { name: 'the first way, and slowly', pick: dice(first, last) },
  { name: 'the second way, and slowly', pick: dice(second, last) },
  { name: 'the last way, and slowly', pick: dice(last, last) },
  { name: 'the last way that is documented', pick: dice(last, first) },
  { name: 'the second way, in the second state', pick: dice(second, second) },
  { name: 'refuses what may be refused', pick: dice(first, last, { refuses: true }) },
  { name: 'refuses it by the last rule', pick: dice(last, last, { refuses: true }) },
  { name: 'freezes who lost its peer', pick: dice(first, first, bereaving) },
  { name: 'freezes who lost its peer, slowly', pick: dice(first, last, bereaving) },
  { name: 'freezes who lost its peer, in the second state', pick: dice(second, second, bereaving) },
];

/** Commands after which a disposition counts as known. */
const enough = 3000;

/** The first disposition that comes to each row of the chart, by the row's id, and to each of its situations. */
export function whoComesTo(
  sequenceAt: (index: number) => Sequence | undefined,
  tables: Tables = defaultTables(),
  commands: number = enough,
): ReadonlyMap<string, Disposition> {
  const first = new Map<string, Disposition>();
  for (const disposition of dispositions) {
    const note = (id: string): void => void (first.has(id) || first.set(id, disposition));
    for (let index = 0, spent = 0; spent < commands; index++) {
      const sequence = sequenceAt(index);
      if (sequence === undefined) break;
      const defect = noting(note);
      const target = new PermissiveTarget(disposition.pick, tables, environmentFor(sequence.routers), {
        defect,
      });
      for (const command of sequence.commands) {
        const before = target.world.interfaces;
        target.perform(command);
        for (const [at, { states: from }] of before.entries()) {
          const to = target.world.interfaces[at]?.states ?? from;
          if (from !== to) movedBy(tables, from, to).forEach(note);
        }
      }
      spent += sequence.commands.length;
    }
  }
  return first;
}

/** No defect at all: tells of the situations that calls come to. */
function noting(note: (situation: string) => void): Defect {
  const lives = new Lives();
  let open = new Map<string, number>();
  let entries: readonly string[] = [];
  return {
    before: (_, permits) => {
      const rows = new Set(permits.outcomes.flatMap(({ transitions }) => transitions));
      open = new Map(Array.from(rows, (row) => [row, lives.use(permits, row)]));
      entries = lives.entries(permits);
      return undefined;
    },
    after: (outcome, id) => {
      for (const row of outcome.transitions) {
        note(row);
        for (let use = open.get(row) ?? 1; use > 1; use--) note(situations.repeated(row, use));
        for (const entry of entries) note(situations.entered(row, entry));
      }
      lives.note(outcome, id);
    },
  };
}

/** Rows by which an interface can have moved without being called. */
function movedBy({ rows, states }: Tables, from: number, to: number): readonly string[] {
  const names = states.filter(({ bit }) => bit === from).map(({ name }) => name);
  return rows
    .filter(({ kind, id, to: leads }) => {
      if (leads !== to || (kind !== 'peer' && kind !== 'internal')) return false;
      const [origin = ''] = id.split(':');
      return names.some((name) => name === origin || name.startsWith(`${origin}.`));
    })
    .map(({ id }) => id);
}
