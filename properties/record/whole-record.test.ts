import { beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../reports/record.ts';
import type { ConformanceResult } from '../conformance.ts';
import { fullRun } from '../testing/full-run.ts';

const ruleOf = ({ rules: all }: RunRecord, id: string): RunRecord['rules'][number] | undefined =>
  all.find((each) => each.id === id);

let clean: ConformanceResult;
let mutant: ConformanceResult;
beforeAll(async () => {
  clean = await fullRun({}, { commands: 3000, seed: 4 });
  mutant = await fullRun({ mutant: 'connect-role-code' }, { commands: 1000, seed: 4 });
});

describe('What a page shows of a run', () => {
  test('is the shortest program for each rule that was exercised, without ids of the target', () => {
    const exercised = clean.record.rules.filter(({ exercised: count }) => count > 0);
    expect(exercised.length).toBeGreaterThan(60);
    for (const { id, witness = [], witnessSequence, sources = [] } of exercised) {
      expect(witness.length, id).toBeGreaterThan(0);
      expect(witnessSequence, id).toBeGreaterThanOrEqual(0);
      expect(sources.length, id).toBeGreaterThan(0);
      expect(JSON.stringify(witness)).not.toMatch(/"sent"|ri-2ze/);
    }
    const once = ruleOf(clean.record, 'R8')?.witness ?? [];
    expect(once.map(({ operation }) => operation)).toEqual(['CreateRouterInterface']);
    for (const { witness } of clean.record.rules.filter(({ exercised: count }) => count === 0))
      expect(witness).toBeUndefined();
  });

  test('is how coverage grew, up to what was covered', () => {
    const { timeline = [], coverage, counts } = clean.record;
    expect(timeline.length).toBeGreaterThan(10);
    expect(timeline.length).toBeLessThanOrEqual(40);
    for (const field of ['commands', 'transitions', 'refusals', 'rules'] as const) {
      const values = timeline.map((point) => point[field]);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
    }
    expect(timeline.at(-1)).toMatchObject({
      commands: counts.commands,
      transitions: coverage.transitions.covered,
      refusals: coverage.refusals.covered,
      rules: clean.record.rules.filter(({ exercised }) => exercised > 0).length,
    });
  });

  test('is how often each transition was taken, and where in the chart it is', () => {
    const { chart, coverage } = clean.record;
    const { exercised = [], covered } = coverage.transitions;
    expect(exercised.length).toBe(covered);
    const known = new Set(chart?.transitions.map(({ id }) => id));
    for (const { id, count } of exercised) {
      expect(known).toContain(id);
      expect(count).toBeGreaterThan(0);
    }
    expect(chart?.states.find(({ name }) => name === 'gone')).toEqual({ name: 'gone', label: 'none' });
    expect(chart?.transitions.find(({ id }) => id === 'gone: CREATE to Idle.free')).toMatchObject({
      from: 'gone',
      to: 'Idle.free',
      label: 'CREATE',
      kind: 'accept',
    });
  });

  test('is what was answered in which state', () => {
    const { matrix = [] } = clean.record;
    const answers = (operation: string, state: string): string[] =>
      matrix
        .filter((cell) => cell.operation === operation && cell.state === state)
        .flatMap((cell) => cell.answers.map(({ answer }) => answer));
    expect(answers('DeleteRouterInterface', 'Idle')).toContain('200');
    expect(answers('ActivateRouterInterface', 'Idle')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^4\d\d \w/)]),
    );
    expect(answers('CreateRouterInterface', 'none')[0]).toBe('200');
  });

  test('is each reading of the documents for a choice, the observed one among them', () => {
    const cited = clean.record.choices.filter(({ readings }) => readings !== undefined);
    expect(cited.length).toBeGreaterThan(10);
    for (const { id, observed, readings = [] } of cited) {
      const values = readings.map(({ value }) => value);
      for (const { value } of observed) expect([id, ...values]).toContain(value);
      for (const { sources } of readings) expect(sources.length).toBeGreaterThan(0);
    }
  });

  test('is every answer that was permitted instead of the one that diverges', () => {
    const [divergence] = mutant.record.divergences;
    expect(divergence?.permitted).toContainEqual({
      answer: '400 IncorrectRole.NotInitiatingSide',
      message: expect.any(String),
      rules: ['R33'],
    });
    // In process nothing goes over a wire.
    expect(divergence).not.toHaveProperty('exchange');
  });

  test('is what would make testable what is not, and stays small', () => {
    for (const { remedy } of clean.record.notTestable) expect(remedy).toMatch(/\w{3}/);
    expect(JSON.stringify(clean.record, null, 2).length).toBeLessThan(1_000_000);
  });
});
