import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RunRecord } from '../reports/record.ts';
import { main } from './command-line.ts';
import { engine } from './engine.ts';
import { fakeEngine } from './testing/fake-engine.ts';
import { fakeIo } from './testing/fake-io.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function call(words: string, using = engine) {
  const io = fakeIo({}, folder);
  const code = await main(
    words.split(' ').map((word) => word.replace('TMP', folder)),
    io,
    using,
  );
  return { code, out: io.out(), err: io.err() };
}

const campaign =
  'run --target emulator --mutant connect-role-code --suite random --seed 3 --commands 150 --quiet';

async function record(out: string): Promise<RunRecord> {
  return JSON.parse(await readFile(join(folder, out, 'report.json'), 'utf8')) as RunRecord;
}

/** Without times, and without what the target named. */
function comparable({ startedAt: _began, counts, ...rest }: RunRecord): string {
  return JSON.stringify({ ...rest, counts: { ...counts, seconds: 0 } })
    .replaceAll(/\b(ri|vpc|vrt|rtb)-[\w-]+/g, '$1-…')
    .replaceAll(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, 'RequestId')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z/g, 'time');
}

describe('merge', () => {
  test('writes what one run would have written, and ends as it would', async () => {
    for (const shard of ['1/2', '2/2']) {
      const { err } = await call(`${campaign} --shard ${shard} --out TMP/${shard[0]}`);
      expect(err).toBe('');
    }
    expect((await record('1')).shard).toEqual({ index: 1, count: 2 });
    const { code, out } = await call('merge TMP/2/report.json TMP/1/report.json --out TMP/merged');
    const whole = await call(`${campaign} --out TMP/whole`);
    expect({ code, whole: whole.code }).toEqual({ code: 1, whole: 1 });
    expect(comparable(await record('merged'))).toBe(comparable(await record('whole')));
    expect(await readdir(join(folder, 'merged', 'divergences'))).toEqual(
      await readdir(join(folder, 'whole', 'divergences')),
    );
    expect(out).toMatch(/^DIVERGES /);
    expect(await call('merge TMP/1/report.json')).toMatchObject({
      code: 3,
      err: expect.stringContaining('shard 2/2 is missing') as string,
    });
    const changed = { ...(await record('1')), shardData: 'bm9uZQ==' };
    await writeFile(join(folder, 'changed.json'), JSON.stringify(changed));
    expect((await call('merge TMP/changed.json')).err).toMatch(/another version of this tool, or is damaged/);
  });

  test('reports as a run does, and takes what is listed as known into account', async () => {
    const parts = 'merge TMP/1/report.json TMP/2/report.json';
    const list = join(folder, 'known.yaml');
    const written = await call(`${parts} --out TMP/m1 --baseline TMP/known.yaml --update-baseline`);
    expect(written.code).toBe(0);
    expect(written.err).toContain(`Written: ${join(folder, 'm1', 'report.html')}`);
    expect(await readFile(join(folder, 'm1', 'report.html'), 'utf8')).toContain('<!doctype html>');
    const [divergence] = (await record('m1')).divergences;
    expect(await readFile(list, 'utf8')).toContain(`id: ${divergence?.id}`);

    const known = await call(
      `${parts} --out TMP/m2 --baseline TMP/known.yaml --reporter junit=TMP/j.xml,console`,
    );
    expect(known).toMatchObject({ code: 0, out: expect.stringContaining('KNOWN') as string });
    expect(await readFile(join(folder, 'j.xml'), 'utf8')).toContain('known divergence: not yet explained');
    expect(await readdir(join(folder, 'm2'))).toEqual(['divergences', 'report.json']);

    const other = 'known:\n  - { rule: R33, reason: ours }\n  - { rule: R34, reason: was once }\n';
    await writeFile(list, other);
    const stale = await call(`${parts} --out TMP/m3 --baseline TMP/known.yaml`);
    expect(stale).toMatchObject({ code: 1, out: expect.stringContaining(`at line 3 of ${list}`) as string });
    expect((await call(`${parts} --out TMP/m3 --reporter nothing`)).err).toMatch(
      /unknown reporter "nothing"/,
    );
    // What one part alone shows makes nothing stale.
    const part = await call(`${campaign} --shard 1/2 --out TMP/part --baseline TMP/known.yaml`);
    expect(part.out).not.toContain('stale');
  });

  test.each([
    ['run --target emulator --shard 1/2', /--shard needs --seed/],
    ['run --target emulator --seed 1 --shard 3/2', /--shard 3\/2 is no part: there are only 2/],
    ['run --target emulator --seed 1 --shard 0/2', /--shard must be like 2\/3/],
    ['run --target emulator --seed 1 --shard 1/2 --suite complete --out TMP/x', /"complete" cannot be split/],
    [
      'run --target emulator --seed 1 --shard 1/2 --time 3 --out TMP/x',
      /--shard and --time exclude each other/,
    ],
    ['merge TMP/nothing.json', /nothing\.json cannot be read/],
    ['merge TMP/other.json', /other\.json is not the record of a shard: "run --shard i\/n" writes one/],
  ])('%s', async (words, message) => {
    await writeFile(join(folder, 'other.json'), '{}');
    const { code, err } = await call(words);
    expect(code).toBe(3);
    expect(err).toMatch(message);
  });
});

describe('The examples', () => {
  const read = async (path: string): Promise<unknown> =>
    parse(await readFile(fileURLToPath(new URL(`../examples/${path}`, import.meta.url)), 'utf8'));

  /** The words that a shell makes of a line, from the name of this program on. */
  function wordsOf(line: string, env: Record<string, string> = {}): string[] {
    const script = `npx() { "$@"; }; ri-conformance() { printf '%s\\n' "$@"; }; ${line}`;
    const { PATH = '' } = process.env;
    return execFileSync('bash', ['-c', script], { env: { PATH, ...env } })
      .toString()
      .trim()
      .split('\n');
  }

  /** Runs the words on an engine that only looks at them; returns the options that reached it. */
  async function reaching(words: readonly string[]) {
    const io = fakeIo({}, folder);
    const using = fakeEngine();
    const elsewhere = words.map((word, index) =>
      words[index - 1] === '--out' ? join(folder, 'example') : word,
    );
    const local = elsewhere.map((word) => (word.startsWith('http:') ? 'emulator' : word));
    const code = await main(local, io, using);
    return { code, err: io.err(), options: using.runs[0] };
  }

  test('for a matrix of jobs has lines that are understood', async () => {
    interface Jobs {
      readonly jobs: Record<
        string,
        { strategy?: { matrix: { shard: number[] } }; steps: { run?: string }[] }
      >;
    }
    const { jobs } = (await read('github/conformance-shards.yml')) as Jobs;
    const line = (job: string): string =>
      jobs[job]?.steps.find(({ run }) => run?.includes('ri-conformance'))?.run ?? '';
    const shards = jobs['shard']?.strategy?.matrix.shard ?? [];
    for (const shard of shards) {
      const words = wordsOf(line('shard').replace('${{ matrix.shard }}', String(shard)));
      expect((await reaching(words)).options?.shard).toEqual({ index: shard, count: shards.length });
    }
    const merging = wordsOf(line('merge'));
    expect(merging.filter((word) => word.endsWith('report.json'))).toHaveLength(shards.length);
    expect((await reaching(merging)).err).toMatch(/shards\/shard-1\/report\.json cannot be read/);
  });

  test('for Kubernetes has a line that is understood for every index', async () => {
    interface Job {
      readonly kind: string;
      readonly spec: {
        completions: number;
        completionMode: string;
        template: { spec: { containers: { args: string[] }[]; initContainers: { command: string[] }[] } };
      };
    }
    const { kind, spec } = (await read('kubernetes/conformance-shards.yml')) as Job;
    expect({ kind, mode: spec.completionMode }).toEqual({ kind: 'Job', mode: 'Indexed' });
    const line = spec.template.spec.containers[0]?.args[0] ?? '';
    for (let index = 0; index < spec.completions; index++) {
      const words = wordsOf(line, { JOB_COMPLETION_INDEX: String(index) });
      const { options } = await reaching(words);
      expect(options?.shard).toEqual({ index: index + 1, count: spec.completions });
    }
    const [, ...serving] = spec.template.spec.initContainers[0]?.command ?? [];
    expect((await call(`${serving.join(' ')} --help`)).code).toBe(0);
  });
});
