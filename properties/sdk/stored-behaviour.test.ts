import { describe, expect, test } from 'vitest';
import { sampleBehaviour } from '../../reports/testing/sample-behaviour.ts';
import { FileError } from '../counterexample.ts';
import { behaviourJson, parseBehaviour } from './stored-behaviour.ts';

const written = behaviourJson(sampleBehaviour);

test('what is written is read again', () => {
  expect(parseBehaviour(written, 'b.json')).toEqual(sampleBehaviour);
  const { answers } = sampleBehaviour.sections;
  const empty = {
    ...sampleBehaviour,
    sections: { answers: {}, errors: {}, shapes: {}, faults: {}, storm: {} },
    notProvoked: [],
  };
  expect(parseBehaviour(behaviourJson(empty), 'b.json')).toEqual(empty);
  expect(Object.keys(answers).length).toBeGreaterThan(0);
});

test('one case is one line, so that a diff shows which', () => {
  const line = written.split('\n').find((each) => each.includes('"html-200 / list"'));
  expect(line).toBe('      "html-200 / list": { "attempts": 1, "outcome": "died", "how": "exit code 1" }');
});

test('fields that a later version adds are let pass', () => {
  const later = JSON.stringify({ ...sampleBehaviour, novelty: 1 });
  expect(parseBehaviour(later, 'b.json')).toEqual(sampleBehaviour);
});

describe('what is no record says so, and what to do', () => {
  const cases: [name: string, text: string, message: RegExp][] = [
    ['cut off', written.slice(0, written.length / 2), /b\.json is not JSON .*cut off/],
    ['something else', '{"schemaVersion":1}', /not a behaviour record.*--out DIR/],
    ['no object', 'null', /not a behaviour record/],
    [
      'another schema version',
      JSON.stringify({ ...sampleBehaviour, schemaVersion: 2 }),
      /schema version 2; this version of the tool reads 1\. Measure again/,
    ],
    [
      'a fact of no kind',
      JSON.stringify({ ...sampleBehaviour, wire: { method: null } }),
      /not a behaviour record of this tool: at "wire\.method"/,
    ],
    [
      'a section missing',
      JSON.stringify({ ...sampleBehaviour, sections: { answers: {} } }),
      /at "sections\.errors"/,
    ],
  ];

  test.each(cases)('%s', (_name, text, message) => {
    expect(() => parseBehaviour(text, 'b.json')).toThrow(FileError);
    expect(() => parseBehaviour(text, 'b.json')).toThrow(message);
  });
});
