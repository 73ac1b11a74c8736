import type { BehaviourDifference, BehaviourRecord, Fact, Facts, Section } from './behaviour.ts';
import { sectionTitles, severities } from './behaviour.ts';
import { counted, field } from './layout.ts';
import { paint, type Paint } from './paint.ts';
import { clip, pad } from './safe-text.ts';

export interface BehaviourTextOptions {
  readonly color?: boolean;
}

const same = 'as on the wire';

function listOf(fact: Fact | undefined): readonly string[] {
  if (typeof fact === 'object') return fact;
  return fact === undefined || fact === same ? [] : [String(fact)];
}

/** Which parts of a refusal reached the caller. */
function told(facts: Facts): string {
  const parts = (['code', 'status', 'requestId'] as const).flatMap((name) => {
    const fact = facts[name];
    const word = name === 'requestId' ? 'request id' : name;
    if (fact === undefined || fact === 'absent') return [];
    return fact === same ? [word] : [`${word} ${JSON.stringify(fact)}`];
  });
  return parts.length > 0 ? parts.join(', ') : (facts['failure']?.toString() ?? 'nothing of the answer');
}

/** What a caller saw, in a few words. */
export function seenText(facts: Facts): string {
  switch (facts['outcome']) {
    case 'returned': {
      const changes = listOf(facts['body']);
      return changes.length === 0 ? 'the answer' : `the answer, but ${changes.join('; ')}`;
    }
    case 'threw': {
      const notError = facts['isError'] === false ? ' (not an Error)' : '';
      return `${String(facts['class'])}${notError}: ${told(facts)}`;
    }
    default: {
      const how = facts['how'];
      return `${String(facts['outcome'] ?? '')}${how === undefined ? '' : `: ${String(how)}`}`;
    }
  }
}

function row(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => {
      const width = widths[index];
      return width === undefined ? cell : pad(clip(cell, width - 1), width);
    })
    .join('')
    .trimEnd();
}

const faultWidths = [34, 6, 5, 8, 47] as const;

/** What tells whether a repeated create made one interface or two. */
function inTheEnd(create: Facts): string {
  return String(create['againInterfaces'] ?? create['interfaces'] ?? '');
}

function faultTable(section: Section, { bad, faint }: Paint): string[] {
  const names = [...new Set(Object.keys(section).map((id) => id.replace(/ \/ (?:create|list)$/, '')))];
  return [
    faint(row(['  create with a ClientToken', 'tries', 'made', 'at last', 'its caller sees'], faultWidths)),
    ...names.flatMap((name) => {
      const create = section[`${name} / create`] ?? {};
      const list = section[`${name} / list`] ?? {};
      const cells = [
        `  ${name}`,
        String(create['attempts']),
        String(create['interfaces']),
        inTheEnd(create),
        seenText(create),
      ];
      const wrong = Number(inTheEnd(create)) !== 1 || /^(?:hung|died|gone)/.test(seenText(create));
      const [text, told] = [row(cells, faultWidths), seenText(list)];
      const alike = told === seenText(create) && list['attempts'] === create['attempts'];
      const also = alike
        ? []
        : [faint(row(['    list', String(list['attempts']), '', '', told], faultWidths))];
      return [wrong ? bad(text) : text, ...also];
    }),
  ];
}

/** Cases that look alike are one line. */
function grouped(section: Section, say: (facts: Facts) => string, { faint }: Paint): string[] {
  const groups = new Map<string, string[]>();
  for (const [id, facts] of Object.entries(section)) {
    const text = say(facts);
    groups.set(text, [...(groups.get(text) ?? []), id]);
  }
  return [...groups]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([text, ids]) => [
      ...field(`×${ids.length}`, text, 2, 6, 3),
      ...field('', ids.join(', '), 2, 6, 2).map(faint),
    ]);
}

function answerText(facts: Facts): string {
  const sent = listOf(facts['parameters']).filter((each) => each !== 'as given');
  const text =
    facts['attempts'] === 1
      ? seenText(facts)
      : `${seenText(facts)}, after ${String(facts['attempts'])} tries`;
  return sent.length === 0 ? text : `${text}; sent otherwise than given: ${sent.join(', ')}`;
}

function errorText(facts: Facts): string {
  const message = facts['outcome'] === 'threw' ? `, message "${String(facts['message'])}"` : '';
  const leaks = listOf(facts['leaks']);
  const leaked = leaks.length === 0 ? '' : `, with ${leaks.join(' and ')} in it`;
  return `${answerText(facts)}${message}${leaked}`;
}

function storm(section: Section): string[] {
  return Object.entries(section).flatMap(([id, facts]) =>
    field(
      id,
      Object.entries(facts)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', '),
      2,
      10,
    ),
  );
}

function missing({ notProvoked }: BehaviourRecord): string[] {
  const byReason = new Map<string, string[]>();
  for (const { operation, code, reason } of notProvoked) {
    const known = byReason.get(reason) ?? [];
    byReason.set(reason, [...known, `${operation} ${code}`]);
  }
  return [...byReason].flatMap(([reason, names]) => field('', `${names.join(', ')}: ${reason}`, 2, 0, 4));
}

/** Returns what a client's caller sees as tables for people. Ends with a line break. */
export function behaviourText(record: BehaviourRecord, options: BehaviourTextOptions = {}): string {
  const colours = paint(options.color ?? false);
  const { strong } = colours;
  const { client, settings, wire, sections } = record;
  const asked = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  const lines = [
    ...field('', `${client.name}  ${client.version}`, 0, 0).map(strong),
    ...field(
      'on the wire',
      Object.entries(wire)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', '),
      2,
      14,
    ),
    ...field('settings', asked.join(', '), 2, 14),
    '',
    strong(sectionTitles.faults),
    ...field(
      '',
      'tries: requests for one call; made: interfaces after it; at last: after the caller, when left without an id, repeated it with the same token',
      2,
      0,
    ).map(colours.faint),
    ...faultTable(sections.faults, colours),
    '',
    strong(sectionTitles.storm),
    ...storm(sections.storm),
    '',
    strong(sectionTitles.answers),
    ...grouped(sections.answers, answerText, colours),
    '',
    strong(sectionTitles.errors),
    ...grouped(sections.errors, errorText, colours),
    '',
    strong(sectionTitles.shapes),
    ...Object.entries(sections.shapes).flatMap(([name, facts]) => field(name, answerText(facts), 2, 42, 3)),
    '',
    strong(`Not provoked: ${counted(record.notProvoked.length, 'documented error')}`),
    ...missing(record),
  ];
  return `${lines.join('\n')}\n`;
}

/** Returns the differences between two records for people, the gravest first. Ends with a line break. */
export function differencesText(
  before: BehaviourRecord,
  after: BehaviourRecord,
  differences: readonly BehaviourDifference[],
  options: BehaviourTextOptions = {},
): string {
  const { bad, doubtful, faint, good, strong } = paint(options.color ?? false);
  const tint = { breaking: bad, notable: doubtful, minor: faint };
  const name = ({ client }: BehaviourRecord): string => `${client.name} ${client.version}`;
  const counts = severities
    .map((severity) => ({ severity, count: differences.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => tint[severity](`${count} ${severity}`));
  const lines = [
    ...field('', `Compared with ${name(before)}`, 0, 0).map(strong),
    `  ${counts.length === 0 ? good('no differences') : counts.join(', ')}`,
    ...differences.flatMap(({ severity, section, fact, before: one, after: other, cases }) => [
      ...field(severity, `${section}, ${fact}: ${one} -> ${other}`, 2, 10, 4).map((line, index) =>
        index === 0 ? line.replace(severity, tint[severity](severity)) : line,
      ),
      ...(cases.length === 0
        ? []
        : field('', `${counted(cases.length, 'case')}: ${cases.join(', ')}`, 2, 10, 3).map(faint)),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
