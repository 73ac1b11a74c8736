import { ambiguities } from '../../model/spec/ambiguities.ts';
import { readingsOfChoices } from '../../model/spec/readings.ts';
import { ruleById } from '../../model/spec/rules.ts';
import type { ChoiceResult } from '../../reports/record.ts';
import type { Evidence } from '../oracle/evidence.ts';

const known = new Map<string, (typeof ambiguities)[number]>(ambiguities.map((each) => [each.id, each]));

/** What the target did where the documents leave it open, in the order of the ambiguities. */
export function choicesOf({ choices }: Pick<Evidence, 'choices'>): ChoiceResult[] {
  return [...choices]
    .map(([id, values]) => {
      const ambiguity = known.get(id.split(' ')[0] ?? '');
      const readings = readingsOf(id);
      return {
        id,
        topic: id === 'reads' ? 'Reads may show what was true a moment ago' : (ambiguity?.topic ?? id),
        ...(ambiguity === undefined ? {} : { text: ambiguity.text }),
        observed: [...values]
          .map(([value, count]) => ({ value, count }))
          .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
        ...(readings.length === 0 ? {} : { readings }),
      };
    })
    .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** A choice about a rule is whether it is enforced: the rule speaks for it, what makes it doubtful against it. */
function readingsOf(id: string): NonNullable<ChoiceResult['readings']> {
  const [ambiguity = '', rules] = id.split(' ');
  if (rules === undefined) return readingsOfChoices[ambiguity] ?? [];
  const stated = [...new Set(rules.split('/').flatMap((rule) => ruleById(rule).sources))];
  const doubtful = known.get(ambiguity)?.sources ?? [];
  // A token that is used again may be answered as before, be refused, or be forgotten by then.
  const others = ambiguity === 'A16' ? ['refused', 'accepted'] : ['accepted'];
  return [
    { value: ambiguity === 'A16' ? 'answered again' : 'refused', sources: stated },
    ...others.map((value) => ({ value, sources: doubtful })),
  ];
}
