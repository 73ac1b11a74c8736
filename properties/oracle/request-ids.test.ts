import { describe, expect, test } from 'vitest';
import { RequestIds } from './request-ids.ts';

describe('the RequestIds of a run', () => {
  test('are known again', () => {
    const seen = new RequestIds();
    expect(seen.repeats('A1D6C6D2-0001')).toBe(false);
    expect(seen.repeats('A1D6C6D2-0002')).toBe(false);
    expect(seen.repeats('A1D6C6D2-0001')).toBe(true);
  });

  test('are not mistaken for each other, many and alike as they may be', () => {
    const seen = new RequestIds();
    let wrong = 0;
    for (let count = 0; count < 300_000; count++) if (seen.repeats(`req-${count}`)) wrong += 1;
    expect(wrong).toBe(0);
  });

  test('are mostly remembered while there is room', () => {
    const seen = new RequestIds(16);
    for (let count = 0; count < 10_000; count++) seen.repeats(`req-${count}`);
    let found = 0;
    for (let count = 0; count < 10_000; count++) if (seen.repeats(`req-${count}`)) found += 1;
    expect(found).toBeGreaterThan(8000);
  });
});
