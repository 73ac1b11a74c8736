import { expect, test } from 'vitest';
import { judgedOperations } from '../vocabulary.ts';
import { facts } from './facts.ts';
import { operations, unclaimedErrorRows } from './operations.ts';
import { refusalsOf, ruleById, ruleIds, rules } from './rules.ts';

const codesOf = (id: string, operation?: string): string[] =>
  ruleById(id)
    .refusals.filter((refusal) => operation === undefined || refusal.operation === operation)
    .map((refusal) => refusal.code);

const ends = (operation: string): (string | undefined)[] =>
  ruleById('R4')
    .refusals.filter((refusal) => refusal.operation === operation)
    .map((refusal) => refusal.message?.split(' ').at(-1));

const codes = (id: string, edition: Parameters<typeof refusalsOf>[2]): unknown => {
  const { stated, refusals } = refusalsOf(ruleById(id), 'ConnectRouterInterface', edition);
  return [stated, ...refusals.map((refusal) => refusal.code)];
};

test('R1 to R100 and P1 to P8, in order, without gaps', () => {
  const expected = [
    ...Array.from({ length: 100 }, (_, index) => `R${index + 1}`),
    'P1',
    'P2',
    'P3',
    'P4',
    'P5',
    'P6',
    'P7',
    'P8',
  ];
  expect(ruleIds).toEqual(expected);
});

test('every row of every error table is a refusal of a rule, or says why it is not', () => {
  const lost: string[] = [];
  for (const operation of operations) {
    for (const row of operation.errors) {
      const name = `${operation.name} ${row.code} ${row.message}`;
      const claimed = rules.some((rule) =>
        rule.refusals.some(
          (refusal) =>
            refusal.operation === operation.name &&
            refusal.code === row.code &&
            refusal.message === row.message &&
            refusal.http === row.http,
        ),
      );
      const excused = unclaimedErrorRows.some(
        (entry) => entry.operation === operation.name && entry.row === row,
      );
      if (claimed === excused) lost.push(name);
    }
  }
  expect(lost).toEqual([]);
});

test('the tables of the nine operations are all there', () => {
  const rows = judgedOperations.map(
    (name) => operations.find((operation) => operation.name === name)?.errors.length,
  );
  expect(rows).toEqual([8, 11, 11, 9, 13, 25, 10, 11, 1]);
});

test('no row is written down twice', () => {
  for (const operation of operations) {
    const keys = operation.errors.map((row) => JSON.stringify([row.http, row.code, row.message]));
    expect(keys).toHaveLength(new Set(keys).size);
  }
});

test('one code with two texts belongs to two rules', () => {
  const texts = ['R38', 'R39'].map((id) =>
    ruleById(id).refusals.map(({ code, message }) => `${code}: ${message}`),
  );
  expect(texts).toEqual([
    ['Forbidden.OnlyOneConnection: The Specified routers have a connection already'],
    ['Forbidden.OnlyOneConnection: Cannot connect concurrently between same routers'],
  ]);
});

test('spellings of several editions stand side by side', () => {
  expect(codesOf('R45')).toEqual(['IncorrectStatus', 'IncorrectRIStatus']);
  expect(codesOf('R46')).toEqual(['Forbidden.FinancileLocked', 'Forbidden.FinancialLocked']);
  expect(codesOf('R56')).toEqual(['IncorrectStatus', 'InvalidInstance.StatusError']);
  expect(codesOf('R57')).toHaveLength(3);
  expect(codesOf('R5')).toEqual(['InvalidInstanceId.NotFound', 'InvalidRouterInterfaceId.NotFound']);
  expect(codesOf('R2', 'DescribeRouterInterfaceAttribute')).toEqual([
    'InvalidParam.NotNull',
    'MissingInstanceId',
    'MissingParameter',
  ]);
});

test('texts differ by operation', () => {
  expect(ends('ConnectRouterInterface')).toEqual(['record.']);
  expect(ends('ActivateRouterInterface')).toEqual(['records.']);
  expect(ends('DeactivateRouterInterface')).toEqual(['record.', 'records.']);
});

test('a code that was cut off in print matches by its beginning', () => {
  const [refusal] = ruleById('R50').refusals;
  expect(refusal).toMatchObject({
    code: 'OppositeRouterInterfaceIsDele',
    match: 'prefix',
    messageBasis: 'none',
  });
  expect(ruleById('R18').refusals).toMatchObject([
    { code: 'QuotaExceeded', match: 'prefix', basis: 'observed' },
  ]);
});

test('what only clients saw is observed, what we conclude is inferred', () => {
  expect(ruleById('R89').refusals).toMatchObject([{ basis: 'observed', editions: ['TF'] }]);
  expect(ruleById('R36').refusals.map((refusal) => refusal.basis)).toEqual(['observed', 'inferred']);
  expect(new Set(ruleById('R26').refusals.map((refusal) => refusal.basis))).toEqual(new Set(['inferred']));
});

test('an edition that documents a code is held to it, another leaves it open', () => {
  expect(codes('R34', 'E2024')).toEqual([true, 'IncorrectRIStatus']);
  expect(codes('R34', 'ECS2014')).toEqual([true, 'IncorrectStatus']);
  expect(codes('R34', 'E2018b')).toEqual([false, 'IncorrectRIStatus', 'IncorrectStatus']);
  expect(codes('R34', 'any')).toEqual([true, 'IncorrectRIStatus', 'IncorrectStatus']);
  expect(codes('R36', 'E2024')).toEqual([
    false,
    'IncorrectOppositeInterfaceInfo.NotSet',
    'IncorrectOppositeInterfaceInfo',
  ]);
  expect(codes('R1', 'E2018a')).toEqual([true, 'MissingRegionId', 'MissingParameter']);
  expect(codes('R43', 'any')).toEqual([false]);
});

test('a rule is found by id or key, and what is near an unknown one is named', () => {
  expect(ruleById('R37').key).toBe('connect-different-routers');
  expect(ruleById('connect-different-routers').id).toBe('R37');
  expect(ruleById('p2').id).toBe('P2');
  expect(() => ruleById('R101')).toThrow(/R101.*R1 to R100 and P1 to P8 exist.*R100 \(gw-ram\), R99/);
  expect(() => ruleById('overdue')).toThrow(/R41 \(connect-overdue\)/);
  expect(() => ruleById('P9')).toThrow(/near it are P8/);
});

test('facts cannot be changed by accident', () => {
  expect(Object.isFrozen(ruleById('R33').refusals)).toBe(true);
  expect(() => Reflect.set(ruleById('R33'), 'statement', '')).not.toThrow();
  expect(ruleById('R33').statement).toMatch(/initiating/);
});

test('a rule that no request can break says so in needs, and is not modelled', () => {
  const unmodelled = new Set(facts.notModelled.map((entry) => entry.rule));
  for (const rule of rules) {
    if (['vbr', 'second account', 'purchase'].includes(rule.needs)) expect(unmodelled).toContain(rule.id);
  }
});
