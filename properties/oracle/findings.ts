import type { Mismatch } from '../../model/mismatch.ts';
import type { Call, Permitted } from '../../model/permitted.ts';
import { anyStatus } from '../../model/refusals.ts';
import type { EditionId } from '../../model/spec/editions.ts';
import { refusalsOf, ruleById, rules } from '../../model/spec/rules.ts';
import type { JudgedOperation } from '../../model/vocabulary.ts';
import type { Reading } from './envelope.ts';
import { type Finding, type FindingKind, fingerprintOf } from './verdict.ts';

/** One finding per thing in an answer that nothing explains. */
export function fieldFindings(call: Call, mismatches: readonly Mismatch[], kind: FindingKind): Finding[] {
  if (mismatches.length === 0) return [];
  // A peer's wrong status shows twice in one answer: once as its own, once as that of the opposite.
  const status = mismatches.some(({ field }) => field === 'Status');
  // An interface too many or too few is also a wrong count.
  const listed = mismatches.some(({ field }) => field === 'RouterInterfaceId');
  return mismatches
    .filter(
      ({ field }) => !(status && field === 'OppositeInterfaceStatus') && !(listed && field === 'TotalCount'),
    )
    .map(({ field, rules: broken, expected, observed, interfaceId }) => ({
      kind,
      operation: call.operation,
      rules: broken,
      expected: `${field}: ${expected}`,
      observed: `${field}: ${observed}`,
      // The same wrong field in either Describe operation, or in the envelope of any, is one divergence.
      fingerprint: fingerprintOf([
        kind,
        interfaceId !== undefined ? 'item' : kind === 'envelope' ? 'any' : call.operation,
        field,
        broken,
        // One that is no status at all is wrong in the same way, whichever it is.
        field === 'Status' && !broken.includes('R83') ? observed : '',
      ]),
    }));
}

/** No answer came within `afterMs`. */
export const silence = (operation: string, afterMs: number): Finding => ({
  kind: 'silence',
  operation,
  rules: ['R8'],
  expected: 'an answer',
  observed: `nothing within ${afterMs} ms`,
  fingerprint: fingerprintOf(['silence', operation]),
});

/** The client under test broke down; numbers in what it says are not part of what went wrong. */
export const breakdown = (operation: string, how: string): Finding => ({
  kind: 'client',
  operation,
  rules: [],
  expected: 'an answer from the client',
  observed: how,
  fingerprint: fingerprintOf(['client', operation, how.replaceAll(/\d+/g, '#')]),
});

/** An answer that is neither among the permitted refusals nor a permitted success. */
export function unexpectedAnswer(
  call: Call,
  permits: readonly Pick<Permitted, 'outcomes'>[],
  reading: Reading,
  edition: EditionId | 'any' = 'any',
): Finding {
  const outcomes = permits.flatMap((permit) => permit.outcomes);
  const refusals = [
    ...new Set(outcomes.filter(({ kind }) => kind === 'refusal').flatMap((outcome) => outcome.rules)),
  ];
  const successes = outcomes.filter(({ kind }) => kind !== 'refusal');
  const expected = [
    ...(successes.length > 0 ? ['success'] : []),
    ...refusals.map((rule) => `refusal by ${rule} (${codesOf(rule, call.operation, edition)})`),
  ].join(', or ');
  if (reading.kind !== 'refusal') {
    // What may be refused may be accepted too: only the rules that leave no choice are broken.
    const certain = outcomes.filter(({ kind, may }) => kind === 'refusal' && may === undefined);
    const broken = certain.length > 0 ? [...new Set(certain.flatMap((outcome) => outcome.rules))] : refusals;
    return {
      kind: 'accepted',
      operation: call.operation,
      rules: broken,
      expected,
      observed: 'success',
      fingerprint: fingerprintOf(['accepted', call.operation, broken]),
    };
  }
  const { status, code, message } = reading;
  const observed = `HTTP ${status === anyStatus ? '2xx' : status} ${code === '' ? '(no code)' : code}: ${message}`;
  if (successes.length > 0 && refusals.length === 0) {
    const named = rulesWithCode(call.operation, code);
    const broken = [...new Set([...named, ...successes.flatMap((outcome) => outcome.rules)])];
    return {
      kind: 'refused',
      operation: call.operation,
      rules: broken,
      expected,
      observed,
      fingerprint: fingerprintOf(['refused', call.operation, `${status} ${code}`]),
    };
  }
  return {
    kind: 'code',
    operation: call.operation,
    rules: [...new Set([...refusals, ...(successes.length > 0 ? rulesWithCode(call.operation, code) : [])])],
    expected,
    observed,
    fingerprint: fingerprintOf(['code', call.operation, refusals, `${status} ${code}`]),
  };
}

/** Rules for which the documents give this code: what the target seems to have had in mind. */
function rulesWithCode(operation: string, code: string): string[] {
  return rules
    .filter((rule) => rule.refusals.some((row) => row.operation === operation && row.code === code))
    .map(({ id }) => id);
}

/** The codes that the edition gives; of any edition, where it is not silent. */
function codesOf(id: string, operation: JudgedOperation, edition: EditionId | 'any'): string {
  const rows = refusalsOf(ruleById(id), operation, edition).refusals;
  const codes = [...new Set(rows.map(({ http, code }) => `${http ?? '4xx'} ${code}`))];
  return codes.length === 0 ? 'code not documented' : codes.join(', ');
}
