import { describe, expect, test } from 'vitest';
import { judgeBaseline, type ListedEntry, whyImpossible } from './baseline.ts';
import type { RunRecord } from './record.ts';
import { headline, standingOf } from './standing.ts';
import { sampleDivergence, sampleRecord } from './testing/sample-record.ts';

const day = '2026-11-23';
const entry = (match: string, more: Partial<ListedEntry> = {}): ListedEntry => ({
  line: 3,
  by: match.includes('-') ? 'id' : 'rule',
  match,
  reason: 'because',
  ...more,
});
const listed = (record: RunRecord, ...entries: readonly ListedEntry[]): RunRecord => ({
  ...record,
  baseline: judgeBaseline({ file: 'b.yaml', entries }, record, day),
});
const outcome = (record: RunRecord, one: ListedEntry): string | undefined =>
  listed(record, one).baseline?.entries[0]?.outcome;

const connect = 'connect-r36-9f2c1a';
const diverging: RunRecord = {
  ...sampleRecord,
  divergences: [{ ...sampleDivergence, id: connect, fingerprint: 'accepted|ConnectRouterInterface|R36' }],
};
const conforming: RunRecord = {
  ...sampleRecord,
  verdict: 'conforms',
  divergences: [],
  rules: sampleRecord.rules.map((rule) => (rule.id === 'R36' ? { ...rule, verdict: 'conforms' } : rule)),
};

describe('a divergence that is listed is known', () => {
  test.each([
    ['by its id', entry(connect)],
    ['by a rule that it breaks', entry('R36')],
    ['by its fingerprint', entry('accepted|ConnectRouterInterface|R36', { by: 'fingerprint' })],
    ['on its last day', entry(connect, { until: day })],
  ])('%s', (_, one) => {
    const record = listed(diverging, one);
    expect(record.baseline).toMatchObject({
      unlisted: [],
      entries: [{ outcome: 'known', divergences: [connect] }],
    });
    expect([standingOf(record), headline(record).word]).toEqual(['known', 'KNOWN']);
  });

  test('and no other is', () => {
    const record = listed(diverging, entry('connect-r36-ffffff'), entry('R34'));
    expect(record.baseline?.unlisted).toEqual([connect]);
    expect(standingOf(record)).toBe('diverges');
  });

  test('until it is past its day', () => {
    const record = listed(diverging, entry(connect, { until: '2026-11-22' }));
    expect(record.baseline).toMatchObject({ unlisted: [], entries: [{ outcome: 'expired' }] });
    expect(standingOf(record)).toBe('diverges');
  });

  test('but a run that was cut short is no pass', () => {
    expect(standingOf(listed({ ...diverging, ended: 'stopped' }, entry(connect)))).toBe('inconclusive');
  });
});

describe('an entry whose divergence was not met', () => {
  test('is stale when its rules were put to the test and hold', () => {
    for (const one of [entry(connect), entry('R36'), entry('x|R36', { by: 'fingerprint' })])
      expect(outcome(conforming, one)).toBe('stale');
    const record = listed(conforming, entry(connect));
    expect([standingOf(record), headline(record).word]).toEqual(['outdated', 'OUT OF DATE']);
  });

  test.each([
    ['its rule was not exercised', conforming, 'R57'],
    ['its rule cannot be tested here', conforming, 'R46'],
    ['its rule diverges in another way', diverging, 'connect-r36-ffffff'],
    ['another divergence explains one of its rule', explaining(), 'R34'],
    ['the run was a part of a campaign', { ...conforming, shard: { index: 1, count: 2 } }, 'R36'],
    [
      'the run was a part, and it is about a choice',
      { ...conforming, shard: { index: 1, count: 2 } },
      'inconsistent-a7',
    ],
    ['the run was cut short', { ...conforming, ended: 'stopped' }, 'R36'],
    ['nothing could be judged', { ...conforming, verdict: 'inconclusive' } satisfies RunRecord, 'R36'],
  ])('is not when %s', (_, record, match) => {
    expect(outcome(record, entry(match))).toBe('not exercised');
  });

  test('is stale when its counterexample was run again and is fixed, whatever became of the run', () => {
    const regressions = [{ id: connect, rules: ['R36'], outcome: 'FIXED' as const, explanation: '' }];
    expect(outcome({ ...conforming, ended: 'stopped', regressions }, entry(connect))).toBe('stale');
  });

  test('is stale when it is about a choice that the target makes one way now', () => {
    expect(outcome(conforming, entry('inconsistent-a7'))).toBe('stale');
    expect(outcome({ ...conforming, choices: [] }, entry('inconsistent-a7'))).toBe('not exercised');
  });
});

function explaining(): RunRecord {
  const [first = sampleDivergence] = diverging.divergences;
  const consequences = [{ kind: 'code', operation: 'x', rules: ['R34'], expected: '', observed: '' }];
  return { ...diverging, divergences: [{ ...first, consequences }] };
}

describe('an entry that can match nothing is told', () => {
  const rules = ['R36', 'P1'];
  test.each(['R36', 'connect-r36-9f2c1a', 'protocol-p1-000000', 'describe-rule-abcdef', 'inconsistent-a7'])(
    '%s can',
    (match) => {
      expect(whyImpossible(entry(match), rules)).toBeUndefined();
    },
  );
  test.each([
    ['R101', /there is no rule R101/],
    ['connect-r101-9f2c1a', /there is no rule R101/],
    ['connect-r36-9f2c1', /is no id of a divergence/],
    ['Connect-R36-9F2C1A', /is no id of a divergence/],
  ])('%s cannot', (match, why) => {
    expect(whyImpossible(entry(match), rules)).toMatch(why);
  });
  test('a fingerprint without parts cannot', () => {
    expect(whyImpossible(entry('x', { by: 'fingerprint' }), rules)).toMatch(/no fingerprint/);
  });
});
