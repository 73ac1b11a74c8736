import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hostile, recordWithKnown, sampleRecord, saying } from '../testing/sample-record.ts';
import { ndjsonReporter } from './ndjson.ts';

interface Event {
  readonly event: string;
  readonly run: number;
  readonly [name: string]: unknown;
}
const events = (text: string): Event[] => {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
};
const render = async (...records: Parameters<typeof ndjsonReporter.render>[0]) =>
  events(await ndjsonReporter.render(records, {}));

describe('the events', () => {
  test('begin with the start, end with the verdict, and number the runs', async () => {
    const all = await render(recordWithKnown, sampleRecord);
    const kinds = (run: number): string[] => all.filter((each) => each.run === run).map(({ event }) => event);
    expect(kinds(0)).toEqual([
      'start',
      'divergence',
      'divergence',
      ...sampleRecord.rules.map(() => 'rule'),
      ...Array.from({ length: 4 }, () => 'known'),
      'end',
    ]);
    expect(all[0]).toMatchObject({ schemaVersion: 1, seed: 42, target: 'http(http://127.0.0.1:8787)' });
    expect(all.filter(({ event }) => event === 'divergence').map(({ id, known }) => [id, known])).toEqual([
      ['connect-accepted-9f2c1a', false],
      ['activate-r46-0a1b2c', true],
      ['connect-accepted-9f2c1a', false],
    ]);
    expect(all.at(-1)).toMatchObject({ event: 'end', run: 1, verdict: 'diverges', standing: 'diverges' });
  });

  test('are the same live, with progress between', async () => {
    const { live } = ndjsonReporter;
    const figures = { covered: 1, total: 2 };
    const progress = { phase: 'running', sequences: 1, commands: 9, seconds: 0.5, divergences: 1 };
    const parts = [
      live?.start(sampleRecord),
      live?.progress({ ...progress, transitions: figures, refusals: figures }),
      live?.end(sampleRecord),
    ].map((part) => events(part ?? ''));
    expect(parts[1]?.[0]).toMatchObject({ event: 'progress', run: 0, phase: 'running', commands: 9 });
    expect([...(parts[0] ?? []), ...(parts[2] ?? [])]).toEqual(await render(sampleRecord));
  });

  test('stay one a line whatever a target says', async () => {
    expect((await render(saying(hostile))).length).toBe((await render(sampleRecord)).length);
  });

  test('are all documented, and no others', async () => {
    const page = readFileSync(new URL('../../docs/ndjson.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    const met = new Set((await render(recordWithKnown)).map(({ event }) => event)).add('progress');
    expect(new Set(documented)).toEqual(met);
  });
});
