import { grouped } from '../layout.ts';
import type { ChoiceResult, RunRecord } from '../record.ts';
import { markup, type Markup } from './markup.ts';
import type { Section } from './section.ts';
import { plural } from './words.ts';

function choice({ id, topic, text, observed, readings = [] }: ChoiceResult): Markup {
  const count = (value: string): number => observed.find((each) => each.value === value)?.count ?? 0;
  const unread = observed.filter(({ value }) => !readings.some((reading) => reading.value === value));
  const both = observed.length > 1;
  return markup`<li class="card">
    <h3><span class="id">${id}</span> ${topic}</h3>
    ${text !== undefined && markup`<p class="note">${text}</p>`}
    <ul class="readings">
      ${readings.map(
        ({ value, sources }) =>
          markup`<li class="${count(value) > 0 ? 'chosen' : ''}">
            <span class="value">${count(value) > 0 ? markup`<span aria-hidden="true">●</span>` : markup`<span aria-hidden="true">○</span>`}
              ${value}</span><span class="seen">${count(value) > 0 ? `seen ${grouped(count(value))}×` : 'not seen'}</span><span class="cite">${sources.join('; ')}</span>
          </li>`,
      )}${unread.map(
        ({ value, count: times }) =>
          markup`<li class="chosen">
            <span class="value"><span aria-hidden="true">●</span> ${value}</span><span class="seen">seen ${grouped(times)}×</span>
          </li>`,
      )}
    </ul>
    ${both && markup`<p class="note">Seen both ways: which, hangs on circumstances that the documents do not tell.</p>`}
  </li>`;
}

/** What the target does where the documents are silent or disagree. */
export function choicesSection({ choices }: RunRecord, prefix: string): Section | undefined {
  if (choices.length === 0) return undefined;
  return {
    id: `${prefix}choices`,
    title: 'Choices',
    lead: `Where the documents are silent or contradict each other a target may choose. This one made ${plural(choices.length, 'choice')}; each reading stands beside the sources that speak for it.`,
    content: markup`<ul class="cards">
      ${choices.map(choice)}
    </ul>`,
  };
}
