import { grouped } from '../layout.ts';
import type { RuleResult, RunRecord } from '../record.ts';
import { markup, type Markup, slug } from './markup.ts';
import { programList } from './program.ts';
import type { Section } from './section.ts';
import { chip, look, plural, ruleVerdicts } from './words.ts';

const none = markup`<span class="faint">none</span>`;

function rule(each: RuleResult, prefix: string, record: RunRecord): Markup {
  const { id, statement, certainty, verdict, exercised, note, sources = [], editions = [], witness } = each;
  const shownBy = record.divergences.filter(({ rules }) => rules.includes(id));
  return markup`<li class="rule" data-verdict="${verdict}" id="${prefix}${slug('rule', id)}">
    <details>
      <summary>
        <b class="id">${id}</b><span class="statement">${statement}</span>${chip(verdict)}<span class="count">${exercised === 0 ? '' : `${grouped(exercised)}×`}</span>
      </summary>
      <div class="body">
        <dl>
          <div>
            <dt>Certainty</dt>
            <dd>${certainty}</dd>
          </div>
          <div>
            <dt>Sources</dt>
            <dd>${sources.length === 0 ? none : sources.join('; ')}</dd>
          </div>
          <div>
            <dt>Editions</dt>
            <dd>
              ${editions.length === 0 ? none : editions.map((edition) => markup`<span class="tag">${edition}</span>`)}
            </dd>
          </div>
          ${
            note !== undefined &&
            markup`<div>
              <dt>Note</dt>
              <dd>${note}</dd>
            </div>`
          }
          ${
            shownBy.length > 0 &&
            markup`<div>
              <dt>Broken by</dt>
              <dd>
                ${shownBy.map((divergence) => markup`<a href="#${prefix}${slug('d', divergence.id)}">${divergence.id}</a> `)}
              </dd>
            </div>`
          }
        </dl>
        ${
          witness !== undefined &&
          markup`<h4>Shortest program that put it to the test</h4>
            ${programList(witness)}`
        }
      </div>
    </details>
  </li>`;
}

/** Every rule as a small square: how much of the whole was tested shows at a glance. */
function strip(rules: readonly RuleResult[]): Markup {
  const width = 30;
  const rows = Math.ceil(rules.length / width);
  return markup`<svg
    class="strip"
    viewBox="0 0 ${width * 10} ${rows * 10}"
    role="img"
    aria-label="Rules by verdict, one square each; the list below says the same"
  >
    ${rules.map(
      ({ id, verdict, statement }, index) =>
        markup`<rect
          class="cell ${look(verdict).tone}${verdict === 'not testable' ? ' never' : ''}"
          x="${(index % width) * 10 + 1}"
          y="${Math.floor(index / width) * 10 + 1}"
          width="8"
          height="8"
          rx="1.5"
          ><title>${id} ${verdict}: ${statement}</title></rect>`,
    )}
  </svg>`;
}

/** Every rule with its verdict, and what it rests on; those that are broken first. */
export function rulesSection(record: RunRecord, prefix: string): Section {
  const { rules } = record;
  const order = (verdict: string): number => (verdict === 'diverges' ? 0 : 1);
  const sorted = rules.toSorted((a, b) => order(a.verdict) - order(b.verdict));
  const counts = ruleVerdicts.map((verdict) => ({
    verdict,
    count: rules.filter((each) => each.verdict === verdict).length,
  }));
  return {
    id: `${prefix}rules`,
    title: 'Rules',
    lead: `${plural(rules.length, 'rule')} were gathered from the documents, each with where it is stated. Open one for its sources and for the shortest program that put it to the test.`,
    content: markup`<div class="rules" data-filter>
      ${strip(rules)}
      <div class="filter" role="group" aria-label="Filter the rules">
        <label class="search"><span>Search</span><input type="search" placeholder="R38, connect, E2018b …" autocomplete="off"
        /></label>
        <div class="toggles">
          ${counts
            .filter(({ count }) => count > 0)
            .map(
              ({ verdict, count }) =>
                markup`<button
                  type="button"
                  class="toggle ${look(verdict).tone}"
                  data-verdict="${verdict}"
                  aria-pressed="false"
                >
                  ${look(verdict).sign} ${verdict} <b>${count}</b>
                </button>`,
            )}
        </div>
        <p class="shown" role="status" aria-live="polite">${plural(rules.length, 'rule')}</p>
      </div>
      <ul class="list">
        ${sorted.map((each) => rule(each, prefix, record))}
      </ul>
    </div>`,
  };
}
