import { environment } from '../../../model/testing/worlds.ts';
import type { CallCommand } from '../../../model/vocabulary.ts';
import type { Finding } from '../../oracle/verdict.ts';
import { commandsOf, type Race, type Sequence } from '../../sequence.ts';
import type { Trace } from '../../trace.ts';
import type { Attempt } from '../shrink.ts';

/** A connect of the interface of this name. */
export const connects = (name: string): CallCommand => ({
  kind: 'call',
  operation: 'ConnectRouterInterface',
  args: { RouterInterfaceId: { ref: name } },
});

/** The name of the interface that a command of `connects` is about. */
export function sends({ args: { RouterInterfaceId: about } }: CallCommand): string {
  return typeof about === 'object' ? about.ref : '';
}

/** A sequence whose race is this. */
export const sending = (
  before: readonly CallCommand[],
  race: Partial<Race>,
): Sequence & { readonly race: Race } => ({
  commands: before,
  routers: 2,
  exclusive: false,
  race: { pattern: 'any', lanes: [], after: [], jitter: 0, ...race },
});

/** How a runner that runs nothing goes about it. */
export interface Runs {
  readonly notRun?: (candidate: Sequence) => boolean;
  readonly onRun?: (cost: number) => void;
}

/** What was seen of nothing. */
export const noSteps: Trace = { traceVersion: 1, target: 'none', environment: environment(), steps: [] };

/** Runs on no target at all: what each candidate shows is said by `shown`. */
export function running(
  shown: (candidate: Sequence) => readonly Finding[],
  { notRun, onRun }: Runs = {},
): (candidate: Sequence) => Promise<Attempt> {
  return (candidate) => {
    if (notRun?.(candidate) === true) return Promise.resolve({ findings: [], cost: 1, notRun: true });
    const cost = commandsOf(candidate).length;
    onRun?.(cost);
    const findings = shown(candidate).map((finding) => ({ finding, step: 0 }));
    return Promise.resolve({ findings, cost, trace: noSteps });
  };
}
