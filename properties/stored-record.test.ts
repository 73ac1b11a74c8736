import { expect, test } from 'vitest';
import { recordWithKnown, sampleRecord } from '../reports/testing/sample-record.ts';
import { parseRecord } from './stored-record.ts';

const read = (value: unknown) => parseRecord(JSON.stringify(value), 'r.json');

test('a record is read as it was written, with what a later version adds', () => {
  expect(read(recordWithKnown)).toEqual(recordWithKnown);
  expect(read({ ...sampleRecord, addedLater: [1] })).toEqual({ ...sampleRecord, addedLater: [1] });
});

test.each([
  ['', /r\.json is empty/],
  [JSON.stringify(sampleRecord).slice(0, 900), /r\.json is not JSON \(.*\)\. Was it cut off/],
  ['[]', /is not a run record\. "ri-conformance run --out DIR" writes one/],
  ['null', /is not a run record/],
  ['{"counterexampleVersion":1}', /is not a run record; it is a counterexample, for "ri-conformance replay"/],
  ['{"schemaVersion":1,"verdict":"same","differences":[]}', /it is what "ri-conformance compare" found/],
  [JSON.stringify({ ...sampleRecord, schemaVersion: 2 }), /written by a later version .* schema version 2/],
  [
    JSON.stringify({ ...sampleRecord, rules: [{ id: 'R1' }] }),
    /is not a run record of this tool: at "rules\.0\.statement": /,
  ],
  [JSON.stringify({ ...sampleRecord, verdict: 'fine' }), /at "verdict": /],
  [JSON.stringify({ ...sampleRecord, tool: { ...sampleRecord.tool, name: 'x' } }), /at "tool\.name": /],
])('anything else is refused with what it is', (text, message) => {
  expect(() => parseRecord(text, 'r.json')).toThrow(message);
});
