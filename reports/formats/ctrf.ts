import { runProperties, type TestCase, testCases } from '../cases.ts';
import type { RunRecord } from '../record.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { safe, safeLines } from '../safe-text.ts';

/** Milliseconds since 1970 at which a run began; 0 where the record does not say. */
function startOf({ startedAt }: RunRecord): number {
  const start = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  return Number.isNaN(start) ? 0 : start;
}

const stopOf = (record: RunRecord): number => startOf(record) + Math.round(record.counts.seconds * 1000);

const statuses = { passed: 'passed', failed: 'failed', skipped: 'skipped', error: 'failed' } as const;

function testOf(record: RunRecord, { rule, ...each }: TestCase) {
  const { group, id, name, outcome, verdict, message, details, seconds } = each;
  return {
    name: safe(name),
    status: statuses[outcome],
    // It must be there, also where nothing was spent on it; `timeOfARule` says what it is.
    duration: Math.round((seconds ?? 0) * 1000),
    testId: `${group}/${safe(id)}`,
    suite: [safe(record.target), group],
    rawStatus: verdict,
    type: 'conformance',
    ...(message === undefined ? {} : { message: safe(message) }),
    ...(details === undefined ? {} : { trace: safeLines(details) }),
    ...(rule === undefined
      ? {}
      : {
          tags: [rule.certainty],
          extra: { exercised: rule.exercised, sources: (rule.sources ?? []).map(safe) },
        }),
  };
}

function reportOf(records: readonly RunRecord[], context: ReportContext) {
  const [first] = records;
  const tests = records.flatMap((record) =>
    testCases(record, context).map((each) => ({ record, each, test: testOf(record, each) })),
  );
  const count = (status: string): number => tests.filter(({ test }) => test.status === status).length;
  const known = records.filter(({ startedAt }) => startedAt !== undefined);
  const start = Math.min(...(known.length === 0 ? records : known).map(startOf));
  const tool = first?.tool;
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: `${tool?.name ?? 'ri-conformance'} ${safe(tool?.version ?? '')}`,
    results: {
      tool: { name: 'ri-conformance', version: safe(tool?.version ?? '') },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: 0,
        suites: records.length,
        start,
        stop: Math.max(...records.map(stopOf)),
      },
      tests: tests.map(({ test }) => test),
      extra: {
        runs: records.map((record) =>
          Object.fromEntries(runProperties(record).map(([name, value]) => [name, safe(value)])),
        ),
      },
    },
  };
}

/** Common Test Report Format, JSON: a test a rule, as in the JUnit report. */
export const ctrfReporter: Reporter = {
  name: 'ctrf',
  file: 'ctrf.json',
  render: (records, context) => `${JSON.stringify(reportOf(records, context), null, 2)}\n`,
};
