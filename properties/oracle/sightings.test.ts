import { expect, test } from 'vitest';
import { environment } from '../../model/testing/worlds.ts';
import type { Trace } from '../trace.ts';
import { type Moment, Sightings } from './sightings.ts';

const trace: Trace = { traceVersion: 1, target: 't', environment: environment(), steps: [] };

function seenAt(...moments: readonly (readonly [sequence: number, step: number])[]): Sightings {
  const at: Moment = { sequence: 0, step: 0, trace };
  const sightings = new Sightings(at);
  for (const [sequence, step] of moments) {
    at.sequence = sequence;
    at.step = step;
    sightings.add('R1');
  }
  return sightings;
}

test('keeps the shortest, of several the one of the first sequence, in whatever order they come', () => {
  const moments = [
    [7, 4],
    [3, 2],
    [5, 2],
    [9, 8],
    [1, 3],
  ] as const;
  const expected = { count: 5, first: 1, sequence: 3, step: 2, trace };
  expect(seenAt(...moments).get('R1')).toEqual(expected);
  expect(seenAt(...moments.toReversed()).get('R1')).toEqual(expected);
});

test('merges those of another, its sequences counted after the own ones', () => {
  const one = seenAt([4, 3], [2, 5]);
  one.merge(seenAt([0, 3], [1, 1]), 10);
  expect(one.get('R1')).toEqual({ count: 4, first: 2, sequence: 11, step: 1, trace });
  one.merge(new Sightings({ sequence: 0, step: 0, trace }), 20);
  expect(one.size).toBe(1);
});
