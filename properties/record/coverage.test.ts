import { describe, expect, test } from 'vitest';
import { defaultTables } from '../tables.ts';
import { coverageOf, whyNotExercised } from './coverage.ts';

describe('Coverage', () => {
  test('of nothing is nothing', () => {
    const { transitions, refusals } = coverageOf(defaultTables(), undefined);
    expect([transitions.covered, refusals.covered]).toEqual([0, 0]);
    expect(transitions.total).toBeGreaterThan(10);
    expect(refusals.total).toBeGreaterThan(50);
  });
});

describe('Why nothing rested on a rule', () => {
  const { rows } = defaultTables();
  const none = { covered: 0, total: 0, missing: [] };
  const without = (reasons: Readonly<Record<string, string | undefined>>): string | undefined =>
    whyNotExercised('R18', rows, {
      transitions: none,
      refusals: {
        ...none,
        missing: Object.entries(reasons).map(([id, reason]) =>
          reason === undefined ? { id } : { id, reason },
        ),
      },
    });

  test('is what kept its transitions from being exercised', () => {
    expect(without({ 'any: CREATE refused by R18': 'there is no limit' })).toBe('there is no limit');
  });

  test('is not known of what was left for chance', () => {
    expect(without({ 'any: CREATE refused by R18': undefined })).toBeUndefined();
    expect(without({})).toBeUndefined();
  });

  test('is nothing that keeps another rule', () => {
    expect(without({ 'any: CREATE refused by R17': 'there is no limit' })).toBeUndefined();
  });
});
