import { expect, test } from 'vitest';
import { editions, isEdition, seedEdition } from './editions.ts';
import { operationByName, parameterOf } from './operations.ts';
import { refusalsOf, ruleById } from './rules.ts';
import { seedDocument, seedStatements } from './seed.ts';

const rows = seedStatements.flatMap((entry) =>
  entry.row === undefined ? [] : [{ ...entry, row: entry.row }],
);

test('the seed document is a document edition', () => {
  expect(seedDocument.edition).toBe(seedEdition);
  expect(isEdition(seedEdition)).toBe(true);
  expect(editions.filter((edition) => 'seed' in edition).map((edition) => edition.id)).toEqual([seedEdition]);
});

test.each(rows)('$row.code: $row.message', ({ rules, row }) => {
  for (const id of rules) {
    const { stated, refusals } = refusalsOf(ruleById(id), seedDocument.operation, seedDocument.edition);
    expect(stated).toBe(true);
    const seen = refusals.map(({ http, code, message }) => ({ http, code, message }));
    expect(seen).toEqual([row]);
  }
});

test('the model lists exactly the five error rows of the seed document for that edition', () => {
  const listed = operationByName(seedDocument.operation)
    .errors.filter((row) => row.editions.includes(seedDocument.edition))
    .map(({ http, code, message }) => ({ http, code, message }));
  expect(listed).toEqual(rows.map((entry) => entry.row));
});

test('both parameters of the seed document are required', () => {
  expect(parameterOf('ConnectRouterInterface', 'RegionId').required).toBe(true);
  expect(parameterOf('ConnectRouterInterface', 'RouterInterfaceId').required).toBe(true);
  expect(operationByName('ConnectRouterInterface').response).toEqual([{ path: 'RequestId', type: 'String' }]);
});

test('every statement is about a rule on Connect', () => {
  for (const entry of seedStatements) {
    for (const id of entry.rules) expect(ruleById(id).operations).toContain('ConnectRouterInterface');
  }
});
