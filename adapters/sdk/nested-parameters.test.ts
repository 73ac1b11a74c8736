import { describe, expect, test } from 'vitest';
import { nestParameters } from './nested-parameters.ts';

describe('nestParameters', () => {
  test('lists, objects in lists, lists in objects', () => {
    const params = {
      RegionId: 'cn-hangzhou',
      'Filter.1.Key': 'Status',
      'Filter.1.Value.1': 'Active',
      'Filter.1.Value.2': 'Idle',
      'Filter.2.Key': 'Name',
      'Ids.1': 'a',
      'Tag.Key': '',
    };
    expect(nestParameters(params)).toEqual({
      nested: {
        RegionId: 'cn-hangzhou',
        Filter: [{ Key: 'Status', Value: ['Active', 'Idle'] }, { Key: 'Name' }],
        Ids: ['a'],
        Tag: { Key: '' },
      },
      flat: {},
    });
  });

  test('ten of a list come in their order, however they were given', () => {
    const order = [10, 2, 1, 3, 9, 4, 8, 5, 7, 6];
    const params = Object.fromEntries(order.map((index) => [`Ids.${index}`, `v${index}`]));
    expect(nestParameters(params).nested['Ids']).toEqual(
      Array.from({ length: 10 }, (_, index) => `v${index + 1}`),
    );
  });

  test.each([
    ['a list with a gap', { 'Filter.2.Key': 'Name' }],
    ['a list that begins with 0', { 'Ids.0': 'a' }],
    ['numbers beside names', { 'Filter.1': 'a', 'Filter.x': 'b' }],
    ['a value that is also a list', { Filter: 'a', 'Filter.1': 'b' }],
    ['a value that is also a list, further down', { 'Filter.1': 'a', 'Filter.1.Key': 'b' }],
    ['the same, the other way round', { 'Filter.1.Key': 'b', 'Filter.1': 'a' }],
    ['an empty step', { 'Filter..Key': 'a' }],
    ['a dot at the end', { 'Filter.': 'a' }],
  ])('%s stays flat', (_name, params) => {
    expect(nestParameters({ ...params, RegionId: 'r' })).toEqual({ nested: { RegionId: 'r' }, flat: params });
  });
});
