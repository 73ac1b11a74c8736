import { expect, test } from 'vitest';
import { ProgressDisplay } from './progress-display.ts';

const figures = {
  phase: 'running',
  sequences: 1,
  commands: 10,
  seconds: 1,
  transitions: { covered: 1, total: 2 },
  refusals: { covered: 1, total: 2 },
  divergences: 0,
};

function setup(isTTY: boolean) {
  let text = '';
  let now = 0;
  const display = new ProgressDisplay({ write: (more) => (text += more), isTTY, columns: 40 }, () => now);
  return {
    display,
    text: () => text,
    at: (ms: number): void => {
      now = ms;
      display.show(figures);
    },
  };
}

test('rewrites one line on a terminal, ten times a second, within its width', () => {
  const { at, display, text } = setup(true);
  for (let ms = 0; ms <= 1000; ms += 10) at(ms);
  display.clear();
  const lines = text().split('\r\u001b[2K').slice(1);
  expect(lines).toHaveLength(11);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
  expect(text()).not.toContain('\n');
  expect(lines.at(-1)).toBe('');
});

test('writes a line every five seconds elsewhere, without control characters', () => {
  const { at, display, text } = setup(false);
  for (let ms = 0; ms <= 20_000; ms += 500) at(ms);
  display.clear();
  expect(text().split('\n')).toHaveLength(5);
  expect(text()).not.toContain('\u001b');
});
