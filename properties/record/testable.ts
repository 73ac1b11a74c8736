import { notModelled } from '../../model/spec/not-modelled.ts';
import type { Capabilities } from '../sequence.ts';

/** Why a rule cannot be put to the test, and what would change that. */
export interface Untestable {
  readonly reason: string;
  readonly remedy: string;
}

const remedies: Readonly<Record<(typeof notModelled)[number]['kind'], string>> = {
  'needs a VBR': 'a target with virtual border routers, which the real service gives only with a leased line',
  'needs a second account': 'a second account on the target, with an access key of its own',
  'needs a purchase': 'a target on which orders cost nothing and can be told apart from the rest',
  'needs control': 'a control hook that sets what no request can set',
  'unknown input': 'a document that states the permitted values',
  'gateway: protocol suite': 'a target at a URL, with the suite protocol',
  'other operation': 'a model of that operation; it is outside the nine that are judged',
};

const listed = new Map(
  notModelled.map(({ rule, reason, kind }): [string, Untestable] => [
    rule,
    { reason: `${kind}: ${reason}`, remedy: remedies[kind] },
  ]),
);

/** Why `rule` cannot be tested on a target that offers this; undefined where it can. */
export function whyNotTestable(rule: string, capabilities: Capabilities): Untestable | undefined {
  const known = listed.get(rule);
  if (known !== undefined) return known;
  if (['R19', 'R41'].includes(rule) && !capabilities.accountHook) {
    return {
      reason: 'the target has no control hook "account" (overdue bills)',
      remedy: 'the control hook "account" on the target',
    };
  }
  if (['R46', 'R52', 'R55', 'R70', 'R76'].includes(rule) && !capabilities.interfaceHook) {
    return {
      reason: 'the target has no control hook "interface" (locks)',
      remedy: 'the control hook "interface" on the target',
    };
  }
  if (rule === 'R57' && !capabilities.routeEntries) {
    return {
      reason: 'the target does not offer CreateRouteEntry',
      remedy: 'the operations CreateRouteEntry and DeleteRouteEntry on the target',
    };
  }
  return undefined;
}
