import { grouped } from '../layout.ts';
import type { MatrixCell, RunRecord } from '../record.ts';
import { markup, type Markup } from './markup.ts';
import { scrollRegion } from './scroll-region.ts';
import type { Section } from './section.ts';
import { plural, shortName } from './words.ts';

const mostAnswers = 4;

/** Successes go by their status alone, and refusals by their code. */
const isSuccess = (answer: string): boolean => /^2\d\d$/.test(answer);

function answers({ answers: all }: MatrixCell): Markup {
  const line = ({ answer, count }: MatrixCell['answers'][number]): Markup =>
    markup`<li class="${isSuccess(answer) ? 'good' : ''}">
      <span>${isSuccess(answer) ? `✓ ${answer}` : answer.replace(/^4\d\d (?=\S)/, '')}</span>
      <small>${grouped(count)}</small>
    </li>`;
  const more = all.slice(mostAnswers);
  return markup`<ul>
      ${all.slice(0, mostAnswers).map(line)}
    </ul>
    ${
      more.length > 0 &&
      markup`<details>
        <summary>${more.length} more</summary>
        <ul>
          ${more.map(line)}
        </ul>
      </details>`
    }`;
}

/** What was tried in which state, and what came of it. */
export function matrixSection({ matrix = [] }: RunRecord, prefix: string): Section | undefined {
  if (matrix.length === 0) return undefined;
  const operations = [...new Set(matrix.map(({ operation }) => operation))];
  const states = new Map<string, number>();
  for (const { state, answers: all } of matrix) {
    const sum = all.reduce((total, { count }) => total + count, 0);
    states.set(state, (states.get(state) ?? 0) + sum);
  }
  const certain = [...states].filter(([state]) => !state.includes(' or '));
  const doubtful = [...states].filter(([state]) => state.includes(' or '));
  const columns = [certain, doubtful].flatMap((list) =>
    list.toSorted((a, b) => b[1] - a[1]).map(([state]) => state),
  );
  const cell = (operation: string, state: string): Markup => {
    const found = matrix.find((each) => each.operation === operation && each.state === state);
    return found === undefined
      ? markup`<td class="empty"><span aria-label="not tried">·</span></td>`
      : markup`<td>${answers(found)}</td>`;
  };
  const table = (shown: readonly string[], caption: string): Markup =>
    scrollRegion(
      caption,
      markup`<table class="matrix">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            ${operations.map((operation) => markup`<th scope="col">${shortName(operation)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (state) =>
              markup`<tr>
                <th scope="row">${state === 'none' ? 'no interface' : state}</th>
                ${operations.map((operation) => cell(operation, state))}
              </tr>`,
          )}
        </tbody>
      </table>`,
    );
  const known = columns.filter((state) => !state.includes(' or '));
  const unknown = columns.filter((state) => state.includes(' or '));
  return {
    id: `${prefix}matrix`,
    title: 'Answers by state',
    lead: 'What each operation was answered in each state of the interface it was about: a success, or the code of the refusal, with how often.',
    content: markup`${table(known, 'Answers by state and operation')}${
      unknown.length > 0 &&
      markup`<details class="more">
        <summary>${plural(unknown.length, 'row')} where the state was not known for certain</summary>
        ${table(unknown, 'Answers where the state was one of several')}
      </details>`
    }`,
  };
}
