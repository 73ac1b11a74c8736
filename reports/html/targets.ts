import type { RunRecord } from '../record.ts';
import { markup, type Markup } from './markup.ts';
import { scrollRegion } from './scroll-region.ts';
import { standingOf } from '../standing.ts';
import { chip, look, nameOf, plural } from './words.ts';

/** Several targets beside each other: figures first, then every rule on which they are not alike. */
export function targetsSection(records: readonly RunRecord[]): Markup {
  const ids = [...new Set(records.flatMap(({ rules }) => rules.map(({ id }) => id)))];
  const verdictOf = (record: RunRecord, id: string): string =>
    record.rules.find((rule) => rule.id === id)?.verdict ?? 'not exercised';
  const rows = ids.map((id) => ({
    id,
    statement: records.flatMap(({ rules }) => rules.filter((rule) => rule.id === id))[0]?.statement ?? '',
    verdicts: records.map((record) => verdictOf(record, id)),
  }));
  const differing = rows.filter(({ verdicts }) => new Set(verdicts).size > 1);
  const alike = rows.filter(({ verdicts }) => new Set(verdicts).size === 1);
  const heads = records.map(
    (record, index) =>
      markup`<th scope="col">
        <a href="#t${index + 1}-run">${index + 1}</a><span class="note">${record.target}</span>
      </th>`,
  );
  const table = (shown: typeof rows, caption: string): Markup =>
    scrollRegion(
      caption,
      markup`<table class="targets">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            ({ id, statement, verdicts }) =>
              markup`<tr>
                <th scope="row"><b class="id">${id}</b> <span class="statement">${statement}</span></th>
                ${verdicts.map((verdict) => markup`<td><span class="mark ${look(verdict).tone}" title="${verdict}">${look(verdict).sign}</span> <span class="note">${verdict}</span></td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`,
    );
  return markup`<section id="targets" class="overview">
    <h1>${records.length} targets side by side</h1>
    <ol class="runs">
      ${records.map(
        (record, index) =>
          markup`<li>
            <a href="#t${index + 1}-run">${nameOf(record)}</a> ${chip(standingOf(record))}<span class="note">${plural(record.divergences.length, 'divergence')}, ${plural(record.counts.commands, 'command')}</span>
          </li>`,
      )}
    </ol>
    ${differing.length === 0 ? markup`<p class="lead">Every rule has the same verdict on all of them.</p>` : table(differing, `Rules on which they are not alike (${differing.length})`)}
    <details class="more">
      <summary>${plural(alike.length, 'rule')} with the same verdict on all of them</summary>
      ${table(alike, 'Rules with the same verdict')}
    </details>
  </section>`;
}
