import { describe, expect, test } from 'vitest';
import type { Bucket } from '../bucket.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import type { Attempt } from './shrink.ts';
import { connects, noSteps, running, sending } from './testing/races.ts';
import type { ShrinkOptions } from './shrink-all.ts';
import { shrinkRaces, type ShrunkRaces } from './shrink-races.ts';

const fault = (rules: readonly string[], operation = 'ConnectRouterInterface'): Finding => ({
  kind: 'race',
  operation,
  rules,
  expected: 'refusal',
  observed: 'success',
  fingerprint: ['race', operation, ...rules].join('|'),
  race: { explained: [], unexplained: [] },
});
/** Two clients that connect at once; `pattern` tells one such race from another. */
const race = (pattern: string): Sequence =>
  sending([], { pattern, lanes: [[connects('a')], [connects('b')]] });

function bucket(finding: Finding, sequence: Sequence, occurrences = 1, others: Sequence[] = []): Bucket {
  const place = (each: Sequence): Bucket['witness'] => ({
    sequence: each,
    index: 0,
    step: 0,
    trace: noSteps,
  });
  return { finding, occurrences, witness: place(sequence), others: others.map((each) => place(each)) };
}

/** Shrinks races on no target: `attempt` says what each candidate shows. */
async function shrunk(
  buckets: readonly Bucket[],
  attempt: (candidate: Sequence) => Promise<Attempt>,
  options: Partial<ShrinkOptions> = {},
): Promise<ShrunkRaces & { finished: number }> {
  let finished = 0;
  const run = {
    attempt,
    unrecorded: 0,
    lastShowing: () => undefined,
    finish: () => Promise.resolve(void (finished += 1)),
  };
  const given = { budget: 10_000, until: Infinity, run, ...options };
  return { ...(await shrinkRaces(defaultTables(), buckets, given)), finished };
}

/** Shows this of every race. */
const always = (...findings: Finding[]): ((candidate: Sequence) => Promise<Attempt>) =>
  running((candidate) => (candidate.race === undefined ? [] : findings));
const texts = ({ shown }: ShrunkRaces): unknown[] =>
  shown.map(({ finding, occurrences, reproduced }) => [finding.rules.join(' '), occurrences, reproduced]);

describe('Races that show the same', () => {
  const [one, both] = [fault(['R38']), fault(['R38', 'R39'])];

  test('are told once, the one that breaks fewer rules, with all their occurrences', async () => {
    const found = await shrunk([bucket(both, race('one'), 2), bucket(one, race('two'), 3)], always(one));
    expect(texts(found)).toEqual([['R38', 5, true]]);
    expect(found.finished).toBe(1);
  });

  test('are told once also where only shortening tells', async () => {
    const [first, second] = [fault(['R38', 'R39']), fault(['R39', 'R40'])];
    const found = await shrunk(
      [bucket(first, race('one'), 2), bucket(second, race('two'), 3)],
      always(fault(['R39'])),
    );
    expect(texts(found)).toEqual([['R39', 5, true]]);
  });

  test.each([
    ['of another operation', fault(['R38'], 'DeleteRouterInterface')],
    ['of other rules', fault(['R45'])],
  ])('are told apart from those %s', async (_what, other) => {
    const found = await shrunk([bucket(one, race('one')), bucket(other, race('two'))], (candidate) =>
      always(candidate.race?.pattern === 'one' ? one : other)(candidate),
    );
    expect(found.shown).toHaveLength(2);
  });

  test('hide no other behind one that did not show again', async () => {
    const found = await shrunk(
      [bucket(one, race('one')), bucket(both, race('two'))],
      running((candidate) => (candidate.race?.pattern === 'two' ? [both] : [])),
    );
    expect(texts(found)).toEqual([
      ['R38', 1, false],
      ['R38 R39', 1, true],
    ]);
    expect(found.shown[0]).toMatchObject({ reproduction: { runs: 24, diverged: 0 } });
    expect(found.shown[0]).not.toHaveProperty('notShortened');
  });
});

describe('A race that does not show again', () => {
  test('is tried from the other places where it was met', async () => {
    const one = fault(['R38']);
    const found = await shrunk(
      [bucket(one, race('one'), 2, [race('two'), race('three')])],
      running((candidate) => (candidate.race?.pattern === 'three' ? [one] : [])),
    );
    expect(texts(found)).toEqual([['R38', 2, true]]);
    expect(found.shown[0]?.sequence.race?.pattern).toBe('three');
  });

  test('is none of a race where one client alone shows it', async () => {
    const one = fault(['R38']);
    const found = await shrunk(
      [bucket(one, race('one'), 4)],
      running(() => [one]),
    );
    expect(found.shown).toEqual([]);
    expect(found.plain).toMatchObject([{ occurrences: 4, witness: { step: 0 } }]);
    expect(found.plain[0]?.witness.sequence.race).toBeUndefined();
  });
});

describe('Shrinking races that is cut short', () => {
  const two = [bucket(fault(['R38']), race('one')), bucket(fault(['R45']), race('two'), 2)];
  const stopped = new AbortController();
  stopped.abort();

  test.each<[string, Partial<ShrinkOptions>]>([
    ['time was up', { until: 0 }],
    ['the run was stopped', { signal: stopped.signal }],
    ['a control hook failed', { not: 'a control hook failed' }],
  ])('as %s runs nothing, and tells everything as it was found and why', async (why, options) => {
    let runs = 0;
    const found = await shrunk(
      two,
      running(() => [], { onRun: () => (runs += 1) }),
      options,
    );
    expect(runs).toBe(0);
    expect(found).toMatchObject({ cutShort: why, commands: 0 });
    expect(texts(found)).toEqual([
      ['R38', 1, false],
      ['R45', 2, false],
    ]);
    for (const each of found.shown) {
      expect(each.notShortened).toBe(`It was not made shorter: ${why}.`);
      expect(each).not.toHaveProperty('reproduction');
    }
  });

  test('as the scene broke goes on with nothing else', async () => {
    const found = await shrunk(two, () => Promise.resolve({ findings: [], cost: 2, broken: 'it is gone' }));
    expect(found).toMatchObject({ cutShort: 'it is gone', commands: 2 });
    expect(found.shown).toHaveLength(2);
  });

  test('by a fault of the harness keeps what was found, and the fault', async () => {
    const fault = new Error('a bug');
    const found = await shrunk(two, () => Promise.reject(fault));
    expect(found).toMatchObject({ cutShort: 'the harness failed before', fault });
    expect(texts(found)).toEqual([
      ['R38', 1, false],
      ['R45', 2, false],
    ]);
    for (const { notShortened } of found.shown)
      expect(notShortened).toBe('It was not made shorter: the harness failed before.');
  });
});
