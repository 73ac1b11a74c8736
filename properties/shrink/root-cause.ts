import type { Command } from '../../model/vocabulary.ts';
import { Plan } from '../generate/plan.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import type { Alone } from './alone.ts';
import { isSame } from './same.ts';

/** An earlier divergence that explains another one, and a sequence that shows it. */
export interface RootCause {
  readonly finding: Finding;
  readonly step: number;
  readonly sequence: Sequence;
}

/**
 * Finds out whether a divergence is only the consequence of another one that nobody looked at.
 *
 * The sequence runs again with a look at everything after each change. If something else is then seen
 * to diverge first, and what is judged in the light of that conforms, the earlier one is the cause.
 * A divergence that shows all the same stands on its own.
 */
export async function rootCause(
  sequence: Sequence,
  finding: Finding,
  run: Pick<Alone, 'attempt'>,
): Promise<RootCause | undefined> {
  const looked: Sequence = { ...sequence, commands: withLooks(sequence) };
  const { findings } = await run.attempt(looked);
  const [first] = findings;
  if (first === undefined || findings.some((each) => isSame(each.finding, finding))) return undefined;
  return { finding: first.finding, step: first.step, sequence: looked };
}

function withLooks({ commands, routers }: Sequence): readonly Command[] {
  const region = commands
    .map((each) => (each.kind === 'call' ? each.args['RegionId'] : undefined))
    .find((each) => typeof each === 'string');
  const { look } = new Plan(routers, { region: region ?? '', otherRegion: '' });
  return commands.flatMap((command, index) => {
    const changes = command.kind !== 'call' || !command.operation.startsWith('Describe');
    return changes && index < commands.length - 1 ? [command, look] : [command];
  });
}
