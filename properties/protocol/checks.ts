import type { ProtocolCheck } from './check.ts';
import { accepted, alike, effects } from './checks-of-forms.ts';
import { refused } from './checks-of-refusals.ts';

/** Every check, in an order in which none disturbs a later one. */
export const protocolChecks: readonly ProtocolCheck[] = [...accepted, ...alike, ...refused, ...effects];

/** The rules that the checks are about; the shape of answers (R8) is looked at in each of them. */
export const protocolRules: ReadonlySet<string> = new Set([
  'R8',
  ...protocolChecks.flatMap(({ rules }) => rules),
]);
