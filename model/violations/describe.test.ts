import { describe, expect, test } from 'vitest';
import { introduced, named, otherRegion, region, tables } from '../testing/worlds.ts';
import { filterKeys } from '../spec/enums.ts';
import { findInterface } from '../world.ts';
import { describeAttributeViolations, describeListViolations, selectionOf, pagingOf } from './describe.ts';

type Args = Readonly<Record<string, string>>;
const none = { must: [], may: [] };

const listing = (args: Args): ReturnType<typeof named> =>
  named('DESCRIBE_LIST', describeListViolations(tables, introduced(), { RegionId: region, ...args }));

/** One filter with as many values as given. */
const filter = (number: number, key: string, ...values: string[]): Args => ({
  [`Filter.${number}.Key`]: key,
  ...Object.fromEntries(values.map((value, index) => [`Filter.${number}.Value.${index + 1}`, value])),
});

describe('selectionOf', () => {
  test('reads keys and values in the order of the numbers, whatever the order sent', () => {
    const args = { ...filter(2, 'Name', 'b'), ...filter(1, 'Status', 'Idle', 'Active'), PageSize: '1' };
    expect(selectionOf(args).filters).toMatchObject([
      { key: 'Status', values: ['Idle', 'Active'] },
      { key: 'Name', values: ['b'] },
    ]);
  });

  test('keeps a filter without key or without values', () => {
    expect(selectionOf({ 'Filter.1.Value.1': 'x' }).filters).toMatchObject([
      { key: undefined, values: ['x'] },
    ]);
    expect(selectionOf({ 'Filter.1.Key': 'Name' }).filters).toMatchObject([{ key: 'Name', values: [] }]);
    expect(selectionOf({ 'Filter.1.Value': 'x' }).filters).toMatchObject([{ key: undefined, values: [] }]);
  });

  test('passes over what only looks like a filter', () => {
    expect(selectionOf({ 'Filter.x.Key': 'Name', 'Filter.1.Name': 'x', Filter: 'y' }).filters).toMatchObject(
      [],
    );
  });
});

describe('pagingOf', () => {
  test('has its defaults: first page, ten items', () => {
    expect(pagingOf({})).toEqual({ page: 1, size: 10 });
  });

  test.each([
    ['1', 1, 1],
    ['50', 50, 50],
    ['51', 51, undefined],
    ['0', undefined, undefined],
    ['-1', undefined, undefined],
    ['ten', undefined, undefined],
    ['', undefined, undefined],
    ['1.5', undefined, undefined],
    ['1000000', 1_000_000, undefined],
  ])('reads %j as page %j and as size %j', (text, page, size) => {
    expect(pagingOf({ PageNumber: text, PageSize: text })).toEqual({ page, size });
  });
});

describe('DescribeRouterInterfaces', () => {
  test('needs a region that exists, and no id', () => {
    expect(listing({})).toEqual(none);
    expect(listing({ RegionId: '' }).must).toEqual(['R1']);
    expect(listing({ RegionId: 'cn-nowhere' }).must).toEqual(['R3']);
    expect(listing({ RegionId: otherRegion })).toEqual(none);
  });

  test('takes the documented filter keys and no others (R80)', () => {
    for (const key of filterKeys) expect(listing(filter(1, key, 'x'))).toEqual(none);
    for (const key of ['Role', 'routerid', '']) expect(listing(filter(1, key, 'x')).must).toEqual(['R80']);
  });

  test('may refuse a filter without key or values, or with more than five (R81)', () => {
    expect(listing({ 'Filter.1.Value.1': 'x' })).toEqual({ must: [], may: ['R81'] });
    expect(listing(filter(1, 'Name'))).toEqual({ must: [], may: ['R81'] });
    expect(listing(filter(1, 'Name', 'a', 'b', 'c', 'd', 'e'))).toEqual(none);
    expect(listing(filter(1, 'Name', 'a', 'b', 'c', 'd', 'e', 'f'))).toEqual({ must: [], may: ['R81'] });
  });

  test('may refuse more than five filters (R81)', () => {
    const filters = (count: number): Args =>
      Object.assign(
        {},
        ...filterKeys.slice(0, count).map((key, index) => filter(index + 1, key, 'x')),
      ) as Args;
    expect(listing(filters(5))).toEqual(none);
    expect(listing(filters(6))).toEqual({ must: [], may: ['R81'] });
  });

  test('refuses pages that cannot be (R82)', () => {
    expect(listing({ PageSize: '51' }).must).toEqual(['R82']);
    expect(listing({ PageNumber: '0' }).must).toEqual(['R82']);
    expect(listing({ PageSize: '50', PageNumber: '3' })).toEqual(none);
  });
});

describe('DescribeRouterInterfaceAttribute', () => {
  const describing = (args: Args): ReturnType<typeof named> => {
    const sent = { RegionId: region, InstanceId: 'ri-a', ...args };
    const before = introduced();
    return named(
      'DESCRIBE_ATTRIBUTE',
      describeAttributeViolations(tables, before, sent, findInterface(before, sent.InstanceId)),
    );
  };

  test('needs a region that exists and an InstanceId', () => {
    expect(describing({})).toEqual(none);
    expect(describing({ RegionId: '' }).must).toEqual(['R1']);
    expect(describing({ RegionId: 'cn-nowhere' }).must).toEqual(['R3']);
    expect(describing({ InstanceId: '' }).must).toEqual(['R2']);
  });

  test('may refuse in another region, or answer that there is no such interface (A24, A25)', () => {
    expect(describing({ RegionId: otherRegion })).toEqual({ must: [], may: ['R6'] });
    expect(describing({ InstanceId: 'ri-x', RegionId: otherRegion })).toEqual(none);
  });
});
