import { grouped } from '../layout.ts';
import type { RunRecord, TimelinePoint } from '../record.ts';
import { markup, type Markup } from './markup.ts';
import { scrollRegion } from './scroll-region.ts';
import type { Section } from './section.ts';

const width = 640;
const height = 220;
const margin = { left: 40, right: 116, top: 12, bottom: 30 };

type Series = 'transitions' | 'refusals' | 'rules';
const series: readonly Series[] = ['refusals', 'rules', 'transitions'];

/** Returns the round number just above, so that the axis ends with one. */
function roundUp(value: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return Math.ceil(value / (step / 2)) * (step / 2);
}

function curve(points: readonly TimelinePoint[]): Markup {
  const last = points.at(-1);
  const most = roundUp(Math.max(1, ...series.map((name) => last?.[name] ?? 0)));
  const end = Math.max(1, last?.commands ?? 1);
  const begin = Math.min(end / 2, Math.max(1, points[0]?.commands ?? 1));
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  // Most is new in the beginning: a logarithmic axis gives it room.
  const x = (commands: number): number =>
    margin.left + (Math.log(commands / begin) / Math.log(end / begin)) * (right - margin.left);
  const y = (value: number): number => bottom - (value / most) * (bottom - margin.top);
  const at = (value: number): string => value.toFixed(1);
  const ticks = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].filter((tick) => tick >= begin && tick <= end);
  // Names at the ends of curves keep clear of each other.
  const ends = series
    .map((name) => ({ name, value: last?.[name] ?? 0, y: y(last?.[name] ?? 0) }))
    .toSorted((a, b) => a.y - b.y);
  for (const [index, each] of ends.entries()) {
    const above = ends[index - 1];
    if (above !== undefined) each.y = Math.max(each.y, above.y + 15);
  }
  return markup`<svg
    class="curve"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="Coverage over the commands of the run; the table below has the figures"
  >
    ${[0, most / 2, most].map((value) => markup`<line class="grid" x1="${margin.left}" x2="${right}" y1="${at(y(value))}" y2="${at(y(value))}" /><text class="tick" x="${margin.left - 6}" y="${at(y(value) + 4)}" text-anchor="end">${grouped(value)}</text>`)}
    ${ticks.map((tick) => markup`<text class="tick" x="${at(x(tick))}" y="${bottom + 16}" text-anchor="middle">${grouped(tick)}</text>`)}
    <text class="tick" x="${right}" y="${height - 2}" text-anchor="end">commands</text>
    ${series.map((name) => markup`<polyline class="line ${name}" points="${points.map((point) => `${at(x(point.commands))},${at(y(point[name]))}`).join(' ')}" />`)}
    ${ends.map(({ name, value, y: place }) => markup`<text class="label ${name}" x="${right + 8}" y="${at(place + 4)}">${grouped(value)} ${name}</text>`)}
  </svg>`;
}

/** How coverage grew: whether more commands would have shown more. */
export function timelineSection({ timeline = [] }: RunRecord, prefix: string): Section | undefined {
  if (timeline.length < 2) return undefined;
  return {
    id: `${prefix}timeline`,
    title: 'Coverage over time',
    lead: 'How much had been seen after how many commands. Where the curves are flat, more of the same would show little more.',
    content: markup`${scrollRegion('Coverage over time', curve(timeline))}
      <details class="more">
        <summary>As a table</summary>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">commands</th>
              ${series.map((name) => markup`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${timeline.map(
              (point) =>
                markup`<tr>
                  <td>${grouped(point.commands)}</td>
                  ${series.map((name) => markup`<td>${grouped(point[name])}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </details>`,
  };
}
