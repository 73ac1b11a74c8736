import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linksOf } from '../docs/testing/page.ts';
import type { RunRecord } from '../reports/record.ts';

/** The package as a user gets it: packed, and installed in an empty project. */

const root = fileURLToPath(new URL('..', import.meta.url));
let project = '';

interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program, in the project unless told where, with nothing of this process's own environment that steers it. */
async function execute(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd = project,
): Promise<Finished> {
  const { PATH, HOME } = process.env;
  const own = Object.entries(process.env).filter(([name]) => /^npm_config_/i.test(name));
  const running = promisify(execFile)(file, [...args], {
    cwd,
    env: { PATH, HOME, ...Object.fromEntries(own), NO_COLOR: '1', ...env },
    maxBuffer: 1 << 26,
  });
  try {
    const { stdout, stderr } = await running;
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const bin = (name: string): string => join(project, 'node_modules', '.bin', name);
const ofThisProject = (path: string): string => join(root, 'node_modules', path);

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
  await writeFile(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  const packed = await execute('npm', ['pack', root, '--json', '--ignore-scripts']);
  const [{ filename }] = JSON.parse(packed.out) as [{ filename: string }];
  const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
  const installed = await execute('npm', ['install', ...quick, `./${filename}`]);
  expect(installed).toMatchObject({ code: 0 });
  // The runner and the compiler are the user's own; these need not be fetched again.
  await Promise.all(
    ['vitest', 'typescript', '@types'].map((name) =>
      symlink(ofThisProject(name), join(project, 'node_modules', name)),
    ),
  );
}, 120_000);
afterAll(() => rm(project, { recursive: true, force: true }));

test('the command runs, and the emulator conforms', async () => {
  const words = ['run', '--target', 'emulator', '--suite', 'random', '--seed', '1', '--commands', '300'];
  const { code, out } = await execute(bin('ri-conformance'), [...words, '--quiet']);
  expect(out).toMatch(/^CONFORMS /);
  expect(code).toBe(0);
});

test('the pages that come with it lead nowhere that is not there', async () => {
  const home = join(project, 'node_modules', 'ri-conformance');
  const docs = (await readdir(join(home, 'docs'))).filter((name) => name.endsWith('.md'));
  expect(docs).toContain('emulators.md');
  for (const page of ['README.md', ...docs.map((name) => join('docs', name))]) {
    const links = linksOf(await readFile(join(home, page), 'utf8')).map((link) => link.split('#')[0] ?? '');
    const dead = links.filter((link) => link !== '' && !existsSync(join(home, dirname(page), link)));
    expect({ page, dead }).toEqual({ page, dead: [] });
  }
  // Examples are there to be copied.
  expect(await readdir(join(home, 'examples', 'vitest'))).toContain('conformance.test.ts');
});

test('every part of it has types', async () => {
  await writeFile(
    join(project, 'use.ts'),
    `import { conformance, defineConfig, type Config } from 'ri-conformance';
import { embeddedTarget, httpTarget, type Target } from 'ri-conformance/adapters';
import { routerInterface, ruleById, type Observation } from 'ri-conformance/model';
import { runConformance, type ConformanceResult } from 'ri-conformance/properties';
import { renderConsole, type RunRecord } from 'ri-conformance/reports';
import { conformance as same } from 'ri-conformance/vitest';

const config: Config = defineConfig({ seed: 1, preset: 'local', times: { pollMs: [1, 2] } });
const mine: Target = {
  name: 'mine',
  call: async (): Promise<Observation> => ({ kind: 'silence', afterMs: 1 }),
  close: async () => undefined,
};
await conformance({ ...config, target: mine });
await same({ target: await httpTarget({ url: 'http://127.0.0.1:1', accessKeyId: 'a', accessKeySecret: 'b' }) });
const { record }: ConformanceResult = await runConformance({
  target: embeddedTarget(),
  edition: 'any',
  regionId: 'cn-hangzhou',
  maxRouters: 2,
  seed: 1,
  commands: 10,
  concurrency: 1,
  shrinkBudget: 10,
  times: { settleMs: 1, staleMs: 1, pollMs: [1, 1] },
});
const report: RunRecord = record;
console.log(renderConsole(report), ruleById('R1').statement.length, routerInterface.id);
// @ts-expect-error a name that is none of the options
defineConfig({ comands: 3 });
`,
  );
  const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--noEmit', '--types', 'node'];
  const { out, code } = await execute(ofThisProject('.bin/tsc'), [...options, 'use.ts']);
  expect({ out, code }).toEqual({ out: '', code: 0 });
});

interface Assertion {
  readonly title: string;
  readonly status: string;
  readonly duration?: number;
  readonly failureMessages: readonly string[];
}

describe('The example for vitest', () => {
  const run = async (
    env: NodeJS.ProcessEnv,
    ...more: readonly string[]
  ): Promise<{ code: number; shown: string; tests: readonly Assertion[] }> => {
    const { code, out, err } = await execute(
      process.execPath,
      [
        ofThisProject('vitest/vitest.mjs'),
        'run',
        '--reporter=json',
        '--outputFile=tests.json',
        ...more,
        'conformance',
      ],
      env,
    );
    const text = await readFile(join(project, 'tests.json'), 'utf8').catch(() => '');
    if (text === '') throw new Error(err);
    const { testResults } = JSON.parse(text) as { testResults: { assertionResults: Assertion[] }[] };
    return { code, shown: out, tests: testResults.flatMap(({ assertionResults }) => assertionResults) };
  };
  const about = (tests: readonly Assertion[], rule: string): Assertion | undefined =>
    tests.find(({ title }) => title.startsWith(`${rule} `));

  beforeAll(() =>
    cp(join(root, 'examples/vitest'), project, {
      recursive: true,
      filter: (path) => !path.endsWith('package.json'),
    }),
  );

  test('passes, a test for each rule, with its share of the time', async () => {
    const { code, tests } = await run({});
    expect(tests.filter(({ status }) => status === 'failed').map(({ title }) => title)).toEqual([]);
    expect(code).toBe(0);
    expect(about(tests, 'R33')).toMatchObject({
      title: expect.stringMatching(/^R33 connect-initiator: /) as string,
      status: 'passed',
    });
    expect(about(tests, 'R91')?.status).toBe('skipped');
    expect(tests.reduce((sum, { duration = 0 }) => sum + duration, 0)).toBeGreaterThan(100);
    const times = tests.filter(({ status }) => status === 'passed').map(({ duration }) => duration);
    expect(new Set(times).size).toBeGreaterThan(20);
  });

  test('fails in the rule that a defect breaks, with a program that shows it', async () => {
    const { code, tests } = await run({ DEFECT: 'connect-role-code' });
    const { status, failureMessages } = about(tests, 'R33') ?? {};
    expect({ code, status }).toEqual({ code: 1, status: 'failed' });
    expect(failureMessages?.join()).toMatch(/ConnectRouterInterface\(ri\d.*400 IncorrectRole/);
  });

  test('passes what is listed as known and tells why, and fails for an entry that is stale', async () => {
    const list = join(project, 'conformance-baseline.yaml');
    await writeFile(
      list,
      'known:\n  - { rule: R33, reason: our ticket 17 }\n  - { rule: R34, reason: was one }\n',
    );
    const env = { DEFECT: 'connect-role-code', RI_CONFORMANCE_COMMANDS: '400' };
    const { code, tests, shown } = await run(env, '--reporter=verbose');
    await rm(list);
    expect(about(tests, 'R33')?.status).toBe('passed');
    expect(shown).toMatch(
      /known divergences \(conformance-baseline\.yaml\):\n  connect-r33-\w+: our ticket 17/,
    );
    const failed = tests.filter(({ status }) => status === 'failed');
    expect({ code, failed: failed.map(({ title }) => title) }).toEqual({
      code: 1,
      failed: ['lists as known only what diverges'],
    });
    expect(failed[0]?.failureMessages.join()).toContain(
      'stale: R34 conforms now; remove the entry at line 3 of conformance-baseline.yaml',
    );
  });
});

describe('The example for vitest in parts', () => {
  const folder = (): string => join(project, 'parts-of-one');
  beforeAll(() => cp(join(root, 'examples/vitest-shards'), folder(), { recursive: true }));

  test('gives each machine its part, and the parts make the record of the whole', async () => {
    const env = { DEFECT: 'connect-role-code', RI_CONFORMANCE_COMMANDS: '400' };
    const ran = await Promise.all(
      ['1/2', '2/2'].map((shard) =>
        execute(
          process.execPath,
          [ofThisProject('vitest/vitest.mjs'), 'run', '--root', '.', '--shard', shard],
          env,
          folder(),
        ),
      ),
    );
    // Vitest's sharding hands each of them another file.
    const files = ran.map(({ out }) => [...new Set(out.match(/part-\d\.test\.ts/g))]);
    expect(files.flat().toSorted()).toEqual(['part-1.test.ts', 'part-2.test.ts']);
    const words = 'merge parts/1/report.json parts/2/report.json --reporter console,ctrf'.split(' ');
    const merged = await execute(bin('ri-conformance'), words, {}, folder());
    expect(merged).toMatchObject({ code: 1, out: expect.stringMatching(/^DIVERGES /) as string });
    const whole = await execute(
      bin('ri-conformance'),
      'run --target emulator --mutant connect-role-code --out whole --quiet'.split(' '),
      env,
      folder(),
    );
    expect(whole.code).toBe(1);
    const [one, other] = await Promise.all(
      ['conformance-out', 'whole'].map(async (out) => {
        const text = await readFile(join(folder(), out, 'report.json'), 'utf8');
        const { counts, rules, coverage, divergences, matrix } = JSON.parse(text) as RunRecord;
        return {
          counts: { ...counts, seconds: 0 },
          rules: rules.map(({ id, verdict, exercised }) => [id, verdict, exercised]),
          coverage,
          matrix,
          divergences: divergences.map(({ id, occurrences }) => [id, occurrences]),
        };
      }),
    );
    expect(one).toEqual(other);
  });
});
