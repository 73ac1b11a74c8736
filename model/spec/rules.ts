import type { EditionId, SourceId } from './editions.ts';
import { editions } from './editions.ts';
import { operations } from './operations.ts';
import type { OperationName } from './names.ts';
import { parseList } from './parse.ts';
import { rulesData } from './rules-data.ts';
import type { ErrorRow, Refusal, Rule, RuleText } from './schema.ts';
import { ruleSchema, ruleTextSchema } from './schema.ts';

export type { Certainty, Refusal, Rule } from './schema.ts';
/** R1 to R100 as the documents order them; P1 to P7 are ours. */
export type RuleId = string;

/** Sources that only show what happened, not what was promised. */
const witnesses: ReadonlySet<SourceId> = new Set(
  editions
    .filter((edition) => edition.kind === 'client' || edition.kind === 'run')
    .map((edition) => edition.id),
);

export const rules: readonly Rule[] = parseList(
  'rules',
  ruleSchema,
  parseList('rules', ruleTextSchema, rulesData).map(join),
);

export const ruleIds: readonly RuleId[] = rules.map((rule) => rule.id);
const byId = new Map(rules.map((rule) => [rule.id, rule]));

const ranges = ['R', 'P']
  .map((letter) => ruleIds.filter((id) => id.startsWith(letter)))
  .map((ids) => `${ids.at(0)} to ${ids.at(-1)}`)
  .join(' and ')
  .concat(' exist');

/** The rule, by id (`R37`) or key (`connect-different-routers`); otherwise an error that says what there is. */
export function ruleById(id: RuleId): Rule {
  const wanted = id.trim().toLowerCase();
  const found = byId.get(id) ?? rules.find((rule) => rule.id.toLowerCase() === wanted || rule.key === wanted);
  if (found === undefined) {
    throw new Error(`unknown rule ${JSON.stringify(id)}: ${ranges}; near it are ${near(wanted)}`);
  }
  return found;
}

/**
 * The refusals to expect when a rule is broken. A named edition that documents a code for it is held to
 * that code (the gateway answers in every edition); where it documents none, `stated` is false and every
 * known spelling is returned, inferred ones included, as the best guess there is.
 */
export function refusalsOf(
  rule: Rule,
  operation: OperationName,
  edition: EditionId | 'any',
): { stated: boolean; refusals: readonly Refusal[] } {
  const all = rule.refusals.filter((refusal) => refusal.operation === operation);
  if (edition === 'any') return { stated: rule.codeKnown && all.length > 0, refusals: all };
  const firm = all.filter(
    (refusal) =>
      refusal.basis !== 'inferred' &&
      refusal.editions.some((id) => id === edition || id === 'GATEWAY' || id === 'GATEWAY-OLD'),
  );
  return rule.codeKnown && firm.length > 0
    ? { stated: true, refusals: firm }
    : { stated: false, refusals: all };
}

function join({ also, ...rule }: RuleText): unknown {
  const refusals: Refusal[] = [];
  for (const operation of operations) {
    for (const row of operation.errors) {
      for (const { basis, when } of claims(row, rule.id)) {
        const { http, code, match, message, messageBasis } = row;
        refusals.push({
          operation: operation.name,
          http,
          code,
          match,
          message,
          messageBasis,
          editions: row.editions,
          basis,
          when,
        });
      }
    }
  }
  for (const { operations: names, ...refusal } of also) {
    const messageBasis = refusal.message === null ? 'none' : 'full';
    for (const operation of names) refusals.push({ operation, ...refusal, messageBasis });
  }
  return { ...rule, refusals };
}

/** Whether a row of a table was listed for a rule, or is only taken for it. */
function claims(row: ErrorRow, id: RuleId): Pick<Refusal, 'basis' | 'when'>[] {
  if (row.rules.includes(id)) {
    const basis = row.editions.every((source) => witnesses.has(source)) ? 'observed' : 'documented';
    return [{ basis, when: row.when }];
  }
  return row.alsoFits
    .filter((fit) => fit.rule === id)
    .map((fit) => ({ basis: fit.basis, when: fit.when ?? row.when }));
}

function near(wanted: string): string {
  const number = Number(/\d+/.exec(wanted)?.[0] ?? Number.NaN);
  const score = (rule: Rule): number => {
    if (wanted.length > 2 && rule.key.includes(wanted)) return 0;
    const own = Number(rule.id.slice(1));
    const letter = rule.id.toLowerCase()[0] === wanted[0] ? 0 : 50;
    return 1 + letter + (Number.isNaN(number) ? 1000 : Math.abs(own - number));
  };
  return rules
    .toSorted((a, b) => score(a) - score(b))
    .slice(0, 5)
    .map((rule) => `${rule.id} (${rule.key})`)
    .join(', ');
}
