import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../record.ts';
import { hostile, onlyKnown, recordWithKnown, sampleRecord, saying } from '../testing/sample-record.ts';
import { junitReporter } from './junit.ts';

interface Case {
  readonly '@name': string;
  readonly '@classname': string;
  readonly skipped?: { readonly '@message': string };
  readonly failure?: { readonly '@message': string; readonly '@type': string; readonly '#text': string };
  readonly error?: { readonly '@message': string };
}
interface Suite {
  readonly '@tests': string;
  readonly '@failures': string;
  readonly '@skipped': string;
  readonly '@timestamp'?: string;
  readonly properties: { readonly property: readonly Readonly<Record<string, string>>[] };
  readonly testcase: readonly Case[];
}

async function suites(...records: readonly RunRecord[]): Promise<readonly Suite[]> {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
  });
  const parsed = parser.parse(await junitReporter.render(records, {})) as {
    testsuites: { testsuite: Suite[] };
  };
  return parsed.testsuites.testsuite;
}

const named = (suite: Suite | undefined, name: string): Case | undefined =>
  suite?.testcase.find((each) => each['@name'].startsWith(`${name} `));

describe('a rule', () => {
  test('that conforms passes, one that diverges fails with the shortest program', async () => {
    const [suite] = await suites(sampleRecord);
    expect(named(suite, 'R34')).toEqual({
      '@classname': 'ri-conformance.rules',
      '@name': 'R34 Connect needs Idle.',
      // Of 9.84 s, as 7 of what was exercised 378 times in all.
      '@time': '0.182',
    });
    const failure = named(suite, 'R36')?.failure;
    expect(failure?.['@message']).toBe(
      'ConnectRouterInterface: success, instead of refusal by R36 (400 InvalidOppositeInterfaceInfo.NotSet)',
    );
    expect(failure?.['#text']).toContain('CreateRouterInterface(Role=InitiatingSide');
    expect([suite?.['@tests'], suite?.['@failures'], suite?.['@skipped']]).toEqual(['6', '1', '2']);
  });

  test('that was not exercised or cannot be tested is skipped with the reason', async () => {
    const [suite] = await suites(sampleRecord);
    expect(named(suite, 'R46')?.skipped?.['@message']).toBe('not testable: needs the interface hook');
    expect(named(suite, 'R46')).not.toHaveProperty('@time');
    expect(named(suite, 'R57')?.skipped?.['@message']).toBe('not exercised');
  });

  test('is skipped when all that breaks it is known, and fails when some of it is not', async () => {
    const known = { ...onlyKnown, rules: onlyKnown.rules.map((rule) => ({ ...rule })) };
    const broken = (record: RunRecord): RunRecord => ({
      ...record,
      rules: record.rules.map((rule) => (rule.id === 'R46' ? { ...rule, verdict: 'diverges' } : rule)),
    });
    const [first, second] = await suites(
      broken(known),
      broken({
        ...onlyKnown,
        divergences: onlyKnown.divergences.flatMap((each) => [each, { ...each, id: 'activate-r46-ffffff' }]),
      }),
    );
    expect(named(first, 'R46')?.skipped?.['@message']).toBe(
      'known divergence: Locks are not built yet, https://example.org/issues/7, since 2026-10-01, until 2027-01-31',
    );
    expect(named(second, 'R46')?.failure?.['#text']).toMatch(/KNOWN[\s\S]*DIVERGES/);
  });
});

test('what fails a run and is about no rule has a case too', async () => {
  const cut: RunRecord = { ...sampleRecord, verdict: 'inconclusive', ended: 'the target went away' };
  const noRule: RunRecord = {
    ...sampleRecord,
    divergences: sampleRecord.divergences.map((each) => ({ ...each, rules: [] })),
  };
  const [outdated, inconclusive, unnamed] = await suites(recordWithKnown, cut, noRule);
  const failing = outdated?.testcase.filter((each) => each['@classname'].endsWith('known-divergences'));
  expect(failing?.map(({ failure }) => failure?.['@message'])).toEqual([
    'stale: R34 conforms now; remove the entry at line 8 of conformance-baseline.yaml',
    'expired: R62 was to be gone by 2026-11-01; mend it, or change the entry at line 10 of conformance-baseline.yaml',
  ]);
  expect(inconclusive?.testcase.at(-1)?.error?.['@message']).toBe('ended early: the target went away');
  expect(unnamed?.testcase.at(-1)?.['@name']).toBe('connect-accepted-9f2c1a ConnectRouterInterface');
  expect(unnamed?.testcase.at(-1)?.failure).toBeDefined();
});

test('the suite says what it takes to repeat the run', async () => {
  const [suite] = await suites(recordWithKnown);
  const properties = suite?.properties.property.map((each) => [each['@name'], each['@value']]);
  expect(Object.fromEntries(properties ?? [])).toMatchObject({
    seed: '42',
    edition: 'any',
    target: 'http(http://127.0.0.1:8787)',
    modelHash: 'a54932a337530070215b4d5f8407bf30',
  });
  expect(suite?.['@timestamp']).toBe('2026-11-23T19:00:00');
});

test.each([hostile, '"/><testcase name="x', ']]></failure><testcase name="x"/>', '<!-- &lt; &#0;'])(
  'no text makes a case of its own, %#',
  async (text) => {
    const [said] = await suites(saying(text, recordWithKnown));
    const [plain] = await suites(saying('plain', recordWithKnown));
    expect(said?.testcase.length).toBe(plain?.testcase.length);
  },
);
