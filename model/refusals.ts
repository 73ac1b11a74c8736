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

/** How one refusal of an operation fits the rules: each is looked up once. */
export class RefusalFits {
  readonly #operation: JudgedOperation;
  readonly #refused: Refused;
  readonly #edition: EditionId | 'any';
  readonly #fits = new Map<string, Fit>();
  readonly #editions = new Map<string, number>();

  constructor(operation: JudgedOperation, refused: Refused, edition: EditionId | 'any') {
    this.#operation = operation;
    this.#refused = refused;
    this.#edition = edition;
  }

  /**
   * Whether, and how, the refusal is what the edition lets the operation refuse with for `rule`.
   *
   * Code and HTTP status count; the text of the message does not, as targets word it freely. Where no
   * code is documented any client error will do, except a code that means something else.
   */
  by(rule: string): Fit {
    let fit = this.#fits.get(rule);
    if (fit === undefined) {
      fit = decide(rule, this.#operation, this.#refused, this.#edition);
      this.#fits.set(rule, fit);
    }
    return fit;
  }

  /** By any of the rules: one that lists the code counts before one that leaves it open. */
  byAny(rules: readonly string[]): Fit {
    let best: Fit = false;
    for (const rule of rules) {
      const fit = this.by(rule);
      if (fit === 'listed') return fit;
      if (fit !== false) best = fit;
    }
    return best;
  }

  /** The editions that list this refusal for the rule, or list none for it: one bit each. */
  editions(rule: string): number {
    let bits = this.#editions.get(rule);
    if (bits === undefined) {
      bits = 0;
      for (const [index, edition] of namedEditions.entries())
        if (decide(rule, this.#operation, this.#refused, edition) !== false) bits |= 1 << index;
      this.#editions.set(rule, bits);
    }
    return bits;
  }
}

const memo = new Map<string, RefusalFits>();
/** One refusal is asked about once per world and more, each time right after the last. */
let last:
  | { readonly of: readonly [JudgedOperation, Refused, EditionId | 'any']; readonly fits: RefusalFits }
  | undefined;

/** Returns how `refused` fits the rules: a run sees the same few refusals all the time. */
export function fitsOf(
  operation: JudgedOperation,
  refused: Refused,
  edition: EditionId | 'any',
): RefusalFits {
  if (last?.of[1] === refused && last.of[0] === operation && last.of[2] === edition) return last.fits;
  const fits = lookedUp(operation, refused, edition);
  last = { of: [operation, refused, edition], fits };
  return fits;
}

function lookedUp(operation: JudgedOperation, refused: Refused, edition: EditionId | 'any'): RefusalFits {
  const key = `${operation}|${refused.status}|${edition}|${refused.code}`;
  let known = memo.get(key);
  if (known === undefined) {
    known = new RefusalFits(operation, refused, edition);
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

/**
 * The codes with which `operation` may refuse for `rule`, as far as `fitsOf` takes them for listed; a code that is only
 * a beginning ends in `*`. `['*']` where any client error will do.
 */
export function codesOf(
  id: string,
  operation: JudgedOperation,
  edition: EditionId | 'any',
): readonly string[] {
  const key = `${id} ${operation} ${edition}`;
  const codes = codesMemo.get(key) ?? deriveCodes(id, operation, edition);
  codesMemo.set(key, codes);
  return codes;
}

const codesMemo = new Map<string, readonly string[]>();

function deriveCodes(id: string, operation: JudgedOperation, edition: EditionId | 'any'): readonly string[] {
  const { stated, refusals } = refusalsOf(ruleById(id), operation, edition);
  const borrowed = (alsoBy[id] ?? []).flatMap(
    (other) => refusalsOf(ruleById(other), operation, edition).refusals,
  );
  const certain = stated || onlyBy.has(id) || refusals.some(({ basis }) => basis !== 'inferred');
  if (!certain) return ['*'];
  return [
    ...new Set([...refusals, ...borrowed].map(({ code, match }) => (match === 'prefix' ? `${code}*` : code))),
  ];
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

/** The text that tells the two refusals of the one-pair rule apart (R38, R39). */
export const concurrently = 'Cannot connect concurrently between same routers';
export const already = 'The Specified routers have a connection already';
