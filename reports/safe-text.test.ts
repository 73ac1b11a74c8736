import { expect, test } from 'vitest';
import { clip, columns, pad, safe } from './safe-text.ts';

test('safe leaves visible text alone, in any script', () => {
  expect(safe('Zürich 键 😀 {"a":1}')).toBe('Zürich 键 😀 {"a":1}');
});

test('safe writes everything invisible as an escape', () => {
  expect(safe('a\nb\u001b[2J\u200b\ud83d')).toBe(String.raw`a\nb\u{1b}[2J\u{200b}\u{d83d}`);
});

test('columns counts wide characters twice and combining marks not at all', () => {
  expect([columns('abc'), columns('键'), columns('e\u0301'), columns('😀')]).toEqual([3, 2, 1, 2]);
});

test('clip cuts by columns and says so', () => {
  expect(clip('abcdef', 6)).toBe('abcdef');
  expect(clip('abcdefg', 6)).toBe('abcde…');
  expect(clip('键键键', 5)).toBe('键键…');
  expect(clip('x'.repeat(1_000_000), 3)).toBe('xx…');
});

test('pad fills up to a width of columns', () => {
  expect(pad('键', 4)).toBe('键  ');
  expect(pad('abcdef', 4)).toBe('abcdef');
});
