import { ambiguityById } from '../../model/spec/ambiguities.ts';
import { ruleById } from '../../model/spec/rules.ts';
import type { DivergenceRecord } from '../../reports/record.ts';
import { bothOrLate, type Evidence } from './evidence.ts';

/**
 * Choices that a target makes once and for all, with the rules they concern. Others may well depend on
 * details that the model does not tell apart, so differing answers prove nothing there.
 */
const steady: Readonly<Record<string, readonly string[]>> = {
  A7: ['R54'],
  A8: ['R60'],
  A11: ['R72'],
  'A25 R84': ['R84'],
};

/** A target that behaves one way now and another way later, where it may behave either way. */
export function inconsistencies(evidence: Evidence): DivergenceRecord[] {
  return [...evidence.choices].flatMap(([id, values]) => {
    const [ambiguity = ''] = id.split(' ');
    const rules = steady[id];
    // What may have been either of two contradicts neither.
    const told = [...values.keys()].filter((value) => value !== bothOrLate || values.has('one'));
    if (rules === undefined || told.length < 2) return [];
    const observed = [...values].map(([value, count]) => `${value} (${count} times)`).join(', ');
    return [
      {
        id: `inconsistent-${ambiguity.toLowerCase()}`,
        rules,
        operation: ambiguityById(ambiguity).topic,
        kind: 'inconsistent',
        expected: 'always one of the ways the documents leave open',
        observed,
        occurrences: Math.min(...values.values()),
        counterexample: [],
        reproduced: true,
        sources: rules.map((rule) => {
          const { statement, certainty, sources } = ruleById(rule);
          return { rule, statement, certainty, sources };
        }),
      },
    ];
  });
}
