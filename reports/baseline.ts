import type { BaselineResult, DivergenceRecord, RuleResult, RunRecord } from './record.ts';

/** One divergence that is known, as the list has it, or all that break one rule. */
export interface ListedEntry {
  /** In the file, counted from 1. */
  readonly line: number;
  readonly by: 'id' | 'fingerprint' | 'rule';
  readonly match: string;
  readonly reason: string;
  readonly link?: string;
  /** Days, as 2026-11-23; `until` is the last on which it may diverge. */
  readonly since?: string;
  readonly until?: string;
}

export interface Baseline {
  readonly file: string;
  readonly entries: readonly ListedEntry[];
}

const idShape = /^(?:[a-z][a-z\d]*(?:-[a-z\d]+)+-[\da-f]{6}|inconsistent-[a-z]+\d*)$/;

/** Returns why an entry can match nothing, whatever a run meets; nothing if it can. */
export function whyImpossible({ by, match }: ListedEntry, rules: readonly string[]): string | undefined {
  const unknown = (rule: string): string => `there is no rule ${rule}; "ri-conformance rules" lists them`;
  switch (by) {
    case 'rule':
      return rules.includes(match) ? undefined : unknown(match);
    case 'id': {
      if (!idShape.test(match))
        return `"${match}" is no id of a divergence, as a report shows it: connect-r38-256758`;
      const rule = /-([a-z]\d+)-[\da-f]{6}$/.exec(match)?.[1]?.toUpperCase();
      return rule === undefined || rules.includes(rule) ? undefined : unknown(rule);
    }
    case 'fingerprint':
    default:
      return match.includes('|') ? undefined : `"${match}" is no fingerprint, which has parts with | between`;
  }
}

function covers({ by, match }: ListedEntry, { id, fingerprint, rules }: DivergenceRecord): boolean {
  if (by === 'rule') return rules.includes(match);
  return match === (by === 'id' ? id : fingerprint);
}

/** The rules that an entry is about, as far as it says. */
function rulesOf({ by, match }: ListedEntry, record: RunRecord): readonly RuleResult[] {
  const named = by === 'fingerprint' ? match.split(/[^A-Z\d]+/) : match.toUpperCase().split('-');
  return record.rules.filter(({ id }) => (by === 'rule' ? id === match : named.includes(id)));
}

/**
 * Whether a run shows that what is listed is no more: its counterexample was run again and is fixed; or the run
 * came to its end, its rules were put to the test, and nothing that it met has to do with them.
 */
function isGone(entry: ListedEntry, record: RunRecord): boolean {
  const again = record.regressions?.find(({ id }) => entry.by === 'id' && id === entry.match);
  if (again !== undefined) return again.outcome === 'FIXED';
  // A part of a campaign shows nothing of the whole.
  if (record.ended !== undefined || record.verdict === 'inconclusive' || record.shard !== undefined)
    return false;
  // What rests on one choice of the target has its ambiguity in the id, as inconsistent-a7.
  const choice = /^inconsistent-(\w+)$/.exec(entry.match)?.[1]?.toUpperCase();
  if (choice !== undefined) return record.choices.some(({ id }) => id.split(' ')[0] === choice);
  const rules = rulesOf(entry, record);
  const explained = new Set(
    record.divergences.flatMap(({ consequences = [] }) => consequences.flatMap((each) => each.rules)),
  );
  return rules.every(
    ({ id, verdict }) => (verdict === 'conforms' || verdict === 'contested') && !explained.has(id),
  );
}

function outcomeOf(
  entry: ListedEntry,
  met: readonly DivergenceRecord[],
  record: RunRecord,
  today: string,
): BaselineResult['entries'][number]['outcome'] {
  if (met.length === 0 && isGone(entry, record)) return 'stale';
  if (entry.until !== undefined && entry.until < today) return 'expired';
  return met.length > 0 ? 'known' : 'not exercised';
}

/** Returns what comes of the list of known divergences in a run; `today` as 2026-11-23. */
export function judgeBaseline({ file, entries }: Baseline, record: RunRecord, today: string): BaselineResult {
  const judged = entries.map((entry) => {
    const met = record.divergences.filter((each) => covers(entry, each));
    const { by: _by, ...listed } = entry;
    return { ...listed, outcome: outcomeOf(entry, met, record, today), divergences: met.map(({ id }) => id) };
  });
  const covered = new Set(judged.flatMap(({ divergences }) => divergences));
  return {
    file,
    entries: judged,
    unlisted: record.divergences.map(({ id }) => id).filter((id) => !covered.has(id)),
  };
}
