import type { Tables } from '../../model/compile.ts';
import { judgedOperations } from '../../model/vocabulary.ts';
import type { MatrixCell } from '../../reports/record.ts';
import type { Answers } from '../oracle/answers.ts';

/** What was answered to each operation in each state that the interface may have been in, as the tables name it. */
export function matrixOf(tables: Tables, answers: Answers): MatrixCell[] {
  const cells = new Map<string, { operation: string; state: string; counts: Map<string, number> }>();
  for (const { operation, states, answer, count } of answers.all()) {
    const state = tables
      .labels(states)
      .map((label) => label ?? 'none')
      .join(' or ');
    const key = `${operation} ${state}`;
    const cell = cells.get(key) ?? { operation, state, counts: new Map<string, number>() };
    cells.set(key, cell);
    cell.counts.set(answer, (cell.counts.get(answer) ?? 0) + count);
  }
  const order: readonly string[] = judgedOperations;
  return [...cells.values()]
    .map(({ operation, state, counts }) => ({
      operation,
      state,
      answers: [...counts]
        .map(([answer, count]) => ({ answer, count }))
        .toSorted((a, b) => b.count - a.count || (a.answer < b.answer ? -1 : 1)),
    }))
    .toSorted(
      (a, b) =>
        order.indexOf(a.operation) - order.indexOf(b.operation) ||
        a.state.length - b.state.length ||
        (a.state < b.state ? -1 : 1),
    );
}
