import { describe, expect, test } from 'vitest';
import type { Fact } from '../../reports/behaviour.ts';
import { sampleBehaviour, withFacts } from '../../reports/testing/sample-behaviour.ts';
import { compareBehaviour } from './compare-behaviour.ts';

const connect = 'ConnectRouterInterface IncorrectRIStatus';
const same = 'as on the wire';

test('a record does not differ from itself, nor from one of another version', () => {
  expect(compareBehaviour(sampleBehaviour, sampleBehaviour)).toEqual([]);
  const other = { ...sampleBehaviour, client: { name: 'sdk:sample', version: '2' }, notProvoked: [] };
  expect(compareBehaviour(sampleBehaviour, other)).toEqual([]);
});

describe('how much a difference matters', () => {
  const cases: [fact: string, before: Fact, after: Fact, severity: string][] = [
    ['class', 'ClientError', 'Error', 'breaking'],
    ['class', 'ClientError', 'ServerError', 'breaking'],
    ['class', 'Error', 'ClientError', 'notable'],
    ['isError', true, false, 'breaking'],
    ['isError', false, true, 'minor'],
    ['code', same, 'absent', 'breaking'],
    ['code', same, 'IncorrectRIStatusError', 'breaking'],
    ['code', 'absent', same, 'minor'],
    ['status', same, 'absent', 'breaking'],
    ['requestId', same, 'absent', 'notable'],
    ['requestId', 'absent', same, 'minor'],
    ['message', 'a', 'b', 'notable'],
    ['data', same, 'absent', 'notable'],
    ['attempts', 1, 2, 'breaking'],
    ['attempts', 2, 1, 'breaking'],
    ['interfaces', 1, 2, 'breaking'],
    ['againInterfaces', 1, 2, 'breaking'],
    ['leaks', ['Signature'], ['AccessKeyId', 'Signature'], 'breaking'],
    ['leaks', ['AccessKeyId', 'Signature'], ['Signature'], 'minor'],
    ['parameters', 'as given', ['Name: not sent'], 'breaking'],
    ['parameters', ['Name: not sent'], 'as given', 'minor'],
    ['body', same, ['Tags: dropped'], 'breaking'],
    ['body', ['Tags: dropped'], same, 'minor'],
    ['body', same, ['Id: number 12345678901234567890 -> number 12345678901234567000'], 'breaking'],
    ['body', same, ['Id: number 12 -> string "12"'], 'notable'],
    ['body', same, ['Extra: added, string'], 'notable'],
    ['body', same, 'made of something that is no JSON', 'breaking'],
    ['httpStatus', 400, 404, 'minor'],
    ['doubled', 0, 1, 'breaking'],
    ['doubled', 1, 0, 'minor'],
    ['hung', 0, 1, 'breaking'],
    ['requests', 33, 40, 'minor'],
    ['somethingNew', 1, 2, 'notable'],
  ];

  test.each(cases)('%s: %j -> %j is %s', (fact, before, after, severity) => {
    const found = compareBehaviour(
      withFacts('errors', connect, { [fact]: before }),
      withFacts('errors', connect, { [fact]: after }),
    );
    expect(found).toMatchObject([{ severity, section: 'errors', fact, cases: [connect] }]);
  });
});

describe('another outcome', () => {
  const hung = { ...sampleBehaviour.sections.faults['reset-after-effect / list'] };

  test('is breaking, and what follows from it is not told apart', () => {
    const threw = withFacts('errors', connect, {});
    const hangs = {
      ...threw,
      sections: { ...threw.sections, errors: { ...threw.sections.errors, [connect]: hung } },
    };
    expect(compareBehaviour(threw, hangs)).toMatchObject([
      { severity: 'breaking', fact: 'attempts', before: '1', after: '3' },
      { severity: 'breaking', fact: 'outcome', before: 'threw', after: 'hung' },
    ]);
  });

  test('is less grave where nothing came of it before', () => {
    const better = withFacts('faults', 'reset-after-effect / list', { outcome: 'threw' });
    expect(compareBehaviour(sampleBehaviour, better)).toMatchObject([
      { severity: 'notable', after: 'threw' },
    ]);
  });
});

test('like differences are one, with all their cases; the gravest come first', () => {
  const both = withFacts(
    'errors',
    'DeleteRouterInterface IncorrectStatus',
    { class: 'Error', message: 'x' },
    withFacts('errors', connect, { class: 'Error' }),
  );
  expect(compareBehaviour(sampleBehaviour, both)).toEqual([
    {
      severity: 'breaking',
      section: 'errors',
      fact: 'class',
      before: 'ClientError',
      after: 'Error',
      cases: [connect, 'DeleteRouterInterface IncorrectStatus'],
    },
    {
      severity: 'notable',
      section: 'errors',
      fact: 'message',
      before: '<code>: <message>',
      after: 'x',
      cases: ['DeleteRouterInterface IncorrectStatus'],
    },
  ]);
});

test('a case that only one has, the wire and the settings', () => {
  const more = withFacts('shapes', 'a new one', { outcome: 'hung' });
  expect(compareBehaviour(sampleBehaviour, more)).toMatchObject([
    { severity: 'minor', fact: 'case', before: 'absent', after: 'measured', cases: ['a new one'] },
  ]);
  const posted = { ...sampleBehaviour, wire: { ...sampleBehaviour.wire, method: 'POST' } };
  expect(compareBehaviour(sampleBehaviour, posted)).toMatchObject([
    { severity: 'notable', section: 'wire', fact: 'method' },
  ]);
  const slower = { ...sampleBehaviour, settings: { seed: 1, timeoutMs: 2000 } };
  expect(compareBehaviour(sampleBehaviour, slower)).toMatchObject([
    { severity: 'minor', section: 'settings', fact: 'timeoutMs' },
  ]);
});
