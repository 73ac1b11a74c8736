import type { Tables } from '../../model/compile.ts';
import { anyChange, anyRefusal, type View } from '../../model/describe/blame.ts';
import type { Interface, World } from '../../model/world.ts';
import type { Trace } from '../trace.ts';
import type { Evidence } from './evidence.ts';
import type { Exercised } from './exercised.ts';

/**
 * Credits what a race that was explained has put to the test. What shows it is the race as a whole, with the
 * look that followed: no beginning of it leaves out any order.
 */
export function creditRace(evidence: Evidence, { steps }: Trace, exercised: readonly Exercised[]): void {
  evidence.at.step = steps.length - 1;
  for (const { rules, transitions } of exercised) {
    for (const rule of rules) evidence.rule(rule);
    for (const id of transitions) evidence.transitions.add(id);
  }
}

const ofEveryLook = ['R31', 'R83', 'R85'] as const;

/** The view that an operation which reads gives. */
export const viewOf = (operation: string): View =>
  operation === 'DescribeRouterInterfaces' ? 'list' : 'attribute';

/**
 * Credits the rules that a conforming look has borne out: those about the fields of an interface, and
 * those about what must not have happened since it was last seen.
 */
export function creditLook(
  evidence: Evidence,
  tables: Tables,
  view: View,
  before: World,
  after: World,
): void {
  for (let index = 0; index < after.interfaces.length; index++) {
    const each = after.interfaces[index];
    const old = before.interfaces[index];
    // Shown: what was new about it is not any more, or its status is known better now.
    if (each === undefined || old === undefined || old === each) continue;
    for (const rule of ofEveryLook) evidence.rule(rule);
    if (each.name === undefined) evidence.rule('R15');
    // It can only be told to have stayed what it was before.
    if (old.shown[view] !== null) evidence.rule('P7');
    if ((old.news & anyRefusal) !== 0 && (old.news & anyChange) === 0) evidence.rule('R44');
    if (isConnected(tables, each)) evidence.rule('R86');
    if (tables.settled(old.states) !== old.states) evidence.rule('P2');
    if (each.news === 0 && after.interfaces.some((other) => other !== each && other.link !== each.id)) {
      evidence.rule('P1');
    }
  }
}

const isConnected = (tables: Tables, { link, states }: Interface): boolean =>
  link !== null && (states & ~tables.labelled('Active')) === 0;
