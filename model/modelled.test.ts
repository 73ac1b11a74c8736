import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { notModelled } from './spec/not-modelled.ts';
import { ruleIds, rules } from './spec/rules.ts';

/** The rules that the code names: in the chart, in violations, in what Describe may show, in the oracle. */
function namedInCode(folder: URL): Set<string> {
  const named = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = `${entry.parentPath}/${entry.name}`;
    if (!entry.isFile() || entry.name.endsWith('.test.ts') || /\/(spec|testing)\b/.test(entry.parentPath))
      continue;
    for (const [, id] of readFileSync(path, 'utf8').matchAll(/'([RP]\d+)'/g)) named.add(id ?? '');
  }
  return named;
}

const named = new Set([
  ...namedInCode(new URL('.', import.meta.url)),
  ...namedInCode(new URL('../properties/oracle/', import.meta.url)),
]);
const listed = new Map(notModelled.map(({ rule, reason }) => [rule, reason]));

test('every rule is modelled, or on the list of those that are not, with the reason', () => {
  const onNeither = ruleIds.filter((id) => !named.has(id) && !listed.has(id));
  expect(onNeither).toEqual([]);
});

test('no rule is on the list although the chart has it', () => {
  const inChart = new Set(compile().rows.flatMap((row) => row.rules));
  expect([...listed.keys()].filter((id) => inChart.has(id))).toEqual([]);
});

test('the code names no rule that does not exist', () => {
  expect([...named].filter((id) => !ruleIds.includes(id))).toEqual([]);
});

test('every refusal in the chart can be recognised: its rule has a code, or is known to have none', () => {
  const refusing = new Set(compile().rows.flatMap((row) => (row.kind === 'refusal' ? row.rules : [])));
  const silent = rules.filter(
    (rule) => refusing.has(rule.id) && rule.codeKnown && rule.refusals.length === 0,
  );
  // SecurityLocked has no code of its own anywhere; it is recognised by those of the other lock.
  expect(silent.map(({ id }) => id)).toEqual(['R85']);
});
