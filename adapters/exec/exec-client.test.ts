import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Client, ClientSettings } from '../client.ts';
import { DriverProcess } from './driver-process.ts';
import { execClient } from './exec-client.ts';

const fakeDriver = `"${process.execPath}" "${join(import.meta.dirname, 'testing/fake-driver.mjs')}"`;
const settings: ClientSettings = {
  endpoint: 'http://127.0.0.1:1',
  accessKeyId: 'testid',
  accessKeySecret: 'testsecret',
  regionId: 'cn-hangzhou',
  timeoutMs: 500,
};

const opened: Client[] = [];
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});
async function open(mode = 'fine'): Promise<Client> {
  const client = await execClient(`${fakeDriver} ${mode}`, settings);
  opened.push(client);
  return client;
}

describe('A driver', () => {
  test('says what it is, and performs calls', async () => {
    const client = await open();
    expect(client.version).toBe('fake 1.0 (Node)');
    expect(await client.call('Fly', { 'A.1': 'ü\n"' })).toEqual({
      kind: 'returned',
      status: 200,
      body: { operation: 'Fly', params: { 'A.1': 'ü\n"' } },
    });
    expect(await client.call('Inexpressible', {})).toEqual({
      kind: 'inexpressible',
      reason: 'no field for it',
    });
    expect(await client.call('Throw', {})).toEqual({
      kind: 'threw',
      error: { class: 'E', isError: true, message: 'm', code: 'Bad', status: 404 },
    });
  });

  test('gets one call at a time unless it says otherwise', async () => {
    const client = await open();
    const all = await Promise.all(['A', 'B', 'C'].map((operation) => client.call(operation, {})));
    expect(all.map((view) => view.kind)).toEqual(['returned', 'returned', 'returned']);
  });

  test('may answer in any order when it takes several', async () => {
    const client = await open('side-by-side');
    const all = await Promise.all(['A', 'B', 'C'].map((operation) => client.call(operation, {})));
    expect(all.map((view) => (view.kind === 'returned' ? view.body : view))).toMatchObject([
      { operation: 'A' },
      { operation: 'B' },
      { operation: 'C' },
    ]);
  });

  test('that does not end by itself is ended', async () => {
    const client = await execClient(`${fakeDriver} clings`, settings);
    const began = performance.now();
    // Resolves once every process that holds the pipes is gone.
    await client.close();
    expect(performance.now() - began).toBeGreaterThan(1900);
    expect(await client.call('Fly', {})).toMatchObject({ kind: 'gone' });
  });
});

describe('A driver that breaks down', () => {
  test.each([
    ['Garbage', /^it printed "Exception in thread \\"main\\"", which is not an answer/],
    ['HalfALine', /^it printed "\{\\"id\\":1,\\"kind\\":\\"retu", which is not an answer/],
    ['WrongShape', /which is not an answer \(at status: /],
    ['WrongId', /^it answered call 8, which it was not asked, or not any more/],
    ['Crash', /^it ended with exit code 3; its last words: first line \/ last line$/],
  ])('%s: the call says what happened, the next one works', async (operation, how) => {
    const client = await open();
    const view = await client.call(operation, {});
    expect(view).toMatchObject({ kind: 'died' });
    expect(view.kind === 'died' ? view.how : '').toMatch(how);
    expect(await client.call('Fly', {})).toMatchObject({ kind: 'returned' });
  });

  test('an answer too many shows with a later call, or as a new process', async () => {
    const client = await open();
    expect(await client.call('Twice', {})).toMatchObject({ kind: 'returned' });
    const next = await client.call('Fly', {});
    if (next.kind === 'died') expect(next.how).toMatch(/answered call 1, which it was not asked/);
    else expect(next.kind).toBe('returned');
  });

  test('a hang ends at the deadline, and a new process goes on', async () => {
    const client = await open();
    const before = await client.call('Pid', {});
    expect(await client.call('Hang', {})).toEqual({ kind: 'hung', afterMs: 1500 });
    const after = await client.call('Pid', {});
    expect(after.kind).toBe('returned');
    expect(after).not.toEqual(before);
  });

  test('is given up after ten times in a row, with its last words', async () => {
    const client = await open();
    for (let time = 0; time < 10; time++)
      expect(await client.call('Crash', {})).toMatchObject({ kind: 'died' });
    expect(await client.call('Fly', {})).toEqual({
      kind: 'gone',
      how: 'the driver broke down 10 times in a row and is given up; last, it ended with exit code 3; its last words: first line / last line',
    });
  });

  test('an answer in between lets it go on', async () => {
    const client = await open();
    for (let time = 0; time < 5; time++) {
      expect(await client.call('Crash', {})).toMatchObject({ kind: 'died' });
      expect(await client.call('Fly', {})).toMatchObject({ kind: 'returned' });
    }
  });
});

describe('A driver that cannot be opened', () => {
  test.each([
    ['garbage-hello', 'setup', /does not work: it printed "Welcome!", which is not a hello/],
    [
      'crashes-at-once',
      'setup',
      /ended with exit code 4; its last words: Traceback \/ ImportError: no module/,
    ],
    ['refuses', 'usage', /refuses: there is no acs3 here$/],
  ])('%s', async (mode, fault, message) => {
    const error: unknown = await open(mode).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ClientSetupError', fault });
    expect(String(error)).toMatch(message);
  });

  test('one that prints what it was told does not give the secret away', async () => {
    for (const accessKeySecret of ['wellkept', 'wellkept'.repeat(40)]) {
      const error: unknown = await execClient('cat', { ...settings, accessKeySecret }).catch(
        (reason: unknown) => reason,
      );
      expect(String(error)).toMatch(/the driver "cat" does not work: it printed .*, which is not a hello/);
      expect(String(error)).not.toContain('wellkept');
    }
  });

  test('a command that does not exist', async () => {
    await expect(execClient('no-such-command-anywhere', settings)).rejects.toThrow(
      /^the driver "no-such-command-anywhere" does not work: it ended with exit code 127; its last words: .*not found/,
    );
  });

  test('one that never says hello', async () => {
    await expect(DriverProcess.start(`${fakeDriver} mute`, settings, 300)).rejects.toThrow(
      /^it did not say hello within 300 ms$/,
    );
  });
});
