import type { ConformanceOptions } from '../conformance.ts';
import { FileError } from '../counterexample.ts';
import { given } from '../given.ts';
import type { Replayed } from '../replay.ts';
import { setScene } from '../run/scene.ts';
import type { ProtocolCheck } from './check.ts';
import { protocolChecks } from './checks.ts';
import type { ProtocolCounterexample } from './counterexample.ts';
import { protocolDivergence } from './record.ts';
import { protocolSuite } from './suite.ts';

/** Makes the check that showed a divergence again, with what it takes for granted. Throws `FileError` for an unknown check. */
export async function replayProtocol(
  options: Pick<ConformanceOptions, 'target' | 'edition' | 'regionId' | 'routers' | 'times' | 'signal'>,
  counterexample: ProtocolCounterexample,
): Promise<Replayed> {
  const { target, edition, regionId, routers, times, signal } = options;
  const checks = chainTo(counterexample.check);
  const stop = signal === undefined ? {} : { signal };
  const scene = await setScene(target, {
    edition,
    regionId,
    maxRouters: 2,
    times,
    ...given({ routers }),
    ...stop,
  });
  try {
    const result = await protocolSuite(scene, { regionId, times, checks, ...stop });
    if (result.kind === 'not testable') return { outcome: 'COULD NOT RUN', explanation: `${result.reason}.` };
    const made = result.results.at(-1);
    if (made === undefined) throw new Error('the suite made no check');
    const { verdict, findings } = made;
    if (verdict.kind === 'inconclusive')
      return { outcome: 'COULD NOT RUN', explanation: `${verdict.reason}.` };
    const same = findings.find(({ fingerprint }) => fingerprint === counterexample.fingerprint);
    const shown = same ?? findings[0];
    if (shown === undefined) return { outcome: 'FIXED', explanation: 'Every answer is as documented.' };
    return {
      outcome: same === undefined ? 'DIVERGES DIFFERENTLY' : 'STILL DIVERGES',
      explanation: `Expected ${shown.expected}; observed ${shown.observed}.`,
      record: protocolDivergence(shown, made),
    };
  } finally {
    await scene.strike();
  }
}

/** The check, after those that it takes for granted. */
function chainTo(id: string): readonly ProtocolCheck[] {
  const check = protocolChecks.find((each) => each.id === id);
  if (check === undefined) {
    throw new FileError(
      `the protocol check "${id}" is unknown to this version: the file is of another one, or was changed.`,
    );
  }
  return check.needs === undefined ? [check] : [...chainTo(check.needs), check];
}
