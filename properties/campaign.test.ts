import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import type { EmulatorOptions } from '../adapters/emulator/emulator.ts';
import type { Target } from '../adapters/target.ts';
import { campaign, type CampaignOptions, type CampaignResult } from './campaign.ts';
import { defaultTables } from './tables.ts';
import { sceneOn, sequencesFor } from './testing/campaigns.ts';
import { altered, interfacesLeft, refusal, withControl } from './testing/targets.ts';

async function campaignOn(
  target: Target,
  options: Partial<CampaignOptions> = {},
  maxRouters = 8,
  seed = 1,
): Promise<CampaignResult> {
  const scene = await sceneOn(target, { maxRouters });
  const result = await campaign(scene, {
    tables: defaultTables(),
    sequenceAt: sequencesFor(scene, seed),
    commands: 600,
    concurrency: 4,
    ...options,
  });
  return { ...result, leftBehind: [...result.leftBehind, ...(await scene.strike())] };
}

/** What was found, whatever the order and the ids. */
const found = ({ buckets }: CampaignResult): string[] =>
  buckets.map(({ finding, occurrences }) => `${occurrences} ${finding.fingerprint}`).toSorted();

/** What was sent and answered in the sequences that showed something, ids aside. */
const shown = ({ buckets }: CampaignResult): unknown[] =>
  buckets
    .map(({ witness: { index, step, trace } }) => ({
      index,
      step,
      commands: trace.steps.map(({ command }) => command),
      answers: trace.steps.map(({ observation }) =>
        observation?.kind === 'answer' ? `${observation.status} ${String(observation.body?.['Code'])}` : '',
      ),
    }))
    .toSorted((a, b) => a.index - b.index || a.step - b.step);

describe('A campaign', () => {
  test('does not take what one sequence makes overdue for a fault that another sees', async () => {
    const target = embeddedTarget({ profile: 'overdue=interface' });
    const result = await campaignOn(target, { commands: 1500, concurrency: 5 });
    expect(found(result)).toEqual([]);
    expect(result.leftBehind).toEqual([]);
  });

  test('uses up its commands, and no more than a sequence beyond', async () => {
    const { counts, ended } = await campaignOn(embeddedTarget(), { commands: 500 });
    expect(counts.commands).toBeGreaterThanOrEqual(500);
    expect(counts.commands).toBeLessThan(500 + 48);
    expect(counts.sequences).toBeGreaterThan(10);
    expect(ended).toBeUndefined();
  });

  test.each<EmulatorOptions>([
    { mutant: 'activate-any-status' },
    { mutant: 'rename-neighbours' },
    { mutant: 'deactivate-idles-peer' },
    { mutant: 'create-overdue' },
  ])('finds the same in the same sequences whatever the concurrency: %j', async (emulator) => {
    const commands = 3000;
    const alone = await campaignOn(embeddedTarget(emulator), { commands, concurrency: 1 });
    expect(found(alone)).not.toEqual([]);
    for (const concurrency of [2, 5]) {
      const beside = await campaignOn(embeddedTarget(emulator), { commands, concurrency });
      expect(found(beside)).toEqual(found(alone));
      expect(shown(beside)).toEqual(shown(alone));
      expect(beside.counts).toEqual(alone.counts);
    }
  });

  test('lets nothing run beside a sequence while the account is overdue, and much beside it otherwise', async () => {
    const inner = embeddedTarget();
    const calls: { readonly during: boolean; readonly under: number }[] = [];
    let during = false;
    let under = 0;
    const slowly = async <T>(act: () => Promise<T>): Promise<T> => {
      under += 1;
      calls.push({ during, under });
      await new Promise((resolve) => setImmediate(resolve));
      return act().finally(() => (under -= 1));
    };
    const target: Target = {
      ...inner,
      call: (operation, params) => slowly(() => inner.call(operation, params)),
      ...(inner.control === undefined
        ? {}
        : {
            control: {
              ...inner.control,
              account: (set) => {
                during = set.overdue;
                return slowly(() => inner.control?.account(set) ?? Promise.resolve());
              },
            },
          }),
    };
    await campaignOn(target, { commands: 2000 });
    const most = (overdue: boolean): number =>
      Math.max(...calls.filter((each) => each.during === overdue).map((each) => each.under));
    expect(most(true)).toBe(1);
    expect(most(false)).toBeGreaterThan(2);
  });

  test('keeps the shortest sequence that showed a divergence, and counts the others', async () => {
    const steps = async (commands: number): Promise<[number, number]> => {
      const { buckets } = await campaignOn(embeddedTarget({ mutant: 'connect-role-code' }), { commands });
      const often = buckets.toSorted((one, other) => other.occurrences - one.occurrences)[0];
      return [often?.witness.step ?? Infinity, often?.occurrences ?? 0];
    };
    const [first, met] = await steps(500);
    const [later, metLater] = await steps(4000);
    expect(metLater).toBeGreaterThan(met);
    expect(later).toBeLessThan(first);
  });

  test('tells how it gets on', async () => {
    const seen: number[] = [];
    const { counts } = await campaignOn(embeddedTarget(), {
      onProgress: ({ counts: { sequences }, divergences }) => {
        seen.push(sequences);
        expect(divergences).toBe(0);
      },
    });
    expect(seen).toEqual(Array.from({ length: counts.sequences }, (_, index) => index + 1));
  });

  test('stops when it is told to, and cleans up what was under way', async () => {
    const stop = new AbortController();
    const target = altered({}, (operation) => {
      if (operation === 'ConnectRouterInterface') stop.abort();
      return undefined;
    });
    const result = await campaignOn(target, { signal: stop.signal, commands: 10_000 });
    expect(result.ended).toBe('stopped');
    expect(result.counts.commands).toBeLessThan(1000);
    expect(result.buckets).toEqual([]);
    expect(result.leftBehind).toEqual([]);
    expect(await interfacesLeft(target)).toEqual([]);
  });

  test('that is over begins none of the sequences that still wait for routers', async () => {
    const stop = new AbortController();
    const target = altered({}, (operation) => {
      if (operation === 'ConnectRouterInterface') stop.abort();
      return undefined;
    });
    const lengths: number[] = [];
    await campaignOn(
      target,
      {
        signal: stop.signal,
        concurrency: 8,
        onTrace: (_index, _sequence, { steps }) => void lengths.push(steps.length),
      },
      2,
    );
    expect(lengths.length).toBeGreaterThan(0);
    expect(lengths).not.toContain(0);
  });

  test('stops when its time is up', async () => {
    const { counts, ended } = await campaignOn(embeddedTarget(), { timeMs: 0 });
    expect(counts.commands).toBe(0);
    expect(ended).toBeUndefined();
  });

  test.each([60, 90, 200])(
    'ends without a divergence when the target has forgotten everything, after %i calls',
    async (calls) => {
      const restarted = embeddedTarget();
      let called = 0;
      const target = altered({}, (operation, params) =>
        ++called > calls ? restarted.call(operation, params) : undefined,
      );
      const { ended, buckets, counts } = await campaignOn(target);
      expect(ended).toContain('has lost the routers');
      expect(buckets).toEqual([]);
      expect(counts.commands).toBeLessThan(calls);
    },
  );

  test('tells of a target that throttles for good, and holds nothing against it', async () => {
    let calls = 0;
    const target = altered({}, () => (++calls > 150 ? refusal('Throttling', 503) : undefined));
    const { ended, buckets, fault } = await campaignOn(target, {}, 2);
    expect(ended).toMatch(/too few clean routers.*Throttling/);
    expect(fault).toBeUndefined();
    expect(buckets).toEqual([]);
  });

  test('names nothing as left behind that went at the second attempt', async () => {
    const tries = new Map<string, number>();
    let throttles = false;
    const target = altered({}, (operation, { RouterInterfaceId: id = '' }) => {
      if (operation !== 'DeleteRouterInterface' || !throttles) return undefined;
      tries.set(id, (tries.get(id) ?? 0) + 1);
      return (tries.get(id) ?? 0) < 6 ? refusal('Throttling', 503) : undefined;
    });
    const onTrace = (): void => void (throttles = true);
    const { leftBehind } = await campaignOn(target, { commands: 60, onTrace });
    expect(Math.max(...tries.values())).toBeGreaterThan(5);
    expect(leftBehind).toEqual([]);
    expect(await interfacesLeft(target)).toEqual([]);
  });

  test('goes on where a divergence is of a target that has what it had', async () => {
    const { ended, buckets } = await campaignOn(embeddedTarget({ mutant: 'activate-any-status' }));
    expect(ended).toBeUndefined();
    expect(buckets.length).toBeGreaterThan(0);
  });

  test('ends with the reason when the target goes away', async () => {
    let calls = 0;
    const target = altered({}, () =>
      ++calls > 400 ? { kind: 'unreachable', cause: 'connection refused' } : undefined,
    );
    const { ended, counts, buckets } = await campaignOn(target);
    expect(ended).toBe('connection refused');
    expect(counts.commands).toBeLessThan(400);
    expect(buckets).toEqual([]);
  });

  test('counts what cannot be judged, and goes on', async () => {
    let calls = 0;
    const target = altered({}, (operation) =>
      operation === 'ActivateRouterInterface' && ++calls % 2 === 0 ? refusal('Throttling.User') : undefined,
    );
    const { inconclusive, counts, buckets } = await campaignOn(target);
    expect(buckets).toEqual([]);
    expect(counts.inconclusive).toBeGreaterThan(0);
    expect([...inconclusive.keys()].join()).toMatch(/throttled/);
    expect([...inconclusive.values()].reduce((sum, each) => sum + each, 0)).toBe(counts.inconclusive);
  });

  test('runs one sequence at a time where an account has a quota', async () => {
    let [active, most] = [0, 0];
    const target = altered({ profile: 'quota:account' }, async (_operation, _params, pass) => {
      most = Math.max(most, ++active);
      await new Promise((resolve) => setImmediate(resolve));
      const seen = await pass();
      active -= 1;
      return seen;
    });
    expect((await campaignOn(target, { commands: 200 })).buckets).toEqual([]);
    expect(most).toBe(1);
  });

  test('goes on by half as much at most until it is enough', async () => {
    const never = await campaignOn(embeddedTarget(), { commands: 400, enough: () => false });
    expect(never.counts.commands).toBeGreaterThanOrEqual(600);
    expect(never.counts.commands).toBeLessThan(600 + 96);
    const soon = await campaignOn(embeddedTarget(), {
      commands: 400,
      enough: ({ transitions }) => transitions.size > 0,
    });
    expect(soon.counts.commands).toBeLessThan(400 + 48);
  });
});

describe('A campaign on a target that does not delete', () => {
  test('starts over on a target that it may reset, and leaves nothing behind', async () => {
    const { ended, counts, leftBehind } = await campaignOn(embeddedTarget({ mutant: 'deleting-for-ever' }), {
      commands: 1500,
    });
    expect(ended).toBeUndefined();
    expect(counts.commands).toBeGreaterThanOrEqual(1500);
    expect(leftBehind.every((id) => id.startsWith('ri-') || id.startsWith('vpc-'))).toBe(true);
  });

  test('ends with a message when its routers run out and it may not reset, and names what is left', async () => {
    const target = withControl(embeddedTarget({ mutant: 'deleting-for-ever', vpcsPerRegion: 12 }), {
      hooks: new Set(['account', 'interface', 'clock'] as const),
    });
    // Few sequences fit on six routers: with this seed one of them deletes and looks again.
    const { ended, buckets, leftBehind } = await campaignOn(target, { commands: 5000 }, 8, 1);
    expect(ended).toMatch(/^Only [012] clean routers? (is|are) left: the others hold interfaces/);
    expect(buckets.length).toBeGreaterThan(0);
    expect(leftBehind.some((id) => id.startsWith('ri-'))).toBe(true);
  });
});

test('A campaign that starts over finds the same whatever the concurrency', async () => {
  const on = (concurrency: number): Promise<CampaignResult> =>
    campaignOn(embeddedTarget({ mutant: 'connecting-for-ever' }), { commands: 1500, concurrency });
  expect(found(await on(4))).toEqual(found(await on(1)));
});

describe('A fault of the harness', () => {
  test('at once is an exception', async () => {
    const target = withControl(embeddedTarget(), { advance: () => Promise.reject(new Error('stuck')) });
    await expect(campaignOn(target)).rejects.toThrow('stuck');
  });

  test('later ends the campaign, and what was found before is not lost', async () => {
    let accounts = 0;
    const target = withControl(embeddedTarget({ mutant: 'connect-role-code' }), {
      account: () => (++accounts > 3 ? Promise.reject(new Error('the hook is gone')) : Promise.resolve()),
    });
    const { ended, fault, buckets, counts } = await campaignOn(target, { commands: 20_000 });
    expect(ended).toBe('a fault of the harness: the hook is gone');
    expect(fault).toBeInstanceOf(Error);
    expect(buckets.length).toBeGreaterThan(0);
    expect(counts.sequences).toBeGreaterThan(0);
  });
});

test('A fault in one sequence does not keep the others waiting', async () => {
  let moves = 0;
  const target = embeddedTarget();
  const breaking = withControl(target, {
    advance: (ms) =>
      ++moves > 40 ? Promise.reject(new Error('stuck')) : (target.control?.advance(ms) ?? Promise.resolve()),
  });
  const scene = await sceneOn(breaking, { maxRouters: 4 });
  const { ended } = await campaign(scene, {
    tables: defaultTables(),
    sequenceAt: sequencesFor(scene, 1),
    commands: 5000,
    concurrency: 4,
  });
  expect(ended).toBe('a fault of the harness: stuck');
});
