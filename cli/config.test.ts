import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, type Option } from 'commander';
import * as prettier from 'prettier';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from './command-line.ts';
import { defineCommands } from './commands.ts';
import { configJsonSchema } from './config-schema.ts';
import { optionNames, variableOf } from './options.ts';
import { fakeEngine } from './testing/fake-engine.ts';
import { fakeIo } from './testing/fake-io.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs `run` in the folder; returns what reached the engine, and what was said. */
async function run(words: string, env: Record<string, string> = {}) {
  const io = fakeIo(env, folder);
  const engine = fakeEngine();
  const given = words.split(' ').filter((word) => word !== '');
  const code = await main(
    ['run', ...given, ...(given[0] === '--out' ? [] : ['--out', join(folder, 'out')])],
    io,
    engine,
  );
  return { code, options: engine.runs[0], out: io.out(), err: io.err() };
}

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

function optionsOfRun(): readonly Option[] {
  const program = new Command();
  defineCommands(program, fakeIo(), fakeEngine(), () => undefined);
  return program.commands.find((command) => command.name() === 'run')?.options ?? [];
}

describe('A configuration file in the working directory is found', () => {
  test.each([
    [
      'ts',
      'interface Own { readonly seed: number }\nconst own: Own = { seed: 5 };\nexport default { target: "emulator", ...own };',
    ],
    ['js', 'export default { target: "emulator", seed: 5 };'],
    ['mjs', 'export default { target: "emulator", seed: await Promise.resolve(5) };'],
    ['json', '{ "$schema": "./x.json", "target": "emulator", "seed": 5 }'],
    ['yaml', 'target: emulator\nseed: 5 # by hand'],
    ['yml', 'target: emulator\nseed: 5'],
  ])('as conformance.config.%s', async (ending, text) => {
    // What Node takes for a module is for the nearest package.json to say.
    await write('package.json', '{ "type": "module" }');
    await write(`conformance.config.${ending}`, text);
    const { code, options, err } = await run('');
    expect({ code, err: code === 0 ? '' : err, seed: options?.seed }).toEqual({ code: 0, err: '', seed: 5 });
  });

  test('unless there are two', async () => {
    await write('conformance.config.json', '{}');
    await write('conformance.config.yml', '');
    const { code, err } = await run('--target emulator');
    expect(code).toBe(3);
    expect(err).toMatch(
      /two configuration files, conformance\.config\.json and conformance\.config\.yml: remove one/,
    );
  });

  test('and is not looked at where another is named, by flag or environment', async () => {
    await write('conformance.config.json', '{ "seed": 1 }');
    await write('other.yaml', 'seed: 2');
    await write('third.json', '{ "seed": 3 }');
    const env = { RI_CONFORMANCE_CONFIG: 'third.json' };
    expect((await run('--target emulator --config other.yaml', env)).options?.seed).toBe(2);
    expect((await run('--target emulator', env)).options?.seed).toBe(3);
    expect((await run('--target emulator')).options?.seed).toBe(1);
  });
});

describe('What is wrong is said with the file and the key', () => {
  test.each([
    [
      'json',
      '{ "comands": 3 }',
      /in the configuration file conformance\.config\.json: unknown option "comands"/,
    ],
    ['json', '{ "target": ', /conformance\.config\.json is not JSON: /],
    ['yaml', 'times:\n  pollMs: 3', /conformance\.config\.yaml: "times\.pollMs" must be two numbers.*not 3/],
    ['yaml', 'a: [', /conformance\.config\.yaml is not YAML: /],
    ['yaml', '', /conformance\.config\.yaml: expected an object with options/],
    ['mjs', 'export const a = 1;', /conformance\.config\.mjs cannot be loaded: it has no default export/],
    ['mjs', 'throw new Error("of its own")', /conformance\.config\.mjs cannot be loaded: of its own/],
    ['ts', 'export default { seed: ', /conformance\.config\.ts cannot be loaded: /],
    ['ts', 'export default { commands: "3" };', /"commands" must be a whole number of at least 1, not "3"/],
    ['json', '{ "accessKeySecret": 4711 }', /"accessKeySecret" must be a string\.\n/],
  ])('%s: %s', async (ending, text, message) => {
    await write(`conformance.config.${ending}`, text);
    const { code, err, options } = await run('--target emulator');
    expect({ code, options }).toEqual({ code: 3, options: undefined });
    expect(err).toMatch(message);
  });

  test('another ending', async () => {
    await write('config.toml', '');
    expect((await run('--config config.toml')).err).toMatch(/config\.toml has an ending that is not known/);
  });

  test('of an option that makes no sense with the rest', async () => {
    await write(
      'conformance.config.json',
      '{ "target": "http://127.0.0.1:1", "control": "http://127.0.0.1:2" }',
    );
    const { err } = await run('--target emulator');
    expect(err).toMatch(
      /--control is for a target at a URL.*\(--control is "control" in conformance\.config\.json\)/,
    );
  });
});

describe('The environment', () => {
  test('has a name for every option, as the flags do', () => {
    const flags = new Set(optionsOfRun().map((option) => option.attributeName()));
    expect(optionNames.filter((name) => !flags.has(name))).toEqual([]);
    expect(variableOf('maxRouters')).toBe('RI_CONFORMANCE_MAX_ROUTERS');
  });

  test('gives numbers, switches and what has parts', async () => {
    const { options } = await run('--target emulator', {
      RI_CONFORMANCE_SEED: ' 7 ',
      RI_CONFORMANCE_QUIET: '1',
      RI_CONFORMANCE_TIMES: '{ "staleMs": 5 }',
      RI_CONFORMANCE_EDITION: '',
      PATH: '/bin',
    });
    expect(options).toMatchObject({ seed: 7, times: { staleMs: 5, settleMs: 60_000 }, edition: 'any' });
    expect(options?.onProgress).toBeUndefined();
  });

  test.each([
    [{ RI_CONFORMANCE_SEED: 'x' }, /RI_CONFORMANCE_SEED must be a whole number from 0 to \d+, not "x"/],
    [{ RI_CONFORMANCE_QUIET: 'yes' }, /RI_CONFORMANCE_QUIET must be true or false, not "yes"/],
    [{ RI_CONFORMANCE_ROUTERS: '[]' }, /RI_CONFORMANCE_ROUTERS must name at least two routers/],
    [{ RI_CONFORMANCE_TIMES: '{' }, /RI_CONFORMANCE_TIMES .*not "\{"/],
    [
      { RI_CONFORMANCE_SEEDS: '1' },
      /unknown option RI_CONFORMANCE_SEEDS in the environment\. There are: .*RI_CONFORMANCE_SEED,/,
    ],
    [
      { RI_CONFORMANCE_CONTROL: 'none' },
      /--control is for a target at a URL.*\(--control is RI_CONFORMANCE_CONTROL\)/,
    ],
  ])('%j is refused', async (env, message) => {
    const { code, err } = await run('--target emulator', env);
    expect(code).toBe(3);
    expect(err).toMatch(message);
  });

  test('wins over the file, and a flag over both', async () => {
    await write('conformance.config.yaml', 'target: emulator\nseed: 1\ncommands: 2\nregion: cn-beijing');
    const env = { RI_CONFORMANCE_SEED: '3', RI_CONFORMANCE_COMMANDS: '4' };
    expect((await run('--seed 5', env)).options).toMatchObject({
      seed: 5,
      commands: 4,
      regionId: 'cn-beijing',
    });
  });
});

describe('reporters in a file', () => {
  test.each(['reporter: [console, junit=j.xml]', 'reporter: console,junit=j.xml'])('%s', async (line) => {
    await write('conformance.config.yaml', `target: emulator\nout: o\n${line}`);
    const { code, err } = await run('');
    expect({ code, err: err.includes('Written: j.xml') }).toEqual({ code: 0, err: true });
  });

  test.each(['reporter: []', 'reporter: [1]', 'reporter: 1'])('%s is refused', async (line) => {
    await write('conformance.config.yaml', `target: emulator\n${line}`);
    const { code, err } = await run('');
    expect(code).toBe(3);
    expect(err).toMatch(
      /conformance\.config\.yaml: "reporter(\.0)?" must (name reporters, as "console,junit" or a list|be a string)/,
    );
  });
});

describe('run --print-config', () => {
  test('tells every value and where it is from, without secrets, and runs nothing', async () => {
    await write('conformance.config.yaml', 'seed: 1\nregion: cn-beijing\naccessKeySecret: hush');
    const env = {
      RI_CONFORMANCE_TARGET: 'http://127.0.0.1:1',
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'an-id',
      ALIBABA_CLOUD_SECURITY_TOKEN: 'hush too',
    };
    const { code, out, err, options } = await run('--print-config --seed 5 --no-color', env);
    expect({ code, err, options }).toEqual({ code: 0, err: '', options: undefined });
    const lines = out.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines[0]).toEqual(['Configuration file: conformance.config.yaml']);
    for (const line of [
      ['seed', '5', '--seed'],
      ['target', 'http://127.0.0.1:1', 'RI_CONFORMANCE_TARGET'],
      ['region', 'cn-beijing', '"region" in conformance.config.yaml'],
      ['accessKeyId', 'an-id', 'ALIBABA_CLOUD_ACCESS_KEY_ID'],
      ['accessKeySecret', '********', '"accessKeySecret" in conformance.config.yaml'],
      ['securityToken', '********', 'ALIBABA_CLOUD_SECURITY_TOKEN'],
      ['color', 'false', '--color'],
      ['maxRouters', '8', 'default'],
      ['profile', 'not set'],
    ])
      expect(lines).toContainEqual(line);
    expect(out).not.toContain('hush');
  });

  test('shows a list of reporters as the flag takes it', async () => {
    await write('conformance.config.json', '{"reporter": ["console", "junit=j.xml"]}');
    expect((await run('--print-config')).out).toMatch(
      /reporter +console,junit=j\.xml +"reporter" in conformance\.config\.json/,
    );
  });

  test('without a file says what was looked for', async () => {
    expect((await run('--print-config')).out).toMatch(
      /^Configuration file: none \(looked for conformance\.config\.ts, /,
    );
  });
});

test('the schema in the package is that of the options; npx vitest run --update cli/config.test.ts writes it anew', async () => {
  const text = JSON.stringify(configJsonSchema(optionsOfRun()));
  const printed = await prettier.format(text, { parser: 'json', printWidth: 110 });
  await expect(printed).toMatchFileSnapshot(
    fileURLToPath(new URL('../conformance.schema.json', import.meta.url)),
  );
});
