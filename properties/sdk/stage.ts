import type { CallerView } from '../../adapters/client.ts';
import type { Bench, OpenBench } from '../../adapters/faults/bench.ts';
import type { Attempt } from '../../adapters/faults/fault-proxy.ts';
import type { FaultPlan } from '../../adapters/faults/fault.ts';
import type { CallCommand, Command } from '../../model/vocabulary.ts';
import { textOf } from '../../model/text.ts';
import { ManualClock } from '../run/clock.ts';
import { SetupError } from '../run/errors.ts';
import { type Bindings, execute, type Stage } from '../run/execute.ts';
import { interfacesOn } from '../run/list.ts';
import { VpcMaker } from '../run/vpcs.ts';
import { region } from './situations.ts';

const times = { settleMs: 60_000, staleMs: 1000, pollMs: [2, 250] } as const;
const routers = 2;
const noFault: FaultPlan = () => undefined;

/** Opens a bench, and closes it when `work` is done, whatever came of it. */
export async function withBench<T>(openBench: OpenBench, work: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = await openBench();
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}

/** Empties the target and makes two routers. */
async function emptyStage({ target }: Bench): Promise<Stage> {
  const { control } = target;
  if (control === undefined)
    throw new SetupError(`${target.name} has no control hooks, which setting a scene needs.`);
  await control.reset();
  const clock = new ManualClock(control, times);
  const made = await new VpcMaker(region, times, undefined).make(routers, routers, { target, clock });
  return {
    target,
    clock,
    environment: {
      edition: 'any',
      regionId: region,
      regions: [region],
      routers: made,
      limits: { perRouter: 5, perAccount: null },
      bounds: { settleMs: times.settleMs, staleMs: times.staleMs },
      readsLag: false,
    },
  };
}

/** A target in a known situation. */
export interface Situation {
  readonly bindings: Bindings;
  /** How many interfaces there are on the routers. */
  interfaces(): Promise<number>;
  /** Deletes every interface. */
  clear(): Promise<void>;
}

/**
 * Empties the target and brings about a situation through it, past proxy and client. Throws `SetupError` when
 * one of the commands is refused: then it is not the situation that was asked for.
 */
export async function bringAbout(bench: Bench, commands: readonly Command[]): Promise<Situation> {
  const stage = await emptyStage(bench);
  const { trace, bindings } = await execute(stage, commands);
  const failed = trace.steps.find(
    ({ observation }) =>
      observation !== undefined && !(observation.kind === 'answer' && observation.status === 200),
  );
  if (failed !== undefined) {
    const { command, observation } = failed;
    const what = command.kind === 'call' ? command.operation : command.kind;
    const seen =
      observation?.kind === 'answer'
        ? `${observation.status} ${textOf(observation.body?.['Code'])}`
        : observation?.kind;
    throw new SetupError(`A scene could not be set: ${what} came to ${seen}.`);
  }
  const ids = stage.environment.routers.map(({ id }) => id);
  const found = async (): Promise<readonly { readonly id: string }[]> => {
    const list = await interfacesOn(bench.target, region, ids);
    if (list === undefined) throw new SetupError(`${bench.target.name} does not list its interfaces.`);
    return list;
  };
  return {
    bindings,
    interfaces: async () => (await found()).length,
    async clear() {
      for (const { id } of await found()) {
        await bench.target.call('DeleteRouterInterface', { RegionId: region, RouterInterfaceId: id });
      }
      await bench.target.control?.advance(times.settleMs);
    },
  };
}

/** Returns the parameters of a command with its names replaced by ids. */
export function paramsOf({ args }: CallCommand, bindings: Bindings): Record<string, string> {
  return Object.fromEntries(Object.entries(args).map(([name, arg]) => [name, bindings.resolve(arg)]));
}

/** Whether a call came to nothing that a program could go on from. */
export function isLost({ kind }: CallerView): boolean {
  return kind === 'hung' || kind === 'died' || kind === 'gone';
}

/** A client that is lost so often without a result in between is not asked again: each time takes its time. */
const mostLost = 5;
const lostInARow = new WeakMap<Bench, number>();
const notAsked: CallerView = { kind: 'gone', how: `lost ${mostLost} times in a row, not asked again` };

/**
 * Has the client perform a call under a plan of faults. A client that hangs or died is replaced afterwards,
 * and given up on this bench when that becomes a habit.
 */
export async function perform(
  bench: Bench,
  operation: string,
  params: Readonly<Record<string, string>>,
  plan: FaultPlan = noFault,
): Promise<{ view: CallerView; attempts: readonly Attempt[] }> {
  const lost = lostInARow.get(bench) ?? 0;
  if (lost >= mostLost) return { view: notAsked, attempts: [] };
  bench.proxy.inject(plan);
  const view = await bench.client.call(operation, params);
  const attempts = [...bench.proxy.attempts];
  const problem = attempts.find((attempt) => attempt.problem !== undefined)?.problem;
  if (problem !== undefined) throw new SetupError(`The proxy could not reach the target: ${problem}.`);
  lostInARow.set(bench, isLost(view) ? lost + 1 : 0);
  if (isLost(view)) await bench.renewClient();
  return { view, attempts };
}
