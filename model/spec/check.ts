/** What no schema of a single entry can see: that the lists fit together. */
import type {
  Ambiguity,
  Edition,
  NotModelled,
  OperationFacts,
  Rule,
  SeedStatement,
  Transition,
} from './schema.ts';

export interface FactLists {
  readonly editions: readonly Edition[];
  readonly operations: readonly OperationFacts[];
  readonly rules: readonly Rule[];
  readonly notModelled: readonly NotModelled[];
  readonly ambiguities: readonly Ambiguity[];
  readonly transitions: readonly Transition[];
  readonly seed: readonly SeedStatement[];
  /** Every status an interface or its peer can have. */
  readonly statuses: readonly string[];
}

/** Throws one error that names every misfit. */
export function crossCheck(lists: FactLists): void {
  const misfits = [
    ...unique(
      'editions',
      lists.editions.map((edition) => edition.id),
    ),
    ...unique(
      'operations',
      lists.operations.map((operation) => operation.name),
    ),
    ...unique(
      'notModelled',
      lists.notModelled.map((entry) => entry.rule),
    ),
    ...unique(
      'rules by key',
      lists.rules.map((rule) => rule.key),
    ),
    ...contiguous('rules', 'R', idsOf(lists.rules, 'R')),
    ...contiguous('rules', 'P', idsOf(lists.rules, 'P')),
    ...contiguous(
      'ambiguities',
      'A',
      lists.ambiguities.map((entry) => entry.id),
    ),
    ...contiguous(
      'transitions',
      'T',
      lists.transitions.map((entry) => entry.id),
    ),
    ...references(lists),
    ...refusals(lists),
    ...statuses(lists),
  ];
  if (misfits.length > 0) throw new Error(`the facts do not fit together:\n  ${misfits.join('\n  ')}`);
}

function idsOf(rules: readonly Rule[], letter: string): string[] {
  return rules.map((rule) => rule.id).filter((id) => id.startsWith(letter));
}

function unique(list: string, ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${list}: ${id} occurs twice`);
}

function contiguous(list: string, letter: string, ids: readonly string[]): string[] {
  return ids.flatMap((id, index) => {
    const expected = `${letter}${index + 1}`;
    return id === expected ? [] : [`${list}: expected ${expected}, found ${id}`];
  });
}

function missing(where: string, known: ReadonlySet<string>, ids: readonly string[]): string[] {
  return ids.filter((id) => !known.has(id)).map((id) => `${where}: there is no ${id}`);
}

/** Every id that an entry mentions exists. */
function references(lists: FactLists): string[] {
  const rules = new Set(lists.rules.map((rule) => rule.id));
  const others = new Set([...lists.ambiguities, ...lists.transitions].map((entry) => entry.id));
  return [
    ...lists.notModelled.flatMap((entry) => missing('notModelled', rules, [entry.rule])),
    ...lists.rules.flatMap((rule) => missing(`rules[${rule.id}].see`, others, rule.see)),
    ...lists.transitions.flatMap((entry) => missing(`transitions[${entry.id}].rules`, rules, entry.rules)),
    ...lists.seed.flatMap((entry) => missing(`seed "${entry.statement}"`, rules, entry.rules)),
    ...lists.operations.flatMap((operation) =>
      operation.errors.flatMap((row) =>
        missing(`operations[${operation.name}] ${row.code}`, rules, [
          ...row.rules,
          ...row.alsoFits.map((fit) => fit.rule),
        ]),
      ),
    ),
  ];
}

/** Operations of rules have facts, and a row that names a rule is of an operation the rule is about. */
function refusals(lists: FactLists): string[] {
  const operations = new Map(lists.operations.map((operation) => [operation.name, operation]));
  const sources = new Set(lists.editions.map((edition) => edition.id));
  return lists.rules.flatMap((rule) => [
    ...rule.operations
      .filter((name) => !operations.has(name))
      .map((name) => `rules[${rule.id}]: no facts about the operation ${name}`),
    ...[...rule.editions, ...rule.refusals.flatMap((refusal) => refusal.editions)]
      .filter((id) => !sources.has(id))
      .map((id) => `rules[${rule.id}]: no source ${id}`),
  ]);
}

function statuses(lists: FactLists): string[] {
  const known = new Set([...lists.statuses, 'none', 'any', 'gone', 'unchanged']);
  return lists.transitions.flatMap((entry) =>
    [...entry.from, entry.to, ...(entry.via ?? [])]
      .filter((status) => !known.has(status))
      .map((status) => `transitions[${entry.id}]: there is no status ${status}`),
  );
}
