import { beforeAll, describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../adapters/emulator/emulator.ts';
import { compile } from '../model/compile.ts';
import { changesOf, placedRows } from './score/chart-changes.ts';
import { indistinguishable, listed } from './testing/indistinguishable.ts';
import { fullRun } from './testing/full-run.ts';
import { diverges, recordCampaign, type Recorded } from './testing/recorded.ts';

/**
 * The chart decides: take a transition away, or let it lead elsewhere, and the clean emulator diverges
 * from what is left. The changes are made in the config of the state machine itself.
 */

/** Where the documents leave a choice, emulators that choose otherwise, several choices at a time. */
const campaigns: readonly (readonly [emulator: EmulatorOptions, commands: number])[] = [
  [{}, 24_000],
  [
    { profile: 'precedence=reverse,tokenReuse=refuse,attributeNotFound=error,specChangeInactive=refuse' },
    16_000,
  ],
  [
    {
      profile:
        'deactivation=both,specChangeActive=Modifying,specChangeIdle=Modifying,' +
        'oppositeWhileNotIdle=LinkRole.NotSupport,specMismatch=normalise',
    },
    6000,
  ],
  [{ profile: 'survivor=inactive' }, 6000],
  [{ profile: 'survivor=inactive,specChangeActive=Modifying' }, 0],
  [{ profile: 'deactivation=late,transitions=instant' }, 3000],
  // One end is Inactive at once; a spec change takes its time.
  [{ profile: 'deactivation=late', deactivateMs: 0, activateMs: 0 }, 0],
  [{ profile: 'deactivation=late,specChangeActive=Modifying', deactivateMs: 0, activateMs: 0 }, 0],
  [{ profile: 'deactivation=late,survivor=inactive,deletion=instant', deactivateMs: 0 }, 0],
  [{ profile: 'specChangeIdle=Activating' }, 2000],
  [{ profile: 'transitions=instant,deletion=instant' }, 4000],
  [{ profile: 'acceptor=Idle' }, 8000],
  [{ profile: 'connectUnanswered=hang' }, 4000],
  [{ profile: 'quota=account,ownerRequired=yes' }, 2000],
  [{ edition: 'ECS2014' }, 6000],
];

let recorded: readonly Recorded[] = [];
beforeAll(async () => {
  const each: (readonly Recorded[])[] = [];
  for (const [emulator, commands] of campaigns) each.push(await recordCampaign(emulator, 1, commands));
  recorded = inTurn(each);
}, 120_000);

/** The first of each list, the second of each, and so on: what only one emulator can show is not looked for last. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }).flatMap((_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  );
}

/** Traces on which a change that cannot show is tried all the same. */
const samples = 80;

/** The traces on which a change of a transition is tried: those that took it, or all when none is known to. */
function tracesFor(id: string, mayShow: boolean): readonly Recorded[] {
  const taken = recorded.filter(({ transitions }) => transitions.has(id));
  const likely = taken.length > 0 ? taken : recorded;
  return mayShow ? likely : likely.filter((_, index) => index % Math.ceil(likely.length / samples) === 0);
}

describe('Without the chart as it is', () => {
  test.each(placedRows().map((placed) => [placed.row.id, placed] as const))(
    'the clean emulator diverges, unless there is a reason why it cannot show: %s',
    (id, placed) => {
      // What shows one change of a transition mostly shows the others too: it is tried first.
      let last: Recorded | undefined;
      for (const { name, machine } of changesOf(placed)) {
        const excuse = indistinguishable(placed.row, name);
        const tables = compile(machine);
        const shown = (each: Recorded): boolean => {
          if (!diverges(each.trace, tables)) return false;
          last = each;
          return true;
        };
        // Those that took it are the likely ones; what it did may have gone unnoticed in others.
        const shows =
          (last !== undefined && shown(last)) ||
          tracesFor(id, excuse === undefined).some(shown) ||
          (excuse === undefined && recorded.some(shown));
        expect(shows, `${name}: ${excuse ?? 'nothing excuses it'}`).toBe(excuse === undefined);
      }
    },
  );

  test('no change is excused that does not exist', () => {
    const changes = placedRows().flatMap((placed) =>
      changesOf(placed).flatMap(({ name }) => [placed.row.id, `${placed.row.id}, ${name}`]),
    );
    for (const each of listed) expect(changes).toContain(each);
  });

  test.each([
    ['Active: DEACTIVATE to Deactivating', 'removed', 'DeactivateRouterInterface'],
    ['Idle: ACTIVATE refused by R45', 'removed', 'ActivateRouterInterface'],
  ])('a whole run reports it: %s, %s', async (id, change, operation) => {
    const placed = placedRows().find(({ row }) => row.id === id);
    const machine = changesOf(placed ?? failed(id)).find(({ name }) => name === change)?.machine;
    const { record } = await fullRun({}, { tables: compile(machine), commands: 1500 });
    expect(record.verdict).toBe('diverges');
    expect(record.divergences.map((each) => each.operation)).toContain(operation);
  });

  test('the chart itself, compiled from a copy, permits everything that was seen', () => {
    const tables = compile();
    expect(recorded.filter(({ trace }) => diverges(trace, tables))).toEqual([]);
  });
});

function failed(id: string): never {
  throw new Error(`The chart has no transition "${id}" any more.`);
}
