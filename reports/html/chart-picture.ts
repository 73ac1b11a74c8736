import { grouped } from '../layout.ts';
import type { RunRecord } from '../record.ts';
import { clip } from '../safe-text.ts';
import { type ChartShown, chartShown, type Edge, type EdgeLine, type Place } from './chart-edges.ts';
import { type Layout, layOut } from './chart-layout.ts';
import { markup, type Markup, slug } from './markup.ts';
import { scrollRegion } from './scroll-region.ts';
import type { Section } from './section.ts';
import { plural } from './words.ts';

const nodeHeight = 44;
const lineHeight = 15;
const margin = 12;

/** Widths of the fonts of the page, about: a label may be a little wider than it is. */
const widthOf = (text: string, size: number): number => text.length * size * 0.56;

/** How often, as one of five steps: each is about five times the one before. */
export function heat(count: number): number {
  return count === 0 ? 0 : Math.min(4, 1 + Math.floor(Math.log(count) / Math.log(5)));
}

const lineText = ({ text, count }: EdgeLine): string => `${text} ${count === 0 ? '' : grouped(count)}`;
const titleOf = (label: string): string => (label === 'none' ? 'no interface' : clip(label, 40));
const refusalsOf = ({ refusals, refused }: Place): string =>
  refusals === 0 ? '' : `${refused} of ${refusals} refusals`;

/** What is written at an arrow: what the target does not do by its own choice is an arrow without words. */
const wordsOf = ({ lines }: Edge): readonly EdgeLine[] => lines.filter(({ open }) => open === true);
const countOf = ({ lines }: Edge): number => lines.reduce((sum, { count }) => sum + count, 0);
const idsOf = (edge: Edge): Set<string> => new Set(edge.lines.flatMap(({ divergences }) => [...divergences]));

type Drawn = Layout['edges'][number];

function arrow(edge: Edge, { spline, tip }: Drawn): Markup | undefined {
  const [first, ...rest] = spline;
  if (first === undefined) return undefined;
  const at = ({ x, y }: { x: number; y: number }): string => `${x.toFixed(1)},${y.toFixed(1)}`;
  const last = rest.at(-1) ?? first;
  const end = tip ?? last;
  const angle = Math.atan2(end.y - last.y, end.x - last.x);
  const wing = (side: number): string =>
    at({ x: end.x - 9 * Math.cos(angle + side), y: end.y - 9 * Math.sin(angle + side) });
  const tone = `h${heat(countOf(edge))}${idsOf(edge).size > 0 ? ' bad' : ''}`;
  const path = `M${at(first)}C${rest.map(at).join(' ')}${tip === undefined ? '' : `L${at(end)}`}`;
  return markup`<g class="edge ${tone}"><title>${edge.lines.map(tellingOf).join('\n')}</title><path class="arrow" d="${path}"/><path class="tip" d="M${at(end)}L${wing(0.4)}L${wing(-0.4)}Z"/></g>`;
}

/** A transition in a sentence, with its names in the chart. */
function tellingOf({ ids, count, excuse }: EdgeLine): string {
  const times =
    count === 0 ? `not taken${excuse === undefined ? '' : `, as ${excuse}`}` : plural(count, 'time');
  return `${ids.join('; ')}: ${times}`;
}

function wordsMarkup(edge: Edge, { label }: Drawn): Markup | undefined {
  if (label === undefined) return undefined;
  const lines = wordsOf(edge);
  const top = label.y - (lines.length * lineHeight) / 2;
  return markup`<g class="words">${lines.map((line, index) => {
    const isBad = line.divergences.size > 0;
    const y = (top + (index + 0.75) * lineHeight).toFixed(1);
    const times = line.count > 0 && markup` <tspan class="times">${grouped(line.count)}</tspan>`;
    return markup`<text class="h${heat(line.count)}${isBad && ' bad'}" x="${label.x.toFixed(1)}" y="${y}" text-anchor="middle"><title>${tellingOf(line)}</title>${isBad && '✕ '}${line.text}${times}</text>`;
  })}</g>`;
}

function nodeMarkup(place: Place, { x, y }: { x: number; y: number }, width: number): Markup {
  const refusals = refusalsOf(place);
  const left = x - width / 2;
  const count = place.divergences.size;
  return markup`<g class="place${place.transitional ? ' passing' : ''}${count > 0 ? ' bad' : ''}"
    ><title>
      ${titleOf(place.label)}${place.transitional && ', ends by itself'}${count > 0 && `: ${plural(count, 'divergence')}`}</title><rect
      x="${left.toFixed(1)}"
      y="${(y - nodeHeight / 2).toFixed(1)}"
      width="${width.toFixed(1)}"
      height="${nodeHeight}"
      rx="10"
    /><text
      class="name"
      x="${x.toFixed(1)}"
      y="${(y + (refusals === '' ? 5 : -2)).toFixed(1)}"
      text-anchor="middle"
      >${titleOf(place.label)}</text>${refusals !== '' && markup`<text class="sub" x="${x.toFixed(1)}" y="${(y + 13).toFixed(1)}" text-anchor="middle">${refusals}</text>`}${count > 0 && markup`<circle class="badge" cx="${(left + width).toFixed(1)}" cy="${(y - nodeHeight / 2).toFixed(1)}" r="10" /><text class="badge-text" x="${(left + width).toFixed(1)}" y="${(y - nodeHeight / 2 + 4).toFixed(1)}" text-anchor="middle">${count}</text>`}</g>`;
}

const nowhere: Drawn = { spline: [], tip: undefined, label: undefined };

async function picture({ places, edges }: ChartShown): Promise<Markup> {
  const widths = places.map((place) =>
    Math.max(96, widthOf(titleOf(place.label), 15) + 28, widthOf(refusalsOf(place), 11) + 24),
  );
  const numberOf = (label: string): number => places.findIndex((place) => place.label === label);
  const layout = await layOut({
    nodes: widths.map((width) => ({ width, height: nodeHeight })),
    edges: edges.map((edge) => ({
      from: numberOf(edge.from),
      to: numberOf(edge.to),
      labelWidth: Math.max(0, ...wordsOf(edge).map((line) => widthOf(lineText(line), 12) + 10)),
      labelHeight: wordsOf(edge).length * lineHeight + 4,
    })),
  });
  const width = layout.width + 2 * margin;
  const height = layout.height + 2 * margin;
  return markup`<svg
    class="chart"
    viewBox="${-margin} ${-margin} ${width.toFixed(0)} ${height.toFixed(0)}"
    width="${width.toFixed(0)}"
    height="${height.toFixed(0)}"
    role="img"
    aria-label="Lifecycle of a router interface, transitions coloured by how often they were taken; the table below says the same"
  >
    ${edges.map((edge, index) => arrow(edge, layout.edges[index] ?? nowhere))}${edges.map((edge, index) => wordsMarkup(edge, layout.edges[index] ?? nowhere))}${places.map((place, index) => nodeMarkup(place, layout.nodes[index] ?? { x: 0, y: 0 }, widths[index] ?? 0))}
  </svg>`;
}

const legend = markup`<ul class="legend" aria-label="Legend">
  <li><i class="key h0"></i>not taken</li>
  <li><i class="key h1"></i>1–4</li>
  <li><i class="key h2"></i>5–24</li>
  <li><i class="key h3"></i>25–124</li>
  <li><i class="key h4"></i>125 and more</li>
  <li><i class="key bad"></i>a divergence sits here</li>
  <li><i class="box"></i>ends by itself</li>
</ul>`;

function table({ edges }: ChartShown): Markup {
  return markup`<details class="more">
    <summary>As a table</summary>
    ${scrollRegion(
      'Transitions as a table',
      markup`<table class="plain">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">On</th>
            <th scope="col">To</th>
            <th scope="col">Taken</th>
          </tr>
        </thead>
        <tbody>
          ${edges.flatMap(({ from, to, lines }) =>
            lines.map(
              ({ text, details, count, excuse }) =>
                markup`<tr>
                  <td>${titleOf(from)}</td>
                  <td>${text}${details.size > 0 && markup` <span class="note">${[...details].join(', ')}</span>`}</td>
                  <td>${titleOf(to)}</td>
                  <td>
                    ${count === 0 ? markup`<span class="note">not taken${excuse !== undefined && `: ${excuse}`}</span>` : grouped(count)}
                  </td>
                </tr>`,
            ),
          )}
        </tbody>
      </table>`,
    )}
  </details>`;
}

function elsewhere({ anywhere }: ChartShown, prefix: string): Markup | undefined {
  if (anywhere.size === 0) return undefined;
  return markup`<p class="note">
    In whatever status: ${[...anywhere].map((id) => markup`<a href="#${prefix}${slug('d', id)}">${id}</a> `)}
  </p>`;
}

/** The lifecycle as a picture: how often each transition was taken, and where divergences sit. */
export async function chartPicture(record: RunRecord, prefix: string): Promise<Section | undefined> {
  const { chart } = record;
  if (chart === undefined || chart.states.length === 0) return undefined;
  const shown = chartShown(chart, record);
  return {
    id: `${prefix}lifecycle`,
    title: 'Lifecycle',
    lead: 'Every status that Describe can show, and what leads from one to another. The darker an arrow, the more often it was taken; the figure says how often.',
    content: markup`${scrollRegion('Lifecycle', await picture(shown), 'figure')}
      ${legend}${elsewhere(shown, prefix)}${table(shown)}`,
  };
}
