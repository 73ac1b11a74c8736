import { expect, test } from 'vitest';
import type { FactLists } from './check.ts';
import { crossCheck } from './check.ts';
import { facts } from './facts.ts';
import { seedStatements } from './seed.ts';

const sound: FactLists = {
  ...facts,
  seed: seedStatements,
  statuses: facts.enums.statuses.map((status) => status.name),
};

const withFirst = <T extends object>(list: readonly T[], change: Partial<T>): T[] =>
  list.map((entry, index) => (index === 0 ? Object.assign({}, entry, change) : entry));

test('the facts fit together', () => {
  expect(() => crossCheck(sound)).not.toThrow();
});

const misfits: [string, FactLists, RegExp][] = [
  ['a missing rule', { ...sound, rules: facts.rules.slice(1) }, /rules: expected R1, found R2/],
  [
    'a rule twice',
    { ...sound, rules: [...facts.rules, ...facts.rules.slice(0, 1)] },
    /expected R101, found R1\b/,
  ],
  [
    'a key twice',
    { ...sound, rules: withFirst(facts.rules, { key: 'riid-required' }) },
    /riid-required occurs twice/,
  ],
  [
    'a missing ambiguity',
    { ...sound, ambiguities: facts.ambiguities.slice(0, -1) },
    /rules\[R15\]\.see: there is no A35/,
  ],
  ['a missing transition', { ...sound, transitions: facts.transitions.slice(1) }, /expected T1, found T2/],
  [
    'a missing operation',
    { ...sound, operations: facts.operations.slice(1) },
    /rules\[R1\]: no facts about.*Create/,
  ],
  ['a missing source', { ...sound, editions: facts.editions.slice(1) }, /rules\[R1\]: no source E2016/],
  [
    'a gap twice',
    { ...sound, notModelled: [...facts.notModelled, ...facts.notModelled.slice(0, 1)] },
    /notModelled: R7 occurs twice/,
  ],
  [
    'a gap of no rule',
    { ...sound, notModelled: withFirst(facts.notModelled, { rule: 'R777' }) },
    /there is no R777/,
  ],
  [
    'an unknown status',
    { ...sound, transitions: withFirst(facts.transitions, { to: 'Idl' }) },
    /no status Idl/,
  ],
  [
    'a stray seed statement',
    { ...sound, seed: withFirst(seedStatements, { rules: ['R0'] }) },
    /there is no R0/,
  ],
];

test.each(misfits)('%s is named', (_, lists, message) => {
  expect(() => crossCheck(lists)).toThrow(message);
});
