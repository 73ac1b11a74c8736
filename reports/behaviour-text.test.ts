import { expect, test } from 'vitest';
import { behaviourText, differencesText } from './behaviour-text.ts';
import type { BehaviourDifference } from './behaviour.ts';
import { sampleBehaviour } from './testing/sample-behaviour.ts';

const text = behaviourText(sampleBehaviour);
const lineWith = (part: string): string => text.split('\n').find((line) => line.includes(part)) ?? '';

test('says who it was and how it was asked', () => {
  expect(text).toMatch(/^sdk:sample {2}1\.2\.3\n/);
  expect(text).toContain('method: GET, signature: version 1.0');
  expect(text).toContain('seed 1, timeoutMs 1000');
});

test('a fault: tries, interfaces made, interfaces after the repetition, what the caller sees', () => {
  expect(lineWith('reset-after-effect')).toMatch(
    /^ {2}reset-after-effect +1 +1 +2 +Object \(not an Error\): broken$/,
  );
  expect(lineWith('gaveUp')).toContain('doubled 1');
  expect(text).toMatch(/^ {4}list +3 +hung$/m);
  expect(lineWith('html-200')).toMatch(/^ {2}html-200 +1 +1 +1 +the answer$/);
  expect(text).toMatch(/^ {4}list +1 +died: exit code 1$/m);
});

test('two interfaces for one token stand out', () => {
  const coloured = behaviourText(sampleBehaviour, { color: true });
  expect(coloured).toContain('\u001b[31m  reset-after-effect');
  expect(coloured).not.toContain('\u001b[31m  html-200');
});

test('an answer that arrives changed, and parameters that were sent otherwise', () => {
  const flat = text.replaceAll(/\s+/g, ' ');
  expect(flat).toContain('the answer, but TotalCount: number 1 -> string "1"; Tags: dropped');
  expect(flat).toContain('sent otherwise than given: PageSize: not sent');
});

test('what of a refusal reaches the caller, cases that look alike together', () => {
  const flat = text.replaceAll(/\s+/g, ' ');
  expect(flat).toContain(
    '×1 ClientError: code, status, request id, message "<code>: <message>" ConnectRouterInterface',
  );
  expect(flat).toContain('message "<code>: <message>", with Signature in it DeleteRouterInterface');
  expect(flat).toContain('null in a list ClientError: nothing of the answer');
  expect(flat).toContain('500 with JSON but without Code ClientError: code "undefined", status, request id');
});

test('what was not provoked is named, by reason', () => {
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'Not provoked: 2 documented errors ActivateRouterInterface Forbbiden, DeleteRouterInterface Forbbiden.InvaildOwner: another account is needed',
  );
});

test('no line is wider than a report, and no control character of a target gets through', () => {
  const hostile = {
    ...sampleBehaviour,
    client: { name: 'sdk:\u001b[2J', version: 'x'.repeat(300) },
  };
  for (const line of behaviourText(hostile).split('\n')) {
    expect(line.length).toBeLessThanOrEqual(100);
    expect(line).not.toContain('\u001b');
  }
});

test('differences, with how many of each severity and the cases that show them', () => {
  const differences: BehaviourDifference[] = [
    {
      severity: 'breaking',
      section: 'errors',
      fact: 'class',
      before: 'ClientError',
      after: 'Error',
      cases: ['a', 'b'],
    },
    { severity: 'minor', section: 'wire', fact: 'accept', before: 'x', after: 'y', cases: [] },
  ];
  expect(differencesText(sampleBehaviour, sampleBehaviour, differences)).toBe(
    [
      'Compared with sdk:sample 1.2.3',
      '  1 breaking, 1 minor',
      '  breaking  errors, class: ClientError -> Error',
      '            2 cases: a, b',
      '  minor     wire, accept: x -> y',
      '',
    ].join('\n'),
  );
  expect(differencesText(sampleBehaviour, sampleBehaviour, [])).toContain('no differences');
});
