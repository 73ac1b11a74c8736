import type { ProgramLine, RuleResult } from '../../reports/record.ts';
import type { Sighting } from '../oracle/sightings.ts';
import { programLine } from '../program-line.ts';

/** The shortest program that a sighting has: what was called, by symbolic names, and what was answered. */
export function witnessOf({
  trace,
  step,
  sequence,
}: Readonly<Sighting>): Pick<RuleResult, 'witness' | 'witnessSequence'> {
  if (trace === undefined) return {};
  const witness = trace.steps.slice(0, step + 1).map((each): ProgramLine => {
    const { sent: _, ...line } = programLine(each, false);
    return line;
  });
  return { witness, witnessSequence: sequence };
}
