import { editions, type EditionId } from './spec/editions.ts';
import { refusalsOf, ruleById, rules } from './spec/rules.ts';
import type { JudgedOperation } from './vocabulary.ts';

/** Stands for a status that says nothing, so that only the code is compared. */
export const anyStatus = 0;

/** A refusal as it came: HTTP status, code and message. */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * Codes that the documents give for one rule and that fit another one where they are silent: an
 * interface of another region is presumably unknown (A24), a spec for the wrong role presumably not
 * supported (A13).
 */
const alsoBy: Readonly<Record<string, readonly string[]>> = {
  P4: ['R1'],
  R6: ['R4', 'R5', 'R84'],
  R11: ['R10'],
  R12: ['R10'],
  R21: ['R9'],
  R62: ['R61'],
  R74: ['R73'],
  R85: ['R46', 'R52', 'R70', 'R76'],
};

/** Where the codes of other rules are the only ones that make sense. */
const onlyBy: ReadonlySet<string> = new Set(['R6']);

/** How a refusal fits a rule: by a code that is given for it, or only because no code is given. */
export type Fit = 'listed' | 'open' | false;

const memo = new Map<string, Fit>();

/**
 * Whether, and how, `refused` is what `edition` lets `operation` refuse with for `rule`.
 *
 * Code and HTTP status count; the text of the message does not, as targets word it freely. Where no
 * code is documented any client error will do, except a code that means something else.
 */
export function refusesBy(
  rule: string,
  operation: JudgedOperation,
  refused: Refused,
  edition: EditionId | 'any',
): Fit {
  const key = `${rule}|${operation}|${refused.status}|${refused.code}|${edition}`;
  let known = memo.get(key);
  if (known === undefined) {
    known = decide(rule, operation, refused, edition);
    if (memo.size < 10_000) memo.set(key, known); // a hostile target may invent codes without end
  }
  return known;
}

function decide(id: string, operation: JudgedOperation, refused: Refused, edition: EditionId | 'any'): Fit {
  if (refused.status !== anyStatus && (refused.status < 400 || refused.status > 599)) return false;
  const rule = ruleById(id);
  const { stated, refusals } = refusalsOf(rule, operation, edition);
  if (refusals.some((row) => listed(row, refused))) return 'listed';
  const borrowed = (alsoBy[id] ?? []).flatMap(
    (other) => refusalsOf(ruleById(other), operation, edition).refusals,
  );
  if (borrowed.some((row) => listed(row, refused))) return 'listed';
  if (stated || refused.status > 499 || onlyBy.has(id)) return false;
  // A code that was at least observed is the code, even where no document prints it.
  if (refusals.some(({ basis }) => basis !== 'inferred')) return false;
  return meansSomethingElse(id, operation, refused.code) ? false : 'open';
}

function listed(
  row: { http: number | null; code: string; match: string },
  { status, code }: Refused,
): boolean {
  const codeFits = row.match === 'prefix' ? code.startsWith(row.code) : code === row.code;
  return (
    codeFits &&
    (status === anyStatus ? true : row.http === null ? status >= 400 && status < 500 : row.http === status)
  );
}

function meansSomethingElse(id: string, operation: JudgedOperation, code: string): boolean {
  return rules.some(
    (other) =>
      other.id !== id &&
      other.codeKnown &&
      other.refusals.some(
        (row) => row.operation === operation && row.basis !== 'inferred' && row.code === code,
      ),
  );
}

/** Document editions, in the order of the bits that `editionsFitting` returns. */
export const namedEditions: readonly EditionId[] = editions
  .filter(({ strict }) => strict)
  .map(({ id }) => id as EditionId);
export const everyEdition = (1 << namedEditions.length) - 1;

const fitMemo = new Map<string, number>();

/** The editions that list this refusal for the rule, or list none for it: one bit each. */
export function editionsFitting(rule: string, operation: JudgedOperation, refused: Refused): number {
  const key = `${rule}|${operation}|${refused.status}|${refused.code}`;
  let known = fitMemo.get(key);
  if (known === undefined) {
    known = namedEditions.reduce(
      (bits, edition, index) =>
        decide(rule, operation, refused, edition) !== false ? bits | (1 << index) : bits,
      0,
    );
    if (fitMemo.size < 10_000) fitMemo.set(key, known);
  }
  return known;
}

/** The text that tells the two refusals of the one-pair rule apart (R38, R39). */
export const concurrently = 'Cannot connect concurrently between same routers';
export const already = 'The Specified routers have a connection already';
