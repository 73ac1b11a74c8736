import type { ChartRecord, DivergenceRecord, RuleResult, RunRecord } from '../record.ts';
import { sampleDivergence, sampleProgram, sampleRecord } from './sample-record.ts';

const chart: ChartRecord = {
  states: [
    { name: 'gone', label: 'none' },
    { name: 'Idle.free', label: 'Idle' },
    { name: 'Idle.awaited', label: 'Idle', transitional: true },
    { name: 'Connecting', label: 'Connecting', transitional: true },
    { name: 'Active', label: 'Active' },
  ],
  transitions: [
    {
      id: 'gone: CREATE to Idle.free',
      from: 'gone',
      to: 'Idle.free',
      label: 'CREATE',
      kind: 'accept',
      rules: ['R13'],
    },
    {
      id: 'Idle: CONNECT to Connecting',
      from: 'Idle',
      to: 'Connecting',
      label: 'CONNECT',
      kind: 'accept',
      rules: ['R43'],
    },
    { id: 'Idle: CONNECT refused by R36', from: 'Idle', label: 'CONNECT', kind: 'refusal', rules: ['R36'] },
    {
      id: 'Connecting: CONNECTED to Active',
      from: 'Connecting',
      to: 'Active',
      label: 'CONNECTED',
      kind: 'internal',
      rules: ['R43'],
    },
    {
      id: 'Idle.free: PEER_CONNECTS to Idle.awaited',
      from: 'Idle.free',
      to: 'Idle.awaited',
      label: 'PEER_CONNECTS (A3: Idle)',
      kind: 'peer',
      rules: ['R43'],
    },
    { id: 'any: DELETE refused by R4', from: 'any', label: 'DELETE', kind: 'refusal', rules: ['R4'] },
  ],
};

/** Two clients at once, and what no order of their calls explains. */
const race: DivergenceRecord = {
  ...sampleDivergence,
  id: 'race-connect-1a2b3c',
  kind: 'race',
  reproduction: { runs: 10, diverged: 4 },
  counterexample: [
    ...sampleProgram.slice(0, 2),
    {
      kind: 'call',
      operation: 'ConnectRouterInterface',
      args: { RegionId: 'cn-hangzhou', RouterInterfaceId: 'ri#1' },
      answer: '200',
      diverges: false,
      client: 1,
      order: { sent: 0, answered: 2 },
    },
    {
      kind: 'call',
      operation: 'ConnectRouterInterface',
      args: { RegionId: 'cn-hangzhou', RouterInterfaceId: 'ri#2' },
      answer: '200',
      diverges: true,
      client: 2,
      order: { sent: 1, answered: 3 },
    },
  ],
  race: {
    explained: [0, 1, 2],
    unexplained: [
      {
        step: 3,
        explained: [0, 1, 2],
        expected: 'refusal by R39 (400 Forbidden.OnlyOneConnection)',
        observed: 'success',
      },
    ],
  },
};

const field: DivergenceRecord = {
  ...sampleDivergence,
  id: 'describe-r43-77aa01',
  kind: 'field',
  operation: 'DescribeRouterInterfaces',
  rules: ['R43'],
  expected: 'Status: Idle',
  observed: 'Status: "Connecting"',
};

/** A record in which every part of a page has something to show. */
export const richRecord: RunRecord = {
  ...sampleRecord,
  startedAt: '2026-11-23T19:58:10.123Z',
  rules: sampleRecord.rules.map((rule, index) => ({
    ...rule,
    sources: ['E2018b Connect', 'E2024 Connect, error table'],
    editions: ['E2018b', 'E2024'],
    ...(index === 0 ? { witness: sampleProgram, witnessSequence: 3 } : {}),
  })),
  divergences: [
    {
      ...sampleDivergence,
      permitted: [
        { answer: '400 IncorrectOppositeInterfaceInfo.NotSet', message: 'must be all set', rules: ['R36'] },
        { answer: '400 Other', rules: ['R35'], choice: 'A33' },
      ],
      exchange: {
        request: {
          method: 'GET',
          url: 'http://127.0.0.1:8787/?Action=ConnectRouterInterface&Signature=[removed]',
          headers: { 'user-agent': 'ri-conformance' },
        },
        response: {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: '{"RequestId":"0A1B2C3D"}',
        },
      },
    },
    race,
    field,
  ],
  chart,
  coverage: {
    transitions: {
      ...sampleRecord.coverage.transitions,
      exercised: [
        { id: 'gone: CREATE to Idle.free', count: 991 },
        { id: 'Idle: CONNECT to Connecting', count: 20 },
      ],
    },
    refusals: {
      ...sampleRecord.coverage.refusals,
      exercised: [{ id: 'Idle: CONNECT refused by R36', count: 3 }],
    },
  },
  matrix: [
    {
      operation: 'CreateRouterInterface',
      state: 'none',
      answers: [
        { answer: '200', count: 991 },
        ...['A', 'B', 'C', 'D', 'E'].map((code) => ({ answer: `400 Code.${code}`, count: 2 })),
      ],
    },
    { operation: 'ConnectRouterInterface', state: 'Idle', answers: [{ answer: '200', count: 20 }] },
    {
      operation: 'ConnectRouterInterface',
      state: 'Active or Inactive',
      answers: [{ answer: '400 IncorrectStatus', count: 1 }],
    },
  ],
  timeline: [
    { commands: 40, transitions: 8, refusals: 12, rules: 30 },
    { commands: 900, transitions: 20, refusals: 88, rules: 60 },
    { commands: 20_011, transitions: 26, refusals: 90, rules: 75 },
  ],
  choices: [
    {
      id: 'A7',
      topic: 'Whether Deactivate and Activate reach the peer',
      text: 'CONCEPT2018 shows both ends changing together.',
      observed: [{ value: 'one', count: 4 }],
      readings: [
        { value: 'one', sources: ['RUN2019'] },
        { value: 'both', sources: ['CONCEPT2018'] },
      ],
    },
  ],
  notTestable: [{ rule: 'R91', reason: 'needs a VBR', remedy: 'a target with virtual border routers' }],
};

/** A record with so many divergences and rules, each as full as those of a run. */
export function largeRecord(divergences: number, rules: number): RunRecord {
  const [first = sampleDivergence] = richRecord.divergences;
  const program = Array.from({ length: 4 }, () => sampleProgram.slice(0, 2)).flat();
  const rule = (index: number): RuleResult => ({
    id: `R${index + 1}`,
    statement: `A rule of about the usual length, which says what is refused and when, number ${index + 1}.`,
    certainty: 'documented',
    verdict: index < divergences ? 'diverges' : 'conforms',
    exercised: index * 7,
    sources: ['E2018b Connect, error table', 'E2024 Connect'],
    editions: ['E2018b', 'E2019', 'E2024', 'E2026'],
    witness: program,
  });
  return {
    ...richRecord,
    rules: Array.from({ length: rules }, (_, index) => rule(index)),
    divergences: Array.from({ length: divergences }, (_, index) => ({
      ...first,
      id: `connect-r${index + 1}-abcdef`,
      rules: [`R${index + 1}`],
      counterexample: [...program, ...sampleProgram],
    })),
  };
}
