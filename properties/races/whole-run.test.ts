import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import type { Counterexample } from '../counterexample.ts';
import { parseCounterexample } from '../counterexample.ts';
import { judgeTrace } from '../judge-trace.ts';
import { replay } from '../replay.ts';
import { manualTimes, regionId } from '../testing/campaigns.ts';
import { fullRun } from '../testing/full-run.ts';
import { shuffled } from '../testing/shuffled.ts';

const common = { edition: 'any', regionId, maxRouters: 8, times: manualTimes } as const;
const onlyRaces = { suites: ['races'], raceCommands: 900 } as const;

describe('A run of races on a target that connects two pairs at once', () => {
  const mutant = 'race-connect-pair';
  const whole = fullRun({ mutant }, onlyRaces);

  async function counterexample(): Promise<Counterexample> {
    const { record, counterexamples } = await whole;
    const found = counterexamples.get(record.divergences[0]?.id ?? '');
    if (found === undefined) throw new Error('No counterexample.');
    return found;
  }

  test('tells it as a race, short, with how often it shows and why no order explains it', async () => {
    const { record } = await whole;
    const [divergence] = record.divergences;
    expect(record.verdict).toBe('diverges');
    expect(divergence).toMatchObject({ kind: 'race', operation: 'ConnectRouterInterface', reproduced: true });
    expect(divergence?.rules).toEqual(expect.arrayContaining(['R38', 'R39']));
    const { runs = 0, diverged = 0 } = divergence?.reproduction ?? {};
    expect(runs).toBe(20);
    expect(diverged).toBeGreaterThan(0);
    const clients = divergence?.counterexample.map(({ client }) => client) ?? [];
    // Four interfaces that know each other, and two clients with one call each: it takes no less.
    expect(clients.filter((client) => client === undefined)).toHaveLength(8);
    expect(new Set(clients.filter((client) => client !== undefined))).toEqual(new Set([1, 2]));
    expect(clients).toHaveLength(10);
    expect(divergence?.race?.unexplained[0]?.expected).toMatch(/refusal by R38/);
    expect(record.races).toMatchObject({ undecided: 0 });
    expect(
      record.races?.patterns.find(({ name }) => name.startsWith('two connects'))?.diverged,
    ).toBeGreaterThan(0);
  });

  test('leaves a counterexample that can be read, judged and replayed', async () => {
    const stored = await counterexample();
    const read = parseCounterexample(JSON.stringify(stored), 'race.json');
    expect(read).toEqual(stored);
    expect(judgeTrace(read.trace)).toMatchObject({ verdict: 'diverges' });
    const again = await replay({ ...common, target: embeddedTarget({ mutant }) }, read);
    expect(again.outcome).toBe('STILL DIVERGES');
    expect(again.explanation).toMatch(/^In \d+ of 20 runs\./);
    expect(again.record?.reproduction?.runs).toBe(20);
    const fixed = await replay({ ...common, target: shuffled(embeddedTarget(), 1) }, read);
    expect(fixed).toMatchObject({ outcome: 'FIXED' });
  });
});

describe('A run of races', () => {
  test('tells what one client alone shows as what it is, and not as a race', async () => {
    const { record } = await fullRun({ mutant: 'activate-any-status' }, { ...onlyRaces, raceCommands: 400 });
    const named = record.divergences.filter(({ rules }) => rules.includes('R45'));
    expect(named.map(({ kind }) => kind)).not.toContain('race');
    expect(named.length).toBeGreaterThan(0);
  });

  test('is not part of a run that did not ask for it', async () => {
    const { record } = await fullRun({}, { commands: 50 });
    expect(record.races).toBeUndefined();
  });
});
