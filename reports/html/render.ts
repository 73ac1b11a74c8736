import type { RunRecord } from '../record.ts';
import { chartPicture } from './chart-picture.ts';
import { choicesSection } from './choices.ts';
import { curlPreludes } from './curl-lines.ts';
import { detailsSection } from './details.ts';
import { divergencesSection } from './divergence.ts';
import { document } from './document.ts';
import { markup, type Markup } from './markup.ts';
import { matrixSection } from './matrix.ts';
import type { HtmlOptions } from './options.ts';
import { rulesSection } from './rules.ts';
import { summary } from './summary.ts';
import { targetsSection } from './targets.ts';
import { timelineSection } from './timeline.ts';
import { untestableSection } from './untestable.ts';
import { nameOf } from './words.ts';

export type { HtmlOptions } from './options.ts';

/**
 * Returns one HTML file that shows what one or more runs have found. It needs nothing but itself: no network,
 * no other file, and no script to be readable.
 */
export async function renderHtml(records: readonly RunRecord[], options: HtmlOptions = {}): Promise<string> {
  const [first] = records;
  if (first === undefined) throw new Error('there is no record to render; give at least one');
  const several = records.length > 1;
  const parts: Markup[] = [];
  for (const [index, record] of records.entries())
    parts.push(await page(record, several ? { at: index + 1, of: records.length } : undefined, options));
  const title = several ? `Conformance of ${records.length} targets` : `${first.verdict}: ${first.target}`;
  return document(
    `${title} – ri-conformance`,
    markup`<a class="skip" href="#main">Skip to the content</a>
      <main id="main">${several && targetsSection(records)}${parts}${curlPreludes(records)}</main>
      <footer>
        Written by ${first.tool.name} ${first.tool.version}. This page is one file: it loads nothing and sends
        nothing.
      </footer>`,
  );
}

async function page(
  record: RunRecord,
  which: { readonly at: number; readonly of: number } | undefined,
  options: HtmlOptions,
): Promise<Markup> {
  const prefix = which === undefined ? '' : `t${which.at}-`;
  const sections = [
    divergencesSection(record, prefix, options),
    await chartPicture(record, prefix),
    rulesSection(record, prefix),
    matrixSection(record, prefix),
    choicesSection(record, prefix),
    untestableSection(record, prefix),
    timelineSection(record, prefix),
    detailsSection(record, prefix),
  ].filter((section) => section !== undefined);
  return markup`<article id="${prefix}run" aria-label="${nameOf(record)}">
    ${summary(record, which)}
    <nav aria-label="Sections">${which !== undefined && markup`<a href="#targets">All targets</a>`}${sections.map(({ id, title }) => markup`<a href="#${id}">${title}</a>`)}</nav>
    ${sections.map(
      ({ id, title, lead, content }) =>
        markup`<section id="${id}" aria-labelledby="${id}-title">
          <h2 id="${id}-title">${title}</h2>
          ${lead !== undefined && markup`<p class="lead">${lead}</p>`} ${content}
        </section>`,
    )}
  </article>`;
}
