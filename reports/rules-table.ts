import { counted, field, inColumns } from './layout.ts';
import { paint } from './paint.ts';
import type { RuleResult, RuleVerdict } from './record.ts';

/** The order is that of interest to the reader. */
const verdicts: readonly RuleVerdict[] = [
  'diverges',
  'contested',
  'not testable',
  'not exercised',
  'conforms',
];

/** Returns `88 conform, 1 diverges, …`, leaving out what does not occur. */
export function rulesLine(rules: readonly RuleResult[]): string {
  const count = (verdict: RuleVerdict): number => rules.filter((rule) => rule.verdict === verdict).length;
  const said: [RuleVerdict, (many: number) => string][] = [
    ['conforms', (many) => (many === 1 ? 'conforms' : 'conform')],
    ['diverges', (many) => (many === 1 ? 'diverges' : 'diverge')],
    ['contested', () => 'contested'],
    ['not exercised', () => 'not exercised'],
    ['not testable', () => 'not testable here'],
  ];
  const parts = said
    .map(([verdict, words]) => [count(verdict), words] as const)
    .filter(([many]) => many > 0)
    .map(([many, words]) => `${many} ${words(many)}`);
  return `${counted(rules.length, 'rule')}: ${parts.join(', ') || 'none'}`;
}

/**
 * Returns the rules as lines, by verdict. Each that does not simply conform has its sentence and what was
 * seen; the others are listed with how many judged steps rested on them. Where `onlyProtocol` was put to the test,
 * rules of which it shows nothing are counted and not listed.
 */
export function rulesTable(
  rules: readonly RuleResult[],
  { color = false, onlyProtocol = false } = {},
): string[] {
  const colours = paint(color);
  const lines: string[] = [];
  for (const verdict of verdicts) {
    const these = rules.filter((rule) => rule.verdict === verdict);
    if (these.length === 0) continue;
    const tint =
      verdict === 'conforms' ? colours.good : verdict === 'diverges' ? colours.bad : colours.doubtful;
    const unasked = onlyProtocol && (verdict === 'not exercised' || verdict === 'not testable');
    const seeBelow = unasked
      ? ': only the protocol was put to the test'
      : verdict === 'not testable'
        ? ', see below'
        : '';
    lines.push(`  ${tint(verdict)} (${these.length})${seeBelow}`);
    // The reasons are shared, and have a section of their own.
    if (unasked || verdict === 'not testable') continue;
    const rows =
      verdict === 'conforms'
        ? inColumns(these.map(({ id, exercised }) => `${id} ×${exercised}`))
        : these.flatMap((rule) => ruleRow(rule));
    lines.push(...rows);
  }
  return lines;
}

function ruleRow({ id, statement, exercised, note }: RuleResult): string[] {
  const times = exercised === 0 ? '' : ` (×${exercised})`;
  return [
    ...field(id, `${statement}${times}`, 4, 6, 3),
    ...(note === undefined || note === '' ? [] : field('', `→ ${note}`, 4, 6, 3)),
  ];
}
