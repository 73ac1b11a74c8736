import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HookError } from '../adapters/target.ts';
import { SetupError } from '../properties/run/errors.ts';
import { main } from './command-line.ts';
import { fakeEngine } from './testing/fake-engine.ts';
import { fakeIo } from './testing/fake-io.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
  await writeFile(join(folder, 'file'), '');
  await writeFile(join(folder, 'cut.json'), '{"counterexampleVersion": 1,');
});
afterAll(() => rm(folder, { recursive: true }));

async function call(
  argv: string,
  {
    env = {},
    engine = fakeEngine(),
  }: { env?: Record<string, string>; engine?: ReturnType<typeof fakeEngine> } = {},
): Promise<{ code: number; out: string; err: string }> {
  const io = fakeIo(env);
  const words = argv.split(' ').filter((word) => word !== '');
  const code = await main(
    words.map((word) => word.replace('TMP', folder)),
    io,
    engine,
  );
  return { code, out: io.out(), err: io.err().replaceAll(folder, 'TMP') };
}

const emulator = 'run --target emulator --out TMP/out';

describe('wrong usage ends with exit code 3, one message and where to look', () => {
  test.each([
    ['frobnicate', /^error: unknown command 'frobnicate'\nSee: ri-conformance --help\n$/],
    ['run', /^error: --target is missing: give "emulator", or a URL/],
    ['run --bogus', /^error: unknown option '--bogus'\nSee: ri-conformance run --help\n$/],
    ['run --comands 3', /Did you mean --commands\?/],
    ['run --target', /argument missing/],
    ['run extra --target emulator', /too many arguments/],
    ['run --target emulater', /^error: the target "emulater" is not "emulator", nor a URL such as /],
    ['run --target emulator --suite ,', /^error: --suite names none/],
    ['run --target emulator --times {"settleMs":-1}', /^error: --times\.settleMs must be a whole number/],
    ['run --target ftp://x', /^error: the target URL "ftp:\/\/x" is not an http:/],
    ['run --target localhost:1', /Did you mean http:\/\/localhost:1 \?/],
    ['run --target https://vpc.aliyuncs.com', /the real Alibaba Cloud service/],
    [
      'run --target sdk:node@http://127.0.0.1:1',
      /unknown client "sdk:node"\. There are sdk:vpc20160428, sdk:pop-core and exec:<command>/,
    ],
    ['run --target sdk:pop-core@127.0.0.1:1', /"127\.0\.0\.1:1" is not an http.*Did you mean http:/],
    ['run --target sdk:pop-core --signature acs3', /no ACS3/],
    ['run --target sdk:vpc20160428 --method GET', /no GET/],
    ['run --target sdk:pop-core --control none', /--control is for a client with @URL/],
    ['run --target sdk:pop-core@http://127.0.0.1:1 --mutant x', /--mutant is for --target emulator/],
    ['run --target sdk:pop-core --mutant x', /unknown mutant "x"/],
    ['run --target sdk:pop-core --format XML', /--format is for a target at a URL; a client asks/],
    ['run --target http://example.com', /^error: no access key for http:\/\/example.com/],
    ['run --target http://127.0.0.1:1 --access-key-id a', /the access key secret is missing/],
    ['run --target http://127.0.0.1:1 --access-key-secret a', /the access key id is missing/],
    ['run --target http://127.0.0.1:1 --mutant connect-any-role', /--mutant is for --target emulator/],
    ['run --target http://127.0.0.1:1 --control nowhere', /the control URL "nowhere" is not/],
    [`${emulator} --control http://127.0.0.1:1`, /--control is for a target at a URL/],
    [`${emulator} --access-key-id x`, /--access-key-id is for a target at a URL/],
    [`${emulator} --security-token x`, /--security-token is for a target at a URL/],
    [
      `${emulator} --mutant nonce-replay-accepted`,
      /shows on the wire only: start it with "ri-conformance serve --mutant nonce-replay-accepted"/,
    ],
    ['run --target http://127.0.0.1:1 --signature v3', /--signature must be v1 or acs3, not "v3"/],
    ['run --target http://127.0.0.1:1 --format YAML', /--format must be JSON or XML, not "YAML"/],
    [`${emulator} --mutant connect-nothing`, /unknown mutant "connect-nothing". Near it are connect-/],
    [`${emulator} --profile nothing`, /Unknown profile "nothing"/],
    [`${emulator} --emulator-edition E1`, /Unknown edition "E1"/],
    [`${emulator} --edition E1999`, /unknown edition "E1999". The editions are: any, E2016, /],
    [
      `${emulator} --suite random,w-method`,
      /unknown suite "w-method". The suites of this version are: tour, complete, random, guided, protocol, races, regressions/,
    ],
    [`${emulator} --seed abc`, /--seed must be a whole number from 0 to 2147483647, not "abc"/],
    [`${emulator} --seed 1.5`, /--seed must be a whole number/],
    [`${emulator} --commands 0`, /--commands must be a whole number of at least 1, not 0/],
    [`${emulator} --time -3`, /--time must be a number of seconds above 0, not -3/],
    [`${emulator} --concurrency 1e9`, /--concurrency must be a whole number from 1 to 1000/],
    [`${emulator} --max-routers 1`, /--max-routers must be a whole number from 2 to 100/],
    [`${emulator} --preset moon`, /--preset must be local or cloud, not "moon"/],
    [`${emulator} --method PUT`, /--method must be GET or POST, not "PUT"/],
    [`${emulator} --config TMP/nothing.json`, /TMP\/nothing.json cannot be read: no such file/],
    [`${emulator} --config TMP/cut.json`, /TMP\/cut.json is not JSON: /],
    [
      'run --target emulator --out TMP/file',
      /cannot write to the output directory TMP\/file: .*Choose one with --out/,
    ],
    ['run --target emulator --out TMP/file/below', /cannot write to the output directory TMP\/file\/below/],
    ['replay --target emulator', /missing required argument 'file'/],
    ['replay TMP/nothing.json --target emulator', /TMP\/nothing.json cannot be read: no such file/],
    ['replay TMP/cut.json --target emulator', /TMP\/cut.json is not JSON .* Was it cut off/],
    ['judge TMP/nothing.json', /TMP\/nothing.json cannot be read/],
    ['judge TMP/cut.json --edition E1', /unknown edition "E1"/],
    ['rules --rule R999', /unknown rule "R999": R1 to R100 /],
    ['rules --operation Foo', /unknown operation "Foo"; there are CreateRouterInterface, /],
    ['model --format png', /unknown format "png". The formats are: mermaid, dot, json/],
    ['serve --port 99999', /--port must be a whole number from 0 to 65535, not "99999"/],
    ['serve --connect-ms soon', /--connect-ms must be a whole number/],
    ['serve --edition E1', /Unknown edition "E1"/],
    ['serve --port 0 --mutant nothing', /unknown mutant "nothing"/],
  ])('%s', async (argv, message) => {
    const engine = fakeEngine();
    const { code, out, err } = await call(argv, { engine });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n {4}at /);
    expect(engine.runs).toEqual([]);
  });

  test('a port in use', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const { code, err } = await call(`serve --port ${port}`);
    server.close();
    expect(code).toBe(3);
    expect(err).toContain(`cannot listen on 127.0.0.1:${port}: the port is in use. Give another --port`);
  });

  test('no command at all prints the help', async () => {
    const { code, err } = await call('');
    expect(code).toBe(3);
    expect(err).toMatch(/^Usage: ri-conformance[\s\S]*Examples:[\s\S]*Exit codes:/);
  });
});

describe('what was asked for ends with exit code 0', () => {
  test.each([
    ['--help', /Exit codes:\n {2}0 {2}conforms/],
    ['run --help', /--commands <n>[\s\S]*Exit codes:/],
    ['--version', /^\d+\.\d+\.\d+\n$/],
    ['rules --rule R37 r38,P1', /^R37 [\s\S]*\nR38 [\s\S]*\nP1 /],
    ['rules --operation ConnectRouterInterface --json', /^\{\n {2}"editions"/],
    ['model', /^stateDiagram-v2\n/],
    ['model --format dot', /^digraph /],
    ['model --format json', /^\{\n {2}"hash"/],
    ['mutants', /^wrong answer \(\d+\)\n[\s\S]*\d+ mutants\. Choose one with --mutant NAME\.\n$/],
    ['mutants --json', /^\[\n {2}\{\n {4}"name"/],
  ])('%s', async (argv, expected) => {
    const { code, out, err } = await call(argv);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(expected);
  });
});

describe('errors while running', () => {
  test('a scene that cannot be set ends with exit code 2', async () => {
    const engine = fakeEngine(() => {
      throw new SetupError('Two routers are needed.');
    });
    const { code, err } = await call(emulator, { engine });
    expect(code).toBe(2);
    expect(err).toContain('Nothing could be judged: Two routers are needed.\n');
  });

  test('a control hook that fails ends with exit code 2, and says what to do', async () => {
    const engine = fakeEngine(() => {
      throw new HookError('clock', 'http://t/_control/clock answered HTTP 500: no', 500);
    });
    const { code, err } = await call(emulator, { engine });
    expect(code).toBe(2);
    expect(err).toMatch(/judged: the control hook "clock" failed: .*HTTP 500: no\. .*--control none/);
  });

  test('a target that is not there ends with exit code 2, given control hooks too', async () => {
    const { code, err } = await call(
      'run --target http://127.0.0.1:1 --control http://127.0.0.1:1 --out TMP/out',
    );
    expect(code).toBe(2);
    expect(err).toMatch(/^Nothing could be judged: no control hooks .* cannot be reached/);
  });

  test('anything else is a fault of the harness, with its stack only on demand', async () => {
    const engine = fakeEngine(() => {
      throw new TypeError('x is not a function');
    });
    const brief = await call(emulator, { engine });
    expect(brief.code).toBe(3);
    expect(brief.err).toContain('Fault of the harness, not of the target: x is not a function\n');
    expect(brief.err).not.toContain('    at ');
    const long = await call(`${emulator} --debug`, { engine });
    expect(long.err).toContain('    at ');
  });
});
