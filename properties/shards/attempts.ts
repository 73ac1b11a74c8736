import type { Alone } from '../shrink/alone.ts';
import { shownBy } from '../shrink/alone.ts';
import type { Attempt } from '../shrink/shrink.ts';
import type { Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';

/** What running a sequence alone has shown, each time it was run. */
export type Attempts = Map<string, Attempt[]>;

const keyOf = (sequence: Sequence): string => JSON.stringify(sequence);

/** Returns a runner that keeps in `attempts` what each run of `run` has shown. */
export function keeping(run: Alone, attempts: Attempts): Alone {
  return {
    ...run,
    get unrecorded() {
      return run.unrecorded;
    },
    async attempt(sequence) {
      const tried = await run.attempt(sequence);
      const key = keyOf(sequence);
      const known = attempts.get(key) ?? [];
      attempts.set(key, known);
      const { trace, ...rest } = tried;
      // What showed nothing needs no trace.
      known.push(trace === undefined || rest.findings.length === 0 ? rest : { ...rest, trace });
      return tried;
    },
    // More is to come after one divergence is done.
    finish: () => Promise.resolve(),
  };
}

/**
 * Returns a runner that runs nothing: it answers with what was kept, the n-th time with what came the n-th time. What
 * was never run counts as not recorded.
 */
export function fromKept(attempts: Attempts): Alone {
  const traces = new Map<string, Trace>();
  const asked = new Map<string, number>();
  let unrecorded = 0;
  return {
    attempt(sequence) {
      const key = keyOf(sequence);
      const nth = asked.get(key) ?? 0;
      asked.set(key, nth + 1);
      const kept = attempts.get(key);
      const tried = kept?.[nth] ?? kept?.at(-1);
      if (tried === undefined) {
        unrecorded += 1;
        return Promise.resolve({ findings: [], cost: 1, notRun: true });
      }
      for (const { finding, step } of tried.findings)
        if (tried.trace !== undefined) traces.set(finding.fingerprint, shownBy(finding, tried.trace, step));
      return Promise.resolve(tried);
    },
    lastShowing: (finding) => traces.get(finding.fingerprint),
    get unrecorded() {
      return unrecorded;
    },
    finish: () => Promise.resolve(),
  };
}
