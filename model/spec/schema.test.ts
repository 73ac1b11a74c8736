import { expect, test } from 'vitest';
import type * as z from 'zod';
import { parseList } from './parse.ts';
import {
  ambiguitySchema,
  editionSchema,
  notModelledSchema,
  operationSchema,
  ruleSchema,
  ruleTextSchema,
  transitionSchema,
} from './schema.ts';

const row = {
  http: 400,
  code: 'Some.Code',
  message: 'text',
  when: 'something',
  editions: ['E2024'],
  rules: ['R1'],
};
const rule = {
  id: 'R1',
  key: 'some-rule',
  operations: ['ConnectRouterInterface'],
  statement: 'Something holds.',
  sources: ['somewhere'],
  editions: ['E2024'],
};
const refusal = {
  operation: 'ConnectRouterInterface',
  http: 400,
  code: 'Some.Code',
  match: 'exact',
  message: 'text',
  messageBasis: 'full',
  editions: ['E2024'],
  basis: 'documented',
  when: 'something',
};
const joined = {
  ...rule,
  certainty: 'documented',
  codeKnown: true,
  needs: 'api',
  see: [],
  refusals: [refusal],
};
const operation = {
  name: 'ConnectRouterInterface',
  kind: 'judged',
  purpose: 'Connects.',
  parameters: [{ name: 'RegionId', type: 'String', required: true }],
  response: [{ path: 'RequestId', type: 'String' }],
  preconditions: [],
  effects: [],
  errors: [row],
  errorsComplete: true,
  sources: ['somewhere'],
};
const transition = {
  id: 'T1',
  from: ['Idle'],
  event: 'ConnectRouterInterface',
  to: 'Connecting',
  side: 'initiator',
  sources: ['somewhere'],
  certainty: 'documented',
};
const ambiguity = { id: 'A1', topic: 'Something', text: 'Unclear.', values: ['one'], sources: ['E2024'] };
const edition = {
  id: 'E2030',
  title: 'Later',
  description: 'Later pages.',
  from: '2030-01',
  strict: true,
  kind: 'document',
};

const broken: [string, z.ZodType, object, RegExp][] = [
  ['rule without a statement', ruleTextSchema, { ...rule, statement: '' }, /list\[R1\]\.statement/],
  ['rule with a strange id', ruleTextSchema, { ...rule, id: 'Rule 1' }, /list\[Rule 1\]\.id: expected R1/],
  [
    'rule with a strange key',
    ruleTextSchema,
    { ...rule, key: 'SomeRule' },
    /list\[R1\]\.key: expected lower-case/,
  ],
  ['rule of no operation', ruleTextSchema, { ...rule, operations: [] }, /list\[R1\]\.operations/],
  [
    'rule of an unknown operation',
    ruleTextSchema,
    { ...rule, operations: ['Conect'] },
    /list\[R1\]\.operations\[0\]/,
  ],
  [
    'rule of an unknown edition',
    ruleTextSchema,
    { ...rule, editions: ['E2017'] },
    /list\[R1\]\.editions\[0\]/,
  ],
  ['rule with a misspelt field', ruleTextSchema, { ...rule, notes: 'x' }, /list\[R1\].*notes/],
  ['rule that sees nothing real', ruleTextSchema, { ...rule, see: ['B7'] }, /list\[R1\]\.see\[0\]/],
  ['rule with an unknown certainty', ruleTextSchema, { ...rule, certainty: 'sure' }, /list\[R1\]\.certainty/],
  [
    'refusal of a foreign operation',
    ruleSchema,
    { ...joined, refusals: [{ ...refusal, operation: 'DeleteRouterInterface' }] },
    /list\[R1\]: Some\.Code is of DeleteRouterInterface/,
  ],
  [
    'refusal that succeeds',
    ruleSchema,
    { ...joined, refusals: [{ ...refusal, http: 200 }] },
    /refusals\[0\]\.http/,
  ],
  [
    'refusal listed nowhere',
    ruleSchema,
    { ...joined, refusals: [{ ...refusal, editions: [] }] },
    /\.editions/,
  ],
  [
    'row without an owner',
    operationSchema,
    { ...operation, errors: [{ ...row, rules: [] }] },
    /list\[ConnectRouterInterface\]\.errors\[0\]: a row either belongs to rules/,
  ],
  [
    'row with an owner and an excuse',
    operationSchema,
    { ...operation, errors: [{ ...row, unclaimed: 'nobody knows' }] },
    /errors\[0\]: a row either/,
  ],
  [
    'parameter with a broken pattern',
    operationSchema,
    { ...operation, parameters: [{ name: 'Name', type: 'String', required: false, pattern: '(' }] },
    /parameters\[0\]\.pattern: not a regular expression/,
  ],
  ['transition from nowhere', transitionSchema, { ...transition, from: [] }, /list\[T1\]\.from/],
  ['transition of an unknown side', transitionSchema, { ...transition, side: 'left' }, /list\[T1\]\.side/],
  [
    'choice with a blank',
    ambiguitySchema,
    { ...ambiguity, values: ['two words'] },
    /list\[A1\]\.values\[0\]: no blanks/,
  ],
  [
    'edition of a strange month',
    editionSchema,
    { ...edition, from: '2030' },
    /list\[E2030\]\.from: expected yyyy-mm/,
  ],
  [
    'gap without a reason',
    notModelledSchema,
    { rule: 'R7', kind: 'needs a VBR', reason: '' },
    /list\[R7\]\.reason/,
  ],
  [
    'gap of an unknown kind',
    notModelledSchema,
    { rule: 'R7', kind: 'too hard', reason: 'it is' },
    /list\[R7\]\.kind/,
  ],
];

test.each(broken)('%s: says what is wrong and where', (_, schema, entry, message) => {
  expect(() => parseList('list', schema, [entry])).toThrow(message);
});

test('the entries they were made from are sound', () => {
  expect(parseList('list', ruleTextSchema, [rule])).toHaveLength(1);
  expect(parseList('list', ruleSchema, [joined])).toHaveLength(1);
  expect(parseList('list', operationSchema, [operation])).toHaveLength(1);
  expect(parseList('list', transitionSchema, [transition])).toHaveLength(1);
  expect(parseList('list', ambiguitySchema, [ambiguity])).toHaveLength(1);
  expect(parseList('list', editionSchema, [edition])).toHaveLength(1);
});

test('all slips of a list are reported at once; an entry without a name goes by its position', () => {
  expect(() =>
    parseList('list', ruleTextSchema, [{ ...rule, key: 'A' }, rule, { ...rule, id: 5 }, 'x']),
  ).toThrow(/list\[R1\]\.key[\s\S]*list\[2\]\.id[\s\S]*list\[3\]:/);
});
