import { kindWords } from '../divergence.ts';
import { grouped } from '../layout.ts';
import type { DivergenceRecord, RunRecord } from '../record.ts';
import { curlLines, local, urlOf } from './curl-lines.ts';
import { exchangeText, whyNoExchange } from './exchange.ts';
import { block, type Content, markup, type Markup, slug } from './markup.ts';
import { scrollRegion } from './scroll-region.ts';
import type { HtmlOptions } from './options.ts';
import { permittedBesideObserved } from './permitted.ts';
import { programList } from './program.ts';
import { sdkLines } from './sdk-lines.ts';
import type { Section } from './section.ts';
import { sequenceDiagram } from './sequence-diagram.ts';
import { type BaselineEntry, entryFor, whyKnown } from '../standing.ts';
import { chip, plural, shortName } from './words.ts';

/** Those that are open when the page opens. */
const mostOpen = 3;
const mostQuoted = 4;

function heading(
  { operation, kind, rules, sources }: DivergenceRecord,
  listed: BaselineEntry | undefined,
): Markup {
  const [statement, more] = sources.map((source) => source.statement);
  return markup`<b class="rules">${rules.slice(0, 4).join(' ') || '–'}${rules.length > 4 && ' …'}</b><span class="about"><span class="operation">${shortName(operation)}: ${kindWords(kind)}${listed !== undefined && markup` ${chip(listed.outcome === 'known' ? 'known' : 'outdated')}`}</span>${statement !== undefined && more === undefined && markup`<span class="statement">${statement}</span>`}</span>`;
}

function quoted({ sources }: DivergenceRecord, prefix: string): Markup {
  const line = ({ rule, statement, certainty, sources: from }: DivergenceRecord['sources'][number]): Markup =>
    markup`<li>
      <a class="tag" href="#${prefix}${slug('rule', rule)}">${rule}</a> ${statement}
      <span class="note">${certainty}, from ${from.join('; ') || 'no document'}</span>
    </li>`;
  const more = sources.slice(mostQuoted);
  return markup`<ul class="quoted">
      ${sources.slice(0, mostQuoted).map(line)}
    </ul>
    ${
      more.length > 0 &&
      markup`<details class="more">
        <summary>${plural(more.length, 'more rule')}</summary>
        <ul class="quoted">
          ${more.map(line)}
        </ul>
      </details>`
    }`;
}

function remarks({ reproduced, notShortened, minimal, reproduction, occurrences }: DivergenceRecord): Markup {
  const said = [
    `Met ${occurrences === 1 ? 'once' : `${grouped(occurrences)} times`} in this run.`,
    ...(reproduction === undefined
      ? []
      : [`Shows in ${reproduction.diverged} of ${reproduction.runs} runs of this program.`]),
    ...(reproduced ? [] : [notShortened ?? 'It did not show again when its sequence ran alone.']),
    ...(minimal === undefined ? [] : [`As short as can be: ${minimal}.`]),
  ];
  return markup`<p class="note">${said.join(' ')}</p>`;
}

function consequences({ consequences: all = [] }: DivergenceRecord): Markup | undefined {
  if (all.length === 0) return undefined;
  return markup`<details class="more">
    <summary>Explains ${plural(all.length, 'other divergence')}</summary>
    <ul>
      ${all.map(({ operation, rules, expected, observed }) => markup`<li>${shortName(operation)} (${rules.join(' ')}): ${observed}, instead of ${expected}</li>`)}
    </ul>
  </details>`;
}

/** The command that runs it again, as far as a record can tell it. */
function replay(divergence: DivergenceRecord, record: RunRecord, options: HtmlOptions): string | undefined {
  if (options.replayCommand !== undefined) return options.replayCommand(divergence, record);
  const url = urlOf(record) ?? (record.target === 'emulator' ? 'emulator' : undefined);
  if (divergence.traceFile === undefined || url === undefined) return undefined;
  const word = (text: string): string =>
    /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return `ri-conformance replay ${word(divergence.traceFile)} --target ${word(url)}`;
}

/** Text to copy. */
function copied(title: string, content: Content, open = false): Markup {
  return markup`<details class="copied" ${open && markup` open`}>
    <summary>${title}</summary>
    <div class="copyable"><button type="button" class="copy" data-copy>Copy</button>${content}</div>
  </details>`;
}

function one(
  divergence: DivergenceRecord,
  index: number,
  record: RunRecord,
  prefix: string,
  options: HtmlOptions,
): Markup {
  const { id, counterexample, exchange } = divergence;
  const listed = entryFor(record, divergence);
  const picture = sequenceDiagram(counterexample, `Sequence diagram of the program above, for ${id}`);
  const body = counterexample.findLast(({ diverges }) => diverges)?.body;
  const sdk = sdkLines(counterexample, urlOf(record) ?? local);
  const command = replay(divergence, record, options);
  return markup`<li id="${prefix}${slug('d', id)}" class="divergence"><details${index < mostOpen && markup` open`}>
<summary>${heading(divergence, listed)}<span class="count">${grouped(divergence.occurrences)}×</span></summary>
<div class="body">
${quoted(divergence, prefix)}
${listed !== undefined && markup`<p class="note">Listed as known: ${whyKnown(listed)}</p>`}
${permittedBesideObserved(divergence, prefix)}
${
  counterexample.length > 0 &&
  markup`<h4>Shortest program</h4>
    ${programList(counterexample)}`
}
${remarks(divergence)}
${
  command !== undefined &&
  markup`<div class="copyable replay">
    <button type="button" class="copy" data-copy>Copy</button>
    <pre><code>${block(command)}</code></pre>
  </div>`
}
${
  picture !== undefined &&
  markup`<details class="more">
    <summary>Sequence diagram</summary>
    ${scrollRegion('Sequence diagram', picture)}
  </details>`
}
${
  exchange !== undefined &&
  markup`<details class="more">
    <summary>Raw exchange</summary>
    ${exchangeText(exchange)}
  </details>`
}
${exchange === undefined && markup`<p class="note">Raw exchange: ${whyNoExchange(record)}</p>`}
${
  exchange === undefined &&
  body !== undefined &&
  markup`<details class="more">
    <summary>The answer that diverges</summary>
    <pre><code>${block(JSON.stringify(body, null, 2) ?? '')}</code></pre>
  </details>`
}
${counterexample.length > 0 && copied('With curl', curlLines(divergence, record))}
${sdk !== undefined && copied('With the SDK, @alicloud/vpc20160428', markup`<pre><code>${block(sdk)}</code></pre>`)}
${consequences(divergence)}
<p class="note">Id <code>${id}</code></p>
</div></details></li>`;
}

/** Every divergence with all it takes to believe it and to see it again. */
export function divergencesSection(
  record: RunRecord,
  prefix: string,
  options: HtmlOptions,
): Section | undefined {
  const { divergences } = record;
  if (divergences.length === 0) return undefined;
  return {
    id: `${prefix}divergences`,
    title: plural(divergences.length, 'divergence').replace('divergence', 'Divergence').replace(/^1 /, ''),
    content: markup`<ol class="divergences">
      ${divergences.map((each, index) => one(each, index, record, prefix, options))}
    </ol>`,
  };
}
