import { inFull } from './in-full.ts';
import { secondsOn } from './rule-time.ts';
import type { ReportContext } from './reporter.ts';
import type { DivergenceRecord, RuleResult, RunRecord } from './record.ts';
import { entryFor, isKnown, outdatedEntries, standingOf, whatToDo, whyKnown } from './standing.ts';

/** What a list of test cases, as CI systems know them, says of one of them. */
export interface TestCase {
  /** `rules`, `divergences`, `known divergences` or `run`. */
  readonly group: string;
  readonly id: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'error';
  /** The verdict in the words of the record. */
  readonly verdict: string;
  /** On one line; always there unless it passed. */
  readonly message?: string;
  /** Several lines: the divergences in full. */
  readonly details?: string;
  readonly rule?: RuleResult;
  /** Its share of the time of the run; absent where nothing was spent on it, or nobody knows what. */
  readonly seconds?: number;
}

const inShort = ({ operation, observed, expected }: DivergenceRecord): string =>
  `${operation}: ${observed}, instead of ${expected}`;

/** The outcome of what these divergences are about: only known ones do not fail it. */
function diverging(
  record: RunRecord,
  these: readonly DivergenceRecord[],
  context: ReportContext,
): Pick<TestCase, 'outcome' | 'verdict' | 'message' | 'details'> {
  const fresh = these.filter((each) => !isKnown(record, each));
  const reasons = these.flatMap((each) => entryFor(record, each) ?? []).map(whyKnown);
  return {
    outcome: fresh.length === 0 ? 'skipped' : 'failed',
    verdict: fresh.length === 0 ? 'known divergence' : 'diverges',
    message:
      fresh.length === 0
        ? `known divergence: ${[...new Set(reasons)].join('; ')}`
        : fresh.map(inShort).join('; '),
    details: these.map((each) => inFull(record, each, context).join('\n')).join('\n\n'),
  };
}

function ruleCase(record: RunRecord, rule: RuleResult, context: ReportContext): TestCase {
  const { id, statement, verdict, note } = rule;
  const seconds = secondsOn(record, rule);
  const base = {
    group: 'rules',
    id,
    name: `${id} ${statement}`,
    verdict,
    rule,
    ...(seconds === undefined ? {} : { seconds }),
  };
  switch (verdict) {
    case 'diverges': {
      const these = record.divergences.filter(({ rules }) => rules.includes(id));
      return { ...base, ...diverging(record, these, context) };
    }
    case 'not exercised':
    case 'not testable':
      return {
        ...base,
        outcome: 'skipped',
        message: note === undefined || note === '' ? verdict : `${verdict}: ${note}`,
      };
    case 'conforms':
    case 'contested':
    default:
      return { ...base, outcome: 'passed', ...(note === undefined ? {} : { details: note }) };
  }
}

/**
 * Returns a run as test cases: one a rule, and more for what fails the run without being about a rule: a
 * divergence that rests on none, an entry of the list of known divergences that must be changed, a run that
 * came to no verdict.
 */
export function testCases(record: RunRecord, context: ReportContext): readonly TestCase[] {
  const { rules, divergences, baseline, ended } = record;
  const shown = new Set(rules.filter(({ verdict }) => verdict === 'diverges').map(({ id }) => id));
  const others = divergences.filter((each) => !each.rules.some((rule) => shown.has(rule)));
  return [
    ...rules.map((rule) => ruleCase(record, rule, context)),
    ...others.map((each): TestCase => {
      const name = `${each.id} ${each.operation}`;
      return { group: 'divergences', id: each.id, name, ...diverging(record, [each], context) };
    }),
    ...outdatedEntries(record).map((entry): TestCase => ({
      group: 'known divergences',
      id: entry.match,
      name: `${entry.match} is listed as it is`,
      outcome: 'failed',
      verdict: entry.outcome,
      message: baseline === undefined ? entry.outcome : (whatToDo(baseline, entry) ?? entry.outcome),
    })),
    ...(standingOf(record) === 'inconclusive'
      ? [
          {
            group: 'run',
            id: 'run',
            name: 'comes to a verdict',
            outcome: 'error',
            verdict: 'inconclusive',
            message: ended === undefined ? 'nothing could be judged' : `ended early: ${ended}`,
          } satisfies TestCase,
        ]
      : []),
  ];
}

/** What a run was, as names and values. */
export function runProperties(record: RunRecord): readonly (readonly [string, string])[] {
  const { target, client, edition, editionsThatFit, seed, tool, counts, shard, verdict } = record;
  return [
    ['target', target],
    ...(client === undefined ? [] : [['client', `${client.name} ${client.version}`] as const]),
    ['edition', edition],
    ['editionsThatFit', editionsThatFit.join(' ')],
    ['seed', String(seed)],
    ['verdict', verdict],
    ['standing', standingOf(record)],
    ['toolVersion', tool.version],
    ['modelHash', tool.modelHash],
    ['commands', String(counts.commands)],
    ['timeOfARule', 'its share of the run, by how often it was put to the test'],
    ...(shard === undefined ? [] : [['shard', `${shard.index}/${shard.count}`] as const]),
  ];
}
