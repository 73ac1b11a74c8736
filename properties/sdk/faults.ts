import type { Bench, OpenBench } from '../../adapters/faults/bench.ts';
import { always, type Fault, once } from '../../adapters/faults/fault.ts';
import type { CallerView } from '../../adapters/client.ts';
import type { Fact, Facts } from '../../reports/behaviour.ts';
import { call, create, createArgs, region } from './situations.ts';
import { bringAbout, paramsOf, perform, withBench } from './stage.ts';
import { viewFacts } from './view-facts.ts';

/** Whether the caller now has the id of an interface, and so no reason to try again. */
export function hasInterface(view: CallerView): boolean {
  if (view.kind !== 'returned' || typeof view.body !== 'object' || view.body === null) return false;
  const id: unknown = Reflect.get(view.body, 'RouterInterfaceId');
  return typeof id === 'string' && id !== '';
}

/**
 * A create with a ClientToken meets the fault once. A caller that is left without an id does what the token is
 * for: it repeats the request. Two interfaces in the end are one too many.
 */
async function faultedCreate(bench: Bench, fault: Fault): Promise<Facts> {
  const situation = await bringAbout(bench, []);
  const command = call('CreateRouterInterface', createArgs(1, { ClientToken: 'token-of-the-caller' }));
  const params = paramsOf(command, situation.bindings);
  const { view, attempts } = await perform(bench, command.operation, params, once(fault));
  const facts: Record<string, Fact> = {
    ...viewFacts(view, attempts),
    attempts: attempts.length,
    interfaces: await situation.interfaces(),
  };
  if (hasInterface(view)) return facts;
  const again = await perform(bench, command.operation, params);
  return {
    ...facts,
    againOutcome: hasInterface(again.view) ? 'has its interface' : again.view.kind,
    againAttempts: again.attempts.length,
    againInterfaces: await situation.interfaces(),
  };
}

/** A read meets the fault every time: how often is it tried, and what is the caller told in the end? */
async function faultedList(bench: Bench, fault: Fault): Promise<Facts> {
  await bringAbout(bench, [create(1, 1)]);
  const { view, attempts } = await perform(
    bench,
    'DescribeRouterInterfaces',
    { RegionId: region },
    always(fault),
  );
  return { ...viewFacts(view, attempts), attempts: attempts.length };
}

/**
 * Returns what the caller of a client sees of a fault: of a create that meets it once, and of a read that meets
 * it always. On a bench of its own: what a broken connection leaves behind must not reach other faults.
 */
export function measureFault(openBench: OpenBench, fault: Fault): Promise<Record<string, Facts>> {
  return withBench(openBench, async (bench) => ({
    [`${fault.name} / create`]: await faultedCreate(bench, fault),
    [`${fault.name} / list`]: await faultedList(bench, fault),
  }));
}
