import type { RuleResult, RunRecord } from './record.ts';

/**
 * Returns the seconds that a run spent on a rule: its share of the time by how often it was put to the test, as one
 * call is judged by many rules. The shares of all rules are the time of the run. Undefined for a rule that was not
 * exercised: nothing was spent on it.
 */
export function secondsOn({ rules, counts }: RunRecord, { exercised }: RuleResult): number | undefined {
  const all = rules.reduce((sum, rule) => sum + rule.exercised, 0);
  return exercised === 0 ? undefined : (counts.seconds * exercised) / all;
}
