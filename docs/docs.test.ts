import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { anchorsOf, linksOf, pageOf, pathsOf, script } from './testing/page.ts';

/**
 * What the pages say to type is typed here: one directory a page, as of somebody who has installed the package,
 * its files written as they are shown and its commands run in order, each with the exit code that it is said to have.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const docs = join(root, 'docs');
const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
const textOf = (path: string): string => readFileSync(path, 'utf8');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Stands for the registry, which has not got this package: what is installed must be what the tests have anyway. */
const npm = `#!/bin/bash
[ "$1" = install ] || { echo "npm $*: not in a page" >&2; exit 9; }
for name in "\${@:2}"; do
  case $name in -*) ;; *) [ -d "node_modules/$name" ] || { echo "no package $name" >&2; exit 9; } ;; esac
done
`;

async function project(): Promise<{ readonly directory: string; readonly path: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'ri-docs-'));
  const modules = join(directory, 'node_modules');
  const bin = join(directory, '.bin');
  await mkdir(modules);
  await mkdir(bin);
  const links = [
    ['ri-conformance', root],
    ...['@alicloud', 'vitest', '.bin'].map((name) => [name, installed(name)]),
  ];
  await Promise.all(links.map(([name = '', to = '']) => symlink(to, join(modules, name))));
  const self = `#!/bin/bash\nexec node ${JSON.stringify(join(root, 'dist', 'cli', 'main.js'))} "$@"\n`;
  const programs = [
    ['ri-conformance', self],
    ['npm', npm],
  ];
  for (const [name = '', text = ''] of programs) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  await writeFile(join(directory, 'package.json'), '{ "name": "mine", "private": true, "type": "module" }');
  return { directory, path: `${bin}:${process.env['PATH'] ?? ''}` };
}

/** Campaigns than a reader's, who has not all pages to try. */
const smaller = { RI_CONFORMANCE_COMMANDS: '600', RI_CONFORMANCE_RACE_COMMANDS: '60' };

/** Where a recording says what is sent it has its way: the page is as small as what it records. */
const isOfRecording = (text: string): boolean => text.includes('--record ');
const recordingLess = (line: string): string =>
  isOfRecording(line) ? `RI_CONFORMANCE_RACE_COMMANDS=${smaller.RI_CONFORMANCE_RACE_COMMANDS} ${line}` : line;

const installed = (name: string): string => join(root, 'node_modules', name);

/** Runs a page; returns what it printed, and the exit code: 0 when every line ended as the page says. */
async function type(text: string): Promise<{ readonly code: number; readonly out: string }> {
  const { directory, path } = await project();
  const ports = await Promise.all([freePort(), freePort()]);
  const here = (shown: string): string =>
    shown.replaceAll('8787', String(ports[0])).replaceAll('8788', String(ports[1]));
  const { files, lines } = pageOf(text);
  try {
    for (const { name, text: content } of files) await writeFile(join(directory, name), here(content));
    const { HOME } = process.env;
    const running = promisify(execFile)('bash', ['-c', script(lines.map(here).map(recordingLess))], {
      cwd: directory,
      env: { HOME, PATH: path, NO_COLOR: '1', ...(isOfRecording(text) ? {} : smaller) },
      maxBuffer: 1 << 26,
    });
    const { stdout } = await running;
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: `${stdout.slice(-30_000)}\n${stderr.slice(-3000)}` };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('what a page says to type works', () => {
  const typed = pages.filter((name) => pageOf(textOf(join(docs, name))).lines.length > 0);
  test.each(typed)('docs/%s', async (name) => {
    const { code, out } = await type(textOf(join(docs, name)));
    expect(code, out).toBe(0);
  });

  test('README.md, but for its two commands, which CI runs', async () => {
    const [, example = ''] = textOf(join(root, 'README.md')).split('## An example');
    const { code, out } = await type(example);
    expect(code, out).toBe(0);
  });

  test('and a line that ends otherwise is noticed', async () => {
    expect(await type('```sh\nfalse\n```')).toMatchObject({ code: 9 });
    expect(await type('```sh\ntrue    # exit code 1\n```')).toMatchObject({ code: 9 });
  });
});

const all = [join(root, 'README.md'), ...pages.map((name) => join(docs, name))];

describe('what a page only shows is so', () => {
  const named = (path: string): string[] => [
    ...pathsOf(textOf(path)),
    ...pageOf(textOf(path)).shown.flatMap((text) =>
      [...text.matchAll(/^npx vitest run (\S+)/gm)].map(([, file = '']) => file),
    ),
  ];
  /** Whether there is such a file or folder; `*` stands for any part of a name. */
  function isThere(path: string): boolean {
    if (!path.includes('*')) return existsSync(join(root, path));
    const pattern = new RegExp(`^${path.slice(path.lastIndexOf('/') + 1).replaceAll('*', '.*')}$`);
    return readdirSync(join(root, dirname(path))).some((name) => pattern.test(name));
  }

  test.each(all.map((path) => [path.slice(root.length), path]))('files named in %s are there', (_, path) => {
    expect(named(path).filter((each) => !isThere(each))).toEqual([]);
  });

  test('of which there are some', () => {
    expect(all.flatMap(named).length).toBeGreaterThan(15);
    expect(isThere('model/nothing.ts') || isThere('model/nothing-*.ts')).toBe(false);
  });

  test('the fact of docs/add-a-rule.md is in the data', () => {
    const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
    const [fact = ''] = pageOf(textOf(join(docs, 'add-a-rule.md'))).shown;
    expect(fact).toContain("id: 'R38'");
    expect(plain(textOf(join(root, 'model/spec/rules-data.ts')))).toContain(plain(fact));
  });

  test('the rule that the README shows as broken says what it is shown to say', () => {
    const [shown = ''] = pageOf(textOf(join(root, 'README.md'))).shown;
    const statement = /^ {2}R38 +(.+)$/m.exec(shown)?.[1];
    expect(statement).toBeDefined();
    expect(textOf(join(root, 'model/spec/rules-data.ts'))).toContain(`statement: '${statement}'`);
  });
});

describe('links lead somewhere', () => {
  test.each(all.map((path) => [path.slice(root.length), path]))('%s', (_, path) => {
    const dead = linksOf(textOf(path)).filter((link) => {
      const [file = '', anchor] = link.split('#');
      const to = file === '' ? path : resolve(dirname(path), file);
      return !existsSync(to) || (anchor !== undefined && !anchorsOf(textOf(to)).includes(anchor));
    });
    expect(dead).toEqual([]);
  });

  test('to every page from the first', () => {
    const linked = linksOf(textOf(join(docs, 'README.md')));
    expect(pages.filter((name) => name !== 'README.md' && !linked.includes(name))).toEqual([]);
  });
});
