import type { ProtocolCheck } from './check.ts';
import { accepted, acs3Form, alike, effects } from './checks-of-forms.ts';
import { refused } from './checks-of-refusals.ts';

/** Every check, in an order in which none disturbs a later one. */
export const protocolChecks: readonly ProtocolCheck[] = [
  ...accepted,
  ...alike,
  ...acs3Form,
  ...refused,
  ...effects,
];

/** The rule of the headers of an answer. They are looked at in each of the checks, and nowhere else. */
const headerRule = 'P8';

/** Whether a check shows anything of a rule. */
export function isAbout({ rules }: ProtocolCheck, rule: string): boolean {
  return rule === headerRule || rules.includes(rule);
}

/** The rules that the checks are about; the shape of answers (R8) is looked at in each of them. */
export const protocolRules: ReadonlySet<string> = new Set([
  'R8',
  headerRule,
  ...protocolChecks.flatMap(({ rules }) => rules),
]);
