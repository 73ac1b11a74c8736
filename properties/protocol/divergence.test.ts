import { describe, expect, test } from 'vitest';
import type { RawCall } from '../../adapters/wire.ts';
import { refusal } from '../testing/targets.ts';
import type { ProtocolFinding } from './judge-check.ts';
import { distinct, protocolDivergence } from './record.ts';
import { list } from './request-parts.ts';
import type { CheckResult } from './suite.ts';

const finding = (rule: string, observed: string, at = 0): ProtocolFinding => ({
  rules: [rule],
  expected: 'a refusal',
  observed,
  at,
  fingerprint: `protocol|accepted|${observed}`,
});
/** A check of these calls, each of them refused, that found this. */
const result = (what: string, findings: readonly ProtocolFinding[], ...calls: RawCall[]): CheckResult => ({
  check: { id: what, rules: ['R2'], what, calls, expect: { kind: 'success' } },
  exchanges: calls.map((call) => ({
    call: { ...call, params: { ...call.params, RegionId: 'cn-beijing' } },
    answer: { observation: refusal('X'), headers: {} },
  })),
  verdict: { kind: 'diverges' },
  findings,
});

describe('What several checks show', () => {
  test('is one divergence by its rule, and of each check what it shows of that one', () => {
    const groups = distinct([
      result('one check', [finding('R2', 'a wrong signature was accepted'), finding('R2', 'again')], list),
      result('another', [finding('R5', 'something else'), finding('R2', 'an old one was accepted')], list),
    ]);
    const told = groups.map(({ finding: shown, result: of, others }) =>
      protocolDivergence(shown, of, others),
    );
    expect(told).toMatchObject([
      {
        rules: ['R2'],
        operation: 'one check',
        observed: 'a wrong signature was accepted',
        occurrences: 2,
        consequences: [{ operation: 'another', rules: ['R2'], observed: 'an old one was accepted' }],
      },
      { rules: ['R5'], operation: 'another', occurrences: 1 },
    ]);
    expect(told[1]).not.toHaveProperty('consequences');
  });
});

describe('The program of a check', () => {
  const lines = (...calls: RawCall[]) =>
    protocolDivergence(finding('R2', 'x', calls.length - 1), result('a check', [], ...calls)).counterexample;

  test.each<[string, Partial<RawCall>, Readonly<Record<string, string>>]>([
    ['nothing that is as usual', {}, {}],
    ['how it is sent', { signature: 'acs3', method: 'POST', format: 'XML' }, { 'sent as': 'ACS3 POST XML' }],
    ['where its parameters go', { inQuery: true }, { parameters: 'in the query' }],
    ['that they do not go there', { inQuery: false }, { parameters: 'in a form body' }],
    ['that they come in the opposite order', { reversed: true }, { order: 'reversed' }],
    ['that its secret is another one', { secret: 'wrong' }, { secret: 'another one' }],
    [
      'what is replaced, and what is left out',
      { common: { Version: null, Format: 'YAML' }, afterwards: { RegionId: 'x', Action: null } },
      {
        Version: '(left out)',
        Format: 'YAML',
        'RegionId after signing': 'x',
        'Action after signing': '(left out)',
      },
    ],
  ])('tells of a call %s', (_what, more, words) => {
    const call = { operation: 'DescribeRegions', params: { RegionId: '{region}' }, ...more };
    expect(lines(call)).toMatchObject([{ args: { RegionId: 'cn-beijing', ...words }, diverges: true }]);
    expect(Object.keys(lines(call)[0]?.args ?? {})).toHaveLength(1 + Object.keys(words).length);
  });

  test('begins with the interface that it is about, and ends with the answer that shows it', () => {
    const about: RawCall = {
      operation: 'DeleteRouterInterface',
      params: { RouterInterfaceId: '{interface}' },
    };
    const [made, first, last] = lines(list, about);
    expect(made).toMatchObject({ operation: 'CreateRouterInterface', as: 'ri#1', diverges: false });
    expect(first).toMatchObject({ diverges: false, answer: '400 X' });
    expect(first).not.toHaveProperty('body');
    expect(last).toMatchObject({ args: { RouterInterfaceId: 'ri#1' }, body: { Code: 'X' }, diverges: true });
  });
});
