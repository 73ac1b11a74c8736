import { beforeAll, describe, expect, test } from 'vitest';
import { type Counterexample, FileError, parseCounterexample, parseTrace } from './counterexample.ts';
import { fullRun } from './testing/full-run.ts';

/** A file as a run writes it. */
let written: Counterexample;
beforeAll(async () => {
  const { counterexamples } = await fullRun({ mutant: 'connect-role-code' }, { commands: 300 });
  written = [...counterexamples.values()][0] ?? failed();
});

function failed(): never {
  throw new Error('The run made no counterexample.');
}

interface Draft {
  [field: string]: unknown;
  sequence: { commands: unknown; routers: unknown };
  trace: { traceVersion: unknown };
}

/** A deep copy with one change. */
function edited(change: (copy: Draft) => void): string {
  const copy = structuredClone(written) as unknown as Draft;
  change(copy);
  return JSON.stringify(copy);
}

function errorOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(FileError);
    return (error as Error).message;
  }
  throw new Error('It was accepted.');
}

describe('A counterexample on disk', () => {
  test('reads as what was written', () => {
    expect(parseCounterexample(JSON.stringify(written), 'a.json')).toEqual(
      JSON.parse(JSON.stringify(written)),
    );
  });

  test('may be edited by hand: fewer commands, other arguments', () => {
    const text = edited((copy) => {
      copy.sequence.commands = [
        { kind: 'settle' },
        { kind: 'control', hook: 'interface', on: { ref: 'ri#1' }, set: { operationLocked: true } },
        { kind: 'call', operation: 'DeleteRouterInterface', args: { RouterInterfaceId: { ref: 'ri#1' } } },
      ];
    });
    expect(parseCounterexample(text, 'a.json').sequence.commands).toHaveLength(3);
  });

  test('that was cut off says so', () => {
    const text = JSON.stringify(written);
    expect(errorOf(() => parseCounterexample(text.slice(0, text.length / 2), 'half.json'))).toMatch(
      /^half\.json is not JSON \(.*\)\. Was it cut off while it was written\?$/,
    );
  });

  test.each<readonly [string, (copy: Draft) => void, RegExp]>([
    [
      'another version',
      (copy) => Object.assign(copy, { counterexampleVersion: 2 }),
      /at "counterexampleVersion": .*1/,
    ],
    ['a missing field', (copy) => delete copy['fingerprint'], /at "fingerprint": .*string/],
    ['a field too many', (copy) => Object.assign(copy, { notes: 'mine' }), /at "the top": .*"notes"/],
    ['no commands', (copy) => Object.assign(copy.sequence, { commands: [] }), /at "sequence\.commands": /],
    ['no router', (copy) => Object.assign(copy.sequence, { routers: 0 }), /at "sequence\.routers": /],
    [
      'a reference that is none',
      (copy) =>
        Object.assign(copy.sequence, {
          commands: [{ kind: 'call', operation: 'DeleteRouterInterface', args: { Id: { ref: 'ri one' } } }],
        }),
      /at "sequence\.commands\.0\.args\.Id(\.ref)?": .*ri#1/,
    ],
    [
      'a kind of command that does not exist',
      (copy) => Object.assign(copy.sequence, { commands: [{ kind: 'sleep' }] }),
      /at "sequence\.commands\.0(\.kind)?": /,
    ],
    [
      'a trace of another version',
      (copy) => Object.assign(copy.trace, { traceVersion: 7 }),
      /at "trace\.traceVersion": /,
    ],
  ])('with %s is refused with the place', (_what, change, message) => {
    const text = errorOf(() => parseCounterexample(edited(change), 'a.json'));
    expect(text).toMatch(/^a\.json is not a counterexample of this tool: at "/);
    expect(text).toMatch(message);
  });

  test.each(['[]', '"text"', 'null', '{}'])('that is %s is none', (text) => {
    expect(errorOf(() => parseCounterexample(text, 'a.json'))).toMatch(/not a counterexample of this tool/);
  });
});

describe('A trace on disk', () => {
  test('is read alone, and out of a counterexample', () => {
    const alone = parseTrace(JSON.stringify(written.trace), 'trace.json');
    expect(alone).toEqual(JSON.parse(JSON.stringify(written.trace)));
    expect(parseTrace(JSON.stringify(written), 'a.json')).toEqual(alone);
  });

  test('keeps every kind of observation', () => {
    const observations = [
      { kind: 'answer', status: 200, body: { a: 1 } },
      { kind: 'answer', status: 502, defect: '<html>' },
      { kind: 'silence', afterMs: 10 },
      { kind: 'indeterminate', cause: 'reset' },
      { kind: 'unreachable', cause: 'refused' },
    ];
    const [first] = written.trace.steps;
    const trace = { ...written.trace, steps: observations.map((observation) => ({ ...first, observation })) };
    const read = parseTrace(JSON.stringify(trace), 'trace.json');
    expect(read.steps.map(({ observation }) => observation)).toEqual(observations);
  });

  test('that is something else is refused with the place', () => {
    expect(errorOf(() => parseTrace('{"traceVersion":1,"target":"x"}', 't.json'))).toMatch(
      /^t\.json is not a trace of this tool: at "environment": /,
    );
    expect(errorOf(() => parseTrace('{"traceVersion":1', 't.json'))).toMatch(/^t\.json is not JSON/);
    expect(errorOf(() => parseTrace('{"counterexampleVersion":1}', 't.json'))).toMatch(
      /^t\.json is not a counterexample/,
    );
  });
});
