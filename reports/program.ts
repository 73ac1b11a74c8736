import { lanesText } from './lanes.ts';
import { reportWidth, wrap } from './layout.ts';
import { paint, type Paint } from './paint.ts';
import type { ProgramLine } from './record.ts';
import { clip, columns, pad } from './safe-text.ts';

/** A symbolic name, as `ri#1`, `router#2`. */
const symbolic = /^[a-z]+#\d+$/;
/** Values that need no quotes to be read. */
const bare = /^[\w.:/@-]+$/;

const indent = '    ';

/** Parameters that are about which interface, and so stand first and without their name. */
const subjects: ReadonlySet<string> = new Set(['RouterInterfaceId', 'InstanceId', 'on', 'RouteEntryId']);

/** Parameters whose value nearly every call shares: said once above the program, and where they differ. */
const sharedNames = ['RegionId', 'OppositeRegionId', 'RouterType'];
type Shared = Readonly<Record<string, string>>;

const create = 'CreateRouterInterface';
const isCreate = ({ operation }: ProgramLine): boolean => operation === create;

function mostFrequent(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

function sharedBy(lines: readonly ProgramLine[]): Shared {
  const calls = lines.filter(({ kind }) => kind === 'call');
  const creates = calls.filter(isCreate);
  const shared: Record<string, string> = {};
  for (const name of sharedNames) {
    const value = mostFrequent((name === 'RegionId' ? calls : creates).map(({ args }) => args?.[name]));
    if (value !== undefined) shared[name] = value;
  }
  return shared;
}

function legend(shared: Shared, lines: readonly ProgramLine[]): string[] {
  const { RegionId, ...others } = Object.fromEntries(
    Object.entries(shared).map(([name, value]) => [name, `${name}=${show(value)}`]),
  );
  const inCreate = Object.values(others);
  const said = [
    ...(RegionId === undefined ? [] : [RegionId]),
    ...(inCreate.length > 0 && lines.some(isCreate) ? [`in Create also ${inCreate.join(', ')}`] : []),
  ];
  if (said.length === 0) return [];
  return wrap(`Unless shown otherwise: ${said.join('; ')}.`, reportWidth - indent.length).slice(0, 3);
}

/** Columns of one value: names of 129 characters are tried, and are worth no more than a line. */
const mostColumns = 80;

/** A name as it stands in a program: `ri#1` is `ri1`. */
function show(value: string): string {
  if (symbolic.test(value)) return value.replace('#', '');
  return bare.test(value) ? clip(value, mostColumns) : clip(JSON.stringify(value), mostColumns);
}

function argumentsOf({ kind, operation, args = {} }: ProgramLine, shared: Shared): string[] {
  const first: string[] = [];
  const rest: string[] = [];
  for (const [name, value] of Object.entries(args)) {
    if (subjects.has(name)) first.push(show(value));
    else if (shared[name] !== value) rest.push(`${name}=${show(value)}`);
  }
  const expected = operation === create ? sharedNames : ['RegionId'];
  const absent = expected.filter((name) => shared[name] !== undefined && args[name] === undefined);
  return [...first, ...rest, ...(kind === 'call' ? absent.map((name) => `no ${name}`) : [])];
}

function headOf({ kind, operation = kind }: ProgramLine): string {
  return clip(
    kind === 'control' && operation !== 'control' ? `control ${operation}(` : `${operation}(`,
    mostColumns,
  );
}

/**
 * A call as lines: the first, which has its answer beside it, of at most `first` columns, the others of at
 * most `rest`.
 */
function callLines(line: ProgramLine, shared: Shared, first: number, rest: number): [string, ...string[]] {
  if (line.kind === 'settle') return ['wait until nothing is pending'];
  const lines: string[] = [];
  let text = headOf(line);
  const words = argumentsOf(line, shared);
  for (const [index, argument] of words.entries()) {
    const word = `${argument}${index === words.length - 1 ? ')' : ','}`;
    const gap = text.endsWith('(') ? '' : ' ';
    if (columns(text + gap + word) > (lines.length === 0 ? first : rest)) {
      lines.push(text);
      text = word;
    } else text += gap + word;
  }
  if (words.length === 0) text += ')';
  const [head, ...tail] = [...lines, text];
  return [clip(head, first), ...tail.map((each) => clip(each, rest))];
}

/** What came of a line, where something did. */
function verdictOf({ kind, diverges }: ProgramLine, colours: Paint): string {
  if (diverges) return colours.bad('diverges');
  return kind === 'call' ? colours.good('conforms') : '';
}

const verdictWidth = 'conforms'.length;

export interface ProgramOptions {
  readonly color?: boolean;
  /** For a program that was not judged: the answers alone. */
  readonly verdicts?: boolean;
}

/**
 * Returns a counterexample as a short readable program: what was done, what came back, and whether that
 * conforms. Ids are symbolic, and what every call shares is said once. Lines have at most 100 columns.
 */
export function programText(program: readonly ProgramLine[], options: ProgramOptions = {}): string[] {
  const { color = false } = options;
  const shared = sharedBy(program);
  const said = legend(shared, program).map((line) => indent + paint(color).faint(line));
  const first = program.findIndex(({ client }) => client !== undefined);
  if (first < 0) return [...said, ...inOrder(program, shared, options)];
  const last = program.findLastIndex(({ client }) => client !== undefined);
  const { strong } = paint(color);
  const after = program.slice(last + 1);
  return [
    ...said,
    ...inOrder(program.slice(0, first), shared, options),
    `  ${strong('Then at once:')}`,
    ...lanesText(program.slice(first, last + 1), (line) => shortCall(line, shared), { color, indent }),
    ...(after.length === 0 ? [] : [`  ${strong('Afterwards:')}`, ...inOrder(after, shared, options)]),
  ];
}

/** A line of a program for those that lay it out themselves. */
export interface ShownLine {
  /** What the result is called, or nothing. */
  readonly name: string;
  /** The whole call. */
  readonly call: string;
  /** The call in a few words. */
  readonly short: string;
  readonly line: ProgramLine;
}

/** Returns a program line by line, with symbolic ids, and what every call shares said once. */
export function shownProgram(program: readonly ProgramLine[]): {
  readonly legend: string;
  readonly lines: readonly ShownLine[];
} {
  const shared = sharedBy(program);
  return {
    legend: legend(shared, program).join(' '),
    lines: program.map((line) => ({
      name: line.as === undefined ? '' : show(line.as),
      call: callLines(line, shared, Infinity, Infinity)[0],
      short: line.kind === 'call' ? shortCall(line, shared) : callLines(line, shared, Infinity, Infinity)[0],
      line,
    })),
  };
}

/** A call in a few words, as `Connect(ri1)`: what it does is clear from the program around it. */
function shortCall(line: ProgramLine, shared: Shared): string {
  const { operation = '', as } = line;
  const name = operation.replace(/RouterInterfaces?/, '');
  const words = argumentsOf(line, operation === create ? { ...shared, ...line.args } : shared);
  const made = operation === create ? [line.args?.['Role'] ?? '', show(line.args?.['RouterId'] ?? '')] : [];
  return `${as === undefined ? '' : `${show(as)} = `}${name}(${[...made, ...words].join(', ')})`;
}

/** Returns commands of one client, each with its answer beside it. */
function inOrder(
  program: readonly ProgramLine[],
  shared: Shared,
  { color = false, verdicts = true }: ProgramOptions,
): string[] {
  const colours = paint(color);
  const names = program.map(({ as }) => (as === undefined ? '' : `${clip(show(as), 12)} = `));
  const nameWidth = Math.max(0, ...names.map(columns));
  const answerWidth = Math.min(
    40,
    Math.max(3, ...program.map(({ answer = '' }) => columns(clip(answer, 40)))),
  );
  const fullWidth = reportWidth - indent.length - nameWidth;
  const textWidth = fullWidth - answerWidth - verdictWidth - 4;
  const lines: string[] = [];
  const under = ' '.repeat(indent.length + nameWidth + 4);
  for (const [index, line] of program.entries()) {
    const [first, ...more] = callLines(
      line,
      shared,
      line.answer === undefined && !line.diverges ? fullWidth : textWidth,
      reportWidth - under.length,
    );
    const answer = pad(clip(line.answer ?? '', answerWidth), answerWidth);
    const verdict = verdicts ? verdictOf(line, colours) : '';
    const left = `${indent}${' '.repeat(nameWidth - columns(names[index] ?? ''))}${names[index] ?? ''}`;
    lines.push(`${left}${pad(first, textWidth)}  ${answer}  ${verdict}`.trimEnd());
    for (const each of more) lines.push(under + each);
  }
  return lines;
}
