import { describe, expect, test } from 'vitest';
import { type Form, runThrough } from './testing/through-client.ts';

/** The default campaign through the official Node SDKs, unmodified, in every wire form they have. */

const forms: readonly (readonly [spec: string, form: Form])[] = [
  ['sdk:vpc20160428', { signature: 'acs3' }],
  ['sdk:vpc20160428', { signature: 'v1' }],
  ['sdk:pop-core', { method: 'GET' }],
  ['sdk:pop-core', { method: 'POST' }],
];

describe.each(forms)('Through %s %j', (spec, form) => {
  test('the clean emulator conforms', async () => {
    const record = await runThrough(spec, { form, commands: 1200 });
    expect(record.divergences).toEqual([]);
    expect(record.inconclusive).toEqual([]);
    expect(record.leftBehind).toEqual([]);
    expect(record.verdict).toBe('conforms');
    expect(record.client?.version).toMatch(/^@alicloud\/(vpc20160428|pop-core) \d/);
    expect(record.rules.find(({ id }) => id === 'R8')?.verdict).toBe('conforms');
  });

  test('a mutant shows', async () => {
    const record = await runThrough(spec, { form, emulator: { mutant: 'connect-role-code' }, commands: 400 });
    expect(record.divergences.map(({ operation }) => operation)).toContain('ConnectRouterInterface');
    expect(record.verdict).toBe('diverges');
  });
});
