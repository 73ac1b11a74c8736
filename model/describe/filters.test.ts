import { describe, expect, test } from 'vitest';
import { filter, listOf, onRouters, shown } from '../testing/descriptions.ts';
import {
  acceptor,
  at,
  initiator,
  introduced,
  linked,
  now,
  otherRegion,
  region,
  ri,
  stateNames,
  tables,
  the,
  toldOf,
  world,
} from '../testing/worlds.ts';
import { selectionOf } from '../violations/describe.ts';
import { noOpposite, type World } from '../world.ts';
import { lookAtList } from './list.ts';

/** What filters let through: values of a key are alternatives, keys add up (R81). */

const named = world([initiator({ name: 'edge' }), acceptor()]);
const [a, b] = [the('ri-a', named), the('ri-b', named)];
type Args = Readonly<Record<string, string>>;

function wrong(before: World, args: Args, items: readonly unknown[]): unknown {
  const { mismatches } = lookAtList(tables, before, { RegionId: region, ...args }, listOf(items), now, false);
  return mismatches.map(({ field, rules }) => [field, rules]);
}
const idle = (id: 'ri-a' | 'ri-b'): unknown => shown(id === 'ri-a' ? a : b, 'Idle');

describe('a filter by', () => {
  test.each<[string, string, string, ('ri-a' | 'ri-b')[]]>([
    ['RouterInterfaceId', 'ri-a', 'ri-x', ['ri-a']],
    ['RouterId', 'vrt-2', 'vrt-x', ['ri-b']],
    ['RouterType', 'VRouter', 'VBR', ['ri-a', 'ri-b']],
    ['OppositeInterfaceId', 'ri-b', 'ri-x', ['ri-a']],
    ['OppositeRouterId', 'vrt-2', 'vrt-x', ['ri-a']],
    ['OppositeRouterType', 'VRouter', 'VBR', ['ri-a', 'ri-b']],
    ['Status', 'Idle', 'Active', ['ri-a', 'ri-b']],
    ['Name', 'edge', 'other', ['ri-a']],
  ])('%s lets through what has %j and nothing that has not', (key, value, other, expected) => {
    const args = { ...onRouters('vrt-1', 'vrt-2'), ...filter(2, key, value) };
    expect(wrong(named, args, expected.map(idle))).toEqual([]);
    expect(wrong(named, args, [])).not.toEqual([]);
    expect(wrong(named, { ...args, ...filter(2, key, other) }, [])).toEqual([]);
    expect(wrong(named, { ...args, ...filter(2, key, other) }, expected.map(idle))).toContainEqual([
      'RouterInterfaceId',
      ['R81'],
    ]);
    expect(wrong(named, { ...args, ...filter(2, key, other, value) }, expected.map(idle))).toEqual([]);
  });

  test('the owner lets all through or none, and always the same one', () => {
    const by = (owner: string) => ({
      ...onRouters('vrt-1', 'vrt-2'),
      ...filter(2, 'RouterInterfaceOwnerId', owner),
    });
    const all = [idle('ri-a'), idle('ri-b')];
    expect(wrong(named, by('1'), [])).toEqual([]);
    expect(wrong(named, by('1'), all)).toEqual([]);
    expect(wrong(named, by('1'), [idle('ri-a')])).not.toEqual([]);
    const { world: learnt } = lookAtList(tables, named, by('1'), listOf(all), now, false);
    expect(learnt.accountId).toBe('1');
    expect(wrong(learnt, by('1'), all)).toEqual([]);
    expect(wrong(learnt, by('1'), [])).not.toEqual([]);
    expect(wrong(learnt, by('2'), [])).toEqual([]);
    expect(wrong(learnt, by('2'), all)).toContainEqual(['RouterInterfaceId', ['R81']]);
  });

  test("the peer's owner compares with what was told, and tells nothing where nothing was", () => {
    const by = (owner: string) => ({
      ...onRouters('vrt-1', 'vrt-2'),
      ...filter(2, 'OppositeInterfaceOwnerId', owner),
    });
    const told = introduced();
    const owner = '1234567890123456';
    const items = [shown(the('ri-a', told), 'Idle'), shown(the('ri-b', told), 'Idle')];
    expect(wrong(told, by(owner), items)).toEqual([]);
    expect(wrong(told, by(owner), [])).not.toEqual([]);
    expect(wrong(told, by('1'), items)).not.toEqual([]);
    const untold = world([ri('ri-a')]);
    expect(wrong(untold, by(owner), [])).toEqual([]);
    expect(wrong(untold, by(owner), [shown(the('ri-a', untold), 'Idle')])).toEqual([]);
  });

  test('a tag compares key and value; without a value, with another value, or with a second tag it is open', () => {
    const tagged = world([ri('ri-a', { tags: { team: 'a', k: '' } }), ri('ri-b')]);
    const [a, b] = tagged.interfaces.map((each) => shown(each, 'Idle'));
    const by = (tags: Record<string, string>) => ({ ...onRouters('vrt-1'), ...tags });
    const one = (key: string, value?: string) =>
      by({ 'Tags.1.Key': key, ...(value === undefined ? {} : { 'Tags.1.Value': value }) });
    expect(wrong(tagged, one('team', 'a'), [a])).toEqual([]);
    expect(wrong(tagged, one('team', 'a'), [])).not.toEqual([]);
    expect(wrong(tagged, one('team', 'b'), [a])).not.toEqual([]);
    expect(wrong(tagged, one('team', 'b'), [])).toEqual([]);
    expect(wrong(tagged, one('team'), [a])).toEqual([]);
    expect(wrong(tagged, one('team'), [])).toEqual([]);
    expect(wrong(tagged, one('team'), [b])).not.toEqual([]);
    expect(wrong(tagged, one('k', ''), [])).not.toEqual([]);
    const two = by({ 'Tags.1.Key': 'team', 'Tags.1.Value': 'a', 'Tags.2.Key': 'none' });
    expect(wrong(tagged, two, [a])).toEqual([]);
    expect(wrong(tagged, two, [])).toEqual([]);
  });

  test('the resource group compares with the one asked for; which one is the default is open', () => {
    const grouped = world([ri('ri-a', { resourceGroupId: 'rg-1' }), ri('ri-b')]);
    const [a, b] = grouped.interfaces.map((each) => shown(each, 'Idle'));
    const by = (group: string) => ({ ...onRouters('vrt-1'), ResourceGroupId: group });
    expect(wrong(grouped, by('rg-1'), [a])).toEqual([]);
    expect(wrong(grouped, by('rg-1'), [a, b])).toEqual([]);
    expect(wrong(grouped, by('rg-1'), [b])).not.toEqual([]);
    expect(wrong(grouped, by('rg-2'), [])).toEqual([]);
    expect(wrong(grouped, by('rg-2'), [a])).not.toEqual([]);
  });

  test('five keys at once are all of them in force', () => {
    const told = introduced();
    const args = (name: string) => ({
      ...onRouters('vrt-1', 'vrt-2'),
      ...filter(2, 'Status', 'Idle', 'Active'),
      ...filter(3, 'RouterType', 'VRouter'),
      ...filter(4, 'OppositeRouterType', 'VRouter', 'VBR'),
      ...filter(5, 'RouterInterfaceId', 'ri-x', name),
    });
    const item = (id: string) => shown(the(id, told), 'Idle');
    expect(wrong(told, args('ri-b'), [item('ri-b')])).toEqual([]);
    expect(wrong(told, args('ri-b'), [item('ri-a'), item('ri-b')])).not.toEqual([]);
    expect(wrong(told, args('ri-c'), [])).toEqual([]);
  });

  test('a name that was never given may match the id, or the empty text', () => {
    const args = { ...onRouters('vrt-1', 'vrt-2'), ...filter(2, 'Name', 'ri-b') };
    expect(wrong(named, args, [])).toEqual([]);
    expect(wrong(named, args, [idle('ri-b')])).toEqual([]);
  });

  test('a peer type that was never told may match the default', () => {
    const untold = world([ri('ri-a', { opposite: { ...noOpposite, regionId: region } })]);
    const args = { ...onRouters('vrt-1'), ...filter(2, 'OppositeRouterType', 'VBR') };
    expect(wrong(untold, args, [])).toEqual([]);
    expect(wrong(untold, args, [shown(the('ri-a', untold), 'Idle')])).toEqual([]);
  });

  test('nothing that can be told may be ignored, or let nothing through', () => {
    for (const odd of [{ 'Filter.2.Value.1': 'x' }, { 'Filter.2.Key': 'Name' }]) {
      const args = { ...onRouters('vrt-1', 'vrt-2'), ...odd };
      expect(selectionOf(args).filters).toHaveLength(2);
      expect(wrong(named, args, [])).toEqual([]);
      expect(wrong(named, args, [idle('ri-a'), idle('ri-b')])).toEqual([]);
    }
  });
});

describe('a filter by status', () => {
  const args = (status: string) => ({ ...onRouters('vrt-1', 'vrt-2'), ...filter(2, 'Status', status) });
  const pending = linked('Deactivating', 'Active.linked', { since: now });

  test('lets an interface through that may have that status, in that status', () => {
    expect(wrong(pending, args('Inactive'), [])).toEqual([]);
    expect(wrong(pending, args('Inactive'), [shown(the('ri-a', pending), 'Inactive')])).toEqual([]);
    expect(wrong(pending, args('Inactive'), [shown(the('ri-a', pending), 'Deactivating')])).toHaveLength(1);
  });

  test('tells by what it leaves out', () => {
    const { world: known } = lookAtList(tables, pending, args('Inactive'), listOf([]), now, false);
    expect(stateNames(the('ri-a', known).states)).toEqual(['Deactivating']);
  });

  test('never lets through what is gone', () => {
    const gone = introduced({ states: at('gone') });
    expect(wrong(gone, args('Deleting'), [])).toEqual([]);
  });
});

describe('a list is judged in full', () => {
  const stranger = shown(ri('ri-z'), 'Idle');

  test.each<[string, Args]>([
    ['all routers are ours', onRouters('vrt-1')],
    ['it is about interfaces by id', filter(1, 'RouterInterfaceId', 'ri-a')],
    ['it is about peers that are ours', filter(1, 'OppositeInterfaceId', 'ri-b')],
  ])('when %s', (_what, args) => {
    expect(wrong(named, args, [idle('ri-a'), stranger])).toContainEqual([
      'RouterInterfaceId',
      ['R44', 'R32'],
    ]);
  });

  test.each<[string, Args]>([
    ['a router is not ours', onRouters('vrt-1', 'vrt-9')],
    ['the peer may be none', filter(1, 'OppositeInterfaceId', 'ri-b', '')],
    ['others may have been told of such a peer', filter(1, 'OppositeInterfaceId', 'ri-b', 'ri-nobodys')],
    ['it is about names', filter(1, 'Name', 'edge')],
    ['the filter has no values', { 'Filter.1.Key': 'RouterId' }],
  ])('but not when %s', (_what, args) => {
    expect(wrong(named, args, [idle('ri-a'), stranger])).toEqual([]);
  });
});

describe('an interface that a filter should have let through', () => {
  test('is missed by the filter, if there are several keys or values', () => {
    const keys = { ...onRouters('vrt-1'), ...filter(2, 'Name', 'edge') };
    expect(wrong(named, keys, [])).toContainEqual(['RouterInterfaceId', ['R81']]);
    const values = filter(1, 'RouterInterfaceId', 'ri-x', 'ri-a');
    expect(wrong(named, values, [])).toContainEqual(['RouterInterfaceId', ['R14', 'R81']]);
  });

  test('is in its own region only', () => {
    const far = world([initiator({ regionId: otherRegion, opposite: toldOf('ri-b', 'vrt-2') })]);
    expect(wrong(far, filter(1, 'RouterInterfaceId', 'ri-a'), [])).toEqual([]);
  });
});
