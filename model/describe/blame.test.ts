import { describe, expect, test } from 'vitest';
import { ri } from '../testing/worlds.ts';
import { anyChange, anyRefusal, blame, seen, unseen, type View } from './blame.ts';
import { bandwidthsOf } from './bandwidth.ts';

const views: readonly View[] = ['list', 'attribute'];

describe.each(views)('a wrong value in the %s', (view) => {
  const by = (news: number): readonly string[] => blame(ri('ri-a', { news }), view, ['R72']);

  test('breaks the rules of the field when something was done since', () => {
    expect(by(anyChange)).toEqual(['R72']);
  });

  test('may be the doing of a refused call as well', () => {
    expect(by(anyChange | anyRefusal)).toEqual(['R72', 'R44']);
  });

  test('is the doing of a refused call when there was nothing else', () => {
    expect(by(anyRefusal)).toEqual(['R44']);
  });

  test('came from elsewhere when nothing was done at all', () => {
    expect(by(0)).toEqual(['P1']);
  });

  test('is judged by what this view has not shown, not by the other one', () => {
    const other = view === 'list' ? 'attribute' : 'list';
    expect(by(unseen.change[other] | unseen.refusal[other])).toEqual(['P1']);
  });

  test('counts as news no more once seen, in this view alone', () => {
    const other = view === 'list' ? 'attribute' : 'list';
    expect(seen(anyChange | anyRefusal, view)).toBe(unseen.change[other] | unseen.refusal[other]);
    expect(seen(0, view)).toBe(0);
  });
});

describe('bandwidthsOf', () => {
  test.each([
    ['Mini.2', [2]],
    ['Middle.5', [500]],
    ['Large.1', [1000, 1024]],
    ['Large.2', [2000, 2048]],
    ['Xlarge.1', [10_000, 10_240]],
    ['Negative', [0]],
    ['Middle.4', []],
  ])('%s is %j Mbit/s', (spec, expected) => {
    expect(bandwidthsOf(spec)).toEqual(expected);
  });
});
