import type { Command } from '../../model/vocabulary.ts';
import type { Tables } from '../../model/compile.ts';
import { Plan } from '../generate/plan.ts';
import { findingsOf } from '../oracle/judge-steps.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import type { Trace } from '../trace.ts';
import type { Alone } from './alone.ts';
import { isAlike, isSame } from './same.ts';

/** An earlier divergence that explains another one, and a sequence that shows it. */
export interface RootCause {
  readonly finding: Finding;
  readonly step: number;
  readonly sequence: Sequence;
  /** The other one shows after it in a like way: it is explained only if that is known otherwise. */
  readonly stillShows: boolean;
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
  tables: Tables = defaultTables(),
): Promise<RootCause | undefined> {
  for (const looks of [listLooks, singleLooks]) {
    const looked: Sequence = { ...sequence, commands: withLooks(sequence, looks) };
    const { findings: told, trace } = await run.attempt(looked);
    // That the looks might be a moment old does not make it the consequence of anything.
    const findings = trace === undefined ? told : findingsOf(tables, withoutLag(trace));
    // Where the look itself is refused nothing was seen: another kind of look may do.
    const seen = findings.filter((each) => !isRefusedLook(each.finding));
    const [first] = seen;
    if (first !== undefined && !seen.some((each) => isSame(each.finding, finding))) {
      // With other rules under suspicion it may stand on its own all the same.
      const stillShows =
        !isAlike(first.finding, finding) && seen.some((each) => isAlike(each.finding, finding));
      return { finding: first.finding, step: first.step, sequence: looked, stillShows };
    }
    if (seen.length === findings.length || isRefusedLook(finding)) return undefined;
  }
  return undefined;
}

/** The trace of a target of which nobody knows that its reads lag, as if they could not. */
export function withoutLag(trace: Trace): Trace {
  const { environment } = trace;
  if (environment.readsLag) return trace;
  return { ...trace, environment: { ...environment, bounds: { ...environment.bounds, staleMs: 0 } } };
}

const isRefusedLook = ({ kind, operation }: Finding): boolean =>
  (kind === 'refused' || kind === 'code') && operation.startsWith('Describe');

/** What to look with after some commands of a program. */
type Looks = (before: readonly Command[], sequence: Sequence) => readonly Command[];

/** One look at everything on all routers. */
const listLooks: Looks = (_before, { commands, routers }) => [
  new Plan(routers, { region: regionOf(commands), otherRegion: '' }).look,
];

/** A look at each interface that was made by then. */
const singleLooks: Looks = (before, { commands }) =>
  before.flatMap((command): Command[] => {
    if (command.kind !== 'call' || command.operation !== 'CreateRouterInterface') return [];
    if (command.as === undefined) return [];
    const args = { RegionId: regionOf(commands), InstanceId: { ref: command.as } };
    return [{ kind: 'call', operation: 'DescribeRouterInterfaceAttribute', args }];
  });

function regionOf(commands: readonly Command[]): string {
  const regions = commands.map((each) => (each.kind === 'call' ? each.args['RegionId'] : undefined));
  return regions.find((each) => typeof each === 'string') ?? '';
}

function withLooks(sequence: Sequence, looks: Looks): readonly Command[] {
  const { commands } = sequence;
  return commands.flatMap((command, index) => {
    const changes = command.kind !== 'call' || !command.operation.startsWith('Describe');
    if (!changes || index === commands.length - 1) return [command];
    return [command, ...looks(commands.slice(0, index + 1), sequence)];
  });
}
