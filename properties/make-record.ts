import { createHash } from 'node:crypto';
import type { Target } from '../adapters/target.ts';
import type { Tables } from '../model/compile.ts';
import { namedEditions } from '../model/refusals.ts';
import { ruleById, rules } from '../model/spec/rules.ts';
import type { DivergenceRecord, RacesResult, RuleResult, RunRecord } from '../reports/record.ts';
import type { CampaignResult } from './campaign.ts';
import type { ConformanceOptions, ConformanceResult } from './conformance.ts';
import type { Counterexample } from './counterexample.ts';
import { given } from './given.ts';
import type { Evidence } from './oracle/evidence.ts';
import { inconsistencies } from './oracle/inconsistent.ts';
import type { Finding } from './oracle/verdict.ts';
import { chartOf } from './record/chart.ts';
import { choicesOf } from './record/choices.ts';
import { coverageOf, whyNotExercised } from './record/coverage.ts';
import { matrixOf } from './record/matrix.ts';
import { permittedAnswers } from './record/permitted-answers.ts';
import { type Untestable, whyNotTestable } from './record/testable.ts';
import { timelineOf } from './record/timeline.ts';
import { witnessOf } from './record/witness.ts';
import type { Scene } from './run/scene.ts';
import { programLine } from './program-line.ts';
import type { Shown, ShrunkAll } from './shrink/shrink-all.ts';
import { version } from './tool-version.ts';

interface Ingredients {
  readonly options: Pick<ConformanceOptions, 'edition' | 'seed'> & {
    readonly target: Pick<Target, 'name' | 'client' | 'exchangeOf'>;
  };
  readonly scene: Pick<Scene, 'capabilities' | 'notes'>;
  readonly tables: Tables;
  readonly result: CampaignResult;
  readonly shrunk: ShrunkAll;
  /** When the run began, as `performance.now` tells it. */
  readonly began: number;
  readonly seconds: number;
  readonly leftBehind: readonly string[];
  readonly races?: RacesResult | undefined;
  /** What the planned suites add. */
  readonly planned?: Pick<RunRecord, 'certificate' | 'tour'>;
}

/** Puts a run's results together: the record for reports, and one counterexample file per divergence. */
export function runRecord({
  options,
  scene,
  tables,
  result,
  shrunk,
  began,
  seconds,
  leftBehind,
  races,
  planned = {},
}: Ingredients): ConformanceResult {
  const { evidence, counts } = result;
  const { shown, cutShort } = shrunk;
  const divergences = [
    ...shown.map((each) => divergenceRecord(each, tables, options.target)),
    ...inconsistencies(evidence),
  ];
  const diverging = new Set(divergences.flatMap((each) => each.rules));
  const verdict =
    divergences.length > 0 ? 'diverges' : counts.commands > counts.inconclusive ? 'conforms' : 'inconclusive';
  const coverage = coverageOf(tables, evidence, scene.capabilities);
  const testable = rules.map((rule) => ({
    rule,
    untestable: whyNotTestable(rule.id, scene.capabilities),
  }));
  const record: RunRecord = {
    schemaVersion: 1,
    tool: { name: 'ri-conformance', version, modelHash: tables.hash },
    target: options.target.name,
    ...given({ client: options.target.client }),
    edition: options.edition,
    editionsThatFit: editionNames(evidence.editions),
    seed: options.seed,
    startedAt: new Date(Date.now() - (performance.now() - began)).toISOString(),
    verdict: result.ended !== undefined && verdict === 'conforms' ? 'inconclusive' : verdict,
    ...given({ ended: result.ended }),
    counts: {
      sequences: counts.sequences,
      commands: counts.commands,
      seconds: Math.round(seconds * 100) / 100,
      shrinkCommands: shrunk.commands,
    },
    rules: testable.map(({ rule, untestable }) => {
      const result = ruleResult(rule, evidence, diverging, untestable);
      return result.verdict === 'not exercised'
        ? { ...result, ...given({ note: whyNotExercised(rule.id, tables.rows, coverage) }) }
        : result;
    }),
    choices: choicesOf(evidence),
    divergences,
    ...given({ races }),
    coverage,
    matrix: matrixOf(tables, evidence.answers),
    chart: chartOf(tables),
    timeline: timelineOf(evidence, tables.rows),
    notTestable: testable.flatMap(({ rule, untestable }) =>
      untestable === undefined ? [] : [{ rule: rule.id, ...untestable }],
    ),
    leftBehind,
    ...planned,
    inconclusive: [...result.inconclusive]
      .map(([reason, count]) => ({ reason, count }))
      .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    notes: [
      ...scene.notes,
      ...withheld(evidence),
      ...(cutShort === undefined ? [] : [`Not every program was made as short as it can be: ${cutShort}.`]),
    ],
  };
  const counterexamples = new Map(
    shown.map((each) => [idOf(each.finding), counterexample(each, options.seed)]),
  );
  return { record, counterexamples };
}

/** What a client library between kept from being judged. */
function withheld({ untold }: Evidence): string[] {
  if (untold.size === 0) return [];
  const parts = [...untold].toSorted().join(', ');
  return [`not judged, as the client does not hand it out with every answer: ${parts}`];
}

export function editionNames(bits: number): string[] {
  return namedEditions.filter((_, index) => (bits & (1 << index)) !== 0);
}

/** A short id that says what it is about and is the same in every run: `connect-r38-4f2c1a`. */
export function idOf(finding: Finding): string {
  const hash = createHash('sha256').update(finding.fingerprint).digest('hex').slice(0, 6);
  const operation = finding.operation.replace('RouterInterface', '').replace(/s$/, '').toLowerCase();
  return `${operation}-${(finding.rules[0] ?? 'rule').toLowerCase()}-${hash}`;
}

export function divergenceRecord(
  {
    finding,
    occurrences,
    trace,
    reproduced,
    minimal,
    notShortened,
    consequences,
    reproduction,
  }: Omit<Shown, 'sequence'>,
  tables: Tables,
  target?: Pick<Target, 'exchangeOf'>,
): DivergenceRecord {
  const permits = permittedAnswers(tables, trace);
  const last = trace.steps.at(-1)?.observation;
  const exchange = last === undefined ? undefined : target?.exchangeOf?.(last);
  const id = idOf(finding);
  return {
    id,
    fingerprint: finding.fingerprint,
    rules: finding.rules,
    operation: finding.operation,
    kind: finding.kind,
    expected: finding.expected,
    observed: finding.observed,
    ...(permits.length === 0 ? {} : { permitted: permits }),
    ...given({ exchange }),
    occurrences,
    counterexample: trace.steps.map((step, index) =>
      programLine(
        step,
        finding.race === undefined
          ? index === trace.steps.length - 1
          : finding.race.unexplained.some((each) => each.step === index),
      ),
    ),
    reproduced,
    ...given({ race: finding.race, reproduction, minimal, notShortened }),
    traceFile: `divergences/${id}.json`,
    ...(consequences.length === 0
      ? {}
      : {
          consequences: consequences.map((each) => ({
            kind: each.kind,
            operation: each.operation,
            rules: each.rules,
            expected: each.expected,
            observed: each.observed,
          })),
        }),
    sources: finding.rules.map((rule) => {
      const { statement, certainty, sources } = ruleById(rule);
      return { rule, statement, certainty, sources };
    }),
  };
}

function counterexample({ finding, sequence, trace }: Shown, seed: number): Counterexample {
  const { fingerprint, operation, rules: broken, expected, observed } = finding;
  return {
    counterexampleVersion: 1,
    id: idOf(finding),
    fingerprint,
    operation,
    rules: broken,
    expected,
    observed,
    seed,
    sequence,
    trace,
  };
}

function ruleResult(
  { id, statement, certainty, sources, editions }: (typeof rules)[number],
  evidence: Evidence,
  diverging: ReadonlySet<string>,
  untestable: Untestable | undefined,
): RuleResult {
  const seen = evidence.rules.get(id);
  const exercised = seen?.count ?? 0;
  const witness = seen === undefined ? {} : witnessOf(seen);
  const base = { id, statement, certainty, exercised, sources, editions, ...witness };
  if (diverging.has(id)) return { ...base, verdict: 'diverges' };
  if (untestable !== undefined) return { ...base, verdict: 'not testable', note: untestable.reason };
  const chosen = [...evidence.choices].filter(([choice]) => choice.split(' ')[1]?.split('/').includes(id));
  const note = chosen
    .map(([choice, values]) => `${choice.split(' ')[0]}: ${[...values.keys()].toSorted().join(' and ')}`)
    .join('; ');
  if (exercised === 0 && note === '') return { ...base, verdict: 'not exercised' };
  return {
    ...base,
    verdict: certainty === 'contested' || note !== '' ? 'contested' : 'conforms',
    ...(note === '' ? {} : { note }),
  };
}
