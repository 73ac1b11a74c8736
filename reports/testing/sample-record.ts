import type { DivergenceRecord, ProgramLine, RunRecord } from '../record.ts';

const region = { RegionId: 'cn-hangzhou' };
const creation = { ...region, OppositeRegionId: 'cn-hangzhou', RouterType: 'VRouter' };

/** Two interfaces, the second connected although nobody points back. */
export const sampleProgram: readonly ProgramLine[] = [
  {
    kind: 'call',
    operation: 'CreateRouterInterface',
    args: { ...creation, Role: 'InitiatingSide', Spec: 'Mini.2', RouterId: 'router#1', Name: 'edge "1" 键' },
    as: 'ri#1',
    answer: '200',
    diverges: false,
  },
  {
    kind: 'call',
    operation: 'CreateRouterInterface',
    args: {
      ...creation,
      Role: 'AcceptingSide',
      Spec: 'Negative',
      RouterId: 'router#2',
      ClientToken: 'token#1',
    },
    as: 'ri#2',
    answer: '200',
    diverges: false,
  },
  {
    kind: 'control',
    operation: 'interface',
    args: { on: 'ri#1', businessStatus: 'FinancialLocked', operationLocked: 'true' },
    diverges: false,
  },
  { kind: 'settle', diverges: false },
  {
    kind: 'call',
    operation: 'ConnectRouterInterface',
    args: { RouterInterfaceId: 'ri#9' },
    answer: '400 MissingRegionId',
    diverges: false,
  },
  {
    kind: 'call',
    operation: 'ConnectRouterInterface',
    args: { ...region, RouterInterfaceId: 'ri#1' },
    answer: '200',
    body: { RequestId: '0A1B2C3D' },
    diverges: true,
  },
];

export const sampleDivergence: DivergenceRecord = {
  id: 'connect-accepted-9f2c1a',
  rules: ['R36'],
  operation: 'ConnectRouterInterface',
  kind: 'accepted',
  expected: 'refusal by R36 (400 InvalidOppositeInterfaceInfo.NotSet)',
  observed: 'success',
  occurrences: 12,
  counterexample: sampleProgram,
  reproduced: true,
  consequences: [
    {
      kind: 'field',
      operation: 'DescribeRouterInterfaces',
      rules: ['R43'],
      expected: 'Status: Idle',
      observed: 'Status: Connecting',
    },
  ],
  traceFile: 'divergences/connect-accepted-9f2c1a.json',
  sources: [
    {
      rule: 'R36',
      statement: 'Both interfaces must point at each other before one of them can be connected.',
      certainty: 'documented',
      sources: ['E2018b Connect', 'E2024 Connect, error table'],
    },
  ],
};

export const sampleRecord: RunRecord = {
  schemaVersion: 1,
  tool: { name: 'ri-conformance', version: '0.1.0', modelHash: 'a54932a337530070215b4d5f8407bf30' },
  target: 'http(http://127.0.0.1:8787)',
  edition: 'any',
  editionsThatFit: ['E2024', 'E2026'],
  seed: 42,
  verdict: 'diverges',
  counts: { sequences: 1204, commands: 20_011, seconds: 9.84, shrinkCommands: 312 },
  rules: [
    {
      id: 'R1',
      statement: 'RegionId is mandatory.',
      certainty: 'documented',
      verdict: 'conforms',
      exercised: 312,
    },
    {
      id: 'R34',
      statement: 'Connect needs Idle.',
      certainty: 'documented',
      verdict: 'conforms',
      exercised: 7,
    },
    {
      id: 'R36',
      statement: 'Both interfaces must point at each other before one of them can be connected.',
      certainty: 'documented',
      verdict: 'diverges',
      exercised: 55,
      note: 'accepted 12 times',
    },
    {
      id: 'R46',
      statement: 'An overdue interface cannot be activated.',
      certainty: 'documented',
      verdict: 'not testable',
      exercised: 0,
      note: 'needs the interface hook',
    },
    {
      id: 'R57',
      statement: 'Route entries hold.',
      certainty: 'inferred',
      verdict: 'not exercised',
      exercised: 0,
    },
    {
      id: 'R62',
      statement: 'No new peer once connected.',
      certainty: 'contested',
      verdict: 'contested',
      exercised: 4,
      note: 'always refused',
    },
  ],
  choices: [
    {
      id: 'A7',
      topic: 'Whether the peer follows a Deactivate',
      observed: [
        { value: 'one', count: 30 },
        { value: 'both', count: 1 },
      ],
    },
  ],
  divergences: [sampleDivergence],
  coverage: {
    transitions: {
      covered: 40,
      total: 42,
      missing: [
        {
          id: 'Active.bereft: SURVIVOR_FROZEN to Inactive',
          reason: 'this target does not choose A8 = becomes Inactive',
        },
        { id: 'Idle: CONNECT to Connecting.unanswered' },
      ],
    },
    refusals: { covered: 90, total: 90, missing: [] },
  },
  notTestable: [
    { rule: 'R46', reason: 'needs the interface hook' },
    { rule: 'R52', reason: 'needs the interface hook' },
  ],
  leftBehind: ['vpc-0001'],
  inconclusive: [{ reason: 'the connection broke', count: 2 }],
  notes: ['CreateRouteEntry is not offered.'],
};

/** Returns `value` with every string in it, at any depth, replaced by `text`; other things stay. */
export function withEveryString(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((item) => withEveryString(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withEveryString(item, text)]));
}

/** What a target may say to harm whoever reads the report. */
export const hostile = `\u001b[31mred\u001b]0;title\u0007\n\r\t\u009b2J\u202eevil\u2028\ud800 ${'long'.repeat(3000)} 键键`;

/** Returns the record of a run against a target that says `text` wherever it can say anything. */
export function saying(text: string, record: RunRecord = sampleRecord): RunRecord {
  const { schemaVersion, tool, verdict, rules, baseline, ...said } = record;
  const entries = baseline?.entries.map((entry) =>
    Object.assign(withEveryString(entry, text) as typeof entry, {
      outcome: entry.outcome,
      divergences: entry.divergences.map(() => text),
    }),
  );
  // What a target says keeps the shape of the record, so the type still holds.
  return Object.assign({}, record, withEveryString(said, text), {
    schemaVersion,
    tool,
    verdict,
    rules: rules.map((rule) => Object.assign({}, rule, { note: text })),
    ...(entries === undefined ? {} : { baseline: { file: text, entries, unlisted: [] } }),
  });
}

/** A run with a known divergence, one that is listed no more, and entries of every outcome. */
export const recordWithKnown: RunRecord = {
  ...sampleRecord,
  startedAt: '2026-11-23T19:00:00.000Z',
  divergences: [
    sampleDivergence,
    {
      ...sampleDivergence,
      id: 'activate-r46-0a1b2c',
      rules: ['R46'],
      operation: 'ActivateRouterInterface',
      observed: '400 IncorrectStatus',
    },
  ],
  baseline: {
    file: 'conformance-baseline.yaml',
    entries: [
      {
        line: 3,
        match: 'activate-r46-0a1b2c',
        reason: 'Locks are not built yet',
        link: 'https://example.org/issues/7',
        since: '2026-10-01',
        until: '2027-01-31',
        outcome: 'known',
        divergences: ['activate-r46-0a1b2c'],
      },
      { line: 8, match: 'R34', reason: 'was wrong once', outcome: 'stale', divergences: [] },
      {
        line: 10,
        match: 'R62',
        reason: 'soon',
        until: '2026-11-01',
        outcome: 'expired',
        divergences: [],
      },
      { line: 13, match: 'R57', reason: 'no route entries', outcome: 'not exercised', divergences: [] },
    ],
    unlisted: ['connect-accepted-9f2c1a'],
  },
};

/** The same with nothing but what is known. */
export const onlyKnown: RunRecord = {
  ...recordWithKnown,
  divergences: recordWithKnown.divergences.slice(1),
  baseline: {
    file: 'conformance-baseline.yaml',
    entries: recordWithKnown.baseline?.entries.slice(0, 1) ?? [],
    unlisted: [],
  },
};
