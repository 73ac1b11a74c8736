import type { RaceRecord } from '../../reports/record.ts';

/** What the oracle says of one step. A fault of the harness is an exception, never a verdict. */
export type StepVerdict =
  | { readonly kind: 'conforms' }
  | { readonly kind: 'inconclusive'; readonly reason: string }
  | { readonly kind: 'diverges'; readonly divergences: readonly Finding[] };

export type FindingKind =
  /** Accepted although a rule forbids it. */
  | 'accepted'
  /** Refused although it must be accepted. */
  | 'refused'
  /** Refused with a code that none of the violated rules has. */
  | 'code'
  /** Something in an answer that no permitted world explains. */
  | 'field'
  /** The shape of the answer itself: RequestId, error body, JSON. */
  | 'envelope'
  /** No answer within the deadline. */
  | 'silence'
  /** The client library under test broke down. */
  | 'client'
  /** What several clients saw at once, and no order of their calls explains. */
  | 'race'
  /** Behaves one way now and another way later where the documents leave a choice. */
  | 'inconsistent';

/** One divergence as seen at one step. */
export interface Finding {
  readonly kind: FindingKind;
  readonly operation: string;
  readonly rules: readonly string[];
  readonly expected: string;
  readonly observed: string;
  /** What makes two findings the same divergence, whatever the ids and the moment. */
  readonly fingerprint: string;
  /** For a race: what an order explains, and why it does not go on. Steps are counted from 0. */
  readonly race?: RaceRecord;
}

export function fingerprintOf(parts: readonly (string | readonly string[])[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.toSorted().join('+'))).join('|');
}
