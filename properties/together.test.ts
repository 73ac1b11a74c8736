import { expect, test } from 'vitest';
import type { Bucket } from './bucket.ts';
import type { CampaignResult } from './campaign.ts';
import { Evidence } from './oracle/evidence.ts';
import type { Finding } from './oracle/verdict.ts';
import { noSteps } from './shrink/testing/races.ts';
import { together } from './together.ts';

const finding = (fingerprint: string): Finding => ({
  kind: 'field',
  operation: 'DescribeRouterInterfaces',
  rules: ['R31'],
  expected: 'one',
  observed: 'two',
  fingerprint,
});
const sequence = { commands: [], routers: 1, exclusive: false };
function bucket(fingerprint: string, step: number, occurrences: number, index: number): Bucket {
  const witness = { sequence, index, step, trace: noSteps };
  return { finding: finding(fingerprint), occurrences, witness, others: [{ sequence, index, step }] };
}

/** What a campaign of one sequence showed. */
function result(changes: Partial<CampaignResult>): CampaignResult {
  return {
    counts: { sequences: 1, commands: 10, inconclusive: 0 },
    evidence: new Evidence(),
    buckets: [],
    hookFailed: false,
    leftBehind: [],
    routers: [],
    inconclusive: new Map(),
    ...changes,
  };
}

test('Two campaigns together have found what each of them found, the same once, as soon as it showed', () => {
  const { buckets } = together(
    result({ buckets: [bucket('a', 3, 1, 0), bucket('b', 5, 2, 1), bucket('c', 1, 1, 2)] }),
    result({ buckets: [bucket('a', 3, 4, 10), bucket('b', 2, 3, 11), bucket('d', 1, 1, 12)] }),
  );
  const told = buckets.map(({ finding: { fingerprint }, occurrences, witness, others }) => ({
    fingerprint,
    occurrences,
    index: witness.index,
    others: others.map(({ index }) => index).toSorted((a, b) => a - b),
  }));
  expect(told).toEqual([
    { fingerprint: 'a', occurrences: 5, index: 0, others: [0, 10] },
    { fingerprint: 'b', occurrences: 5, index: 11, others: [1, 11] },
    { fingerprint: 'c', occurrences: 1, index: 2, others: [2] },
    { fingerprint: 'd', occurrences: 1, index: 12, others: [12] },
  ]);
});

test('Two campaigns together leave open what each of them left open, and left behind what each left', () => {
  const both = together(
    result({
      inconclusive: new Map([
        ['a', 1],
        ['b', 2],
      ]),
      leftBehind: ['ri-1'],
    }),
    result({
      inconclusive: new Map([
        ['b', 3],
        ['c', 4],
      ]),
      leftBehind: ['ri-2'],
    }),
  );
  expect([...both.inconclusive]).toEqual([
    ['a', 1],
    ['b', 5],
    ['c', 4],
  ]);
  expect(both.leftBehind).toEqual(['ri-1', 'ri-2']);
  expect(both.counts).toEqual({ sequences: 2, commands: 20, inconclusive: 0 });
  expect(both).not.toHaveProperty('ended');
});

test.each([[0], [1]])('What ended one of two campaigns, number %i, is told of both', (which) => {
  const fault = new Error('a bug');
  const ended = result({ ended: 'it went away', hookFailed: true, fault });
  const pair = [result({}), result({})].with(which, ended) as [CampaignResult, CampaignResult];
  expect(together(...pair)).toMatchObject({ ended: 'it went away', hookFailed: true, fault });
});
