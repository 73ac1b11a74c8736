import { describe, expect, test } from 'vitest';
import { difference } from './content.ts';

describe('Two answers say the same', () => {
  test.each<[string, unknown, unknown]>([
    ['where only passing keys differ', { RequestId: 'a', Name: 'x' }, { RequestId: 'b', Name: 'x' }],
    ['where one has a number and the other its text', { TotalCount: 2 }, { TotalCount: '2' }],
    ['where a list of one stands for its member', { Item: [{ Id: 'a' }] }, { Item: { Id: 'a' } }],
    ['where one says nothing and the other does not say it', { Set: { Item: [] }, Name: '' }, {}],
    ['where nothing is null', { Name: null }, { Name: undefined }],
    ['where an empty list stands for no list', [], undefined],
  ])('%s', (_what, one, other) => {
    expect(difference(one, other)).toBeUndefined();
    expect(difference(other, one)).toBeUndefined();
  });
});

describe('Two answers differ', () => {
  test.each<[string, unknown, unknown, string]>([
    ['in a value', { Set: { Name: 'x' } }, { Set: { Name: 'y' } }, 'Set.Name: x and y'],
    ['in what one of them lacks', { Name: 'x' }, {}, 'Name: x and nothing'],
    ['in the length of a list', { Item: ['a', 'b'] }, { Item: ['a'] }, 'Item: 2 and 1 members'],
    ['as lists, where one is empty', [{ Id: 'a' }], [], 'the list: 1 and 0 members'],
    ['as a list and nothing', { Item: ['a', 'b'] }, {}, 'Item: 2 and 0 members'],
    ['in a member of a list', { Item: ['a', 'b'] }, { Item: ['a', 'c'] }, 'Item[1]: b and c'],
    ['in kind', { Name: { First: 'x' } }, { Name: 'x' }, 'Name: {"First":"x"} and x'],
  ])('%s', (_what, one, other, expected) => {
    expect(difference(one, other)).toBe(expected);
  });

  test('and long values are cut', () => {
    const told = difference({ Name: 'x'.repeat(100) }, { Name: 'y' });
    expect(told).toBe(`Name: ${'x'.repeat(60)}… and y`);
  });
});
