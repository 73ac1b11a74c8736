import type { Tables, TransitionRow } from '../../model/compile.ts';
import type { Coverage } from '../../reports/record.ts';
import type { Evidence } from '../oracle/evidence.ts';
import type { Capabilities } from '../sequence.ts';
import { whyNotTestable } from './testable.ts';

/** What of the chart was exercised. A choice the target never made is not counted against it. */
export function coverageOf(
  tables: Tables,
  evidence: Evidence | undefined,
  capabilities?: Capabilities,
): { transitions: Coverage; refusals: Coverage } {
  const covered = (row: TransitionRow): boolean => evidence?.transitions.has(row.id) ?? false;
  const count = (rows: readonly TransitionRow[]): Coverage => {
    const missing = rows
      .filter((row) => !covered(row))
      .map((row) => ({
        id: row.id,
        reason: whyUncovered(row, tables, covered, capabilities, evidence) ?? eclipse(row, evidence),
      }));
    const open = missing.filter(({ reason }) => reason === undefined).map(({ id }) => ({ id }));
    const excused = missing.flatMap(({ id, reason }) => (reason === undefined ? [] : [{ id, reason }]));
    return {
      covered: rows.length - missing.length,
      total: rows.length - excused.length,
      missing: [...open, ...excused],
      ...(evidence === undefined ? {} : { exercised: rows.flatMap(({ id }) => counted(id, evidence)) }),
    };
  };
  return {
    transitions: count(tables.rows.filter(({ kind }) => kind !== 'refusal')),
    refusals: count(tables.rows.filter(({ kind }) => kind === 'refusal')),
  };
}

function counted(id: string, { transitions }: Evidence): { id: string; count: number }[] {
  const seen = transitions.get(id);
  return seen === undefined ? [] : [{ id, count: seen.count }];
}

/**
 * Why nothing rested on a rule: what kept each of the transitions that carry it from being exercised. Undefined where
 * one of them is left for chance, or none carries it.
 */
export function whyNotExercised(
  rule: string,
  rows: readonly TransitionRow[],
  { transitions, refusals }: { readonly transitions: Coverage; readonly refusals: Coverage },
): string | undefined {
  const its = new Set(rows.filter(({ rules }) => rules.includes(rule)).map(({ id }) => id));
  const reasons = [...transitions.missing, ...refusals.missing]
    .filter(({ id }) => its.delete(id))
    .map(({ reason }) => reason);
  if (reasons.length === 0 || its.size > 0 || reasons.includes(undefined)) return undefined;
  return [...new Set(reasons)].join('; ');
}

/** Rows that cannot be covered on this target, because it chose otherwise or lacks a hook. */
function whyUncovered(
  row: TransitionRow,
  tables: Tables,
  covered: (row: TransitionRow) => boolean,
  capabilities: Capabilities | undefined,
  evidence: Evidence | undefined,
  asked: ReadonlySet<TransitionRow> = new Set(),
): string | undefined {
  if (row.choice !== undefined) return `the target chose otherwise (${row.choice.id})`;
  if (row.may !== undefined) {
    // Only a target that was asked, and accepted, has made a choice.
    const seen = evidence?.choices.get(`${row.may} ${row.rules.join('/')}`);
    if (seen !== undefined) return `the documents leave it open (${row.may}) and the target accepts`;
    if (row.rules.includes('R18')) return 'the target does not limit the interfaces of an account (A19)';
  }
  if (row.only !== undefined && row.kind === 'accept') return 'the target refuses instead (A4)';
  if (row.kind === 'replay') return 'the target refuses a token that was used (A16)';
  if (capabilities !== undefined) {
    const untestable = row.rules
      .map((rule) => whyNotTestable(rule, capabilities))
      .find((each) => each !== undefined);
    if (untestable !== undefined) return untestable.reason;
  }
  const [from = ''] = row.id.split(':');
  const states = tables.states.filter(({ name }) => name === from || name.startsWith(`${from}.`));
  if (states.length === 0) return undefined;
  const bits = states.reduce((set, { bit }) => set | bit, 0);
  const entries = tables.rows.filter(({ to }) => (to & bits) !== 0);
  const excused = (entry: TransitionRow): boolean =>
    !asked.has(entry) &&
    whyUncovered(entry, tables, covered, capabilities, evidence, new Set([...asked, row])) !== undefined;
  const never =
    entries.length > 0 &&
    entries.every(
      (entry) =>
        !covered(entry) &&
        (entry.choice !== undefined ||
          entry.only !== undefined ||
          (entry.kind === 'internal' && excused(entry))),
    );
  // By its name in the chart: of several states that show the same status, it may be this one only.
  return never ? `the target never comes to ${from}` : undefined;
}

/** A rule that is never violated alone on this target cannot be told from the one that answers first. */
function eclipse(row: TransitionRow, evidence: Evidence | undefined): string | undefined {
  if (evidence?.eclipsed.has(row.id) !== true) return undefined;
  return 'whenever it was violated another rule was violated too, and answered first (A1)';
}
