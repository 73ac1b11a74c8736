import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SetupError } from '../properties/run/errors.ts';
import type { MeasureOptions } from '../properties/sdk/measure.ts';
import { behaviourJson } from '../properties/sdk/stored-behaviour.ts';
import type { BehaviourRecord } from '../reports/behaviour.ts';
import { sampleBehaviour, withFacts } from '../reports/testing/sample-behaviour.ts';
import { main } from './command-line.ts';
import { engine } from './engine.ts';
import { fakeEngine } from './testing/fake-engine.ts';
import { fakeIo, type FakeIo } from './testing/fake-io.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterEach(() => rm(folder, { recursive: true }));

const connect = 'ConnectRouterInterface IncorrectRIStatus';
const changed = withFacts('errors', connect, { message: 'something else' });
const broken = withFacts('errors', connect, { class: 'Error' });

interface Called {
  readonly code: number;
  readonly io: FakeIo;
  readonly asked: readonly MeasureOptions[];
}

/** Runs the command on clients that behave as `records` say, one after another. */
async function sdk(words: readonly string[], ...records: readonly BehaviourRecord[]): Promise<Called> {
  const io = fakeIo();
  const asked: MeasureOptions[] = [];
  const using = fakeEngine(undefined, {
    measureBehaviour: (options) => {
      asked.push(options);
      const record = records[asked.length - 1];
      return record === undefined ? Promise.reject(new Error('not asked for')) : Promise.resolve(record);
    },
  });
  return { code: await main(['sdk', ...words], io, using), io, asked };
}

async function store(record: BehaviourRecord | string, name = 'stored.json'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof record === 'string' ? record : behaviourJson(record));
  return file;
}

test('the record as a table, and in a file', async () => {
  const out = join(folder, 'out');
  const { code, io } = await sdk(['--sdk', 'sdk:pop-core', '--out', out], sampleBehaviour);
  expect(code).toBe(0);
  expect(io.out()).toContain('sdk:sample  1.2.3');
  expect(await readFile(join(out, 'behaviour.json'), 'utf8')).toBe(behaviourJson(sampleBehaviour));
});

test('the record as JSON', async () => {
  const { io } = await sdk(['--sdk', 'sdk:pop-core', '--json', '--quiet'], sampleBehaviour);
  expect(JSON.parse(io.out())).toEqual(sampleBehaviour);
  expect(io.err()).toBe('');
});

describe('settings', () => {
  test('the defaults', async () => {
    const { asked } = await sdk(['--sdk', 'sdk:pop-core'], sampleBehaviour);
    expect(asked[0]?.settings).toEqual({ seed: 1, timeoutMs: 1000 });
  });

  test('flags', async () => {
    const words = '--seed 7 --timeout 500 --signature v1 --method POST --concurrency 2'.split(' ');
    const { asked } = await sdk(['--sdk', 'sdk:pop-core', ...words], sampleBehaviour);
    expect(asked[0]).toMatchObject({
      settings: { seed: 7, timeoutMs: 500, signature: 'v1', method: 'POST' },
      concurrency: 2,
    });
  });

  test('those of the stored record, which flags win over', async () => {
    const settings = { seed: 9, timeoutMs: 700, method: 'POST' } as const;
    const file = await store({ ...sampleBehaviour, settings });
    const { asked } = await sdk(
      ['--sdk', 'sdk:pop-core', '--against', file, '--timeout', '800'],
      sampleBehaviour,
    );
    expect(asked[0]?.settings).toEqual({ ...settings, timeoutMs: 800 });
  });
});

describe('compared with', () => {
  test('a stored record that is the same', async () => {
    const { code, io } = await sdk(
      ['--sdk', 'sdk:pop-core', '--against', await store(sampleBehaviour)],
      sampleBehaviour,
    );
    expect(code).toBe(0);
    expect(io.out()).toContain('no differences');
  });

  test('another client: that one is measured first', async () => {
    const words = ['--sdk', 'sdk:vpc20160428', '--against', 'sdk:vpc20160428=old'];
    const { code, io, asked } = await sdk(words, sampleBehaviour, broken);
    expect(code).toBe(1);
    expect(asked).toHaveLength(2);
    expect(io.out()).toContain('breaking  errors, class: ClientError -> Error');
  });

  test.each([
    ['notable', changed, 1],
    ['breaking', changed, 0],
    ['breaking', broken, 1],
    ['minor', changed, 1],
  ])('--fail-on %s', async (severity, record, expected) => {
    const file = await store(sampleBehaviour);
    const { code } = await sdk(['--sdk', 'sdk:pop-core', '--against', file, '--fail-on', severity], record);
    expect(code).toBe(expected);
  });

  test('differences as JSON', async () => {
    const file = await store(sampleBehaviour);
    const { io } = await sdk(['--sdk', 'sdk:pop-core', '--against', file, '--json'], broken);
    expect(JSON.parse(io.out())).toMatchObject({
      record: broken,
      differences: [{ severity: 'breaking', fact: 'class' }],
    });
  });
});

describe('bad input', () => {
  test.each([
    [[], /--sdk is missing: give a client such as sdk:vpc20160428/],
    [['--sdk', 'sdk:pop-core', '--fail-on', 'awful'], /--fail-on must be breaking or notable or minor/],
    [['--sdk', 'sdk:pop-core', '--timeout', 'soon'], /--timeout must be a whole number from 100 to 60000/],
    [['--sdk', 'sdk:pop-core', '--against', '/nowhere/b.json'], /b\.json cannot be read: no such file/],
  ])('%j', async (words, message) => {
    const { code, io, asked } = await sdk(words, sampleBehaviour);
    expect(code).toBe(3);
    expect(io.err()).toMatch(message);
    expect(asked).toEqual([]);
  });

  test.each([
    ['cut off', behaviourJson(sampleBehaviour).slice(0, 900), /is not JSON .*cut off/],
    [
      'of another schema version',
      JSON.stringify({ ...sampleBehaviour, schemaVersion: 99 }),
      /schema version 99; this version of the tool reads 1/,
    ],
    ['a report of another command', '{"schemaVersion":1,"verdict":"conforms"}', /not a behaviour record/],
  ])('a stored record that is %s', async (_what, text, message) => {
    const { code, io, asked } = await sdk(['--sdk', 'sdk:pop-core', '--against', await store(text)]);
    expect(code).toBe(3);
    expect(io.err()).toMatch(message);
    expect(asked).toEqual([]);
  });

  test('a client that does not exist', async () => {
    const io = fakeIo();
    expect(await main(['sdk', '--sdk', 'sdk:nothing'], io, engine)).toBe(3);
    expect(io.err()).toMatch(/error: .*"sdk:nothing".*sdk:vpc20160428.*sdk:pop-core/);
  });

  test('a client that is not installed: which command installs it', async () => {
    const io = fakeIo();
    expect(await main(['sdk', '--sdk', `sdk:pop-core=${folder}/none`], io, engine)).toBe(2);
    expect(io.err()).toMatch(/Nothing could be judged: .*not installed.*npm install/);
  });

  test('an output directory that cannot be made, before anything is measured', async () => {
    const file = await store('x');
    const { code, asked } = await sdk(['--sdk', 'sdk:pop-core', '--out', join(file, 'in')], sampleBehaviour);
    expect(code).toBe(3);
    expect(asked).toEqual([]);
  });
});

test('a Ctrl-C stops it, and nothing is judged', async () => {
  const io = fakeIo();
  const using = fakeEngine(undefined, {
    measureBehaviour: ({ signal }) => {
      io.interrupt();
      return Promise.reject(new SetupError(signal?.aborted === true ? 'It was interrupted.' : 'not told'));
    },
  });
  expect(await main(['sdk', '--sdk', 'sdk:pop-core'], io, using)).toBe(2);
  expect(io.err()).toContain('Stopping: what is under way comes to its end.');
  expect(io.err()).toContain('Nothing could be judged: It was interrupted.');
  expect(io.listening()).toBe(false);
});
