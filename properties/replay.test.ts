import { beforeAll, describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import { HookError, type Target } from '../adapters/target.ts';
import { compile } from '../model/compile.ts';
import type { Counterexample } from './counterexample.ts';
import { judgeTrace } from './judge-trace.ts';
import { replay, type Replayed } from './replay.ts';
import { manualTimes, regionId } from './testing/campaigns.ts';
import { changesOf, placedRows } from './score/chart-changes.ts';
import { fullRun } from './testing/full-run.ts';
import { altered, interfacesLeft, refusal, withControl } from './testing/targets.ts';

/** The shortest counterexample that a run against a mutant makes. */
async function counterexampleOf(mutant: string, commands = 600): Promise<Counterexample> {
  const { record, counterexamples } = await fullRun({ mutant }, { commands });
  const found = record.divergences
    .map(({ id }) => counterexamples.get(id))
    .find((each) => each !== undefined);
  if (found === undefined) throw new Error(`No counterexample was made for ${mutant}.`);
  return found;
}

const again = (target: Target, counterexample: Counterexample): Promise<Replayed> =>
  replay({ target, edition: 'any', regionId, maxRouters: 8, times: manualTimes }, counterexample);

let role: Counterexample;
let locked: Counterexample;
beforeAll(async () => {
  role = await counterexampleOf('connect-role-code');
  expect(role.rules).toContain('R33');
  locked = await counterexampleOf('operation-lock-http', 6000);
});

describe('Replaying a counterexample', () => {
  test('says STILL DIVERGES where the fault is still there, with the divergence', async () => {
    const { outcome, explanation, record } = await again(
      embeddedTarget({ mutant: 'connect-role-code' }),
      role,
    );
    expect(outcome).toBe('STILL DIVERGES');
    expect(explanation).toMatch(/^Expected .*R33.*; observed HTTP 400 IncorrectRole/);
    expect(record).toMatchObject({ rules: role.rules, operation: 'ConnectRouterInterface' });
    expect(record?.counterexample.at(-1)).toMatchObject({ diverges: true, answer: '400 IncorrectRole' });
  });

  test('says FIXED where every answer is permitted', async () => {
    expect(await again(embeddedTarget(), role)).toEqual({
      outcome: 'FIXED',
      explanation: 'Every answer is among those that are permitted.',
    });
  });

  test('says DIVERGES DIFFERENTLY where something else is wrong now', async () => {
    const differently = await again(
      altered({}, (operation) => (operation === 'ConnectRouterInterface' ? refusal('Nonsense') : undefined)),
      role,
    );
    expect(differently.outcome).toBe('DIVERGES DIFFERENTLY');
    expect(differently.explanation).toMatch(/observed HTTP 400 Nonsense/);
    expect(differently.record).toMatchObject({ operation: 'ConnectRouterInterface' });
  });

  test('says COULD NOT RUN where a control hook is missing, and which', async () => {
    const target = withControl(embeddedTarget(), undefined);
    expect(await again(target, locked)).toEqual({
      outcome: 'COULD NOT RUN',
      explanation: 'It needs the control hook "interface", which the target does not offer.',
    });
  });

  test('says COULD NOT RUN where there are too few routers', async () => {
    const big = { ...role, sequence: { ...role.sequence, routers: 3 } };
    expect(await again(embeddedTarget({ vpcsPerRegion: 2 }), big)).toEqual({
      outcome: 'COULD NOT RUN',
      explanation: 'It needs 3 routers; the target has 2.',
    });
  });

  test('says COULD NOT RUN where a control hook fails, and how', async () => {
    const target = embeddedTarget({ mutant: 'operation-lock-http' });
    const failing = withControl(target, {
      interface: () => Promise.reject(new HookError('interface', 'HTTP 500')),
    });
    const { outcome, explanation } = await again(failing, locked);
    expect(outcome).toBe('COULD NOT RUN');
    expect(explanation).toMatch(/^It was not run to its end: .*HTTP 500/);
  });

  test('reports a target on which no scene can be set as such', async () => {
    const gone = altered({}, () => ({ kind: 'unreachable', cause: 'refused' }));
    await expect(again(gone, role)).rejects.toThrow('refused');
  });

  test('leaves nothing behind, whatever came of it', async () => {
    for (const mutant of [undefined, 'connect-role-code']) {
      const target = embeddedTarget({ mutant });
      await again(target, role);
      expect(await interfacesLeft(target)).toEqual([]);
    }
  });

  test('can be done by another reading of the chart', async () => {
    const row = placedRows().find(({ row: { id } }) => id === 'any: CONNECT refused by R33');
    const machine = row === undefined ? undefined : changesOf(row)[0]?.machine;
    const { outcome } = await replay(
      {
        target: embeddedTarget(),
        edition: 'any',
        regionId,
        maxRouters: 8,
        times: manualTimes,
        tables: compile(machine),
      },
      role,
    );
    expect(outcome).toBe('DIVERGES DIFFERENTLY');
  });
});

describe('Replaying a race', () => {
  let race: Counterexample;
  beforeAll(async () => {
    const { counterexamples, record } = await fullRun(
      { mutant: 'race-connect-pair' },
      { suites: ['races'], raceCommands: 500 },
    );
    const found = counterexamples.get(record.divergences.find(({ kind }) => kind === 'race')?.id ?? '');
    if (found === undefined) throw new Error('No race was found.');
    race = found;
  });

  test('says DIVERGES DIFFERENTLY where no order explains something else now, and how often', async () => {
    const target = embeddedTarget({ mutant: 'race-connect-pair' });
    const { outcome, explanation } = await again(target, { ...race, rules: ['R45'] });
    expect(outcome).toBe('DIVERGES DIFFERENTLY');
    expect(explanation).toMatch(/^In 0 of 20 runs\. Expected .*R38/);
  });

  test('says COULD NOT RUN where it was stopped before it ran once', async () => {
    const stop = new AbortController();
    const target = altered({}, (operation) => {
      // The scene is set by then.
      if (operation === 'DescribeRouterInterfaces') stop.abort();
      return undefined;
    });
    const options = { target, edition: 'any', regionId, maxRouters: 8, times: manualTimes } as const;
    expect(await replay({ ...options, signal: stop.signal }, race)).toEqual({
      outcome: 'COULD NOT RUN',
      explanation: 'It was stopped, or the target is a recording without it.',
    });
  });

  test('says COULD NOT RUN where its scene cannot be set again, and why', async () => {
    const target = withControl(embeddedTarget(), {
      reset: () => Promise.reject(new HookError('reset', 'HTTP 500')),
    });
    const { outcome, explanation } = await again(target, race);
    expect(outcome).toBe('COULD NOT RUN');
    expect(explanation).toMatch(/^It was not run to its end: .*HTTP 500/);
  });
});

describe('Judging a stored trace again', () => {
  test('finds the same divergence without a target', () => {
    const judged = judgeTrace(role.trace);
    expect(judged.verdict).toBe('diverges');
    expect(judged.steps).toBe(role.trace.steps.length);
    expect(judged.divergences).toMatchObject([{ id: role.id, rules: role.rules, reproduced: true }]);
    expect(judged.divergences[0]).not.toHaveProperty('traceFile');
    expect(judged.divergences[0]?.counterexample).toHaveLength(role.trace.steps.length);
  });

  test('finds nothing in what was before it', () => {
    const { verdict, edition, editionsThatFit } = judgeTrace({
      ...role.trace,
      steps: role.trace.steps.slice(0, -1),
    });
    expect(verdict).toBe('conforms');
    expect(edition).toBe('any');
    expect(editionsThatFit.length).toBeGreaterThan(1);
  });

  test('can be done by another edition', async () => {
    const { counterexamples } = await fullRun({ edition: 'E2026' }, { edition: 'E2016', commands: 1500 });
    const [old] = counterexamples.values();
    if (old === undefined) throw new Error('The editions do not differ.');
    expect(judgeTrace(old.trace)).toMatchObject({ edition: 'E2016', verdict: 'diverges' });
    expect(judgeTrace(old.trace, 'any')).toMatchObject({ edition: 'any', verdict: 'conforms' });
    expect(judgeTrace(old.trace, 'E2026')).toMatchObject({ edition: 'E2026', verdict: 'conforms' });
  });

  test('is inconclusive where nothing could be judged, and says why', () => {
    const steps = role.trace.steps.map((step) => ({
      ...step,
      observation: { kind: 'unreachable', cause: 'refused' } as const,
    }));
    const judged = judgeTrace({ ...role.trace, steps });
    expect(judged.verdict).toBe('inconclusive');
    expect(judged.inconclusive).toEqual([
      { reason: expect.stringContaining('refused') as string, count: steps.length },
    ]);
    expect(judgeTrace({ ...role.trace, steps: [] }).verdict).toBe('inconclusive');
  });
});
