import { expect, test } from 'vitest';
import { ctrfReporter } from './formats/ctrf.ts';
import { secondsOn } from './rule-time.ts';
import { sampleRecord } from './testing/sample-record.ts';

test('the time of a run is shared among the rules that were put to the test', () => {
  const times = sampleRecord.rules.map((rule) => secondsOn(sampleRecord, rule));
  expect(times.reduce<number>((sum, each) => sum + (each ?? 0), 0)).toBeCloseTo(sampleRecord.counts.seconds);
  for (const [index, rule] of sampleRecord.rules.entries())
    expect(times[index] === undefined).toBe(rule.exercised === 0);
});

test('a CTRF report has it in milliseconds, and says what it is', async () => {
  const record = { ...sampleRecord, counts: { ...sampleRecord.counts, seconds: 60 } };
  const { results } = JSON.parse(await ctrfReporter.render([record], {})) as {
    results: { tests: { testId: string; duration: number }[]; extra: { runs: Record<string, string>[] } };
  };
  for (const rule of record.rules) {
    const shown = results.tests.find(({ testId }) => testId === `rules/${rule.id}`)?.duration;
    expect(shown).toBe(Math.round((secondsOn(record, rule) ?? 0) * 1000));
  }
  expect(results.tests.filter(({ duration }) => duration > 1000).length).toBeGreaterThan(1);
  expect(results.extra.runs[0]?.['timeOfARule']).toMatch(/share of the run/);
});
