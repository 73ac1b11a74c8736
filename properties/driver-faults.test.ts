import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SetupError } from './run/errors.ts';
import { runThrough } from './testing/through-client.ts';

/** Runs through a driver that is sound, but for the operation over which it breaks down. */

const fakeDriver = join(import.meta.dirname, '../adapters/exec/testing/fake-driver.mjs');
const breakingOn = (operation: string): string =>
  `exec:"${process.execPath}" "${fakeDriver}" real ${operation}`;

describe('A driver that breaks down', () => {
  test('is reported by name, and the run goes on and leaves nothing behind', async () => {
    const record = await runThrough(breakingOn('ModifyRouterInterfaceSpec'), {
      commands: 150,
      shrinkBudget: 40,
    });
    expect(record.verdict).toBe('diverges');
    expect(record.ended).toBeUndefined();
    expect(record.counts.commands).toBeGreaterThanOrEqual(150);
    expect(record.divergences).toHaveLength(1);
    expect(record.divergences[0]).toMatchObject({
      kind: 'client',
      operation: 'ModifyRouterInterfaceSpec',
      rules: [],
      observed: 'it ended with exit code 2; its last words: panic: index out of range',
      reproduced: true,
    });
    expect(record.leftBehind).toEqual([]);
    expect(record.rules.filter(({ verdict }) => verdict === 'diverges')).toEqual([]);
  });

  test('in the set-up leaves nothing to judge', async () => {
    const run = runThrough(breakingOn('CreateVpc'), { commands: 10 });
    await expect(run).rejects.toThrow(SetupError);
    await expect(run).rejects.toThrow(/panic: index out of range/);
  });
});
