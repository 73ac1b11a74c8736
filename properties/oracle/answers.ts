import type { JudgedOperation } from '../../model/vocabulary.ts';
import type { Judged } from './envelope.ts';

type Counts = Map<string, number>;

/** What was answered to which operation in which states of the interface concerned (a set of bits). */
export class Answers {
  readonly #counts = new Map<string, Map<number, Counts>>();

  note(operation: JudgedOperation, states: number, reading: Judged | 'silence'): void {
    const answer =
      reading === 'silence'
        ? reading
        : reading.kind === 'success'
          ? '200'
          : `${reading.status === 0 ? '2xx' : reading.status} ${reading.code}`;
    this.#add(operation, states, answer, 1);
  }

  merge(other: Pick<Answers, 'all'>): void {
    for (const { operation, states, answer, count } of other.all())
      this.#add(operation, states, answer, count);
  }

  all(): { operation: string; states: number; answer: string; count: number }[] {
    return [...this.#counts].flatMap(([operation, byStates]) =>
      [...byStates].flatMap(([states, counts]) =>
        [...counts].map(([answer, count]) => ({ operation, states, answer, count })),
      ),
    );
  }

  #add(operation: string, states: number, answer: string, count: number): void {
    let byStates = this.#counts.get(operation);
    if (byStates === undefined) this.#counts.set(operation, (byStates = new Map()));
    let counts = byStates.get(states);
    if (counts === undefined) byStates.set(states, (counts = new Map()));
    const known = counts.get(answer);
    // A hostile target may invent codes without end.
    if (known === undefined && counts.size >= mostAnswers)
      counts.set(others, (counts.get(others) ?? 0) + count);
    else counts.set(answer, (known ?? 0) + count);
  }
}

const mostAnswers = 40;
const others = 'other answers';
