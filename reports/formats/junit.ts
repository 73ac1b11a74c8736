import { XMLBuilder } from 'fast-xml-parser';
import { runProperties, type TestCase, testCases } from '../cases.ts';
import type { RunRecord } from '../record.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { safe, safeLines } from '../safe-text.ts';

/** Attributes have a name that begins so, text is `#text`. */
interface Element {
  readonly [name: string]: string | Element | readonly Element[];
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/** A target's name as a class name, which CI systems cut into packages at its dots. */
const className = (group: string): string => `ri-conformance.${group.replaceAll(' ', '-')}`;

function caseElement(each: TestCase): Element {
  const { group, id, name, outcome, message = '', details = '', verdict, seconds } = each;
  const base = {
    '@classname': className(group),
    '@name': safe(name),
    ...(seconds === undefined ? {} : { '@time': seconds.toFixed(3) }),
  };
  const said = { '@message': safe(message), '#text': safeLines(details === '' ? message : details) };
  switch (outcome) {
    case 'failed':
      return { ...base, failure: { '@type': verdict, ...said } };
    case 'error':
      return { ...base, error: { '@type': verdict, ...said } };
    case 'skipped':
      return details === ''
        ? { ...base, skipped: { '@message': safe(message) } }
        : { ...base, skipped: { '@message': safe(message) }, 'system-out': safeLines(details) };
    case 'passed':
    default:
      return details === '' ? base : { ...base, 'system-out': safeLines(`${id}: ${details}`) };
  }
}

function suiteElement(record: RunRecord, index: number, context: ReportContext): Element {
  const { target, counts, startedAt, notes, leftBehind } = record;
  const cases = testCases(record, context);
  const count = (outcome: TestCase['outcome']): string =>
    String(cases.filter((each) => each.outcome === outcome).length);
  return {
    '@name': safe(target),
    '@id': String(index),
    '@package': 'ri-conformance',
    '@hostname': 'localhost',
    ...(startedAt === undefined ? {} : { '@timestamp': safe(startedAt).replace(/(\.\d+)?Z$/, '') }),
    '@tests': String(cases.length),
    '@failures': count('failed'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': counts.seconds.toFixed(2),
    properties: {
      property: runProperties(record).map(([name, value]) => ({ '@name': name, '@value': safe(value) })),
    },
    testcase: cases.map(caseElement),
    'system-out': safeLines([...notes, ...leftBehind.map((id) => `left behind: ${id}`)].join('\n')),
    'system-err': '',
  };
}

/**
 * JUnit XML as Ant writes and Jenkins reads it: a suite a record, a test case a rule. A rule that was not
 * exercised or cannot be tested is skipped with the reason, one whose divergences are all known too. The time of a
 * rule is its share of the run; what nothing was spent on has none.
 */
export const junitReporter: Reporter = {
  name: 'junit',
  file: 'junit.xml',
  render(records, context) {
    const testsuite = records.map((record, index) => suiteElement(record, index, context));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites: { testsuite } })}`;
  },
};
