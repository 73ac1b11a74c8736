import { createHash } from 'node:crypto';
import type { Target } from '../../adapters/target.ts';
import type { RawCall } from '../../adapters/wire.ts';
import { ruleById } from '../../model/spec/rules.ts';
import type {
  ChoiceResult,
  DivergenceRecord,
  ProgramLine,
  RuleResult,
  RunRecord,
  WireLine,
} from '../../reports/record.ts';
import type { ConformanceResult } from '../conformance.ts';
import { given } from '../given.ts';
import type { ProtocolCounterexample } from './counterexample.ts';
import { answerText, type ProtocolFinding, type RawExchange } from './judge-check.ts';
import { isAbout, protocolRules } from './checks.ts';
import type { CheckResult, ProtocolResult } from './suite.ts';

/** A divergence, with the check that shows it most simply and the others that show it too. */
interface Group {
  readonly finding: ProtocolFinding;
  readonly result: CheckResult;
  /** What it is in the others that show it. */
  readonly others: Shown[];
}

type Shown = Pick<Group, 'finding' | 'result'>;

/**
 * Returns the distinct divergences: what goes wrong in the same way under the same rule is one, as a gateway
 * that verifies nothing accepts every wrong signature. The first check that showed it stands for all.
 */
export function distinct(results: readonly CheckResult[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const result of results) {
    for (const finding of result.findings) {
      const [suite, kind, subject] = finding.fingerprint.split('|');
      const key = [suite, kind, kind === 'shape' ? subject : finding.rules.join(' ')].join('|');
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { finding, result, others: [] });
      else if (![known, ...known.others].some((each) => each.result === result))
        known.others.push({ finding, result });
    }
  }
  return [...groups.values()];
}

export function protocolId({ rules, fingerprint }: ProtocolFinding): string {
  const hash = createHash('sha256').update(fingerprint).digest('hex').slice(0, 6);
  return `protocol-${(rules[0] as string).toLowerCase()}-${hash}`;
}

/** One divergence as the record holds it. */
export function protocolDivergence(
  finding: ProtocolFinding,
  result: CheckResult,
  others: readonly Shown[] = [],
  target?: Pick<Target, 'exchangeOf'>,
): DivergenceRecord {
  const seen = result.exchanges[finding.at] as RawExchange;
  const exchange = target?.exchangeOf?.(seen.answer.observation);
  const id = protocolId(finding);
  return {
    id,
    rules: finding.rules,
    operation: result.check.what,
    kind: 'protocol',
    expected: finding.expected,
    observed: finding.observed,
    ...given({ exchange }),
    occurrences: 1 + others.length,
    counterexample: programOf(result, finding.at),
    reproduced: true,
    traceFile: `divergences/${id}.json`,
    ...(others.length === 0
      ? {}
      : {
          consequences: others.map(({ finding: { rules, expected, observed }, result: { check } }) => ({
            kind: 'protocol',
            operation: check.what,
            rules,
            expected,
            observed,
          })),
        }),
    sources: finding.rules.map((rule) => {
      const { statement, certainty, sources } = ruleById(rule);
      return { rule, statement, certainty, sources };
    }),
  };
}

/** The check as a program: it makes the interface that it is about, and sends its requests up to `last`. */
function programOf({ check, exchanges }: CheckResult, last: number): ProgramLine[] {
  const calls = check.calls.slice(0, last + 1);
  const region = exchanges[0]?.call.params['RegionId'] ?? 'cn-hangzhou';
  const needsInterface = calls.some(({ params }) => Object.values(params).includes('{interface}'));
  const create: ProgramLine = {
    kind: 'call',
    operation: 'CreateRouterInterface',
    args: {
      RegionId: region,
      OppositeRegionId: region,
      Role: 'InitiatingSide',
      Spec: 'Mini.2',
      RouterType: 'VRouter',
      RouterId: 'router#1',
      Description: 'a <b> & "c"',
    },
    as: 'ri#1',
    diverges: false,
  };
  return [
    ...(needsInterface ? [create] : []),
    ...calls.map((call, at): ProgramLine => {
      const { answer } = exchanges[at] as RawExchange;
      const { observation } = answer;
      const params = Object.fromEntries(
        Object.entries(call.params).map(([name, value]) => [name, symbolic(value, region)]),
      );
      return {
        kind: 'call',
        operation: call.operation,
        args: { ...params, ...protocolWords(call) },
        wire: wireLine(call, params),
        diverges: at === last,
        answer: answerText(answer),
        ...(at === last && observation.kind === 'answer' && observation.body !== undefined
          ? { body: observation.body }
          : {}),
      };
    }),
  ];
}

const symbolic = (value: string, region: string): string =>
  value.replace('{region}', region).replace('{interface}', 'ri#1');

function wireLine({ operation: _, params: _params, ...call }: RawCall, params: WireLine['params']): WireLine {
  return { signature: 'v1', method: 'GET', format: 'JSON', ...call, params };
}

/** What is unusual about a request, as further arguments of its line. */
function protocolWords(call: RawCall): Record<string, string> {
  const { signature = 'v1', method = 'GET', format = 'JSON', common = {}, afterwards = {} } = call;
  const words: Record<string, string> = {};
  const form = [
    signature === 'acs3' ? 'ACS3' : '',
    method === 'GET' ? '' : method,
    format === 'JSON' ? '' : format,
  ];
  const unusual = form.filter(Boolean).join(' ');
  if (unusual !== '') words['sent as'] = unusual;
  for (const [name, value] of Object.entries(common)) words[name] = value ?? '(left out)';
  for (const [name, value] of Object.entries(afterwards)) {
    words[`${name} after signing`] = value ?? '(left out)';
  }
  if (call.secret !== undefined) words['secret'] = 'another one';
  if (call.inQuery !== undefined) words['parameters'] = call.inQuery ? 'in the query' : 'in a form body';
  if (call.reversed === true) words['order'] = 'reversed';
  return words;
}

/** Adds what the protocol suite found to the record of a run, or why it could not look. */
export function withProtocol(
  made: ConformanceResult,
  protocol: ProtocolResult,
  { regionId, target }: { readonly regionId: string; readonly target?: Pick<Target, 'exchangeOf'> },
): ConformanceResult {
  const { record } = made;
  if (protocol.kind === 'not testable') {
    const reason = `protocol suite: ${protocol.reason}`;
    const retold = <T extends { readonly rule: string; readonly reason: string }>(each: T): T =>
      protocolRules.has(each.rule) ? { ...each, reason } : each;
    const rules = record.rules.map((rule) =>
      rule.verdict === 'not testable' && protocolRules.has(rule.id) ? { ...rule, note: reason } : rule,
    );
    return { ...made, record: { ...record, rules, notTestable: record.notTestable.map(retold) } };
  }
  const { results, leftBehind } = protocol;
  const groups = distinct(results);
  const divergences = groups.map(({ finding, result, others }) =>
    protocolDivergence(finding, result, others, target),
  );
  const judged = results.filter(({ verdict }) => verdict.kind !== 'inconclusive');
  const counterexamples = groups.map(({ finding, result }): [string, ProtocolCounterexample] => [
    protocolId(finding),
    {
      counterexampleVersion: 1,
      suite: 'protocol',
      id: protocolId(finding),
      check: result.check.id,
      fingerprint: finding.fingerprint,
      rules: finding.rules,
      expected: finding.expected,
      observed: finding.observed,
      target: record.target,
      edition: record.edition,
      regionId,
      exchanges: result.exchanges,
    },
  ]);
  const exercised = (rule: string): boolean => judged.some(({ check }) => isAbout(check, rule));
  return {
    ...made,
    record: {
      ...record,
      verdict: verdictOf(record, divergences.length, judged.length),
      counts: { ...record.counts, protocolChecks: judged.length },
      rules: record.rules.map((rule) => judgedRule(rule, judged, divergences)),
      choices: [...record.choices, ...choicesOf(judged)],
      divergences: [...record.divergences, ...divergences],
      notTestable: record.notTestable.filter(({ rule }) => !exercised(rule)),
      leftBehind: [...record.leftBehind, ...leftBehind],
      inconclusive: [...record.inconclusive, ...reasons(results)],
    },
    protocolCounterexamples: new Map(counterexamples),
  };
}

function verdictOf(
  { verdict, ended, divergences }: RunRecord,
  found: number,
  judged: number,
): RunRecord['verdict'] {
  if (divergences.length + found > 0) return 'diverges';
  return verdict === 'inconclusive' && ended === undefined && judged > 0 ? 'conforms' : verdict;
}

function judgedRule(
  rule: RuleResult,
  judged: readonly CheckResult[],
  divergences: readonly DivergenceRecord[],
): RuleResult {
  const about = judged.filter(({ check }) => isAbout(check, rule.id));
  const exercised = rule.exercised + about.length;
  const broken = divergences.some(({ rules }) => rules.includes(rule.id));
  if (broken) {
    const { note: _, ...rest } = rule;
    return { ...rest, exercised, verdict: 'diverges' };
  }
  if (about.length === 0) return rule;
  const unseen = rule.verdict === 'not testable' || rule.verdict === 'not exercised';
  if (!unseen) return { ...rule, exercised };
  const { note: _, ...rest } = rule;
  return { ...rest, exercised, verdict: 'conforms' };
}

/** The documented ways that the target has chosen, where there is more than one; under ACS3 only where that differs. */
function choicesOf(judged: readonly CheckResult[]): ChoiceResult[] {
  const chosen = new Map<string, string>();
  return judged.flatMap(({ check, verdict }) => {
    const value = verdict.kind === 'conforms' ? verdict.variant : undefined;
    if (value === undefined || chosen.get(check.id.replace(/-acs3$/, '')) === value) return [];
    chosen.set(check.id, value);
    return [{ id: check.rules[0], topic: check.what, observed: [{ value, count: 1 }] }];
  });
}

function reasons(results: readonly CheckResult[]): RunRecord['inconclusive'] {
  const counts = new Map<string, number>();
  for (const { verdict } of results) {
    if (verdict.kind === 'inconclusive') counts.set(verdict.reason, (counts.get(verdict.reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count }));
}
