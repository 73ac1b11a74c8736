import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Replayed } from '../properties/replay.ts';
import { SetupError } from '../properties/run/errors.ts';
import { sampleDivergence } from '../reports/testing/sample-record.ts';
import { main } from './command-line.ts';
import type { Engine } from './engine.ts';
import { fakeEngine, sampleCounterexample } from './testing/fake-engine.ts';
import { fakeIo } from './testing/fake-io.ts';

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
  file = join(folder, 'found.json');
  await writeFile(file, JSON.stringify(sampleCounterexample));
});
afterAll(() => rm(folder, { recursive: true }));

async function call(words: readonly string[], others: Partial<Engine>) {
  const io = fakeIo();
  const code = await main(words, io, fakeEngine(undefined, others));
  return { code, out: io.out(), err: io.err() };
}

describe('replay', () => {
  test.each<[Replayed, number]>([
    [{ outcome: 'FIXED', explanation: 'Every answer is permitted.' }, 0],
    [{ outcome: 'STILL DIVERGES', explanation: 'As before.', record: sampleDivergence }, 1],
    [{ outcome: 'DIVERGES DIFFERENTLY', explanation: 'Not as before.', record: sampleDivergence }, 1],
    [{ outcome: 'COULD NOT RUN', explanation: 'It needs the control hook "account".' }, 2],
  ])('prints the outcome with its program: %j', async (replayed, expected) => {
    const { code, out } = await call(['replay', file, '--target', 'emulator'], {
      replay: () => Promise.resolve(replayed),
    });
    expect(code).toBe(expected);
    expect(
      out.startsWith(`${replayed.outcome}  connect-accepted-9f2c1a  emulator\n  ${replayed.explanation}\n`),
    ).toBe(true);
    expect(out).toContain('CreateRouterInterface(');
  });

  test('shows the program with the answers it had, where nothing diverged', async () => {
    const { out } = await call(['replay', file, '--target', 'emulator'], {
      replay: () => Promise.resolve({ outcome: 'FIXED', explanation: '' }),
    });
    expect(out).toMatch(/ri1 = CreateRouterInterface\(RouterId=router1\) +400 MissingRegionId\n/);
    expect(out).toContain('control interface(ri1, operationLocked=true)');
    expect(out).not.toMatch(/conforms|diverges$/m);
  });

  test('counts a target that is not there as COULD NOT RUN', async () => {
    const { code, out } = await call(['replay', file, '--target', 'emulator'], {
      replay: () => Promise.reject(new SetupError('nothing listens there')),
    });
    expect(code).toBe(2);
    expect(out).toMatch(/^COULD NOT RUN .*\n {2}nothing listens there\n/);
  });

  test('takes edition and region from the file unless they are given', async () => {
    const asked: Parameters<Engine['replay']>[0][] = [];
    const others: Partial<Engine> = {
      replay: (options) => {
        asked.push(options);
        return Promise.resolve({ outcome: 'FIXED', explanation: '' });
      },
    };
    await call(['replay', file, '--target', 'emulator'], others);
    await call(
      ['replay', file, '--target', 'emulator', '--edition', 'any', '--region', 'cn-shanghai'],
      others,
    );
    expect(asked.map(({ edition, regionId }) => [edition, regionId])).toEqual([
      ['E2026', 'cn-beijing'],
      ['any', 'cn-shanghai'],
    ]);
  });
});

describe('judge', () => {
  const judged = {
    edition: 'E2026',
    editionsThatFit: ['E2026'],
    divergences: [sampleDivergence],
    inconclusive: [{ reason: 'the connection broke', count: 2 }],
    steps: 6,
  };

  test.each([
    ['conforms', 0],
    ['diverges', 1],
    ['inconclusive', 2],
  ] as const)('ends with the exit code of its verdict: %s is %i', async (verdict, expected) => {
    const { code, out } = await call(['judge', file], { judgeTrace: () => ({ ...judged, verdict }) });
    expect(code).toBe(expected);
    expect(out).toContain(`  verdict     ${verdict}\n`);
    expect(out).toContain('not judged  ×2 the connection broke');
    expect(out).toContain('DIVERGES  R36  connect-accepted-9f2c1a');
  });

  test('prints JSON', async () => {
    const { out } = await call(['judge', file, '--json'], {
      judgeTrace: () => ({ ...judged, verdict: 'diverges' }),
    });
    expect(JSON.parse(out)).toEqual({ ...judged, verdict: 'diverges' });
  });
});
