import { expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import type { Step } from '../model/vocabulary.ts';
import { Judge } from './oracle/judge.ts';
import { execute } from './run/execute.ts';
import { defaultTables } from './tables.ts';
import { regionId, sceneOn } from './testing/campaigns.ts';
import { answer } from './testing/targets.ts';

/** An answer shows what was true at some moment between the sending of the request and its arrival. */

const stale = 60;
const settle = 1000;

/** Creates an interface, deletes it, and takes the two apart in time. */
async function history(): Promise<{
  judge: (lags: boolean) => Judge;
  made: Step;
  deleted: Step;
  look: (items: readonly unknown[], start: number, end: number) => Step;
  item: unknown;
}> {
  const target = embeddedTarget();
  const scene = await sceneOn(target);
  const environment = scene.environmentFor(scene.routers.slice(0, 2));
  const create = {
    kind: 'call',
    operation: 'CreateRouterInterface',
    as: 'ri#1',
    args: {
      RegionId: regionId,
      Role: 'AcceptingSide',
      Spec: 'Negative',
      RouterType: 'VRouter',
      RouterId: { ref: 'router#1' },
      OppositeRegionId: regionId,
    },
  } as const;
  const remove = {
    kind: 'call',
    operation: 'DeleteRouterInterface',
    args: { RegionId: regionId, RouterInterfaceId: { ref: 'ri#1' } },
  } as const;
  const list = {
    kind: 'call',
    operation: 'DescribeRouterInterfaces',
    args: { RegionId: regionId, 'Filter.1.Key': 'RouterId', 'Filter.1.Value.1': { ref: 'router#1' } },
  } as const;
  const { trace } = await execute({ target, clock: scene.clock, environment }, [create, remove, list]);
  const [made, deleted, looked] = trace.steps;
  if (made === undefined || deleted === undefined || looked?.observation?.kind !== 'answer')
    throw new Error('Too little was executed.');
  const set = looked.observation.body?.['RouterInterfaceSet'] as { RouterInterfaceType: readonly unknown[] };
  return {
    made: { ...made, start: 0, end: 0 },
    deleted: { ...deleted, start: 100, end: 100 },
    item: set.RouterInterfaceType[0],
    look: (items, start, end) => ({
      ...looked,
      start,
      end,
      observation: answer({
        RequestId: `look-${start}`,
        TotalCount: items.length,
        PageNumber: 1,
        PageSize: 10,
        RouterInterfaceSet: { RouterInterfaceType: items },
      }),
    }),
    judge: (readsLag) =>
      new Judge(defaultTables(), { ...environment, readsLag, bounds: { settleMs: settle, staleMs: stale } }),
  };
}

test('A read that lags too much diverges, when it is answered at once', async () => {
  const { judge, made, look } = await history();
  const strict = judge(true);
  strict.step(made);
  expect(strict.step(look([], 40, 40)).kind).toBe('conforms');
  expect(strict.step(look([], 200, 200)).kind).toBe('diverges');
});

test('A read that was sent in time and answered slowly may still be as old as reads may be', async () => {
  const { judge, made, look } = await history();
  const slow = judge(true);
  slow.step(made);
  expect(slow.step(look([], 40, 200)).kind).toBe('conforms');
});

test('A status that was asked for in time and answered slowly may still be transitional', async () => {
  const { judge, made, deleted, look, item } = await history();
  const slow = judge(false);
  slow.step(made);
  slow.step(deleted);
  expect(slow.step(look([item], 200, 200 + settle)).kind).toBe('conforms');
});

test('A transitional status diverges once it has lasted too long, and not before', async () => {
  const { judge, made, deleted, look, item } = await history();
  const strict = judge(false);
  strict.step(made);
  strict.step(deleted);
  expect(strict.step(look([item], 200, 200)).kind).toBe('conforms');
  expect(strict.step(look([item], 200 + settle, 200 + settle)).kind).toBe('diverges');
});

test('A change that was answered slowly may have come about as late as its answer', async () => {
  const { judge, made, deleted, look, item } = await history();
  const slow = judge(false);
  slow.step(made);
  slow.step({ ...deleted, start: 100, end: 100 + settle });
  expect(slow.step(look([item], 200 + settle, 200 + settle)).kind).toBe('conforms');
  expect(slow.step(look([item], 200 + 2 * settle, 200 + 2 * settle)).kind).toBe('diverges');
});
