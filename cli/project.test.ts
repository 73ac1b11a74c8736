import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { main } from './command-line.ts';
import { fakeEngine } from './testing/fake-engine.ts';
import { fakeIo } from './testing/fake-io.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function call(...words: readonly string[]) {
  const io = fakeIo({}, folder);
  const code = await main(words, io, fakeEngine());
  return { code, out: io.out(), err: io.err() };
}

const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

describe('init', () => {
  test('writes a configuration, a test and a workflow, and says so', async () => {
    const { code, out } = await call('init', '--target', 'http://127.0.0.1:9');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^wrote {2}conformance\.config\.ts\nwrote {2}conformance\.test\.ts\nwrote {2}\.github\/workflows\/conformance\.yml\nNext: /,
    );
    expect(await read('conformance.config.ts')).toContain('target: "http://127.0.0.1:9"');
    const { jobs } = parse(await read('.github/workflows/conformance.yml')) as {
      jobs: { conformance: { steps: { run?: string }[] } };
    };
    const runs = jobs.conformance.steps.flatMap(({ run }) => run ?? []);
    expect(runs).toContain('npx ri-conformance run --quiet');
  });

  test('leaves what is there, unless it is told to write over it', async () => {
    await writeFile(join(folder, 'conformance.test.ts'), 'mine');
    expect((await call('init')).out).toContain('kept   conformance.test.ts: it is there already');
    expect(await read('conformance.test.ts')).toBe('mine');
    expect((await call('init', '--force')).out).not.toContain('kept');
    expect(await read('conformance.test.ts')).toContain('await conformance();');
  });

  test('writes no second configuration', async () => {
    await writeFile(join(folder, 'conformance.config.yaml'), 'seed: 3');
    expect((await call('init', '--force')).out).toContain(
      'kept   conformance.config.yaml: it is the configuration',
    );
    await expect(read('conformance.config.ts')).rejects.toThrow(/ENOENT/);
  });
});

describe('completion', () => {
  /** What bash offers after these words, the last of which is being typed. */
  async function offered(...words: readonly string[]): Promise<readonly string[]> {
    const { out } = await call('completion', 'bash');
    await writeFile(join(folder, 'completion.bash'), out);
    const script =
      'source "$0"; COMP_WORDS=(ri-conformance "$@"); COMP_CWORD=$#; _ri_conformance; printf "%s\\n" "${COMPREPLY[@]}"';
    const text = execFileSync('bash', ['-c', script, join(folder, 'completion.bash'), ...words]).toString();
    return text.split('\n').filter((line) => line !== '');
  }

  test.each([
    [['re'], ['replay', 'recording']],
    [['run', '--comm'], ['--commands']],
    [['watch', '--comm'], ['--commands']],
    [['run', '--seed', '3', '--ed'], ['--edition']],
    [
      ['run', '--preset', ''],
      ['local', 'cloud'],
    ],
    [
      ['run', '--edition', 'E2018'],
      ['E2018a', 'E2018b'],
    ],
    [['recording', 't'], ['to-har']],
    [
      ['recording', 'from-har', '--h'],
      ['--host', '--help'],
    ],
    [['serve', '--comm'], []],
  ])('of %j in bash', async (words, expected) => {
    expect(await offered(...words)).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(await offered(...words)).toEqual([]);
  });

  /** Prints what a shell offers; the last of the words is being typed. */
  const asking = {
    zsh: `compdef() { : }; _files() { : }; _describe() { print -l -- "\${(@P)2}" }; compadd() { shift; print -l -- "$@" }
      source "$0"; words=(ri-conformance "$@"); CURRENT=$#words; _ri_conformance`,
    fish: 'source $argv[1]; complete -C "ri-conformance $argv[2..-1]"',
  };
  const missing = new Set(
    (['zsh', 'fish'] as const).filter((shell) => spawnSync(shell, ['--version']).status !== 0),
  );

  describe.each(['zsh', 'fish'] as const)('in %s', (shell) => {
    const told = missing.has(shell) ? ` (not run: there is no ${shell} here)` : '';
    test.skipIf(missing.has(shell)).each([
      [['re'], ['replay', 'recording']],
      [['run', '--comm'], ['--commands']],
      [['run', '--seed', '3', '--ed'], ['--edition']],
      [
        ['run', '--preset', ''],
        ['local', 'cloud'],
      ],
      [['recording', 't'], ['to-har']],
    ])(`offers what may follow %j${told}`, async (words, expected) => {
      const { out } = await call('completion', shell);
      const file = join(folder, `completion.${shell}`);
      await writeFile(file, out);
      const args = shell === 'zsh' ? ['-f', '-c', asking.zsh] : ['--no-config', '-c', asking.fish];
      const text = execFileSync(shell, [...args, file, ...words], { env: { ...process.env, HOME: folder } });
      const offers = text
        .toString()
        .split('\n')
        .map((line) => line.split(/[:\t]/)[0]);
      expect(offers).toEqual(expect.arrayContaining(expected));
      if (words[0] === 'run') expect(offers).not.toContain('to-har');
    });
  });

  test.each([
    ['zsh', "'run:test a target and report every divergence'", 'compdef _ri_conformance ri-conformance'],
    ['fish', "-n '__fish_seen_subcommand_from run' -l preset -x -a 'local cloud'", '-f -a run -d'],
  ])('in %s has the commands and options too', async (shell, ...lines) => {
    const { out } = await call('completion', shell);
    for (const line of lines) expect(out).toContain(line);
  });

  test('of another shell is refused', async () => {
    const { code, err } = await call('completion', 'tcsh');
    expect(code).toBe(3);
    expect(err).toMatch(/unknown shell "tcsh"\. The shells are: bash, zsh, fish/);
  });
});
