import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../adapters/emulator/serve.ts';
import type { RunRecord } from '../reports/record.ts';
import { main } from './command-line.ts';
import { type Engine, engine } from './engine.ts';
import { conforming, diverging, fakeEngine } from './testing/fake-engine.ts';
import { type FakeIo, fakeIo } from './testing/fake-io.ts';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterEach(() => rm(out, { recursive: true }));

/** Serves until the test ends. */
async function serving(options: { port?: number; mutant?: string } = {}): Promise<RunningEmulator> {
  const running = await startEmulator({ clock: 'manual', ...options });
  onTestFinished(() => running.close());
  return running;
}

const portOf = ({ url }: RunningEmulator): number => Number(new URL(url).port);

interface Watching {
  readonly io: FakeIo;
  readonly code: Promise<number>;
  /** Resolves when this stands on standard output, or on standard error. */
  readonly says: (text: RegExp | string) => Promise<void>;
}

function watching(using: Engine, url: string, ...words: string[]): Watching {
  const io = fakeIo();
  const code = main(['watch', '--target', url, '--out', out, ...words], io, using);
  const says = (text: RegExp | string): Promise<void> =>
    expect.poll(() => io.out() + io.err(), { timeout: 20_000, interval: 20 }).toMatch(text);
  return { io, code, says };
}

describe('watch', () => {
  test('runs what diverged first, and then the rest, when the target has restarted', async () => {
    const broken = await serving({ mutant: 'activate-status-code' });
    const words = ['--suite', 'guided,regressions', '--commands', '150', '--shrink', '300', '--seed', '1'];
    const { io, code, says } = watching(engine, broken.url, ...words);
    await says(/Round 1: DIVERGES.*\n(.*\n)*Waiting for the target to restart/);
    expect(io.out()).toContain('\nRound 1: the target is there\n');
    const before = JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as RunRecord;
    const [found] = before.divergences;

    await broken.close();
    await says(/Waiting for http:\S+: .*(nothing listens there|ended every connection|connection broke)/);
    await serving({ port: portOf(broken) });
    await says(/Round 2: CONFORMS/);
    const second = io.out().slice(io.out().indexOf('Round 2: the target has restarted'));
    expect(second).toContain(`  FIXED  ${found?.id}\n`);
    expect(second.indexOf('FIXED')).toBeLessThan(second.indexOf('CONFORMS'));
    expect(second).toMatch(
      /CONFORMS {2}no divergence found \((\d+) of \1 counterexamples? fixed, \d+ commands/,
    );

    io.type('q');
    expect(await code).toBe(0);
    expect(io.listening()).toBe(false);
  });

  test('waits for a target that is not there yet, and says so', async () => {
    const gone = await serving();
    await gone.close();
    const using = fakeEngine(() => diverging);
    const { io, code, says } = watching(using, gone.url);
    await says(`Waiting for ${gone.url}: `);
    io.type('');
    await says('it is not there yet');
    expect(using.runs).toHaveLength(0);
    await serving({ port: portOf(gone) });
    await says('Round 1: DIVERGES');
    io.interrupt();
    expect(await code).toBe(1);
  });

  test('that is ended before anything ran has judged nothing', async () => {
    const gone = await serving();
    await gone.close();
    const { io, code, says } = watching(fakeEngine(), gone.url);
    await says('Waiting for');
    io.interrupt();
    expect(await code).toBe(2);
  });

  test('runs again at once when asked to, a small round unless told how much', async () => {
    const { url } = await serving();
    const results = [diverging, diverging, conforming];
    const using = fakeEngine(() => results.shift() ?? conforming, {
      replay: () => Promise.resolve({ outcome: 'COULD NOT RUN', explanation: 'no lock\u001b[2J' }),
    });
    const { io, code, says } = watching(using, url);
    await says('Waiting for the target to restart');
    io.type('what?');
    await says('Enter runs again at once');
    io.type('');
    await says('Round 2: DIVERGES');
    // What is known from the round before is not told in full again.
    const [first = '', second = ''] = io.out().split('Round 2: asked for');
    expect(first).toContain('Permitted:');
    expect(second).not.toContain('Permitted:');
    expect(second).toMatch(/^ {2}COULD NOT RUN {2}\S+: no lock/m);
    expect(second).not.toContain('\u001b');
    await says(/Round 2: DIVERGES[^]*Waiting/);
    io.type('q');
    expect(await code).toBe(1);
    expect(using.runs.map(({ commands, timeMs }) => [commands, timeMs])).toEqual([
      [2000, 10_000],
      [2000, 10_000],
    ]);
    expect(new Set(using.runs.map(({ seed }) => seed)).size).toBe(2);
  });

  test('counts a round for nothing in which the target went away', async () => {
    const running = await serving();
    const using = fakeEngine(async ({ signal }) => {
      if (using.runs.length > 1) return conforming;
      await running.close();
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      return diverging;
    });
    const { io, code, says } = watching(using, running.url);
    await says('Nothing could be judged: the target went away');
    await expect(readFile(join(out, 'report.json'))).rejects.toThrow('ENOENT');
    await serving({ port: portOf(running) });
    await says('Round 2: CONFORMS');
    io.type('q');
    expect(await code).toBe(0);
    expect(io.out()).not.toContain('DIVERGES');
  });

  test('is ended gently within a round', async () => {
    const { url } = await serving();
    const using = fakeEngine(async ({ signal }) => {
      io.type('q');
      expect(signal?.aborted).toBe(true);
      return { ...conforming, record: { ...conforming.record, ended: 'it was interrupted' } };
    });
    const { io, code } = watching(using, url);
    expect(await code).toBe(0);
    expect(using.runs).toHaveLength(1);
    expect(io.out()).toContain('Round 1: CONFORMS');
  });

  test.each([
    ['emulator', [], /the embedded emulator never does.*ri-conformance serve/],
    ['sdk:pop-core', [], /give its URL after the client, as CLIENT@URL/],
    ['recording:run.jsonl', [], /a recording never does/],
    ['http://127.0.0.1:1', ['--record', 'x.jsonl'], /--record keeps one run/],
    ['http://127.0.0.1:1', ['--update-baseline', '--baseline', 'x.yaml'], /--update-baseline would list/],
  ])('refuses %s %j', async (target, words, message) => {
    const { io, code } = watching(fakeEngine(), target, ...words);
    expect(await code).toBe(3);
    expect(io.err()).toMatch(message);
  });
});
