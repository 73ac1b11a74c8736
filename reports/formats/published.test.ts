import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../record.ts';
import type { Reporter } from '../reporter.ts';
import { richRecord } from '../testing/rich-record.ts';
import { hostile, onlyKnown, recordWithKnown, sampleRecord, saying } from '../testing/sample-record.ts';
import {
  ctrfErrors,
  eventErrors,
  junitErrors,
  recordErrors,
  recordFields,
  sarifErrors,
} from '../testing/schemas.ts';
import { ctrfReporter } from './ctrf.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { ndjsonReporter } from './ndjson.ts';
import { sarifReporter } from './sarif.ts';

/** Of one record, or of a list of them. */
function severalErrors(document: string): string[] {
  const read = JSON.parse(document) as RunRecord | RunRecord[];
  return [read].flat().flatMap((record) => recordErrors(JSON.stringify(record)));
}

/** Formats with a schema: of somebody else, or of this package. */
const formats: readonly (readonly [Reporter, (document: string) => string[], string])[] = [
  [junitReporter, junitErrors, '<testsuites><testsuite name="x"/></testsuites>'],
  [ctrfReporter, ctrfErrors, '{"reportFormat":"CTRF","specVersion":"0.0.0"}'],
  [sarifReporter, sarifErrors, '{"version":"2.1.0","runs":[{"results":[]}]}'],
  [jsonReporter, severalErrors, '{"schemaVersion":2}'],
  [ndjsonReporter, eventErrors, '{"event":"end","run":0}'],
];

/** Any text that can come over a wire, with what could harm in XML, JSON and links more often than by chance. */
const harmful = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ']]>',
        '<!--',
        '&#0;',
        '\u0000',
        '\ufffe',
        '\ud800',
        '\udc00',
        '"',
        "'",
        '<',
        '](',
        '%',
        '\r\n',
      ),
    )
    .map((parts) => parts.join('')),
);

describe.each(formats)('$name', ({ render }, errors, wrong) => {
  const valid = async (...records: RunRecord[]): Promise<string[]> => errors(await render(records, {}));

  test('is valid by its published schema, which is one that something can be wrong by', async () => {
    expect(errors(wrong)).not.toEqual([]);
    const conforming: RunRecord = { ...sampleRecord, verdict: 'conforms', divergences: [], rules: [] };
    const cut: RunRecord = { ...conforming, verdict: 'inconclusive', ended: 'stopped' };
    expect(await valid(sampleRecord)).toEqual([]);
    expect(await valid(recordWithKnown, onlyKnown, conforming, cut)).toEqual([]);
  });

  test('stays valid whatever a target says', async () => {
    expect(await valid(saying(hostile, recordWithKnown))).toEqual([]);
    await fc.assert(
      fc.asyncProperty(harmful, async (text) => {
        expect(await valid(saying(text, recordWithKnown))).toEqual([]);
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});

describe('the schema of the run record', () => {
  const types = readFileSync(new URL('../record.ts', import.meta.url), 'utf8');

  test('names each field that there is, and no others', () => {
    const fields = [...types.matchAll(/readonly (\w+)\??: /g)].map(([, name]) => name);
    expect(recordFields).toEqual(new Set(fields));
  });

  test('fits a record in which every part of a page has something to show', () => {
    expect(recordErrors(JSON.stringify(richRecord))).toEqual([]);
    expect(recordErrors(JSON.stringify({ ...richRecord, another: 1 }))).not.toEqual([]);
  });
});
