import type { ComparisonRecord, DifferenceRecord, SideRecord } from './comparison-record.ts';
import { counted, field } from './layout.ts';
import { paint } from './paint.ts';
import { programText } from './program.ts';
import { clip } from './safe-text.ts';

function side(label: string, { observed, verdict, rules }: SideRecord): string[] {
  const said = rules.length === 0 ? verdict : `${verdict} (${rules.join(', ')})`;
  return field(label, `${observed}: ${said}`, 2, 4);
}

function difference(each: DifferenceRecord, color: boolean): string[] {
  const { bad, doubtful, good } = paint(color);
  const tint = { divergence: bad, choice: doubtful, permitted: good }[each.severity];
  const program = each.program.map(({ other, answer = '', ...line }) => ({
    ...line,
    ...(other === undefined ? {} : { answer: answer === other ? answer : `${answer} | ${other}` }),
  }));
  return [
    '',
    `${tint(each.severity.toUpperCase())}  ${clip(each.id, 60)}`,
    ...field('', `${each.operation}: ${each.kind}, seen in ${counted(each.occurrences, 'sequence')}`, 2, 0),
    ...(each.reason === undefined ? [] : field('', each.reason, 2, 0)),
    ...side('A', each.a),
    ...side('B', each.b),
    // The others are as long as they were found, and nobody waits for them.
    ...(each.severity === 'permitted' && !each.shortened
      ? []
      : [
          `  Program, with the answers of A | B${each.shortened ? '' : ' (not made shorter)'}:`,
          ...programText(program, { color, verdicts: false }),
        ]),
  ];
}

/** Returns what a comparison found, for people: a summary, then one paragraph per difference. */
export function renderComparison(record: ComparisonRecord, { color }: { readonly color: boolean }): string {
  const { good, bad, doubtful } = paint(color);
  const tint = { same: good, different: bad, inconclusive: doubtful }[record.verdict];
  const { counts, a, b, differences } = record;
  const of = (severity: DifferenceRecord['severity']): number =>
    differences.filter((each) => each.severity === severity).length;
  const lines = [
    `${tint(record.verdict.toUpperCase())}  ${counted(differences.length, 'difference')}`,
    ...field('A', `${a.name}: ${counted(a.divergences, 'divergence')} from the model`),
    ...field('B', `${b.name}: ${counted(b.divergences, 'divergence')} from the model`),
    ...field(
      'compared',
      `${counted(counts.sequences, 'sequence')}, ${counted(counts.commands, 'command')} in ${counts.seconds.toFixed(1)} s`,
    ),
    ...field('seed', String(record.seed)),
    ...(record.ended === undefined ? [] : field('ended', record.ended)),
    ...record.notes.flatMap((note) => field('note', note)),
    ...differences.flatMap((each) => difference(each, color)),
    '',
    `${of('divergence')} that the model does not permit, ${of('choice')} of choice, ${of('permitted')} permitted.`,
  ];
  return `${lines.join('\n')}\n`;
}
