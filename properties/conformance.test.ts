import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import { SetupError } from './run/errors.ts';
import { replay } from './replay.ts';
import { manualTimes, regionId, sceneOn } from './testing/campaigns.ts';
import { fullRun } from './testing/full-run.ts';
import { altered, answer, interfacesLeft, noting, withControl } from './testing/targets.ts';

describe('A run', () => {
  test('on given routers makes none of its own, finds what there is, and leaves the routers empty', async () => {
    const owner = embeddedTarget({ mutant: 'connect-role-code' });
    const { routers } = await sceneOn(owner, { maxRouters: 3 });
    const { target, calls } = noting(owner);
    const stop = new AbortController();
    const { record, counterexamples } = await fullRun(
      {},
      { target, routers, signal: stop.signal, timeMs: 60_000, commands: 400 },
    );
    expect(record.divergences.flatMap(({ rules }) => rules)).toContain('R33');
    expect(record.leftBehind).toEqual([]);
    expect(calls.filter(({ operation }) => /^(Create|Delete)Vpc$/.test(operation))).toEqual([]);
    expect(await interfacesLeft(owner)).toEqual([]);
    const [counterexample] = counterexamples.values();
    if (counterexample === undefined) throw new Error('Nothing was found.');
    const again = await replay(
      { target, edition: 'any', regionId, routers, maxRouters: 8, times: manualTimes, signal: stop.signal },
      counterexample,
    );
    expect(again.outcome).toBe('STILL DIVERGES');
    expect(await interfacesLeft(owner)).toEqual([]);
  });

  test('on a target without hooks shrinks on routers that were used, and cleans them', async () => {
    const owner = embeddedTarget({ mutant: 'connect-role-code' });
    const target = withControl(owner, { hooks: new Set(['clock'] as const) });
    const { record } = await fullRun({}, { target, commands: 400 });
    const [first] = record.divergences;
    expect(first?.reproduced).toBe(true);
    expect(await interfacesLeft(owner)).toEqual([]);
  });

  test('goes on shrinking elsewhere when routers cannot be emptied', async () => {
    const target = withControl(embeddedTarget({ mutant: 'deleting-for-ever', vpcsPerRegion: 40 }), {
      hooks: new Set(['clock'] as const),
    });
    const { record } = await fullRun({}, { target, commands: 150, maxRouters: 30 });
    expect(record.verdict).toBe('diverges');
    expect(record.divergences.some(({ reproduced }) => reproduced)).toBe(true);
    expect(record.leftBehind.length).toBeGreaterThan(0);
  });

  test('rejects with a set-up error when nothing can be judged', async () => {
    const target = altered({}, () => ({ kind: 'unreachable', cause: 'refused' }));
    await expect(fullRun({}, { target })).rejects.toThrow(SetupError);
  });

  test('is inconclusive when nothing that was sent could be judged', async () => {
    let set = false;
    const target = altered({}, (operation) => {
      set ||= operation === 'ConnectRouterInterface';
      return set ? answer({ Code: 'ServiceUnavailable', Message: 'Later.', HostId: 'h' }, 503) : undefined;
    });
    const { record } = await fullRun({}, { target, commands: 100 });
    expect(record.inconclusive.map(({ reason }) => reason).join()).toMatch(/temporarily unavailable/);
    expect(record.divergences).toEqual([]);
  });

  test.each([
    ['silence', { kind: 'silence', afterMs: 5 }, /^silence for 5 ms$/],
    ['a page of HTML', { kind: 'answer', status: 502, defect: '<html>' }, /^502 <html>$/],
    [
      'an answer without a code',
      { kind: 'answer', status: 400, body: { RequestId: 'x' } },
      /^400 \(no code\)$/,
    ],
    ['success with a wrong shape', { kind: 'answer', status: 200, body: {} }, /^200$/],
  ] as const)('shows in the program what came: %s', async (_what, observation, text) => {
    const target = altered({}, (operation) =>
      operation === 'ActivateRouterInterface' ? observation : undefined,
    );
    const { record } = await fullRun({}, { target, commands: 300 });
    const answers = record.divergences.map(({ counterexample }) => counterexample.at(-1)?.answer ?? '');
    expect(answers.some((each) => text.test(each))).toBe(true);
  });

  test('shows in the program what a hook was told, and what it waited for', async () => {
    const { record } = await fullRun({ mutant: 'operation-lock-never-released' }, { commands: 2500 });
    const lines = record.divergences.flatMap(({ counterexample }) => counterexample);
    expect(lines).toContainEqual(
      expect.objectContaining({
        kind: 'control',
        operation: 'interface',
        args: { on: expect.stringMatching(/^ri#/) as string, operationLocked: 'true' },
      }),
    );
    const waiting = await fullRun({ mutant: 'activate-ends-idle' }, { commands: 1500 });
    expect(waiting.record.divergences.flatMap(({ counterexample }) => counterexample)).toContainEqual({
      kind: 'settle',
      diverges: false,
    });
  });
});
