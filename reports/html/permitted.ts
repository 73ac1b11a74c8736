import type { DivergenceRecord, PermittedAnswer, RaceRecord } from '../record.ts';
import { markup, type Markup } from './markup.ts';
import { slug } from './markup.ts';

/** Where two texts differ: what they have in common at both ends is left plain. */
function marked(text: string, other: string): Markup {
  let start = 0;
  while (start < text.length && start < other.length && text[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(text.length, other.length) - start;
  while (end < most && text.at(-1 - end) === other.at(-1 - end)) end += 1;
  // Words are marked whole.
  while (start > 0 && /\w/.test(text[start - 1] ?? '')) start -= 1;
  while (end > 0 && /\w/.test(text.at(-end) ?? '')) end -= 1;
  const middle = text.slice(start, text.length - end);
  if (middle === '') return markup`${text}`;
  return markup`${text.slice(0, start)}<mark>${middle}</mark>${text.slice(text.length - end)}`;
}

function answer({ answer: text, message, rules, choice }: PermittedAnswer, prefix: string): Markup {
  return markup`<li>
    <code>${text}</code>${rules.map((rule) => markup` <a class="tag" href="#${prefix}${slug('rule', rule)}">${rule}</a>`)}${choice !== undefined && markup` <span class="note">one of several readings, ${choice}</span>`}${message !== undefined && markup`<span class="message">${message}</span>`}
  </li>`;
}

const mostAnswers = 12;

/** What was permitted beside what came, with the difference marked. */
export function permittedBesideObserved(divergence: DivergenceRecord, prefix: string): Markup {
  const { expected, observed, permitted = [], race, counterexample } = divergence;
  const last = counterexample.findLast(({ diverges }) => diverges);
  if (race !== undefined) return markup`<div class="beside">${orders(race, divergence)}</div>`;
  const whole = /^(accepted|refused|code)$/.test(divergence.kind) && permitted.length > 0;
  return markup`<div class="beside">
    <div class="side good">
      <h4>Permitted</h4>
      ${
        whole
          ? markup`<ul class="answers">
                ${permitted.slice(0, mostAnswers).map((each) => answer(each, prefix))}
              </ul>
              ${permitted.length > mostAnswers && markup`<p class="note">and ${permitted.length - mostAnswers} more</p>`}`
          : markup`<p>${marked(expected, observed)}</p>`
      }
    </div>
    <div class="side bad">
      <h4>Observed</h4>
      ${
        whole
          ? markup`<ul class="answers">
              <li>
                <code><mark>${last?.answer ?? observed}</mark></code>${last?.answer !== observed && markup`<span class="message">${observed}</span>`}
              </li>
            </ul>`
          : markup`<p>${marked(observed, expected)}</p>
              ${last?.answer !== undefined && markup`<p class="note">in an answer ${last.answer}</p>`}`
      }
    </div>
  </div>`;
}

/** Why no order of what several clients did explains what they saw. */
function orders({ unexplained }: RaceRecord, { counterexample }: DivergenceRecord): Markup {
  const name = (index: number): string => {
    const { operation = '', client } = counterexample[index] ?? {};
    return `${operation.replace(/RouterInterfaces?/, '')}${client === undefined ? '' : ` of client ${client}`}`;
  };
  const first = (before: readonly number[]): string =>
    before
      .filter((index) => counterexample[index]?.client !== undefined)
      .map(name)
      .join(', then ');
  return markup`${unexplained.map(({ step, explained, expected, observed }) => {
    const before = first(explained);
    return markup`<div class="side good">
        <h4>Permitted${before !== '' && markup` <small>after ${before}</small>`}</h4>
        <p><b>${name(step)}</b>: ${marked(expected, observed)}</p>
      </div>
      <div class="side bad">
        <h4>Observed</h4>
        <p>${marked(observed, expected)}</p>
      </div>`;
  })}`;
}
