import { given } from '../given.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';
import { type Attempt, shrink, type ShrinkContext, type Shrunk } from './shrink.ts';

/** A sequence in which a finding was met, at this step. */
export interface Met {
  readonly sequence: Sequence;
  readonly step: number;
  readonly trace?: Trace;
}

/** Shrinks the first of several sequences that shows the finding again when it runs alone. */
export async function shrinkFirst(
  [first, ...others]: readonly [Met, ...Met[]],
  wanted: Finding,
  budget: number,
  run: (candidate: Sequence) => Promise<Attempt>,
  context: Omit<ShrinkContext, 'trace'> = {},
): Promise<Shrunk> {
  const one = ({ sequence, step, trace }: Met): Promise<Shrunk> =>
    shrink(sequence, step, wanted, budget, run, { ...context, ...given({ trace }) });
  const short = await one(first);
  let { cost } = short;
  // What was inherited from an earlier sequence may be brought about by the rest of this one.
  const whole = [first, ...others].map(({ sequence }) => ({ sequence, step: sequence.commands.length - 1 }));
  for (const met of short.reproduced ? [] : [...others, ...whole]) {
    if (context.hurry?.() === true && whole.includes(met)) break;
    const other = await one(met);
    cost += other.cost;
    if (other.reproduced) return { ...other, cost };
  }
  return { ...short, cost };
}
