import { beforeAll, describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import { rules } from '../model/spec/rules.ts';
import type { RunRecord } from '../reports/record.ts';
import type { ConformanceResult } from './conformance.ts';
import type { Progress } from './progress.ts';
import { editionNames, idOf } from './make-record.ts';
import type { Finding } from './oracle/verdict.ts';
import { defaultTables } from './tables.ts';
import { fullRun } from './testing/full-run.ts';
import { altered, refusal, withControl } from './testing/targets.ts';

const ruleOf = ({ rules: all }: RunRecord, id: string): RunRecord['rules'][number] => {
  const found = all.find((each) => each.id === id);
  if (found === undefined) throw new Error(`The record has no rule ${id}.`);
  return found;
};

let clean: ConformanceResult;
let mutant: ConformanceResult;
beforeAll(async () => {
  clean = await fullRun({}, { commands: 3000, seed: 4 });
  mutant = await fullRun({ mutant: 'connect-role-code' }, { commands: 1000, seed: 4 });
});

describe('The record of a run', () => {
  test('of a target that conforms says so, with what was run', () => {
    const { record, counterexamples, fault } = clean;
    expect(record).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'ri-conformance', modelHash: defaultTables().hash },
      target: 'emulator',
      edition: 'any',
      seed: 4,
      verdict: 'conforms',
      divergences: [],
      leftBehind: [],
      inconclusive: [],
    });
    expect(record.tool.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(record.editionsThatFit).toContain('E2026');
    expect(record.editionsThatFit).not.toContain('E2016');
    expect(record.counts.commands).toBeGreaterThanOrEqual(3000);
    expect(record.counts.shrinkCommands).toBe(0);
    expect(record).not.toHaveProperty('ended');
    expect(counterexamples.size).toBe(0);
    expect(fault).toBeUndefined();
  });

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(mutant.record))).toEqual(mutant.record);
  });

  test('has every rule once, in order, with one of five verdicts', () => {
    expect(clean.record.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    const verdicts = new Set(clean.record.rules.map(({ verdict }) => verdict));
    expect([...verdicts].toSorted()).toEqual(['conforms', 'contested', 'not exercised', 'not testable']);
    expect(ruleOf(clean.record, 'R33')).toMatchObject({ verdict: 'conforms', certainty: 'documented' });
    expect(ruleOf(clean.record, 'R33').exercised).toBeGreaterThan(0);
  });

  test('tells why a rule is not testable', () => {
    const { notTestable } = clean.record;
    expect(notTestable.map(({ rule }) => rule)).toContain('R91');
    for (const { rule, reason } of notTestable)
      expect(ruleOf(clean.record, rule)).toMatchObject({ verdict: 'not testable', note: reason });
  });

  test('tells what the target does where the documents are silent', () => {
    const { choices } = clean.record;
    const deactivation = choices.find(({ id }) => id === 'A7');
    expect(deactivation?.topic).not.toBe('A7');
    expect(deactivation?.observed.map(({ value }) => value)).toEqual(['one']);
    const ids = choices
      .map(({ id }) => Number(id.slice(1).split(' ')[0]))
      .filter((each) => !Number.isNaN(each));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  test('has a divergence with its rule, its program and its file', () => {
    const { record, counterexamples } = mutant;
    expect(record.verdict).toBe('diverges');
    const first = record.divergences.find(({ rules: broken }) => broken.includes('R33'));
    expect(first).toMatchObject({
      operation: 'ConnectRouterInterface',
      kind: 'code',
      reproduced: true,
      traceFile: `divergences/${first?.id}.json`,
    });
    expect(first?.sources.find(({ rule }) => rule === 'R33')).toMatchObject({ certainty: 'documented' });
    expect(first?.id).toMatch(/^connect-r33-[\da-f]{6}$/);
    expect(first?.expected).toMatch(/R33/);
    const last = first?.counterexample.at(-1);
    expect(first?.counterexample[0]).toMatchObject({
      kind: 'call',
      as: expect.stringMatching(/^ri#\d+$/) as string,
      answer: '200',
      diverges: false,
    });
    expect(last).toMatchObject({ answer: '400 IncorrectRole', diverges: true });
    expect(ruleOf(record, 'R33').verdict).toBe('diverges');
    expect(record.counts.shrinkCommands).toBeGreaterThan(0);
    const file = counterexamples.get(first?.id ?? '');
    expect(file).toMatchObject({ counterexampleVersion: 1, id: first?.id, rules: first?.rules, seed: 4 });
    expect(file?.trace.steps).toHaveLength(first?.counterexample.length ?? 0);
    expect(file?.sequence.commands).toHaveLength(first?.counterexample.length ?? 0);
  });

  test('is the same for the same seed, but for times', async () => {
    const again = await fullRun({ mutant: 'connect-role-code' }, { commands: 1000, seed: 4 });
    const timeless = ({ record: { counts, ...rest } }: ConformanceResult): unknown => ({
      ...(JSON.parse(JSON.stringify(rest).replaceAll(/ri-conformance-[\da-f]+-\d+/g, 'token')) as object),
      startedAt: '',
      counts: { ...counts, seconds: 0 },
    });
    expect(timeless(again)).toEqual(timeless(mutant));
  });

  test('says what a missing hook keeps from being tested', async () => {
    const target = withControl(embeddedTarget(), { hooks: new Set(['clock'] as const) });
    const { record } = await fullRun({}, { target, commands: 500 });
    expect(ruleOf(record, 'R41')).toMatchObject({
      verdict: 'not testable',
      note: expect.stringContaining('"account"') as string,
    });
    expect(ruleOf(record, 'R46').note).toContain('"interface"');
    const excused = record.coverage.refusals.missing.filter(
      ({ reason }) => reason?.includes('hook') === true,
    );
    // Which others are excused depends on what 500 commands were enough to ask for.
    expect(excused.map(({ id }) => id)).toContain('any: CONNECT refused by R41');
  });

  test('says what a missing operation keeps from being tested', async () => {
    const target = altered({}, (operation) =>
      operation === 'DescribeRouteEntryList' ? refusal('InvalidAction.NotFound', 404) : undefined,
    );
    const { record } = await fullRun({}, { target, commands: 300 });
    expect(ruleOf(record, 'R57')).toMatchObject({
      verdict: 'not testable',
      note: expect.stringContaining('CreateRouteEntry') as string,
    });
    expect(record.notes.join()).toContain('R57');
  });

  test('is inconclusive when it ended early and nothing diverged, and says why', async () => {
    let calls = 0;
    const target = altered({}, () => (++calls > 300 ? { kind: 'unreachable', cause: 'gone' } : undefined));
    const { record } = await fullRun({}, { target });
    expect(record).toMatchObject({ verdict: 'inconclusive', ended: 'gone' });
    expect(record.leftBehind.length).toBeGreaterThan(0);
    expect(record.inconclusive.length).toBeGreaterThan(0);
  });

  test('has what was found as it was found when a fault keeps it from being shrunk', async () => {
    let shrinking = false;
    const owner = altered({ mutant: 'connect-role-code' }, () => {
      if (shrinking) throw new Error('the harness broke');
      return undefined;
    });
    const { record, fault } = await fullRun(
      {},
      {
        target: owner,
        commands: 600,
        onProgress: ({ phase }) => {
          shrinking = phase === 'shrinking';
        },
      },
    ).catch((error: unknown) => ({ record: undefined, fault: error }));
    expect(String(fault)).toContain('the harness broke');
    expect(record?.divergences.map(({ reproduced }) => reproduced) ?? []).not.toContain(true);
  });
});

describe('A run', () => {
  test('tells how it gets on, phase by phase', async () => {
    const seen: Progress[] = [];
    const { record } = await fullRun(
      { mutant: 'connect-role-code' },
      { onProgress: (each) => seen.push(each) },
    );
    const phases = seen.map(({ phase }) => phase);
    expect([...new Set(phases)]).toEqual(['setting up', 'running', 'shrinking', 'cleaning up']);
    const last = seen.at(-1);
    expect(last?.commands).toBe(record.counts.commands);
    expect(last?.transitions.covered).toBeGreaterThan(0);
    expect(last?.divergences).toBe(record.divergences.length);
  });

  test('covers the whole model when it may go on until it does', async () => {
    const { record } = await fullRun({}, { commands: 20_000, extend: true });
    const open = [...record.coverage.transitions.missing, ...record.coverage.refusals.missing].filter(
      ({ reason }) => reason === undefined,
    );
    expect(open).toEqual([]);
    expect(record.coverage.transitions.covered).toBe(record.coverage.transitions.total);
  });

  test('shrinks nothing once it is stopped', async () => {
    const stop = new AbortController();
    const { record } = await fullRun(
      { mutant: 'connect-role-code' },
      {
        commands: 5000,
        signal: stop.signal,
        onProgress: ({ divergences }) => {
          if (divergences > 0) stop.abort();
        },
      },
    );
    expect(record.ended).toBe('stopped');
    expect(record.verdict).toBe('diverges');
    expect(record.counts.shrinkCommands).toBe(0);
    expect(record.leftBehind).toEqual([]);
  });
});

describe('The id of a divergence', () => {
  const finding: Finding = {
    kind: 'field',
    operation: 'DescribeRouterInterfaces',
    rules: ['R14'],
    expected: '',
    observed: '',
    fingerprint: 'field|item|x',
  };

  test('says what it is about', () => {
    expect(idOf(finding)).toMatch(/^describe-r14-[\da-f]{6}$/);
    expect(idOf({ ...finding, operation: 'ModifyRouterInterfaceSpec', rules: [] })).toMatch(
      /^modifyspec-rule-/,
    );
  });

  test('depends on the fingerprint, and not on the words', () => {
    expect(idOf({ ...finding, expected: 'other', observed: 'words' })).toBe(idOf(finding));
    expect(idOf({ ...finding, fingerprint: 'field|item|y' })).not.toBe(idOf(finding));
  });
});

describe('Names of editions', () => {
  test('are those whose bits are set', () => {
    expect(editionNames(0)).toEqual([]);
    expect(editionNames(-1)).toContain('E2018b');
    expect(editionNames(1)).toHaveLength(1);
  });
});
