import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '../../model/vocabulary.ts';
import { protocolParameters } from '../protocol-parameters.ts';
import type { Happening } from './format.ts';
import { harExchanges } from './har-exchanges.ts';
import type { Recording } from './read-recording.ts';
import { isConfidential } from './redact.ts';
import { toHar } from './to-har.ts';

const text = fc.string({ unit: 'binary' });
const name = fc
  .stringMatching(/^[A-Za-z][\w.]{0,12}$/)
  .filter((each) => !protocolParameters.has(each) && !isConfidential(each) && each !== '__proto__');
const texts = fc.dictionary(name, text, { noNullPrototype: true });
const body = fc.dictionary(name, fc.jsonValue(), { noNullPrototype: true }).map(
  (each) =>
    // A body is what JSON can say.
    JSON.parse(JSON.stringify(each)) as Readonly<Record<string, unknown>>,
);
const observation: fc.Arbitrary<Observation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('answer'), status: fc.integer({ min: 100, max: 599 }), body }),
  },
  fc.record({ kind: fc.constant('answer'), status: fc.constant(502), defect: text }),
  fc.record({ kind: fc.constant('answer'), status: fc.constant(0), body, untold: fc.constant(['status']) }),
  fc.record({ kind: fc.constant('silence'), afterMs: fc.nat() }),
  fc.record({ kind: fc.constant('indeterminate'), cause: text }),
  fc.record({ kind: fc.constant('unreachable'), cause: text }),
  fc.record({ kind: fc.constant('inexpressible'), reason: text }),
  fc.record({ kind: fc.constant('crashed'), how: text }),
);
/** Times of a clock that stands still at times, or has fractions of a millisecond. */
const start = fc.oneof(
  fc.nat(3).map((n) => n * 61_001),
  fc.nat(1e9).map((n) => n / 1000),
);
const happening = (part: string): fc.Arbitrary<Happening> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('call'),
      part: fc.constant(part),
      start,
      end: start,
      operation: name,
      params: texts,
      observation,
    }),
    fc.record({
      kind: fc.constant('hook'),
      part: fc.constant(part),
      start,
      end: start,
      hook: fc.constantFrom('reset', 'account', 'interface', 'clock'),
      set: fc.dictionary(name, fc.oneof(text, fc.boolean(), fc.nat()), { noNullPrototype: true }),
    }),
    fc.record({ kind: fc.constant('settle'), part: fc.constant(part), start, end: start }),
  );

const recording = (
  happenings: readonly Happening[],
  target: string,
  clock: 'manual' | 'real' = 'manual',
): Recording => ({
  file: 'it.jsonl',
  header: {
    kind: 'recording',
    recordingVersion: 2,
    tool: { name: 'ri-conformance', version: '1' },
    target,
    command: 'run',
    options: { quotaPerRouter: 7, times: { settleMs: 60_000, staleMs: 1000, pollMs: [1, 2] } },
    about: { started: '2026-01-01T00:00:00.000Z' },
    control: { hooks: ['account'], clock },
    run: 'abc',
  },
  parts: new Map(),
  happenings,
  end: { kind: 'end', counts: { part: 0, call: 0, raw: 0, hook: 0, settle: 0, race: 0 } },
});

test('Whatever was recorded can be read back from the archive that is made of it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(happening('sequence 1'), happening('attempt x-1')), { maxLength: 8 }),
      fc.constantFrom('emulator', 'http(http://127.0.0.1:8787/api/)', 'http(http://127.0.0.1:8787)'),
      (happenings, target) => {
        const archive = JSON.stringify(toHar(recording(happenings, target, 'real')));
        const { exchanges, skipped, extras } = harExchanges(archive, 'it.har');
        const kept = happenings.filter(({ kind }) => kind !== 'settle');
        expect(exchanges).toEqual(kept.toSorted((a, b) => a.start - b.start));
        expect(skipped.size).toBe(0);
        expect(extras).toEqual({ clock: 'real', settleMs: 60_000, staleMs: 1000, quotaPerRouter: 7 });
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});

test('Parts that each have a time of their own are told one after another, in the order in which they began', () => {
  const at = (part: string, from: number, to: number): Happening => ({
    kind: 'call',
    part,
    start: from,
    end: to,
    operation: 'DescribeRegions',
    params: {},
    observation: { kind: 'indeterminate', cause: 'none' },
  });
  const moved = { kind: 'hook', part: 'shared', hook: 'clock', set: { advanceMs: 61_001 } } as const;
  const happenings = [
    at('set-up', 0, 0),
    at('race 1', 0, 0),
    at('race 1 client 2', 61_001, 61_001),
    at('sequence 0', 0, 0),
    { ...moved, start: 812, end: 813 },
    at('race 1', 61_001, 122_002),
    at('sequence 0', 61_001, 61_001),
  ];
  const { exchanges } = harExchanges(JSON.stringify(toHar(recording(happenings, 'emulator'))), 'it.har');
  expect(exchanges.map(({ part, start, end }) => [part, start, end])).toEqual([
    ['set-up', 0, 0],
    ['race 1', 61_001, 61_001],
    ['race 1 client 2', 122_002, 122_002],
    ['race 1', 122_002, 183_003],
    ['sequence 0', 244_004, 244_004],
    ['sequence 0', 305_005, 305_005],
  ]);
});

test('A hook that failed is one that failed', () => {
  const failed: Happening = {
    kind: 'hook',
    part: 'a',
    start: 0,
    end: 1,
    hook: 'interface',
    set: { routerInterfaceId: 'ri-1' },
    failed: 'No router interface "ri-1".',
    status: 404,
  };
  const { exchanges } = harExchanges(JSON.stringify(toHar(recording([failed], 'emulator'))), 'it.har');
  expect(exchanges).toMatchObject([
    { hook: 'interface', failed: expect.stringMatching(/^HTTP 404 .*ri-1/) as string },
  ]);
});
