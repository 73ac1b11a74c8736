import { embeddedTarget } from '../../adapters/embedded.ts';
import type { EmulatorOptions } from '../../adapters/emulator/emulator.ts';
import { findMutant } from '../../adapters/emulator/mutants.ts';
import { type ConformanceOptions, type ConformanceResult, runConformance } from '../conformance.ts';
import { manualTimes, regionId } from './campaigns.ts';

/** A whole run as the command line does it by default, but for what is given. */
export function fullRun(
  emulator: EmulatorOptions,
  options: Partial<ConformanceOptions> = {},
): Promise<ConformanceResult> {
  return runConformance({
    target: embeddedTarget(emulator),
    edition: 'any',
    regionId,
    maxRouters: 8,
    seed: 1,
    commands: 1000,
    concurrency: 4,
    times: manualTimes,
    shrinkBudget: 3000,
    ...options,
  });
}

/** Whether a whole run against a mutant reports the rule that it breaks, with a program that shows it again. */
export async function namesTheRule(
  name: string,
  options: Partial<ConformanceOptions>,
): Promise<{ expected: string; rules: readonly string[]; reproduced: boolean }> {
  const { rule: expected, profile } = findMutant(name);
  const { record } = await fullRun({ mutant: name, profile }, options);
  return {
    expected,
    rules: [...new Set(record.divergences.flatMap(({ rules }) => rules))],
    reproduced: record.divergences.some(({ rules, reproduced }) => rules.includes(expected) && reproduced),
  };
}
