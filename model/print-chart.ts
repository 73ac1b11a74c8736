/** The lifecycle chart for people and programs, for `ri-conformance model`. */
import type { TransitionRow, Tables } from './compile.ts';
import { eventOf } from './chart-transitions.ts';

/** The formats that {@link printChart} knows. */
export const chartFormats = ['mermaid', 'dot', 'json'] as const;
export type ChartFormat = (typeof chartFormats)[number];

/** Returns the chart in the given format, ending with a newline. Equal tables give equal text. */
export function printChart(tables: Tables, format: ChartFormat): string {
  switch (format) {
    case 'mermaid':
      return asMermaid(tables);
    case 'dot':
      return asDot(tables);
    case 'json':
    default:
      return asJson(tables);
  }
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
}

interface Place {
  readonly name: string;
  /** What Describe shows there, or what the place is when it is none of the lifecycle. */
  readonly title: string;
  readonly transitional: boolean;
  /** What happens there without leading elsewhere, a line each. */
  readonly remarks: readonly string[];
}

/** A row's id begins with the state, or group of states, that it leaves. */
const sourceOf = ({ id }: TransitionRow): string => id.slice(0, id.indexOf(':'));
const eventOfRow = ({ id }: TransitionRow): string => id.slice(id.indexOf(':') + 2).split(' ')[0] ?? '';

const belongsTo = (name: string, source: string): boolean => name === source || name.startsWith(`${source}.`);

function labelOf(row: TransitionRow): string {
  const choice = row.choice === undefined ? '' : ` if ${row.choice.id} = ${row.choice.value}`;
  const only = row.only === undefined ? '' : ` although ${row.only} is violated`;
  return `${eventOfRow(row)}${choice}${only} [${row.rules.join(' ')}]`;
}

function edges({ states, rows }: Tables): Edge[] {
  const found = new Map<string, { from: string; to: string; labels: string[] }>();
  for (const row of rows) {
    const to = states.find(({ bit }) => bit === row.to)?.name;
    if (to === undefined) continue;
    for (const { name: from } of states.filter(({ name }) => belongsTo(name, sourceOf(row)))) {
      const key = `${from} ${to}`;
      const edge = found.get(key) ?? { from, to, labels: [] };
      edge.labels.push(labelOf(row));
      found.set(key, edge);
    }
  }
  return [...found.values()];
}

/** Refusals by event, and what is accepted without a change of status: two lines instead of a hundred arrows. */
function remarksOn(rows: readonly TransitionRow[]): string[] {
  const refused = new Map<string, string[]>();
  for (const row of rows.filter(({ kind }) => kind === 'refusal')) {
    const event = eventOfRow(row);
    const rules = `${row.rules.join('/')}${row.may === undefined ? '' : '?'}`;
    refused.set(event, [...(refused.get(event) ?? []), rules]);
  }
  const stays = rows.filter((row) => row.to === 0 && row.kind === 'accept').map(labelOf);
  return [
    ...[...refused].map(([event, rules]) => `refuses ${event} (${rules.join(', ')})`),
    ...stays.map((label) => `stays on ${label}`),
  ];
}

function places({ states, rows }: Tables): Place[] {
  const known = states.map(({ name, label, transitional }) => ({
    name,
    title: label ?? 'does not exist',
    transitional: transitional === true,
    remarks: remarksOn(rows.filter((row) => belongsTo(name, sourceOf(row)))),
  }));
  const elsewhere = [...new Set(rows.map(sourceOf))].filter(
    (source) => !states.some(({ name }) => belongsTo(name, source)),
  );
  const around = elsewhere.map((name) => ({
    name,
    title: name === 'any' ? 'whatever the status' : `while ${name}`,
    transitional: false,
    remarks: remarksOn(rows.filter((row) => sourceOf(row) === name)),
  }));
  return [...known, ...around];
}

const idOf = (name: string): string => name.replaceAll(/\W/g, '_');
const titleOf = ({ name, title }: Place): string =>
  name.includes('.') ? `${title} (${name.split('.').at(-1)})` : title;

const legend = [
  'One router interface. Labels are events with the rules they rest on; a question mark after a rule:',
  'the documents leave open whether it refuses.',
];

/** Mermaid takes a colon and a semicolon for syntax wherever they stand. */
const safe = (text: string): string => text.replaceAll(/[:;]/g, ',');

function noteOn({ name, remarks }: Place): string {
  const lines = remarks.map((remark) => `    ${safe(remark)}`).join('\n');
  return `  note right of ${idOf(name)}\n${lines}\n  end note`;
}

function asMermaid(tables: Tables): string {
  const all = places(tables);
  const lines = [
    'stateDiagram-v2',
    ...[...legend, `Chart ${tables.hash}`].map((line) => `  %% ${line}`),
    ...all.map((place) => `  state "${titleOf(place)}" as ${idOf(place.name)}`),
    '  [*] --> gone',
    ...edges(tables).map(
      ({ from, to, labels }) => `  ${idOf(from)} --> ${idOf(to)} : ${labels.map(safe).join('\\n')}`,
    ),
    ...all.filter(({ remarks }) => remarks.length > 0).map(noteOn),
  ];
  return `${lines.join('\n')}\n`;
}

const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** Lines of a label, left-aligned: in DOT the end of a line says how. */
const leftAligned = (lines: readonly string[]): string =>
  lines.map((line) => quote(line).slice(1, -1) + String.raw`\l`).join('');

function dotNode(place: Place): string {
  const style = place.transitional ? 'rounded,dashed' : 'rounded';
  const label = `${quote(titleOf(place)).slice(1, -1)}\\n${leftAligned(place.remarks)}`;
  return `  ${quote(place.name)} [style="${style}", label="${label}"];`;
}

function asDot(tables: Tables): string {
  const lines = [
    'digraph lifecycle {',
    ...[...legend, `Dashed: ends by itself. Chart ${tables.hash}`].map((line) => `  // ${line}`),
    '  node [shape=box, fontname="Helvetica", fontsize=10];',
    '  edge [fontname="Helvetica", fontsize=9];',
    ...places(tables).map(dotNode),
    ...edges(tables).map(
      ({ from, to, labels }) => `  ${quote(from)} -> ${quote(to)} [label="${leftAligned(labels)}"];`,
    ),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** `{ hash, events, states, transitions }`; bits are left out, they mean nothing elsewhere. */
function asJson({ hash, states, rows }: Tables): string {
  const nameOf = (bit: number): string | undefined => states.find((state) => state.bit === bit)?.name;
  const transitions = rows.map((row) => {
    const { needs: _needs, to, ...meta } = row;
    const target = nameOf(to);
    return {
      ...meta,
      from: sourceOf(row),
      event: eventOfRow(row),
      ...(target === undefined ? {} : { to: target }),
    };
  });
  const shown = states.map(({ bit: _bit, ...state }) => state);
  return `${JSON.stringify({ hash, events: eventOf, states: shown, transitions }, null, 2)}\n`;
}
