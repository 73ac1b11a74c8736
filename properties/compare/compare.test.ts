import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { startEmulator } from '../../adapters/emulator/serve.ts';
import { httpTarget } from '../../adapters/http/http-target.ts';
import type { Target } from '../../adapters/target.ts';
import type { ComparisonRecord } from '../../reports/comparison-record.ts';
import { textOf } from '../../model/text.ts';
import { manualTimes, realTimes, regionId } from '../testing/campaigns.ts';
import { altered, interfacesLeft } from '../testing/targets.ts';
import { type CompareOptions, compareTargets } from './compare.ts';

const compare = (a: Target, b: Target, options: Partial<CompareOptions> = {}): Promise<ComparisonRecord> =>
  compareTargets({
    a: { target: a, times: manualTimes },
    b: { target: b, times: manualTimes },
    edition: 'any',
    regionId,
    maxRouters: 8,
    seed: 1,
    commands: 1000,
    concurrency: 4,
    shrinkBudget: 300,
    strict: false,
    ...options,
  });

const serious = ({ differences }: ComparisonRecord): ComparisonRecord['differences'] =>
  differences.filter(({ severity }) => severity !== 'permitted');

describe('Comparing', () => {
  test('an emulator with another one like it shows no difference, and leaves nothing behind', async () => {
    const [a, b] = [embeddedTarget(), embeddedTarget()];
    const record = await compare(a, b);
    expect(record).toMatchObject({ verdict: 'same', differences: [], counts: { differing: 0 } });
    expect(record.counts.commands).toBeGreaterThanOrEqual(1000);
    expect([...(await interfacesLeft(a)), ...(await interfacesLeft(b))]).toEqual([]);
  });

  test.each([
    ['connect-role-code', 'code', 'ConnectRouterInterface'],
    ['activate-any-status', 'outcome', 'ActivateRouterInterface'],
  ])('finds the mutant %s, with the verdict on each and a short program', async (mutant, kind, operation) => {
    const record = await compare(embeddedTarget(), embeddedTarget({ mutant }));
    expect(record.verdict).toBe('different');
    const found = record.differences.find(({ severity }) => severity === 'divergence');
    expect(found).toMatchObject({
      kind,
      operation,
      shortened: true,
      a: { verdict: 'conforms', rules: [] },
      b: { verdict: 'diverges' },
    });
    expect(found?.program.length).toBeLessThan(6);
    expect(found?.program.at(-1)).toMatchObject({ operation, diverges: true });
    expect(found?.program.at(-1)?.answer).not.toBe(found?.program.at(-1)?.other);
    const mirrored = await compare(embeddedTarget({ mutant }), embeddedTarget());
    expect(mirrored.differences[0]).toMatchObject({ a: { verdict: 'diverges' }, b: { verdict: 'conforms' } });
  });

  test('two that are wrong in the same way shows no difference', async () => {
    const mutant = 'connect-role-code';
    const record = await compare(embeddedTarget({ mutant }), embeddedTarget({ mutant }));
    expect(record.verdict).toBe('same');
    expect(record.a.divergences).toBeGreaterThan(0);
    expect(record.b.divergences).toBe(record.a.divergences);
  });

  test('targets that only take other times shows permitted differences, which count when asked to', async () => {
    const pair = (): [Target, Target] => [
      embeddedTarget(),
      embeddedTarget({ profile: 'transitions:instant' }),
    ];
    const record = await compare(...pair());
    expect(serious(record)).toEqual([]);
    expect(record.differences.length).toBeGreaterThan(0);
    // A connection that is there at once is no concurrent one: the message says so.
    for (const { reason } of record.differences) expect(reason).toMatch(/^timing|words of a message/);
    expect(record.differences.some(({ reason }) => reason?.startsWith('timing') === true)).toBe(true);
    expect(record.verdict).toBe('same');
    expect((await compare(...pair(), { strict: true, shrinkBudget: 0 })).verdict).toBe('different');
  });

  test('targets that say it in other words shows a permitted difference', async () => {
    const reworded = altered({}, async (_operation, _params, pass) => {
      const seen = await pass();
      if (seen.kind !== 'answer' || seen.body?.['Message'] === undefined) return seen;
      return { ...seen, body: { ...seen.body, Message: `Sorry: ${textOf(seen.body['Message'])}` } };
    });
    const record = await compare(embeddedTarget(), reworded, { commands: 400 });
    expect(serious(record).filter(({ operation }) => operation !== 'ConnectRouterInterface')).toEqual([]);
    expect(new Set(record.differences.map(({ kind }) => kind))).toContain('message');
  });

  test('targets that choose otherwise names the question that is open', async () => {
    const record = await compare(embeddedTarget(), embeddedTarget({ profile: 'contrary' }), {
      commands: 4000,
      shrinkBudget: 0,
    });
    expect(record.verdict).toBe('different');
    expect(record.differences.some(({ reason }) => /leave it open: A\d+/.test(reason ?? ''))).toBe(true);
    expect(serious(record).every(({ severity }) => severity === 'choice')).toBe(true);
  });

  test('finds over HTTP, with a real clock, what is different from one in process', async () => {
    const served = await startEmulator({ clock: 'real', connectMs: 10, mutant: 'created-inactive' });
    const target = await httpTarget({
      url: served.url,
      accessKeyId: 'testid',
      accessKeySecret: 'testsecret',
    });
    try {
      const record = await compare(embeddedTarget(), target, {
        b: { target, times: realTimes },
        commands: 60,
        shrinkBudget: 0,
      });
      expect(record.verdict).toBe('different');
      expect(record.differences.some(({ b }) => b.verdict === 'diverges')).toBe(true);
    } finally {
      await target.close();
      await served.close();
    }
  });

  test('says why when one of them cannot be reached', async () => {
    const gone = altered({}, () => ({ kind: 'unreachable', cause: 'nobody listens' }));
    await expect(compare(embeddedTarget(), gone)).rejects.toThrow(/nobody listens/);
  });

  test('targets that list in another order shows a permitted difference', async () => {
    const reversed = altered({}, async (operation, _params, pass) => {
      const seen = await pass();
      if (operation !== 'DescribeRouterInterfaces' || seen.kind !== 'answer' || seen.status !== 200)
        return seen;
      const set = seen.body?.['RouterInterfaceSet'] as { RouterInterfaceType: unknown[] };
      const RouterInterfaceType = set.RouterInterfaceType.toReversed();
      return { ...seen, body: { ...seen.body, RouterInterfaceSet: { RouterInterfaceType } } };
    });
    const record = await compare(embeddedTarget(), reversed, { commands: 250, shrinkBudget: 0 });
    const order = record.differences.find(({ kind }) => kind === 'order');
    expect(order).toMatchObject({ severity: 'permitted', reason: 'the order of a list is free' });
  });

  test('says what was left behind, and on which of them', async () => {
    const keeping = embeddedTarget({ mutant: 'deleting-for-ever' });
    const record = await compare(embeddedTarget(), keeping, { commands: 300, shrinkBudget: 0 });
    expect(record.notes.join('\n')).toMatch(/^B: left behind are ri-/m);
    expect(record.notes.join('\n')).not.toMatch(/^A: left behind/m);
  });

  test('shortens nothing once it is to stop or its time is up, and says so of each', async () => {
    const pair = (): [Target, Target] => [embeddedTarget(), embeddedTarget({ mutant: 'connect-role-code' })];
    const late = await compare(...pair(), { shrinkMs: 0 });
    expect(late.differences.map(({ shortened }) => shortened)).not.toContain(true);
    const stop = new AbortController();
    const stopped = await compare(...pair(), {
      signal: stop.signal,
      onProgress: (_commands, differences) => {
        if (differences > 0) stop.abort();
      },
    });
    expect(stopped).toMatchObject({ verdict: 'different', ended: 'stopped' });
    expect(stopped.counts.commands).toBeLessThan(1000);
    expect(stopped.differences.map(({ shortened }) => shortened)).not.toContain(true);
  });

  test('is stopped where no time is left to run anything', async () => {
    await expect(compare(embeddedTarget(), embeddedTarget(), { timeMs: -1 })).rejects.toThrow(
      'no sequence ran on both targets',
    );
  });

  test.each([
    ['at once', 0],
    ['later', 900],
  ])(
    'ends with a fault of the harness that comes %s, as what is missing is no difference',
    async (_when, after) => {
      let calls = 0;
      let judging = false;
      const broken = altered({}, (operation) => {
        judging ||= operation === 'CreateRouterInterface';
        if (judging && ++calls > after) throw new Error('a bug in an adapter');
        return undefined;
      });
      await expect(compare(embeddedTarget(), broken, { concurrency: 1 })).rejects.toThrow(
        'a bug in an adapter',
      );
    },
  );

  test('is inconclusive when one of them goes away half-way', async () => {
    let calls = 0;
    const going = altered({}, () =>
      ++calls > 900 ? { kind: 'unreachable', cause: 'it went away' } : undefined,
    );
    const record = await compare(embeddedTarget(), going, { concurrency: 1 });
    expect(record).toMatchObject({ verdict: 'inconclusive', ended: 'it went away' });
  });
});
