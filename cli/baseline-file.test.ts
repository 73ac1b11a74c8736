import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleDivergence, sampleRecord } from '../reports/testing/sample-record.ts';
import { standingOf } from '../reports/standing.ts';
import { openBaseline } from './baseline-file.ts';

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterEach(() => rm(cwd, { recursive: true }));

const rules = sampleRecord.rules.map(({ id }) => id);
const named = 'conformance-baseline.yaml';
const open = async (text: string, update = false) => {
  await writeFile(join(cwd, named), text);
  return openBaseline(undefined, { cwd, rules, update });
};
const record = {
  ...sampleRecord,
  startedAt: '2026-11-23T19:00:00.000Z',
  divergences: [{ ...sampleDivergence, id: 'connect-r36-9f2c1a' }],
};

describe('the list', () => {
  test('is the usual file where it is there, and none where it is not or none is wanted', async () => {
    expect(await openBaseline(undefined, { cwd, rules })).toBeUndefined();
    expect(await open('known: []')).toBeDefined();
    expect(await openBaseline('none', { cwd, rules })).toBeUndefined();
    await expect(openBaseline('other.yaml', { cwd, rules })).rejects.toThrow(
      /other\.yaml cannot be read: no such file or directory\. --update-baseline writes it/,
    );
  });

  test('has the lines of its entries', async () => {
    const list = await open(
      '# ours\nknown:\n  # why\n  - rule: R34\n    reason: a\n\n  - { id: connect-r36-9f2c1a, reason: b, link: x, since: 2026-01-01, until: 2027-01-01 }\n',
    );
    expect((await list?.judge(record))?.baseline).toEqual({
      file: named,
      entries: [
        { line: 4, match: 'R34', reason: 'a', outcome: 'stale', divergences: [] },
        {
          line: 7,
          match: 'connect-r36-9f2c1a',
          reason: 'b',
          link: 'x',
          since: '2026-01-01',
          until: '2027-01-01',
          outcome: 'known',
          divergences: ['connect-r36-9f2c1a'],
        },
      ],
      unlisted: [],
    });
  });

  test.each([
    ['known:\n  - rule: R34\n   reason: x', /line 3: this is not YAML: /],
    ['- rule: R34', /line 1: a list under "known:" is wanted/],
    ['known: []\nother: 1', /line 2: a list under "known:" is wanted, and nothing beside it/],
    ['known: yes', /line 1: "known" must be a list/],
    ['known:\n  - R34', /line 2: an entry must have names and values/],
    ['known:\n  - rule: R34', /line 2: "reason" is missing/],
    ['known:\n  - rule: R34\n    reason: ""', /line 3: "reason" must not be empty/],
    [
      'known:\n  - rule: R34\n    reason: x\n    until: tomorrow',
      /line 4: "until" must be a day, as 2026-11-23/,
    ],
    ['known:\n  - rule: R34\n    reason: x\n    until: 2026-02-30', /line 4: "until" must be a day/],
    [
      'known:\n  - rule: R34\n    why: x\n    reason: x',
      /line 2: an entry has no "why", but id, fingerprint, rule, /,
    ],
    ['known:\n  - reason: x', /line 2: an entry has one of "id", "fingerprint" and "rule"/],
    ['known:\n  - id: connect-r36-9f2c1a\n    rule: R34\n    reason: x', /line 2: an entry has one of/],
    ['known:\n  - rule: R999\n    reason: x', /line 2: this entry can match nothing: there is no rule R999/],
    [
      'known:\n  - rule: R34\n    reason: x\n  - rule: R34\n    reason: y',
      /line 4: R34 is listed already, at line 2/,
    ],
  ])('is refused with the line: %j', async (text, message) => {
    await expect(open(text)).rejects.toThrow(message);
    await expect(open(text)).rejects.toThrow(named);
  });
});

describe('an update', () => {
  const read = (): Promise<string> => readFile(join(cwd, named), 'utf8');

  test('writes a list of what diverges, which then passes, and which says what is to be explained', async () => {
    const list = await openBaseline(undefined, { cwd, rules, update: true });
    const judged = await list?.judge(record);
    expect(judged && standingOf(judged)).toBe('known');
    const text = await read();
    expect(text).toContain(
      '  - id: connect-r36-9f2c1a\n    reason: not yet explained\n    since: 2026-11-23\n',
    );
    expect(text).toContain('# ConnectRouterInterface: success, instead of refusal by R36');
    const again = await open(text, true);
    await again?.judge(record);
    expect(await read()).toBe(text);
  });

  test('keeps comments, reasons and order, takes out what is stale and nothing else', async () => {
    const list = await open(
      '# ours\nknown:\n  # a word on R57\n  - rule: R57 # beside\n    reason: no route entries\n  - rule: R34\n    reason: was wrong once\n',
      true,
    );
    const judged = await list?.judge(record);
    expect(await read()).toBe(
      '# ours\nknown:\n  # a word on R57\n  - rule: R57 # beside\n    reason: no route entries\n' +
        '  # ConnectRouterInterface: success, instead of refusal by R36 (400 InvalidOppositeInterfaceInfo.NotSet)\n' +
        '  - id: connect-r36-9f2c1a\n    reason: not yet explained\n    since: 2026-11-23\n',
    );
    expect(judged?.baseline?.entries.map(({ line, outcome }) => [line, outcome])).toEqual([
      [4, 'not exercised'],
      [7, 'known'],
    ]);
  });

  test('keeps what a target says within a comment', async () => {
    const evil = record.divergences.map((each) => ({ ...each, observed: 'x\n  - rule: R1\n    reason: "' }));
    const list = await openBaseline(undefined, { cwd, rules, update: true });
    const judged = await list?.judge({ ...record, divergences: evil });
    expect(judged?.baseline?.entries).toHaveLength(1);
  });

  test.each([
    ['an empty list when all is stale', '  - rule: R34\n    reason: was wrong once\n', ' []\n'],
    [
      'nothing of what stood above an entry',
      '  # of R34\n  - rule: R34\n    reason: was wrong once\n',
      ' []\n',
    ],
    [
      'what stands above the next',
      '  # of R34\n  - rule: R34\n    reason: was wrong once\n  # of R57\n  - rule: R57\n    reason: no routes\n',
      '\n  # of R57\n  - rule: R57\n    reason: no routes\n',
    ],
  ])('leaves %s', async (_, before, after) => {
    const list = await open(`# ours\nknown:\n${before}`, true);
    await list?.judge({ ...record, divergences: [], verdict: 'conforms' });
    expect(await read()).toBe(`# ours\nknown:${after}`);
  });
});
