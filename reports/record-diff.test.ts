import { describe, expect, test } from 'vitest';
import type { DivergenceRecord, RuleVerdict, RunRecord } from './record.ts';
import { diffRecords, isWorse } from './record-diff.ts';
import { renderRecordDiff } from './record-diff-text.ts';
import { columns } from './safe-text.ts';
import { hostile, sampleDivergence, sampleRecord, saying } from './testing/sample-record.ts';

function run(
  verdicts: Readonly<Record<string, RuleVerdict>>,
  ...divergences: readonly DivergenceRecord[]
): RunRecord {
  return {
    ...sampleRecord,
    verdict: divergences.length > 0 ? 'diverges' : 'conforms',
    divergences,
    rules: sampleRecord.rules.map((rule) => ({ ...rule, verdict: verdicts[rule.id] ?? rule.verdict })),
  };
}
const one = (id: string, rule: string, operation = 'ConnectRouterInterface'): DivergenceRecord => ({
  ...sampleDivergence,
  id,
  rules: [rule],
  operation,
});
const a = one('connect-r36-aaaaaa', 'R36');
const fixed = run({ R36: 'conforms' });
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

describe('diffRecords', () => {
  test('tells what is new and what remains', () => {
    const found = diffRecords(run({}, a), run({}, a, one('connect-r34-bbbbbb', 'R34')));
    expect([ids(found.appeared), ids(found.remaining), isWorse(found)]).toEqual([
      ['connect-r34-bbbbbb'],
      [a.id],
      true,
    ]);
    expect(found.caveats).toEqual([]);
  });

  test('calls fixed only what the new run put to the test', () => {
    expect(ids(diffRecords(run({}, a), fixed).fixed)).toEqual([a.id]);
    const untested = diffRecords(run({}, a), run({ R36: 'not exercised' }));
    expect([ids(untested.fixed), ids(untested.notSeen)]).toEqual([[], [a.id]]);
    expect(untested.noLongerExercised.map(({ rule, now }) => [rule, now])).toEqual([
      ['R36', 'not exercised'],
    ]);
    const cut = diffRecords(run({}, a), { ...fixed, ended: 'stopped' });
    expect([ids(cut.notSeen), cut.caveats]).toEqual([[a.id], ['the new run ended early: stopped']]);
    const again = { id: a.id, rules: ['R36'], outcome: 'FIXED' as const, explanation: '' };
    expect(ids(diffRecords(run({}, a), { ...fixed, ended: 'stopped', regressions: [again] }).fixed)).toEqual([
      a.id,
    ]);
    expect(isWorse(untested)).toBe(false);
  });

  test('pairs what diverges otherwise by the same rule and operation', () => {
    const other = { ...one('connect-r36-cccccc', 'R36'), observed: '500 InternalError' };
    const found = diffRecords(run({}, a), run({}, other, one('activate-r36-dddddd', 'R36', 'Activate')));
    expect(found.changed.map(({ before, after }) => [before.id, after.id])).toEqual([[a.id, other.id]]);
    expect([ids(found.appeared), ids(found.fixed), isWorse(found)]).toEqual([
      ['activate-r36-dddddd'],
      [],
      true,
    ]);
  });

  test('tells what the two runs do not have in common', () => {
    const found = diffRecords(fixed, { ...fixed, seed: 7, edition: 'E2026' });
    expect(found.caveats).toEqual(['another edition: any, E2026', 'another seed: 42, 7']);
  });
});

describe('renderRecordDiff', () => {
  test('puts first what is worse', () => {
    const text = renderRecordDiff(diffRecords(fixed, run({}, a)));
    expect(text).toMatch(/^WORSE .*\n {2}found +1 new, 0 changed, 0 fixed, 0 not seen again, 0 as before\n/);
    expect(text).toMatch(/\nNew\n {2}R36 {2}connect-r36-aaaaaa\n/);
    expect(renderRecordDiff(diffRecords(run({}, a), fixed))).toMatch(/^NOT WORSE [\s\S]*\nFixed\n/);
  });

  test('prints hostile text harmlessly, and keeps to its width', () => {
    const text = renderRecordDiff(diffRecords(saying(hostile), saying(`${hostile}2`)));
    expect(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.exec(text.replaceAll('\n', ''))?.[0]).toBeUndefined();
    expect(Math.max(...text.split('\n').map(columns))).toBeLessThanOrEqual(100);
  });
});
