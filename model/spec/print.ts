/** The rules as text and as JSON, for `ri-conformance rules`. */
import { judgedOperations } from '../vocabulary.ts';
import { facts } from './facts.ts';
import { operationNames } from './names.ts';
import { ruleById } from './rules.ts';
import type { NotModelled, Refusal, Rule } from './schema.ts';

export interface RuleFilter {
  /** Ids (`R37`) or keys (`connect-initiator`). */
  readonly rules?: readonly string[];
  /** The name of an operation, or `gateway`. */
  readonly operation?: string;
}

const width = 100;
const label = 12;

/** For people, at most 100 columns wide. Throws when the filter names a rule or operation that does not exist. */
export function rulesAsText(filter: RuleFilter = {}): string {
  return `${select(filter).map(asText).join('\n\n')}\n`;
}

/** For programs: `{ editions, rules }`, every rule with `modelled` and, if it is not, why. */
export function rulesAsJson(filter: RuleFilter = {}): string {
  const rules = select(filter).map((rule) => {
    const gap = gapOf(rule);
    return Object.assign(
      {},
      rule,
      gap === undefined ? { modelled: true } : { modelled: false, notModelled: gap },
    );
  });
  return `${JSON.stringify({ editions: facts.editions, rules }, null, 2)}\n`;
}

function select(filter: RuleFilter): readonly Rule[] {
  const { operation } = filter;
  if (operation !== undefined && !(operationNames as readonly string[]).includes(operation)) {
    throw new Error(`unknown operation ${JSON.stringify(operation)}; there are ${operationNames.join(', ')}`);
  }
  const named =
    filter.rules === undefined ? facts.rules : [...new Set(filter.rules.map((id) => ruleById(id)))];
  return named.filter(
    (rule) => operation === undefined || rule.operations.some((name) => name === operation),
  );
}

function gapOf(rule: Rule): NotModelled | undefined {
  return facts.notModelled.find((entry) => entry.rule === rule.id);
}

function asText(rule: Rule): string {
  const gap = gapOf(rule);
  const known = rule.codeKnown ? '' : ', code not documented';
  return [
    `${`${rule.id}  ${rule.key}`.padEnd(width - rule.certainty.length - 2)}  ${rule.certainty}`,
    ...wrap(rule.statement, '  ', width),
    ...field('operations', operationList(rule.operations)),
    ...field('editions', rule.editions.join(', ') || 'none'),
    ...field('sources', rule.sources.join('; ')),
    ...(rule.needs === 'api' ? [] : field('needs', rule.needs)),
    ...(rule.note === undefined ? [] : field('note', rule.note)),
    ...(rule.see.length === 0 ? [] : field('see', rule.see.join(', '))),
    ...field('modelled', gap === undefined ? 'yes' : `no, ${gap.kind}: ${gap.reason}`),
    ...field(
      'refusals',
      rule.refusals.length === 0 ? `none listed${known}` : `${rule.refusals.length}${known}`,
    ),
    ...grouped(rule.refusals).flatMap(refusalLines),
  ].join('\n');
}

/** Refusals that differ in the operation only are printed once. */
function grouped(refusals: readonly Refusal[]): [Refusal, Refusal['operation'][]][] {
  const groups = new Map<string, [Refusal, Refusal['operation'][]]>();
  for (const refusal of refusals) {
    const { operation, ...rest } = refusal;
    const key = JSON.stringify(rest);
    const group = groups.get(key) ?? [refusal, []];
    group[1].push(operation);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function refusalLines([refusal, operations]: [Refusal, Refusal['operation'][]]): string[] {
  const code = `${refusal.http ?? '???'} ${refusal.code}${refusal.match === 'prefix' ? '…' : ''}`;
  return [
    ...wrap(`${code} (${refusal.basis})`, '    ', width),
    ...wrap(messageText(refusal), '      ', width),
    ...wrap(`${operationList(operations)}: ${refusal.when}`, '      ', width),
    ...wrap(refusal.editions.join(', '), '      ', width),
  ];
}

function messageText({ message, messageBasis }: Refusal): string {
  if (message === null) return 'message not known';
  if (messageBasis === 'none') return `message not known, printed as "${message}"`;
  return `"${message}${messageBasis === 'cut' ? '…' : ''}"`;
}

function operationList(names: readonly string[]): string {
  const all =
    names.length === judgedOperations.length && judgedOperations.every((name) => names.includes(name));
  return all ? 'all nine' : names.join(', ');
}

function field(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(text, ' '.repeat(label + 2), width);
  return [`  ${name.padEnd(label)}${first.trimStart()}`, ...rest];
}

/** Breaks at blanks; a word longer than a line stays whole, since codes must remain copyable. */
function wrap(text: string, indent: string, columns: number): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const longer = line === indent ? indent + word : `${line} ${word}`;
    if (longer.length <= columns || line === indent) line = longer;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}
