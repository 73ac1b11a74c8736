import type { Tables, TransitionRow } from '../../model/compile.ts';
import type { Outcome } from '../../model/outcomes.ts';
import type { Permitted } from '../../model/permitted.ts';
import { everyEdition } from '../../model/refusals.ts';
import type { World } from '../../model/world.ts';
import type { Trace } from '../trace.ts';
import { Answers } from './answers.ts';
import type { Explanation } from './explain.ts';
import { type Moment, Sightings } from './sightings.ts';

/**
 * What judging has shown besides verdicts: rules exercised, transitions covered, choices that the
 * target made where the documents are silent, editions that fit, what was answered in which state. Adding
 * is commutative, so sequences may be judged in any order.
 */
export class Evidence {
  /** Where judging stands: a trace begins with `begin`, and the judge counts its steps. */
  readonly at: Moment = { sequence: 0, step: 0, trace: undefined };
  readonly rules = new Sightings(this.at);
  readonly transitions = new Sightings(this.at);
  readonly answers = new Answers();
  readonly choices = new Map<string, Map<string, number>>();
  /** Refusals that were possible, but another rule was violated too and answered first (A1). */
  readonly eclipsed = new Set<string>();
  /** Parts of answers that the client library between did not hand out, so that they were not judged. */
  readonly untold = new Set<string>();
  /** Commands that each sequence ran, by its number. */
  readonly lengths: number[] = [];
  /** Bits of `namedEditions` that no answer has contradicted. */
  editions = everyEdition;

  /** What is noted from here on is shown by this trace, of the sequence with this number. */
  begin(trace: Trace, sequence: number): void {
    this.at.trace = trace;
    this.at.sequence = sequence;
    this.at.step = 0;
    this.lengths[sequence] = trace.steps.length;
  }

  rule(id: string): void {
    this.rules.add(id);
  }

  choice(id: string, value: string): void {
    const values = this.choices.get(id) ?? new Map<string, number>();
    this.choices.set(id, values);
    values.set(value, (values.get(value) ?? 0) + 1);
  }

  /** `after`: the sequences of the other come after those of this one, instead of among them. */
  merge(other: Evidence, after = false): void {
    const offset = after ? this.lengths.length : 0;
    this.rules.merge(other.rules, offset);
    this.transitions.merge(other.transitions, offset);
    this.answers.merge(other.answers);
    // A run that was stopped leaves gaps, which forEach passes over.
    other.lengths.forEach((length, index) => {
      this.lengths[offset + index] = length;
    });
    for (const id of other.eclipsed) this.eclipsed.add(id);
    for (const part of other.untold) this.untold.add(part);
    for (const [id, values] of other.choices) {
      const mine = this.choices.get(id) ?? new Map<string, number>();
      this.choices.set(id, mine);
      for (const [value, count] of values) mine.set(value, (mine.get(value) ?? 0) + count);
    }
    this.editions &= other.editions;
  }
}

/** Notes which way an open question was answered: refused, or accepted although a refusal was open. */
export function noteOpenChoice(
  evidence: Evidence,
  { outcomes, subject }: Pick<Permitted, 'outcomes'> & Partial<Pick<Permitted, 'subject'>>,
  clean: readonly Explanation[],
  readsLag = false,
): void {
  const [first] = clean;
  if (first === undefined) return;
  if (first.outcome.kind === 'refusal') {
    if (clean.every(({ outcome }) => outcome.may !== undefined)) {
      evidence.choice(`${first.outcome.may} ${first.outcome.rules.join('/')}`, 'refused');
    }
    return;
  }
  for (const outcome of outcomes) {
    // A read that lags may have found what is gone by now.
    if (readsLag && subject !== undefined && outcome.may === 'A25') continue;
    // Accepted, it may have been in a state in which nothing speaks for a refusal: that decides nothing.
    if ((first.outcome.from & ~outcome.from) !== 0) continue;
    if (outcome.kind === 'refusal' && outcome.may !== undefined) {
      evidence.choice(
        `${outcome.may} ${outcome.rules.join('/')}`,
        first.outcome.kind === 'replay' ? 'answered again' : 'accepted',
      );
    }
  }
}

/** Choices on which all remaining worlds agree (A7, A8, lagging reads). */
export function noteDecidedChoices(evidence: Evidence, belief: readonly World[]): void {
  const [first] = belief;
  if (first === undefined) return;
  for (const [id, value] of Object.entries(first.choices)) {
    const others = belief.filter(({ choices }) => choices[id] !== value);
    if (others.length === 0) evidence.choice(id, value);
    // Which of the two is only seen by who looks in between.
    else if (value === 'both' && others.every(({ choices }) => choices[id] === 'late'))
      evidence.choice(id, bothOrLate);
  }
}

/** The peer went along, at once or later (A7). */
export const bothOrLate = 'both or late';

/** Finds out which of several possible transitions were taken, once the interface is seen. */
export class TransitionTracker {
  readonly #tables: Tables;
  readonly #evidence: Evidence;
  readonly #rows: ReadonlyMap<string, TransitionRow>;
  /** Alternatives whose result has not been seen yet, by interface. */
  readonly #open = new Map<string, readonly TransitionRow[]>();

  /** Refusals by one rule from one of several states, until it is seen which it was. */
  readonly #refused = new Map<string, readonly Pick<Outcome, 'transitions' | 'from'>[]>();

  constructor(tables: Tables, evidence: Evidence) {
    this.#tables = tables;
    this.#evidence = evidence;
    this.#rows = rowsById(tables);
  }

  accepted(interfaceId: string | undefined, transitions: readonly string[]): void {
    const [only] = transitions;
    if (interfaceId !== undefined) this.#open.delete(interfaceId);
    if (transitions.length === 1 && only !== undefined) this.#evidence.transitions.add(only);
    else if (interfaceId !== undefined) {
      this.#open.set(
        interfaceId,
        transitions.flatMap((id) => this.#rows.get(id) ?? []),
      );
    }
  }

  peer(interfaceId: string, rows: readonly TransitionRow[]): void {
    if (rows.length > 0) this.#open.set(interfaceId, rows);
  }

  refused(interfaceId: string, outcomes: readonly Pick<Outcome, 'transitions' | 'from'>[]): void {
    this.#refused.set(interfaceId, outcomes);
  }

  /** `before` and `after`: the interface's state set before and after it was seen, in a world of these choices. */
  seen(interfaceId: string, before: number, after: number, choices: World['choices'] = {}): void {
    const open = this.#open
      .get(interfaceId)
      ?.filter(({ choice }) => choice === undefined || (choices[choice.id] ?? choice.value) === choice.value);
    if (open !== undefined) {
      const direct = open.filter((row) => (row.to & after) !== 0);
      const reachable = open.filter((row) => (this.#tables.closure(row.to) & after) !== 0);
      const taken = direct.length === 1 ? direct : reachable;
      if (taken.length === 1 && taken[0] !== undefined) this.#evidence.transitions.add(taken[0].id);
      // A peer that has not moved may do so later.
      if (reachable.length > 0) this.#open.delete(interfaceId);
    }
    const refused = this.#refused.get(interfaceId);
    if (refused !== undefined) {
      // It was refused in a state from which what is seen now can be reached.
      const possible = refused.filter(({ from }) => (this.#tables.closure(from) & after) !== 0);
      if (possible.length === 1)
        for (const id of possible[0]?.transitions ?? []) this.#evidence.transitions.add(id);
      this.#refused.delete(interfaceId);
    }
    const passed = this.#tables.closure(before);
    for (const { row, from } of this.#tables.internal) {
      if ((after & row.to) !== 0 && (before & row.to) === 0 && (passed & from) !== 0)
        this.#evidence.transitions.add(row.id);
    }
  }
}

const rowsMemo = new WeakMap<Tables, ReadonlyMap<string, TransitionRow>>();

function rowsById(tables: Tables): ReadonlyMap<string, TransitionRow> {
  const known = rowsMemo.get(tables) ?? new Map(tables.rows.map((row) => [row.id, row]));
  rowsMemo.set(tables, known);
  return known;
}
