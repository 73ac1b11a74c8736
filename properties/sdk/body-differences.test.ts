import { describe, expect, test } from 'vitest';
import { bodyDifferences } from './body-differences.ts';
import { parseExactly } from '../../adapters/exact-json.ts';

describe('a caller that gets', () => {
  const cases: [name: string, wire: string, caller: unknown, found: string[]][] = [
    ['the same', '{"A":1,"B":[true,{"C":"x"}],"D":null}', { A: 1, B: [true, { C: 'x' }], D: null }, []],
    ['keys in another order', '{"A":1,"B":2}', { B: 2, A: 1 }, []],
    ['a field less', '{"A":1,"B":{"C":2}}', { A: 1, B: {} }, ['B.C: dropped']],
    ['undefined for a field', '{"A":1}', { A: undefined }, ['A: dropped']],
    ['a field more', '{}', { A: 'ri-4711' }, ['A: added, string']],
    ['a number as a string', '{"A":12}', { A: '12' }, ['A: number 12 -> string "12"']],
    ['a string as a number', '{"A":"12"}', { A: 12 }, ['A: string "12" -> number 12']],
    ['a boolean as a string', '{"A":true}', { A: 'True' }, ['A: boolean true -> string "True"']],
    ['null as text', '{"A":null}', { A: '' }, ['A: null -> string ""']],
    ['other text, which is not put on record', '{"A":"x"}', { A: 'y' }, ['A: string -> another value']],
    ['other number', '{"A":1}', { A: 2 }, ['A: number 1 -> number 2']],
    ['fewer items', '{"A":[1,2]}', { A: [1] }, ['A: 2 items -> 1 items']],
    [
      'items changed alike: told once',
      '{"A":[{"B":1},{"B":1}]}',
      { A: [{ B: '1' }, { B: '1' }] },
      ['A[].B: number 1 -> string "1"'],
    ],
    ['an object for a list', '{"A":[1]}', { A: { 0: 1 } }, ['A: list -> object']],
    ['nothing', '{}', undefined, ['body: object -> undefined']],
    ['null, as it was', 'null', null, []],
    [
      'digits lost',
      '{"A":12345678901234567890}',
      { A: Number('12345678901234567890') },
      ['A: number 12345678901234567890 -> number 12345678901234567000'],
    ],
    ['digits kept, as a bigint', '{"A":12345678901234567890}', { A: 12345678901234567890n }, []],
    [
      'digits kept, as an object of a library',
      '{"A":12345678901234567890}',
      { A: { toFixed: () => '12345678901234567890' } },
      [],
    ],
    [
      'digits as text',
      '{"A":12345678901234567890}',
      { A: '12345678901234567890' },
      ['A: number 12345678901234567890 -> string "12345678901234567890"'],
    ],
  ];

  test.each(cases)('%s', (_name, wire, caller, found) => {
    expect(bodyDifferences(parseExactly(wire), caller)).toEqual(found);
  });
});
