import { describe, expect, test } from 'vitest';
import { listOf, onRouters, shown } from '../testing/descriptions.ts';
import { accepted, at, createArgs, now, region, ri, tables, the, world } from '../testing/worlds.ts';
import { withInterface, type World } from '../world.ts';
import { lookAtList, type Look } from './list.ts';

/** Walks over the pages of one list: nothing twice, nothing lost, as long as nothing changes (R82). */

const four = world(['ri-1', 'ri-2', 'ri-3', 'ri-4'].map((id) => ri(id)));
const ours = onRouters('vrt-1');
type Args = Readonly<Record<string, string>>;

/** Looks at one page of two that shows these interfaces. */
function page(before: World, number: number, ids: readonly string[], args: Args = ours, total = 4): Look {
  const items = ids.map((id) => shown(ri(id), 'Idle'));
  const sent = { ...args, PageNumber: String(number), PageSize: '2' };
  return lookAtList(
    tables,
    before,
    sent,
    listOf(items, { TotalCount: total, PageNumber: number, PageSize: 2 }),
    now,
    false,
  );
}
const wrong = ({ mismatches }: Look): unknown =>
  mismatches.map(({ field, rules, interfaceId }) => [field, ...rules, interfaceId]);

describe('a walk over pages', () => {
  const { world: begun } = page(four, 1, ['ri-3', 'ri-1']);

  test('has nothing wrong in whatever order, if each interface is on one page', () => {
    const second = page(begun, 2, ['ri-4', 'ri-2']);
    expect(wrong(second)).toEqual([]);
    expect(begun.walk).toMatchObject({ total: 4, seen: ['ri-3', 'ri-1'] });
    expect(second.world.walk).toBeNull();
  });

  test('shows nothing again', () => {
    expect(wrong(page(begun, 2, ['ri-4', 'ri-1']))).toEqual([['pages', 'R82', 'ri-1']]);
  });

  test('loses nothing: what is on no page was replaced by what nobody made', () => {
    expect(wrong(page(begun, 2, ['ri-4', 'ri-9']))).toEqual([
      ['RouterInterfaceId', 'R44', 'R32', undefined],
      ['pages', 'R82', 'ri-2'],
    ]);
  });

  test('starts anew with every first page', () => {
    const { world: again } = page(begun, 1, ['ri-2', 'ri-4']);
    expect(again.walk?.seen).toEqual(['ri-2', 'ri-4']);
    expect(wrong(page(again, 2, ['ri-1', 'ri-3']))).toEqual([]);
  });

  test('goes on over pages in the middle', () => {
    const six = world(['ri-1', 'ri-2', 'ri-3', 'ri-4', 'ri-5', 'ri-6'].map((id) => ri(id)));
    const { world: first } = page(six, 1, ['ri-1', 'ri-2'], ours, 6);
    const { world: second } = page(first, 2, ['ri-3', 'ri-4'], ours, 6);
    expect(second.walk?.seen).toEqual(['ri-1', 'ri-2', 'ri-3', 'ri-4']);
    expect(wrong(page(second, 3, ['ri-5', 'ri-1'], ours, 6))).toEqual([['pages', 'R82', 'ri-1']]);
  });
});

describe('pages are not compared', () => {
  const { world: begun } = page(four, 1, ['ri-1', 'ri-2']);
  const repeated = ['ri-1', 'ri-2'];

  test('without a first page', () => {
    expect(wrong(page(four, 2, repeated))).toEqual([]);
  });

  test('of different requests', () => {
    const other = { ...ours, 'Filter.2.Key': 'RouterType', 'Filter.2.Value.1': 'VRouter' };
    expect(wrong(page(begun, 2, repeated, other))).toEqual([]);
  });

  test('once something was made or changed in between', () => {
    const made = accepted(
      begun,
      { operation: 'CreateRouterInterface', args: { ...createArgs, RouterId: 'vrt-2' } },
      { RouterInterfaceId: 'ri-9' },
    );
    expect(made.map((after) => wrong(page(after, 2, repeated)))).toEqual([[]]);
    const changed = withInterface(begun, { ...the('ri-4', begun), operationLocked: true }, now);
    expect(changed.walk).toBeNull();
    expect(wrong(page(changed, 2, repeated))).toEqual([]);
  });

  test('of lists that are not only ours, or not known for certain', () => {
    const { world: all } = page(four, 1, ['ri-1', 'ri-2'], { RegionId: region });
    expect(all.walk).toBeNull();
    const leaving = world([...four.interfaces.slice(1), ri('ri-1', { states: at('Deleting'), since: now })]);
    expect(page(leaving, 1, ['ri-3', 'ri-2']).world.walk).toBeNull();
  });
});
