import { expect, test } from 'vitest';
import type { Command } from '../../model/vocabulary.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import { shrinkFirst } from './shrink-first.ts';

const step = (name: string): Command => ({
  kind: 'call',
  operation: 'DescribeRouterInterfaces',
  args: { Name: name },
});
const sequence: Sequence = { commands: ['a', 'b', 'c'].map(step), routers: 2, exclusive: false };
const wanted: Finding = {
  kind: 'refused',
  operation: 'X',
  rules: ['R19'],
  expected: '',
  observed: '',
  fingerprint: 'refused|X',
};

test('what was inherited from an earlier sequence is looked for in the rest of this one', async () => {
  // Met at the first command, as the target still suffered from what came before; alone, at the last.
  const run = ({ commands }: Sequence) =>
    Promise.resolve({
      cost: commands.length,
      findings: commands.length === 3 ? [{ finding: wanted, step: 2 }] : [],
    });
  const short = await shrinkFirst([{ sequence, step: 0 }], wanted, 100, run);
  expect(short.reproduced).toBe(true);
  expect(short.sequence.commands).toHaveLength(3);
});

test('nothing more is tried in a hurry', async () => {
  const tried: number[] = [];
  const run = ({ commands }: Sequence) => {
    tried.push(commands.length);
    return Promise.resolve({ cost: commands.length, findings: [] });
  };
  const short = await shrinkFirst([{ sequence, step: 0 }], wanted, 100, run, { hurry: () => true });
  expect(short.reproduced).toBe(false);
  expect(tried).toEqual([1]);
});
