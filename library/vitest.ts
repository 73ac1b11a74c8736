import { beforeAll, describe, test, type TestContext } from 'vitest';
import { rules } from '../model/spec/rules.ts';
import { divergenceText } from '../reports/divergence.ts';
import type { DivergenceRecord, RunRecord } from '../reports/record.ts';
import { secondsOn } from '../reports/rule-time.ts';
import { entryFor, isKnown, outdatedEntries, whatToDo, whyKnown } from '../reports/standing.ts';
import { judging, type SuiteOptions } from './judge-target.ts';

export type { SuiteOptions } from './judge-target.ts';

/** The text of divergences, or nothing where there are none. */
const inFull = (divergences: readonly DivergenceRecord[]): string =>
  divergences.map((each) => divergenceText(each).join('\n')).join('\n\n');

/** An error without a stack: where in this file it was thrown tells nobody anything. */
function plainError(message: string): Error {
  const error = new Error(message);
  delete error.stack;
  return error;
}

/**
 * Fails on what is not listed as known. Where all of it is, tells why on the test: a reporter that shows passing tests
 * shows that, too.
 */
async function failOn(
  { annotate }: TestContext,
  record: RunRecord,
  concerns: (divergence: DivergenceRecord) => boolean,
): Promise<void> {
  const all = record.divergences.filter(concerns);
  const unknown = all.filter((each) => !isKnown(record, each));
  if (unknown.length === 0) {
    for (const each of all) await annotate(whyPassed(record, each), 'known divergence');
    return;
  }
  throw plainError(`\n${inFull(unknown)}`);
}

const whyPassed = (record: RunRecord, divergence: DivergenceRecord): string => {
  const entry = entryFor(record, divergence);
  return `${divergence.id}: ${entry === undefined ? 'known' : whyKnown(entry)}`;
};

/** Tells what diverges and does not fail: most reporters show nothing of a test that passes. */
function tellKnown(record: RunRecord): void {
  const known = record.divergences.filter((each) => isKnown(record, each));
  if (known.length === 0) return;
  const lines = known.map((each) => `  ${whyPassed(record, each)}`);
  console.log(`known divergences (${record.baseline?.file ?? 'listed'}):\n${lines.join('\n')}`);
}

/**
 * The rules are judged by one run; each is told its share of the time. Otherwise the runner would tell how long it took
 * to look the verdict up.
 */
function takes({ task }: TestContext, ms: number): void {
  if (task.result === undefined) return;
  Object.defineProperty(task.result, 'duration', {
    enumerable: true,
    configurable: true,
    get: () => ms,
    set() {
      // What the runner measured does not count.
    },
  });
}

/**
 * Defines tests in a vitest suite: one for each rule, and a few for the run as a whole. What cannot be tested on this
 * target, and what the run never came to, is skipped with the reason; a rule that is broken fails with the shortest
 * program that shows it, unless `conformance-baseline.yaml` lists all that breaks it: then it passes, with the reason
 * as an annotation. An entry that is stale or expired fails a test that names its line. Options that are not given come from
 * the environment (`RI_CONFORMANCE_…`), then from the configuration file; without any target the emulator is judged.
 *
 * Await it at the top of a test file. Rejects with `UsageError` for options that make no sense.
 *
 * ```ts
 * import { conformance } from 'ri-conformance';
 *
 * await conformance({ target: 'http://127.0.0.1:8787', seed: 7 });
 * ```
 */
export async function conformance(options: SuiteOptions = {}): Promise<void> {
  const { target, edition, seed, run } = await judging(options, { env: process.env, cwd: process.cwd() });
  console.log(`conformance of ${target}: edition ${edition}, RI_CONFORMANCE_SEED=${seed}`);

  describe(`conformance of ${target}`, () => {
    let record: RunRecord;
    beforeAll(async () => {
      record = await run();
      tellKnown(record);
    }, 0);

    test('is judged to the end', ({ expect }) => {
      expect(record.ended ?? 'nothing ended it early').toBe('nothing ended it early');
      expect(record.verdict, 'nothing could be judged').not.toBe('inconclusive');
    });

    test('deletes everything that was made', ({ expect }) => {
      expect(record.leftBehind).toEqual([]);
    });

    test('shows no divergence that rests on no rule', async (context) => {
      await failOn(context, record, (each) => each.rules.length === 0);
    });

    test('lists as known only what diverges', (context) => {
      const { baseline } = record;
      if (baseline === undefined) return context.skip('there is no list of known divergences');
      const wrong = outdatedEntries(record).map((entry) => whatToDo(baseline, entry));
      if (wrong.length > 0) throw plainError(wrong.join('\n'));
    });

    for (const { id, key, statement } of rules) {
      test(`${id} ${key}: ${statement}`, async (context) => {
        const result = record.rules.find((each) => each.id === id);
        const { verdict = 'not exercised', note } = result ?? {};
        if (verdict === 'not exercised' || verdict === 'not testable')
          context.skip(note === undefined ? verdict : `${verdict}: ${note}`);
        const seconds = result === undefined ? undefined : secondsOn(record, result);
        if (seconds !== undefined) takes(context, seconds * 1000);
        await failOn(context, record, (each) => each.rules.includes(id));
      });
    }
  });
}
