import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import { HookError, type Target } from '../adapters/target.ts';
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

  test('ends when a hook fails, and loses nothing of what was found: not a fault of the harness', async () => {
    const owner = embeddedTarget({ mutant: 'connect-role-code' });
    let accounts = 0;
    const target = withControl(owner, {
      account: (set) =>
        ++accounts > 2
          ? Promise.reject(new HookError('account', 'it answered HTTP 500: no', 500))
          : (owner.control?.account(set) ?? Promise.resolve()),
    });
    const { record, fault } = await fullRun({}, { target, commands: 20_000 });
    expect(fault).toBeUndefined();
    expect(record.ended).toMatch(/hook "account" failed: it answered HTTP 500: no\. .*--control none/);
    expect(record.counts.commands).toBeGreaterThan(0);
    expect(record.divergences.flatMap(({ rules }) => rules)).toContain('R33');
    expect(await interfacesLeft(owner)).toEqual([]);
  });

  test('is inconclusive when a hook fails and nothing diverged', async () => {
    const target = withControl(embeddedTarget(), {
      interface: () => Promise.reject(new HookError('interface', 'it answered HTTP 500: no', 500)),
    });
    const { record, fault } = await fullRun({}, { target });
    expect(fault).toBeUndefined();
    expect(record).toMatchObject({ verdict: 'inconclusive', divergences: [] });
  });

  test('names what stays when the clock cannot be moved any more', async () => {
    const owner = embeddedTarget({ mutant: 'connect-role-code' });
    let moves = 0;
    const target = withControl(owner, {
      hooks: new Set(['clock'] as const),
      advance: (ms) =>
        ++moves > 100
          ? Promise.reject(new HookError('clock', 'it did not answer'))
          : (owner.control?.advance(ms) ?? Promise.resolve()),
    });
    const { record } = await fullRun({}, { target, commands: 20_000 });
    expect(moves).toBe(101);
    expect(record.ended).toMatch(/hook "clock" failed/);
    expect(record.divergences.map(({ notShortened }) => notShortened).join()).toMatch(/not made shorter/);
    const left = await interfacesLeft(owner);
    expect(left.length).toBeGreaterThan(0);
    expect(record.leftBehind).toEqual(expect.arrayContaining([...left]));
  });

  test('rejects with what the hook said when it fails before anything could be judged', async () => {
    const target = withControl(embeddedTarget(), {
      advance: () => Promise.reject(new HookError('clock', 'it did not answer')),
    });
    await expect(fullRun({}, { target })).rejects.toThrow(HookError);
  });

  test('keeps to its time, shrinking included, and says what was not made shorter', async () => {
    const owner = embeddedTarget({ mutant: 'connect-second-pair' });
    let late = false;
    const target: Target = {
      ...owner,
      // From here on everything takes so long that no time is left to shrink.
      call: async (operation, params) => {
        if (late) await sleep(10);
        return owner.call(operation, params);
      },
    };
    const began = performance.now();
    const { record } = await fullRun(
      {},
      {
        target,
        commands: 1_000_000,
        // Setting the scene takes its share, on a busy machine as much as a second, and each divergence is run again once.
        timeMs: 6000,
        onProgress: ({ phase }) => {
          late = phase === 'shrinking';
        },
      },
    );
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(record.divergences.length).toBeGreaterThan(0);
    expect(record.notes.join()).toMatch(/Not every program was made as short as it can be: time was up/);
    // Each was run once more at least.
    expect(record.divergences.some(({ reproduced }) => reproduced)).toBe(true);
  });

  test('that is stopped while it shrinks still tells what it found', async () => {
    const stop = new AbortController();
    const { record, fault } = await fullRun(
      { mutant: 'filter-keys-ored' },
      {
        commands: 300,
        signal: stop.signal,
        onProgress: ({ phase }) => {
          if (phase === 'shrinking') stop.abort();
        },
      },
    );
    expect(fault).toBeUndefined();
    expect(record.verdict).toBe('diverges');
    expect(record.divergences[0]?.notShortened).toBe('It was not made shorter: the run was stopped.');
    expect(record.divergences[0]?.counterexample.length).toBeGreaterThan(0);
    expect(record.notes.join()).toMatch(/the run was stopped/);
  });

  test('takes a raised quota for what it is when it is told, and not otherwise', async () => {
    const raised = { interfacesPerRouter: 8 };
    const told = await fullRun(raised, { commands: 2500, quotaPerRouter: 8 });
    expect(told.record.divergences).toEqual([]);
    expect(told.record.rules.find(({ id }) => id === 'R17')?.verdict).toBe('conforms');
    expect(told.record.notes.join()).toMatch(/A router may have 8 interfaces, as given/);
    const { record } = await fullRun(raised, { commands: 2500 });
    expect(record.divergences.flatMap(({ rules }) => rules)).toEqual(['R17']);
    const [r17] = record.divergences;
    expect(r17?.sources.map(({ rule }) => rule)).toEqual(['R17']);
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
    const { record } = await fullRun({ mutant: 'operation-lock-never-released' }, { commands: 20_000 });
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
