import type { Tables, TransitionRow } from '../../model/compile.ts';
import type { ChartRecord } from '../../reports/record.ts';
import { given } from '../given.ts';

/** The lifecycle chart as reports draw it, without guards. */
export function chartOf({ states, rows }: Tables): ChartRecord {
  return {
    states: states.map(({ name, label, transitional }) => ({
      name,
      label: label ?? 'none',
      ...(transitional === true ? { transitional } : {}),
    })),
    transitions: rows.map((row) => {
      const to = states.find(({ bit }) => bit === row.to)?.name;
      return {
        id: row.id,
        from: row.id.slice(0, row.id.indexOf(':')),
        ...given({ to }),
        label: labelOf(row),
        kind: row.kind,
        rules: row.rules,
      };
    }),
  };
}

/** The event, in the chart's own words, with what the reading of the documents must be for it. */
function labelOf({ id, choice, only }: TransitionRow): string {
  const event = id.slice(id.indexOf(':') + 2).split(' ')[0] ?? '';
  const reading = choice === undefined ? '' : ` (${choice.id}: ${choice.value})`;
  return `${event}${reading}${only === undefined ? '' : ` although ${only}`}`;
}
