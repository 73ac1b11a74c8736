import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmulator } from '../adapters/emulator/serve.ts';
import { parseCounterexample } from '../properties/counterexample.ts';
import { main } from './command-line.ts';
import { engine } from './engine.ts';
import { conforming, diverging, fakeEngine } from './testing/fake-engine.ts';
import { fakeIo, type FakeIo } from './testing/fake-io.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(words: readonly string[], using = fakeEngine(), io: FakeIo = fakeIo()) {
  const code = await main(['run', '--out', join(folder, 'out'), ...words], io, using);
  return { code, io, options: using.runs[0] };
}

describe('what reaches the engine', () => {
  test('the defaults of an embedded emulator, in its own time', async () => {
    const { options, io } = await run(['--target', 'emulator']);
    expect(options).toMatchObject({
      edition: 'any',
      regionId: 'cn-hangzhou',
      commands: 20_000,
      concurrency: 4,
      maxRouters: 8,
      shrinkBudget: 3000,
      times: { settleMs: 60_000, staleMs: 1000, pollMs: [2, 250] },
    });
    expect(options?.routers).toBeUndefined();
    expect(io.err()).toContain(`edition any, seed ${options?.seed}\n`);
  });

  test('flags', async () => {
    const words =
      '--target emulator --edition E2018b --seed 7 --commands 5 --time 1.5 --concurrency 2 --shrink 0';
    const { options } = await run([...words.split(' '), '--region', 'cn-beijing', '--max-routers', '3']);
    expect(options).toMatchObject({
      edition: 'E2018b',
      seed: 7,
      commands: 5,
      timeMs: 1500,
      concurrency: 2,
      shrinkBudget: 0,
      regionId: 'cn-beijing',
      maxRouters: 3,
    });
  });

  test('a configuration file, which flags win over', async () => {
    const config = join(folder, 'config.json');
    const routers = [
      { regionId: 'cn-beijing', routerId: 'vrt-1', vpcId: 'vpc-1' },
      { regionId: 'cn-beijing', routerId: 'vrt-2' },
    ];
    await writeFile(
      config,
      JSON.stringify({ target: 'emulator', seed: 1, commands: 9, routers, times: { staleMs: 5 } }),
    );
    const { options } = await run(['--config', config, '--seed', '2']);
    expect(options).toMatchObject({
      seed: 2,
      commands: 9,
      regionId: 'cn-beijing',
      routers: [
        { id: 'vrt-1', regionId: 'cn-beijing', vpcId: 'vpc-1' },
        { id: 'vrt-2', regionId: 'cn-beijing' },
      ],
      times: { settleMs: 60_000, staleMs: 5 },
    });
  });

  test.each([
    ['"comands": 3', /unknown option "comands"\. The options are: target, /],
    ['"commands": "3"', /"commands" must be a whole number of at least 1, not "3"/],
    ['"routers": [{ "regionId": "x", "routerId": "y" }]', /"routers" must name at least two routers/],
    ['"routers": [{ "regionId": "x" }, {}]', /"routers\.0\.routerId" must be a string, it is missing/],
    ['"times": { "pollMs": 3 }', /"times\.pollMs" must be two numbers/],
    ['"times": { "settle": 3 }', /unknown option "settle" in "times"/],
  ])('nothing, when the configuration file has %s', async (entry, message) => {
    const config = join(folder, 'config.json');
    await writeFile(config, `{ "target": "emulator", ${entry} }`);
    const { code, io, options } = await run(['--config', config]);
    expect({ code, options }).toEqual({ code: 3, options: undefined });
    expect(io.err()).toMatch(message);
  });

  test.each([
    [[], { settleMs: 5000, staleMs: 1000, pollMs: [3, 200] }],
    [['--preset', 'cloud'], { settleMs: 1_000_000, staleMs: 10_000, pollMs: [1000, 5000] }],
  ])('real time by the preset, %j', async (words, times) => {
    const served = await startEmulator();
    const { url } = served;
    const { options, io } = await run(['--target', url, ...words]);
    await served.close();
    expect(options?.times).toEqual(times);
    expect(options?.target.name).toBe(`http(${url})`);
    expect(io.err()).not.toContain('no control hooks');
  });

  test('no control hooks, when they are switched off, which is said', async () => {
    const served = await startEmulator({ clock: 'manual' });
    const { url } = served;
    const { options, io } = await run(['--target', url, '--control', 'none']);
    await served.close();
    expect(options?.target.control).toBeUndefined();
    expect(io.err()).toContain('no control hooks: control hooks are switched off');
  });
});

describe('what a run leaves', () => {
  test('the record, a counterexample that can be read back, and a curl script that can be run', async () => {
    const { code, io } = await run(
      ['--target', 'emulator', '--mutant', 'connect-unanswered'],
      fakeEngine(() => diverging),
    );
    expect(code).toBe(1);
    const out = join(folder, 'out');
    const record = JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as unknown;
    expect(record).toEqual(diverging.record);
    const file = join(out, 'divergences', 'connect-accepted-9f2c1a.json');
    expect(parseCounterexample(await readFile(file, 'utf8'), file).id).toBe('connect-accepted-9f2c1a');
    const script = join(out, 'divergences', 'connect-accepted-9f2c1a.sh');
    expect((await stat(script)).mode & 0o111).not.toBe(0);
    expect(await readFile(script, 'utf8')).toContain(
      'ri-conformance serve --manual-clock --mutant connect-unanswered',
    );
    expect((await readdir(join(out, 'divergences'))).toSorted()).toEqual([
      'connect-accepted-9f2c1a.json',
      'connect-accepted-9f2c1a.sh',
    ]);
    expect(io.out()).toContain(
      `Replay:     ri-conformance replay ${file} --target emulator --mutant connect-unanswered\n`,
    );
    expect(io.out()).toContain(`With curl:  bash ${script}\n`);
  });

  test('a replay command without the secret', async () => {
    const served = await startEmulator();
    const { url } = served;
    const keys = ['--access-key-id', 'testid', '--access-key-secret', 'hush'];
    const { io } = await run(
      ['--target', url, ...keys],
      fakeEngine(() => diverging),
    );
    await served.close();
    expect(io.out()).toMatch(
      /--access-key-id testid --access-key-secret "\$ALIBABA_CLOUD_ACCESS_KEY_SECRET"\n/,
    );
    expect(io.out() + io.err()).not.toContain('hush');
  });

  test('file names within its directory, whatever an id says', async () => {
    const id = '../../../evil id\u0000';
    const divergences = diverging.record.divergences.map((each) => Object.assign({}, each, { id }));
    await run(
      ['--target', 'emulator'],
      fakeEngine(() => ({ ...diverging, record: { ...diverging.record, divergences } })),
    );
    expect(await readdir(join(folder, 'out', 'divergences'))).toEqual(['-..-..-evil-id-.sh']);
  });

  test('what was there before', async () => {
    await run(
      ['--target', 'emulator'],
      fakeEngine(() => diverging),
    );
    await run(
      ['--target', 'emulator'],
      fakeEngine(() => conforming),
    );
    expect(await readdir(join(folder, 'out', 'divergences'))).toContain('connect-accepted-9f2c1a.json');
  });

  test.each([
    ['conforms', 0],
    ['diverges', 1],
    ['inconclusive', 2],
  ] as const)('an exit code: %s is %i', async (verdict, expected) => {
    const result = { ...conforming, record: { ...conforming.record, verdict } };
    expect(
      (
        await run(
          ['--target', 'emulator'],
          fakeEngine(() => result),
        )
      ).code,
    ).toBe(expected);
  });
});

describe('quiet and colour', () => {
  test('quiet leaves the report alone', async () => {
    const { io } = await run(['--target', 'emulator', '--quiet']);
    expect(io.err()).toBe('');
    expect(io.out()).toMatch(/^CONFORMS /);
  });

  test.each([
    [[], {}, true],
    [['--no-color'], {}, false],
    [[], { NO_COLOR: '1' }, false],
    [[], { NO_COLOR: '' }, true],
  ])('on a terminal with %j and %j, coloured: %s', async (words, env, coloured) => {
    const io = fakeIo(env);
    const terminal = { ...io, stdout: { ...io.stdout, isTTY: true } };
    await run(['--target', 'emulator', ...words], fakeEngine(), terminal);
    expect(io.out().includes('\u001b[')).toBe(coloured);
  });
});

describe('Ctrl-C', () => {
  test('stops gently the first time, and the report is written', async () => {
    const io = fakeIo();
    const using = fakeEngine(({ signal }) => {
      io.interrupt();
      expect(signal?.aborted).toBe(true);
      return diverging;
    });
    const { code } = await run(['--target', 'emulator'], using, io);
    expect({ code, exited: io.exited, listening: io.listening() }).toEqual({
      code: 1,
      exited: [],
      listening: false,
    });
    expect(io.err()).toContain('Stopping: what was made is being deleted');
    expect(await readdir(join(folder, 'out'))).toContain('report.json');
  });

  test('stops at once the second time, and says what may be left behind', async () => {
    const served = await startEmulator();
    const { url } = served;
    const io = fakeIo();
    const using = fakeEngine(() => {
      io.interrupt();
      io.interrupt();
      return conforming;
    });
    await run(['--target', url], using, io);
    await served.close();
    expect(io.exited).toEqual([2]);
    expect(io.err()).toContain(`may be left behind at ${url}.`);
  });

  test('comes through while an emulator runs in this process', async () => {
    const io = fakeIo();
    setTimeout(() => io.interrupt(), 200);
    const code = await main(
      ['run', '--target', 'emulator', '--commands', '100000000', '--out', join(folder, 'out'), '--quiet'],
      io,
      engine,
    );
    expect(code).not.toBe(3);
    expect(io.out()).toContain('ended early: stopped');
  });
});
