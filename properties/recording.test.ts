import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import { type ServeOptions, startEmulator } from '../adapters/emulator/serve.ts';
import { httpTarget } from '../adapters/http/http-target.ts';
import { noLines } from '../adapters/recording/format.ts';
import { fileWriter } from '../adapters/recording/line-writer.ts';
import { playedTarget } from '../adapters/recording/played-target.ts';
import { readRecording } from '../adapters/recording/read-recording.ts';
import { recordingTarget } from '../adapters/recording/recorder.ts';
import type { Target } from '../adapters/target.ts';
import { type ConformanceOptions, type ConformanceResult, runConformance } from './conformance.ts';
import type { Times } from './run/clock.ts';
import { manualTimes, regionId } from './testing/campaigns.ts';

/** A run on a recording says what the run said that was recorded. */

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Settings = Partial<ConformanceOptions>;
const run = (target: Target, settings: Settings): Promise<ConformanceResult> =>
  runConformance({
    target,
    edition: 'any',
    regionId,
    maxRouters: 8,
    seed: 1,
    commands: 700,
    concurrency: 4,
    times: manualTimes,
    shrinkBudget: 400,
    ...settings,
  });

let files = 0;
async function record(
  target: Target,
  settings: Settings,
): Promise<{ result: ConformanceResult; file: string }> {
  const file = join(folder, `${++files}.jsonl`);
  const writer = fileWriter(file);
  const details = {
    tool: { name: 'ri-conformance' as const, version: '1' },
    command: 'run',
    options: {},
    about: {},
  };
  const result = await run(recordingTarget(target, writer, details, []), settings);
  writer.close(settings.timeMs === undefined ? {} : { timeLimited: true });
  return { result, file };
}

async function play(file: string, { timeMs: _, ...settings }: Settings): Promise<ConformanceResult> {
  return run(playedTarget(await readRecording(file)), settings);
}

/** What a run says, but for when it was, how long it took, what it is called and what went over the wire. */
function said({ record: { counts, ...record }, counterexamples }: ConformanceResult): unknown {
  return JSON.parse(
    JSON.stringify({
      ...record,
      startedAt: '',
      divergences: record.divergences.map(({ exchange: _, ...each }) => each),
      target: '',
      // As they were met, which depends on what ran beside what.
      leftBehind: record.leftBehind.toSorted(),
      counts: { ...counts, seconds: 0 },
      counterexamples: [...counterexamples].map(([id, each]) => [
        id,
        { ...each, trace: { ...each.trace, target: '' } },
      ]),
    }),
  );
}

async function overHttp<T>(emulator: ServeOptions, act: (target: Target) => Promise<T>): Promise<T> {
  const served = await startEmulator(emulator);
  const target = await httpTarget({
    url: served.url,
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
  });
  try {
    return await act(target);
  } finally {
    await target.close();
    await served.close();
  }
}

describe('A run on a recording', () => {
  test.each(['connect-role-code', 'deleting-for-ever', 'create-overdue'])(
    'says the same of the mutant %s in process, shortened programs included',
    async (mutant) => {
      const { result, file } = await record(embeddedTarget({ mutant }), { commands: 2400 });
      expect(result.record.divergences.length).toBeGreaterThan(0);
      for (const concurrency of [4, 1])
        expect(said(await play(file, { commands: 2400, concurrency }))).toEqual(said(result));
    },
  );

  test('says the same where routers are given up one by one and the target may not be reset', async () => {
    const { control, ...rest } = embeddedTarget({ mutant: 'deleting-for-ever', vpcsPerRegion: 12 });
    if (control === undefined) throw new Error('The emulator has no hooks.');
    const target = { ...rest, control: { ...control, hooks: new Set(['clock'] as const) } };
    const { result, file } = await record(target, { concurrency: 3, shrinkBudget: 50 });
    expect(result.record.ended).toMatch(/clean router/);
    expect(said(await play(file, { shrinkBudget: 50, concurrency: 3 }))).toEqual(said(result));
  });

  test('says the same of a target over HTTP with a manual clock', async () => {
    const { result, file } = await overHttp({ clock: 'manual', mutant: 'connect-role-code' }, (target) =>
      record(target, {}),
    );
    expect(result.record.verdict).toBe('diverges');
    expect(said(await play(file, {}))).toEqual(said(result));
  });

  test('says the same of a target over HTTP with a real clock, and takes none of its time', async () => {
    const times: Times = { settleMs: 4000, staleMs: 1000, pollMs: [30, 60] };
    const slow: ServeOptions = { clock: 'real', connectMs: 90, mutant: 'created-inactive' };
    const settings: Settings = { times, timeMs: 4000, shrinkMs: 60_000, commands: 20_000, shrinkBudget: 30 };
    const { result, file } = await overHttp(slow, (target) => record(target, settings));
    expect(result.record.verdict).toBe('diverges');
    const again = await play(file, settings);
    expect(said(again)).toEqual(said(result));
    expect(again.record.counts.seconds).toBeLessThan(result.record.counts.seconds);
  });

  test.each(['race-connect-pair', undefined])(
    'says the same of clients that act at once (mutant: %s), in the order in which they did',
    async (mutant) => {
      const settings: Settings = {
        suites: ['races'],
        raceCommands: 900,
        shrinkMs: 60_000,
        shrinkBudget: 300,
      };
      const { result, file } = await record(embeddedTarget(mutant === undefined ? {} : { mutant }), settings);
      expect(result.record.verdict).toBe(mutant === undefined ? 'conforms' : 'diverges');
      expect(result.record.races?.overlapped).toBeGreaterThan(10);
      for (const concurrency of [4, 1])
        expect(said(await play(file, { ...settings, concurrency }))).toEqual(said(result));
    },
  );

  test.each(['gateway-without-host-id', 'nonce-replay-accepted', undefined])(
    'says the same of the gateway (mutant: %s)',
    async (mutant) => {
      const settings: Settings = { suites: ['protocol'] };
      const emulator: ServeOptions = { clock: 'manual', ...(mutant === undefined ? {} : { mutant }) };
      const { result, file } = await overHttp(emulator, (target) => record(target, settings));
      expect(result.record.verdict).toBe(mutant === undefined ? 'conforms' : 'diverges');
      expect(result.record.counts.protocolChecks).toBeGreaterThan(40);
      expect(await readFile(file, 'utf8')).not.toMatch(/testid|testsecret/);
      // Answers that repeat what was signed are kept without it.
      const withoutNonces = (value: unknown): string =>
        JSON.stringify(value, undefined, 1).replaceAll(/(nonce:)(?:\w+|\[removed\])/g, '$1');
      expect(withoutNonces(said(await play(file, settings)))).toBe(withoutNonces(said(result)));
    },
  );

  test('can be judged by another edition', async () => {
    const { result, file } = await record(embeddedTarget({ edition: 'E2018b' }), { edition: 'E2018b' });
    expect(result.record.verdict).toBe('conforms');
    const { record: other } = await play(file, { edition: 'E2026' });
    expect(other.verdict).toBe('diverges');
    expect(other.divergences[0]).toMatchObject({
      reproduced: false,
      notShortened: expect.stringContaining('the target is a recording') as string,
    });
    expect(other.divergences[0]?.counterexample.length).toBeGreaterThan(0);
  });

  test('tells a divergence as it was found where nothing of the shortening was kept', async () => {
    const { result, file } = await record(embeddedTarget({ mutant: 'connect-role-code' }), {});
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const counts: Record<string, number> = { ...noLines };
    const kept = lines.slice(0, -1).filter((line) => {
      const { part, kind } = JSON.parse(line) as { part?: string; kind: string };
      if (part?.startsWith('attempt') === true) return false;
      if (kind !== 'recording') counts[kind] = (counts[kind] ?? 0) + 1;
      return true;
    });
    await writeFile(file, `${[...kept, JSON.stringify({ kind: 'end', counts })].join('\n')}\n`);
    const { record: again } = await play(file, {});
    expect(again.verdict).toBe('diverges');
    expect(again.counts.commands).toBe(result.record.counts.commands);
    expect(again.divergences.every(({ notShortened }) => notShortened !== undefined)).toBe(true);
  });

  test('cannot be had with other sequences', async () => {
    const { file } = await record(embeddedTarget(), { commands: 100 });
    await expect(play(file, { commands: 100, seed: 2 })).rejects.toThrow(
      /does not hold what was asked\. sequence 0, number 1: asked for \w+\(/,
    );
    await expect(play(file, { commands: 5000 })).rejects.toThrow(
      /sequence \d+, number 1: .* of this part nothing was recorded/,
    );
  });
});
