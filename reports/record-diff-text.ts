import { counted, field } from './layout.ts';
import { paint } from './paint.ts';
import { type DiffedDivergence, isWorse, type RecordDiff } from './record-diff.ts';
import { clip } from './safe-text.ts';

function lines(
  { id, rules, operation, observed, expected }: DiffedDivergence,
  tint: (text: string) => string,
) {
  return [
    `  ${tint(clip(rules.slice(0, 6).join(' ') || 'no single rule', 30))}  ${clip(id, 60)}`,
    ...field('', `${operation}: ${observed}, instead of ${expected}`, 4, 0, 3),
  ];
}

/** Returns the comparison of two records for a terminal: what is worse first. */
export function renderRecordDiff(diff: RecordDiff, { color = false } = {}): string {
  const { good, bad, doubtful, strong } = paint(color);
  const { appeared, fixed, changed, notSeen, remaining, noLongerExercised, newlyExercised, caveats } = diff;
  const section = (title: string, body: readonly string[]): string[] =>
    body.length === 0 ? [] : ['', strong(title), ...body];
  const figures = [
    `${appeared.length} new`,
    `${changed.length} changed`,
    `${fixed.length} fixed`,
    `${notSeen.length} not seen again`,
    `${remaining.length} as before`,
  ];
  const text = [
    `${isWorse(diff) ? bad('WORSE') : good('NOT WORSE')}  ${clip(diff.new.target, 80)}`,
    ...field('found', figures.join(', ')),
    ...field(
      'old',
      `${counted(diff.old.divergences, 'divergence')}, seed ${diff.old.seed}, edition ${diff.old.edition}`,
    ),
    ...field(
      'new',
      `${counted(diff.new.divergences, 'divergence')}, seed ${diff.new.seed}, edition ${diff.new.edition}`,
    ),
    ...caveats.flatMap((each) => field('mind', each)),
    ...section(
      'New',
      appeared.flatMap((each) => lines(each, bad)),
    ),
    ...section(
      'Changed: diverges still, but not as before',
      changed.flatMap(({ before, after }) => [
        ...lines(after, bad),
        ...field('', `before, ${before.id}: ${before.observed}`, 4, 0, 3),
      ]),
    ),
    ...section(
      'Fixed',
      fixed.flatMap((each) => lines(each, good)),
    ),
    ...section(
      'Not seen again, and nothing shows that it conforms',
      notSeen.flatMap((each) => lines(each, doubtful)),
    ),
    ...section(
      'As before',
      remaining.flatMap((each) => lines(each, doubtful)),
    ),
    ...section(
      'Rules that are no longer exercised',
      noLongerExercised.flatMap(({ rule, statement, now }) => field(rule, `${statement} (${now})`, 2, 6, 2)),
    ),
    ...section(
      'Rules that are exercised for the first time',
      newlyExercised.length === 0 ? [] : field('', newlyExercised.join(', '), 2, 0),
    ),
  ];
  return `${text.join('\n')}\n`;
}
