import type { DivergenceRecord, ProgramLine, RuleResult, RunRecord } from '../record.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { inFull } from '../in-full.ts';
import { programText } from '../program.ts';
import { safe, safeLines } from '../safe-text.ts';
import { byKnown, entryFor, isKnown, outdatedEntries, standingOf, whatToDo, whyKnown } from '../standing.ts';

/** What a result names that rests on no single rule. */
const noRule = 'no-single-rule';

/** How grave it is to break a rule, by how sure it is that there is one. */
const levels: Readonly<Record<string, 'error' | 'warning'>> = { documented: 'error' };
const levelOf = (certainty: string | undefined): 'error' | 'warning' => levels[certainty ?? ''] ?? 'warning';

const sourcesText = (sources: readonly string[]): string =>
  sources.length === 0 ? 'No document states it.' : `Stated in: ${sources.map(safe).join('; ')}.`;

function descriptor({ id, statement, certainty, sources, editions }: RuleResult, more: readonly string[]) {
  return {
    id: safe(id),
    shortDescription: { text: safe(statement) },
    help: { text: sourcesText(sources ?? more) },
    defaultConfiguration: { level: levelOf(certainty) },
    properties: {
      certainty: safe(certainty),
      ...(editions === undefined ? {} : { editions: editions.map(safe) }),
      tags: ['conformance', safe(certainty)],
    },
  };
}

function descriptors({ rules, divergences }: RunRecord) {
  const quoted = new Map(
    divergences.flatMap(({ sources }) => sources.map((each) => [each.rule, each.sources] as const)),
  );
  return [
    ...rules.map((rule) => descriptor(rule, quoted.get(rule.id) ?? [])),
    {
      id: noRule,
      shortDescription: { text: 'An answer that no rule names, and that no documented behaviour explains.' },
      help: { text: sourcesText([]) },
      defaultConfiguration: { level: 'error' as const },
      properties: { certainty: 'inferred', tags: ['conformance'] },
    },
  ];
}

/** An operation of the API: the code that is at fault is the target's, and nobody here knows where it lies. */
const logical = (operation: string) => ({
  name: safe(operation),
  fullyQualifiedName: `Vpc/2016-04-28/${safe(operation)}`,
  kind: 'function',
});

const uri = (path: string): string =>
  path
    .split('/')
    .map((part) => encodeURIComponent(safe(part)))
    .join('/');

/** The counterexample stands for the place: it is the only file that there is to look at. */
function locationOf({ operation, traceFile }: DivergenceRecord) {
  return {
    ...(traceFile === undefined
      ? {}
      : { physicalLocation: { artifactLocation: { uri: uri(traceFile) }, region: { startLine: 1 } } }),
    logicalLocations: [logical(operation)],
  };
}

/** The program as a way through the API, with a thread for each client that acts at once. */
function codeFlow(program: readonly ProgramLine[]) {
  const clients = [...new Set(program.map(({ client = 0 }) => client))];
  return {
    threadFlows: clients.map((client) => ({
      id: client === 0 ? 'program' : `client ${client}`,
      locations: program.flatMap((line, index) =>
        (line.client ?? 0) === client
          ? [
              {
                executionOrder: index + 1,
                importance: line.diverges ? 'essential' : 'important',
                location: {
                  message: {
                    text: programText([line])
                      .map((each) => each.trim())
                      .join(' '),
                  },
                  logicalLocations: [logical(line.operation ?? line.kind)],
                },
              },
            ]
          : [],
      ),
    })),
  };
}

/** In a message of a result `[text](address)` is a link: a target is not to set any. */
const noLinks = (text: string): string => text.replaceAll('](', '] (');

function result(record: RunRecord, divergence: DivergenceRecord, context: ReportContext) {
  const { id, rules, operation, observed, expected, counterexample, occurrences, kind, fingerprint } =
    divergence;
  const index = record.rules.findIndex((rule) => rule.id === rules[0]);
  const entry = entryFor(record, divergence);
  const details = inFull(record, divergence, context);
  const text = `${operation}: ${observed}, instead of ${expected}`;
  return {
    ruleId: index < 0 ? noRule : safe(rules[0] ?? noRule),
    ruleIndex: index < 0 ? record.rules.length : index,
    level: levelOf(index < 0 ? 'documented' : record.rules[index]?.certainty),
    message: { text: noLinks(`${safe(text)}\n\n${safeLines(details.join('\n'))}`) },
    locations: [locationOf(divergence)],
    ...(counterexample.length === 0 ? {} : { codeFlows: [codeFlow(counterexample)] }),
    partialFingerprints: { 'divergence/v1': safe(fingerprint ?? id) },
    occurrenceCount: occurrences,
    suppressions:
      entry !== undefined && isKnown(record, divergence)
        ? [{ kind: 'external', status: 'accepted', justification: safe(whyKnown(entry)) }]
        : [],
    properties: { id: safe(id), kind: safe(kind), rules: rules.map(safe) },
  };
}

function runOf(record: RunRecord, context: ReportContext) {
  const { tool, edition, seed, target, startedAt, baseline, ended, client } = record;
  const standing = standingOf(record);
  const outdated = outdatedEntries(record).map((entry) => ({
    level: 'error',
    message: { text: safe((baseline && whatToDo(baseline, entry)) ?? entry.outcome) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uri(baseline?.file ?? '') },
          region: { startLine: Math.max(1, entry.line) },
        },
      },
    ],
  }));
  return {
    tool: {
      driver: {
        name: tool.name,
        semanticVersion: safe(tool.version),
        rules: descriptors(record),
        properties: { modelHash: safe(tool.modelHash) },
      },
    },
    automationDetails: {
      id: `${tool.name}/${encodeURIComponent(safe(target))}/${safe(edition)}/${seed}`,
    },
    invocations: [
      {
        executionSuccessful: standing !== 'inconclusive',
        ...(ended === undefined ? {} : { exitCodeDescription: safe(ended) }),
        ...(startedAt === undefined || Number.isNaN(Date.parse(startedAt))
          ? {}
          : { startTimeUtc: new Date(startedAt).toISOString() }),
        toolConfigurationNotifications: outdated,
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: [...byKnown(record).unknown, ...byKnown(record).known].map((each) =>
      result(record, each, context),
    ),
    properties: {
      target: safe(target),
      edition: safe(edition),
      seed,
      standing,
      ...(client === undefined ? {} : { client: safe(client.version) }),
    },
  };
}

/** SARIF 2.1.0: a run a record, a result a divergence; known ones are suppressed, with the reason. */
export const sarifReporter: Reporter = {
  name: 'sarif',
  file: 'report.sarif',
  render(records, context) {
    const log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: records.map((record) => runOf(record, context)),
    };
    return `${JSON.stringify(log, null, 2)}\n`;
  },
};
