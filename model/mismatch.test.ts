import { describe, expect, test } from 'vitest';
import { show } from './mismatch.ts';
import { textOf } from './text.ts';

describe('show', () => {
  test.each([
    [undefined, '(absent)'],
    ['a', '"a"'],
    [1, '1'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    [true, 'true'],
  ])('shows %j as %s', (value, text) => {
    expect(show(value)).toBe(text);
  });

  test('cuts long values to one short line', () => {
    expect(show('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`);
    const cut = show('x'.repeat(119));
    expect(cut).toHaveLength(120);
    expect(cut.endsWith('...')).toBe(true);
  });
});

describe('textOf', () => {
  test.each([
    ['a', 'a'],
    [7, '7'],
    [false, 'false'],
    [null, ''],
    [undefined, ''],
    [{ a: 1 }, ''],
    [[1], ''],
  ])('reads %j as %j', (value, text) => {
    expect(textOf(value)).toBe(text);
  });
});
