import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunRecord } from '../reports/record.ts';
import { splitClient } from './client-choice.ts';
import { main } from './command-line.ts';
import { engine } from './engine.ts';
import { fakeIo } from './testing/fake-io.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(line: string): Promise<{ code: number; out: string; err: string }> {
  const io = fakeIo();
  const code = await main(['run', '--out', folder, '--seed', '1', ...line.split(' ')], io, engine);
  return { code, out: io.out(), err: io.err() };
}

test.each([
  ['sdk:pop-core', 'sdk:pop-core', undefined],
  ['sdk:pop-core@http://h:1/x', 'sdk:pop-core', 'http://h:1/x'],
  ['sdk:pop-core@h:1', 'sdk:pop-core', 'h:1'],
  ['sdk:pop-core=@scope/old@https://h', 'sdk:pop-core=@scope/old', 'https://h'],
  ['sdk:pop-core=@scope/old', 'sdk:pop-core=@scope/old', undefined],
  ['exec:python3 a@b.py', 'exec:python3 a@b.py', undefined],
  ['exec:python3 a@b.py@HTTP://h', 'exec:python3 a@b.py', 'HTTP://h'],
])('%s is %s at %s', (target, client, url) => {
  expect(splitClient(target)).toEqual({ client, ...(url === undefined ? {} : { url }) });
});

describe('run --target sdk:', () => {
  test('judges the embedded emulator through an SDK, with the version in the record', async () => {
    const { code, out } = await run('--target sdk:pop-core --method POST --commands 100 --quiet');
    expect(code).toBe(0);
    expect(out).toMatch(/^CONFORMS {2}sdk:pop-core\(emulator\)/);
    const record = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as RunRecord;
    expect(record.client?.name).toBe('sdk:pop-core');
    expect(record.client?.version).toMatch(/^@alicloud\/pop-core \d+\.\d+\.\d+ \(Node\.js /);
  });

  test('finds the mutant that the emulator behind it has', async () => {
    const { code, out } = await run(
      '--target sdk:pop-core --mutant connect-role-code --commands 300 --quiet',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^DIVERGES {2}sdk:pop-core\(emulator\)/);
  });

  test('says which command installs an SDK that is missing, and exits with 2', async () => {
    const { code, err } = await run('--target sdk:vpc20160428=not-there');
    expect(err).toContain('In your project, run: npm install --save-dev not-there@npm:@alicloud/vpc20160428');
    expect(code).toBe(2);
  });

  test('says that nothing listens at the URL', async () => {
    const { code, err } = await run('--target sdk:pop-core@http://127.0.0.1:1 --quiet');
    expect(err).toMatch(/Nothing could be judged: .*ECONNREFUSED/);
    expect(err).not.toMatch(/Signature=[^*]/);
    expect(code).toBe(2);
  });
});
