import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunRecord } from '../reports/record.ts';
import { main } from './command-line.ts';
import { engine } from './engine.ts';
import { fakeEngine } from './testing/fake-engine.ts';
import { fakeIo } from './testing/fake-io.ts';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterEach(() => rm(out, { recursive: true }));

async function run(...words: string[]): Promise<{ code: number; text: string; err: string }> {
  const io = fakeIo();
  const all = ['run', '--target', 'emulator', '--seed', '1', '--out', out, ...words];
  return { code: await main(all, io, engine), text: io.out(), err: io.err() };
}

async function record(): Promise<RunRecord> {
  return JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as RunRecord;
}

const defect = ['--mutant', 'activate-status-code'];

describe('Counterexamples of earlier runs', () => {
  test('run first, each time: they diverge still, or are fixed', async () => {
    expect((await run(...defect, '--suite', 'guided', '--commands', '600')).code).toBe(1);
    const found = (await record()).divergences.map(({ id }) => id);
    expect((await record()).regressions).toBeUndefined();
    expect(found.length).toBeGreaterThan(0);

    const still = await run(...defect, '--suite', 'regressions');
    expect(still.code).toBe(1);
    const { divergences, regressions = [], counts } = await record();
    expect(counts.commands).toBe(0);
    expect(divergences.map(({ id }) => id).toSorted()).toEqual(found.toSorted());
    expect(regressions.map(({ outcome }) => outcome)).toEqual(found.map(() => 'STILL DIVERGES'));
    expect(still.text).toContain(`STILL DIVERGES  ${found[0]}`);

    const fixed = await run('--suite', 'regressions');
    expect(fixed.code).toBe(0);
    expect(fixed.text).toContain(`FIXED  ${found[0]}`);
    expect((await record()).divergences).toEqual([]);

    // A run that meets it again does not tell of it twice.
    await run(...defect, '--suite', 'guided,regressions', '--commands', '600');
    expect((await record()).divergences.map(({ id }) => id).toSorted()).toEqual(found.toSorted());
  }, 60_000);

  test('are not run where the suite is not asked for', async () => {
    const using = fakeEngine();
    await main(['run', '--target', 'emulator', '--out', out, '--suite', 'random'], fakeIo(), using);
    expect((await record()).regressions).toBeUndefined();
  });

  test('that cannot be read are told, and the run goes on', async () => {
    await mkdir(join(out, 'divergences'));
    await writeFile(join(out, 'divergences', 'old.json'), '{');
    const { code, err } = await run('--suite', 'random,regressions', '--commands', '60');
    expect(code).toBe(0);
    expect(err).toContain(`not run again: ${join(out, 'divergences', 'old.json')}`);
  });

  test('in a directory that is not there are a wrong usage', async () => {
    const { code, err } = await run('--regressions', join(out, 'nowhere'));
    expect(code).toBe(3);
    expect(err).toMatch(/cannot read the counterexamples in .*nowhere: no such file or directory/);
  });
});
