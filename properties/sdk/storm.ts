import type { Bench } from '../../adapters/faults/bench.ts';
import { type Fault, sometimes } from '../../adapters/faults/fault.ts';
import { seededRandom } from '../../adapters/faults/random.ts';
import type { Facts } from '../../reports/behaviour.ts';
import { hasInterface } from './faults.ts';
import { call, createArgs } from './situations.ts';
import { bringAbout, isLost, paramsOf, perform } from './stage.ts';

const creates = 20;
const rate = 0.4;
/** How often a patient caller repeats a request. */
const patience = 6;

/**
 * Creates interfaces under faults drawn by `seed`; the caller repeats each with the same ClientToken until it
 * has its interface. Returns how many requests that took, and how many interfaces nobody asked for.
 */
export async function measureStorm(bench: Bench, faults: readonly Fault[], seed: number): Promise<Facts> {
  const situation = await bringAbout(bench, []);
  // Late answers take their time and say nothing that their own scenario does not.
  const quick = faults.filter(({ kind }) => kind !== 'late');
  const plan = sometimes(quick, rate, seededRandom(seed));
  let requests = 0;
  let repeats = 0;
  let doubled = 0;
  let gaveUp = 0;
  let hung = 0;
  for (let index = 0; index < creates; index++) {
    const command = call('CreateRouterInterface', createArgs(1, { ClientToken: `token-${seed}-${index}` }));
    const params = paramsOf(command, situation.bindings);
    let done = false;
    for (let round = 0; round <= patience && !done; round++) {
      const before = requests;
      const { view, attempts } = await perform(bench, command.operation, params, (n) => plan(before + n));
      requests += attempts.length;
      if (round > 0) repeats += 1;
      if (isLost(view)) hung += 1;
      done = hasInterface(view);
    }
    if (!done) gaveUp += 1;
    if ((await situation.interfaces()) > 1) doubled += 1;
    await situation.clear();
  }
  return { creates, requests, repeats, doubled, gaveUp, hung };
}
