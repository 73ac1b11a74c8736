import { parseList } from './parse.ts';
import type { NotModelled } from './schema.ts';
import { notModelledSchema } from './schema.ts';

const vbr = 'needs a VBR';
const account = 'needs a second account';
const gateway = 'gateway: protocol suite';
const later =
  'belongs to the gateway and is checked by the protocol suite, not by the model of the interfaces';

/** Rules that a campaign on the nine operations, even with control hooks, cannot put to the test. */
export const notModelled: readonly NotModelled[] = parseList('notModelled', notModelledSchema, [
  { rule: 'R7', kind: account, reason: 'an interface of another account is needed' },
  { rule: 'R20', kind: vbr, reason: 'a VBR needs a leased physical connection' },
  { rule: 'R22', kind: vbr, reason: 'both ends would be on VBRs' },
  { rule: 'R25', kind: vbr, reason: 'FastLinkMode acts on a VBR only' },
  {
    rule: 'R28',
    kind: 'needs a purchase',
    reason:
      'a subscription is an order; a request without Period might be answered by placing one instead of by a refusal',
  },
  { rule: 'R42', kind: account, reason: 'a peer of another account site is needed' },
  { rule: 'R48', kind: vbr, reason: 'only links to a VBR are concerned' },
  {
    rule: 'R49',
    kind: 'needs control',
    reason: 'no request sets the link role, and no hook for it is defined',
  },
  { rule: 'R58', kind: 'needs a purchase', reason: 'a subscribed interface would have to be bought' },
  {
    rule: 'R75',
    kind: 'unknown input',
    reason: 'which pairs of regions offer which specifications is not known',
  },
  { rule: 'R87', kind: 'other operation', reason: 'DeleteVpc is used for cleaning up, not judged' },
  {
    rule: 'R88',
    kind: 'other operation',
    reason: 'route entries are made to hold an interface (R57), and not judged themselves',
  },
  {
    rule: 'R89',
    kind: 'other operation',
    reason: 'route entries are made to hold an interface (R57), and not judged themselves',
  },
  {
    rule: 'R90',
    kind: 'other operation',
    reason: 'route operations bring about situations, they are not judged',
  },
  { rule: 'R91', kind: vbr, reason: 'deleting a VBR needs one' },
  { rule: 'R92', kind: 'other operation', reason: 'the tag operations are used for cleaning up, not judged' },
  { rule: 'R93', kind: gateway, reason: later },
  { rule: 'R94', kind: gateway, reason: later },
  { rule: 'R95', kind: gateway, reason: later },
  { rule: 'R96', kind: gateway, reason: later },
  { rule: 'R97', kind: gateway, reason: later },
  { rule: 'R98', kind: gateway, reason: later },
  { rule: 'R99', kind: gateway, reason: `${later}; provoking it on a real account disturbs others` },
  { rule: 'P6', kind: gateway, reason: later },
  { rule: 'P8', kind: gateway, reason: later },
  { rule: 'R100', kind: account, reason: 'a second user without the permission is needed' },
]);
