import { grouped } from '../layout.ts';
import type { Coverage, RunRecord } from '../record.ts';
import { markup, type Markup } from './markup.ts';
import type { Section } from './section.ts';
import { plural } from './words.ts';

type Row = readonly [name: string, value: Markup | string];

const list = (items: readonly (Markup | string)[]): Markup =>
  markup`<ul>
    ${items.map((item) => markup`<li>${item}</li>`)}
  </ul>`;

function missing(name: string, { missing: all, covered, total }: Coverage): Row[] {
  const open = all.filter(({ reason }) => reason === undefined);
  const excused = all.filter(({ reason }) => reason !== undefined);
  return [
    [
      `${name} that were not covered`,
      markup`${covered} of ${total} were
      covered.${open.length > 0 && list(open.map(({ id }) => markup`<code>${id}</code>`))}${
        excused.length > 0 &&
        markup`<details>
          <summary>${plural(excused.length, 'more')} could not be, and are not counted</summary>
          ${list(excused.map(({ id, reason }) => markup`<code>${id}</code>: ${reason}`))}
        </details>`
      }`,
    ],
  ];
}

function races({ races: all }: RunRecord): Row[] {
  if (all === undefined) return [];
  if (all.notRun !== undefined) return [['Several clients at once', `not run: ${all.notRun}`]];
  const { runs, overlapped, explained, diverged, undecided } = all;
  return [
    [
      'Several clients at once',
      `${grouped(runs)} races, in ${grouped(overlapped)} of which calls overlapped: ${grouped(explained)} explained by some order of the calls, ${grouped(diverged)} by none, ${grouped(undecided)} undecided`,
    ],
  ];
}

function certificate({ certificate: given }: RunRecord): Row[] {
  if (given === undefined) return [];
  const { holds, statement, reason, assumptions, method, extraStates } = given;
  return [
    [
      'Complete suite',
      markup`${holds ? statement : `No certificate: ${reason ?? 'it does not hold'}.`}
        <span class="note">${method}-method, ${extraStates} extra states</span>${
          assumptions.length > 0 &&
          markup`<details>
            <summary>Assumptions</summary>
            ${list(assumptions)}
          </details>`
        }`,
    ],
  ];
}

function known({ baseline }: RunRecord): Row[] {
  if (baseline === undefined) return [];
  const { file, entries, unlisted } = baseline;
  return [
    [
      'Known divergences',
      markup`From <code>${file}</code>${list([
        ...entries.map(
          ({ line, match, outcome, reason, link }) =>
            markup`line ${line}, <code>${match}</code>: <b>${outcome}</b>,
                ${reason}${link !== undefined && markup` (${link})`}`,
        ),
        ...unlisted.map((id) => markup`<code>${id}</code>: <b>not listed</b>`),
      ])}`,
    ],
  ];
}

/** How the run went: what a reader needs who doubts the verdict, or wants to repeat it. */
export function detailsSection(record: RunRecord, prefix: string): Section {
  const { tool, counts, coverage, regressions = [], notes, leftBehind, inconclusive } = record;
  const rows: readonly Row[] = [
    ['Tool', markup`${tool.name} ${tool.version}, model <code>${tool.modelHash.slice(0, 12)}</code>`],
    [
      'Work done',
      `${plural(counts.sequences, 'sequence')}, ${plural(counts.commands, 'command')} in ${counts.seconds.toFixed(1)} s; ${plural(counts.shrinkCommands, 'command')} more to make counterexamples short${counts.protocolChecks === undefined ? '' : `; ${plural(counts.protocolChecks, 'check')} of the protocol`}`,
    ],
    ...missing('Transitions', coverage.transitions),
    ...missing('Refusals', coverage.refusals),
    ...races(record),
    ...certificate(record),
    ...known(record),
    ...(regressions.length === 0
      ? []
      : [
          [
            'Earlier counterexamples',
            list(
              regressions.map(
                ({ id, outcome, explanation }) =>
                  markup`<code>${id}</code>: <b>${outcome}</b>. ${explanation}`,
              ),
            ),
          ] as const,
        ]),
    ...(inconclusive.length === 0
      ? []
      : [
          [
            'Not judged',
            list(inconclusive.map(({ reason, count }) => `${grouped(count)}×: ${reason}`)),
          ] as const,
        ]),
    ...(notes.length === 0 ? [] : [['Notes', list(notes)] as const]),
    ...(leftBehind.length === 0
      ? []
      : [['Left behind on the target', list(leftBehind.map((id) => markup`<code>${id}</code>`))] as const]),
  ];
  return {
    id: `${prefix}details`,
    title: 'The run',
    content: markup`<dl class="details">
      ${rows.map(
        ([name, value]) =>
          markup`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`,
  };
}
