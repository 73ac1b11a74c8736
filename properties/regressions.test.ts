import { describe, expect, test } from 'vitest';
import type { DivergenceRecord, RunRecord } from '../reports/record.ts';
import type { ConformanceOptions, ConformanceResult } from './conformance.ts';
import type { Counterexample } from './counterexample.ts';
import { type Regression, runRegressions, withRegressions } from './regressions.ts';
import type { Replayed } from './replay.ts';
import { SetupError } from './run/errors.ts';

const counterexample = (id: string): Counterexample => ({ id, rules: ['R33'] }) as unknown as Counterexample;
const options = (signal?: AbortSignal): ConformanceOptions =>
  (signal === undefined ? {} : { signal }) as ConformanceOptions;

describe('counterexamples of earlier runs', () => {
  const fixed: Replayed = { outcome: 'FIXED', explanation: 'as it should be' };

  test('are run one after another until the run is stopped', async () => {
    const stop = new AbortController();
    const ran: string[] = [];
    const done = await runRegressions(
      (_, { id }) => {
        ran.push(id);
        if (id === 'b') stop.abort();
        return Promise.resolve(fixed);
      },
      options(stop.signal),
      ['a', 'b', 'c'].map(counterexample),
    );
    expect(ran).toEqual(['a', 'b']);
    expect(done.map(({ replayed }) => replayed.outcome)).toEqual(['FIXED', 'FIXED']);
  });

  test('that cannot be run are told with the reason; a fault of the harness is none of theirs', async () => {
    const failing = (error: Error) =>
      runRegressions(() => Promise.reject(error), options(), [counterexample('a')]);
    expect((await failing(new SetupError('no routers'))).map(({ replayed }) => replayed)).toEqual([
      { outcome: 'COULD NOT RUN', explanation: 'no routers' },
    ]);
    await expect(failing(new TypeError('a bug'))).rejects.toThrow('a bug');
  });
});

describe('what came of them', () => {
  const record = {
    verdict: 'conforms',
    divergences: [],
    rules: [{ id: 'R33', verdict: 'conforms' }],
  } as unknown as RunRecord;
  const result = { record, counterexamples: new Map() } as unknown as ConformanceResult;
  const shown = (id: string): DivergenceRecord =>
    ({ id, rules: ['R33'], traceFile: `${id}.json` }) as unknown as DivergenceRecord;
  const still = (id: string, now = id): Regression => ({
    counterexample: counterexample(id),
    replayed: {
      outcome: id === now ? 'STILL DIVERGES' : 'DIVERGES DIFFERENTLY',
      explanation: '',
      record: shown(now),
    },
  });

  test('is nothing where there are none', () => {
    expect(withRegressions(result, [])).toBe(result);
  });

  test('is a divergence of this run, with its counterexample where that shows it', () => {
    const { record: after, counterexamples } = withRegressions(result, [still('a'), still('b', 'c')]);
    expect(after.verdict).toBe('diverges');
    expect(after.rules[0]?.verdict).toBe('diverges');
    expect(after.divergences).toEqual([shown('a'), { id: 'c', rules: ['R33'] }]);
    expect([...counterexamples.keys()]).toEqual(['a']);
    expect(after.regressions?.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['a', 'STILL DIVERGES'],
      ['b', 'DIVERGES DIFFERENTLY'],
    ]);
  });

  test('is told once, also where the run has met it anyway', () => {
    const met = { ...result, record: { ...record, divergences: [shown('a')] } };
    expect(withRegressions(met, [still('a'), still('b', 'a')]).record.divergences).toHaveLength(1);
    expect(withRegressions(result, [still('a'), still('a')]).record.divergences).toHaveLength(1);
  });

  test('is a verdict where nothing else was judged and all are fixed', () => {
    const none = { ...result, record: { ...record, verdict: 'inconclusive' } as RunRecord };
    const fixed: Regression = {
      counterexample: counterexample('a'),
      replayed: { outcome: 'FIXED', explanation: '' },
    };
    const lost: Regression = { ...fixed, replayed: { outcome: 'COULD NOT RUN', explanation: '' } };
    expect(withRegressions(none, [fixed]).record.verdict).toBe('conforms');
    expect(withRegressions(none, [fixed, lost]).record.verdict).toBe('inconclusive');
    const cut = { ...none, record: { ...none.record, ended: 'stopped' } };
    expect(withRegressions(cut, [fixed]).record.verdict).toBe('inconclusive');
  });
});
