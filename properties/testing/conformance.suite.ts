import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { httpTarget } from '../../adapters/http/http-target.ts';
import { ruleById } from '../../model/spec/rules.ts';
import { divergenceText } from '../../reports/divergence.ts';
import { runConformance, defaultSuites } from '../conformance.ts';
import { readSettings } from '../settings.ts';
import { manualTimes, realTimes, regionId } from './campaigns.ts';

/**
 * The campaign as a test suite, one test per rule: `npm run conformance`, steered by the environment
 * (see settings.ts). It runs under a config of its own, never with the tests of this project.
 */

const { target: where, edition, commands, seed, ...access } = readSettings();
console.log(`conformance of ${where}: edition ${edition}, ${commands} commands, RI_CONFORMANCE_SEED=${seed}`);

const target = where === 'emulator' ? embeddedTarget() : await httpTarget({ url: where, ...access });
const { record } = await runConformance({
  target,
  edition,
  regionId,
  maxRouters: 8,
  suites: defaultSuites,
  seed,
  commands,
  concurrency: 4,
  times: target.control?.clock === 'manual' ? manualTimes : realTimes,
  shrinkBudget: 3000,
}).finally(() => target.close());

describe(`${record.target} with the seed ${seed}`, () => {
  test('is judged to the end', () => {
    expect(record.ended ?? 'nothing ended it early').toBe('nothing ended it early');
    expect(record.verdict, 'nothing could be judged').not.toBe('inconclusive');
  });

  test('deletes everything that was made', () => {
    expect(record.leftBehind).toEqual([]);
  });

  test('shows no divergence that rests on no rule', () => {
    const unnamed = record.divergences.filter(({ rules }) => rules.length === 0);
    expect(unnamed.flatMap((each) => divergenceText(each)).join('\n')).toBe('');
  });
});

describe('The rule', () => {
  for (const { id, statement, verdict, note } of record.rules) {
    const name = `${id} ${ruleById(id).key}: ${statement}`;
    if (verdict === 'not exercised' || verdict === 'not testable') {
      test.skip(`${name} [${verdict}${note === undefined ? '' : `: ${note}`}]`, () => undefined);
      continue;
    }
    test(name, () => {
      const broken = record.divergences.filter(({ rules }) => rules.includes(id));
      if (broken.length > 0)
        throw new Error(`\n${broken.flatMap((each) => divergenceText(each)).join('\n')}`);
    });
  }
});
