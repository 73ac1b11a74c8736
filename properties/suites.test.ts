import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../adapters/emulator/emulator.ts';
import { profiles } from '../adapters/emulator/profiles.ts';
import type { ConformanceOptions, ConformanceResult } from './conformance.ts';
import { fullRun } from './testing/full-run.ts';

/** The planned suites from end to end: on the clean emulator in every legitimate way, and on mutants. */

function run(
  emulator: EmulatorOptions,
  options: Pick<ConformanceOptions, 'suites'> & Partial<ConformanceOptions>,
): Promise<ConformanceResult> {
  return fullRun(emulator, { commands: 100, shrinkBudget: 200, ...options });
}

/** The same on a mutant, stopped once something diverges and so much was tried: going on would show only more of it. */
function runToFirst(
  mutant: string,
  options: Pick<ConformanceOptions, 'suites'> & Partial<ConformanceOptions>,
  atLeast = 0,
): Promise<ConformanceResult> {
  const found = new AbortController();
  return run(
    { mutant },
    {
      ...options,
      shrinkBudget: 0,
      signal: found.signal,
      onProgress: ({ divergences, commands }) => {
        if (divergences > 0 && commands >= atLeast) found.abort();
      },
    },
  );
}

describe.each(Object.keys(profiles))('The clean emulator with the profile %s', (profile) => {
  test('conforms to the tour and to the complete suite', async () => {
    const { record } = await run({ profile }, { suites: ['tour', 'complete'] });
    expect(record.divergences.map(({ id, expected, observed }) => [id, expected, observed])).toEqual([]);
    expect(record.leftBehind).toEqual([]);
    expect(record.verdict).toBe('conforms');
    expect(record.tour?.walks).toBeGreaterThan(50);
    const { certificate } = record;
    // Either it is given, or it says what the target does otherwise, and never because of a divergence.
    if (certificate?.holds !== true)
      expect(certificate?.reason).toMatch(/answers were permitted, but not those/);
  });
});

describe('The tour', () => {
  test('exercises nine refusals of the model in ten and more, and says what it leaves out', async () => {
    const { record } = await run({}, { suites: ['tour'] });
    const { transitions, refusals } = record.coverage;
    expect(refusals.covered / refusals.total).toBeGreaterThan(0.9);
    // The end of a deletion is credited only where nothing but a look can have told of it.
    expect(transitions.covered).toBeGreaterThanOrEqual(transitions.total - 1);
    for (const { reason } of record.tour?.unreached ?? []) expect(reason).not.toBe('');
  });

  test.each([
    'activate-any-status',
    'connect-same-router',
    'connect-second-pair',
    'create-sixth',
    'deleting-for-ever',
    'lock-never-released',
    'locked-code',
    'delete-route-entry-code',
    'refused-delete-deletes',
    'paging-code',
    'modify-locked',
    'connect-overdue',
  ])('finds the mutant %s', async (mutant) => {
    const { record } = await runToFirst(mutant, { suites: ['tour'] });
    expect(record.verdict).toBe('diverges');
  });
});

describe('The complete suite', () => {
  test.each([0, 1])(
    'gives its certificate to the clean emulator, with %d extra states',
    async (extraStates) => {
      const { record } = await run({}, { suites: ['complete'], extraStates });
      expect(record.certificate).toMatchObject({ holds: true, extraStates, answers: { otherwise: 0 } });
      expect(record.certificate?.statement).toContain('no implementation of at most 43 states');
    },
  );

  test.each([
    'activate-any-status',
    'modify-resets-status',
    'deactivate-ends-idle',
    'spec-change-for-ever',
    'connect-ends-inactive',
    'role-flips-on-connect',
  ])('finds the mutant %s with one extra state, and gives no certificate', async (mutant) => {
    // Beyond the probes, which come before the suite and after which alone nothing could be certified.
    const { record } = await runToFirst(mutant, { suites: ['complete'], extraStates: 1 }, 1000);
    expect(record.verdict).toBe('diverges');
    expect(record.certificate).toMatchObject({ holds: false, reason: 'the target diverges' });
  });

  test('gives none to a target on which nothing is ever on its way', async () => {
    const { record } = await run({ profile: 'immediate' }, { suites: ['complete'] });
    expect(record.verdict).toBe('conforms');
    expect(record.certificate?.holds).toBe(false);
    expect(record.certificate?.reason).toMatch(/permitted, but not those of the machine/);
  });

  test('is refused with its size when it would never end', async () => {
    await expect(run({}, { suites: ['complete'], extraStates: 4 })).rejects.toThrow(
      /4 extra states would take about [\d,]+ calls.*--extra-states 1 or 0/,
    );
  });

  test('goes with the others: tour, complete and random in one run', async () => {
    const { record } = await run({}, { suites: ['random', 'tour', 'complete'], commands: 500 });
    expect(record.verdict).toBe('conforms');
    expect(record.counts.commands).toBeGreaterThan(10_000);
    expect(record.certificate?.holds).toBe(true);
  });
});
