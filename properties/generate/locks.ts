import type { Command, Operation } from '../../model/vocabulary.ts';
import type { Capabilities } from '../sequence.ts';
import { anyOperation, describeAttribute, onInterface, plain } from './calls.ts';
import type { Draw } from './draw.ts';
import type { Plan } from './plan.ts';

const settle: Command = { kind: 'settle' };

/** Locks an interface, tries things, and mostly unlocks it again. */
export function lock(draw: Draw, plan: Plan, capabilities: Capabilities): void {
  if (!capabilities.interfaceHook) return;
  const name = draw.chance(50) ? inService(draw, plan) : plan.anyInterface(draw);
  if (name === undefined) return;
  const on = { ref: name };
  const [set, unset] = draw.weighted([
    [5, [{ businessStatus: 'FinancialLocked' }, { businessStatus: 'Normal' }]],
    [5, [{ operationLocked: true }, { operationLocked: false }]],
    [1, [{ businessStatus: 'SecurityLocked' }, { businessStatus: 'Normal' }]],
  ] as const);
  plan.add({ kind: 'control', hook: 'interface', on, set });
  const attempts = draw.int(1, 3);
  for (let attempt = 0; attempt < attempts; attempt++) {
    // What would be accepted but for the lock tells most.
    const open = plan.legal().filter(([each]) => each === name);
    const operation = open.length > 0 && draw.chance(60) ? draw.pick(open)[1] : draw.pick(anyOperation);
    plan.add(onInterface(draw, plan, operation, name));
  }
  if (draw.chance(30)) plan.add(describeAttribute(plan, name));
  if (draw.chance(80)) plan.add({ kind: 'control', hook: 'interface', on, set: unset });
}

/** An interface that can be frozen or thawed, frozen first at times: few are, and thawing is refused to few. */
function inService(draw: Draw, plan: Plan): string | undefined {
  const legal = plan.legal();
  const able = (operation: Operation): readonly string[] =>
    legal.filter((each) => each[1] === operation).map(([name]) => name);
  const frozen = able('ActivateRouterInterface');
  const active = able('DeactivateRouterInterface');
  if (frozen.length > 0 && draw.chance(60)) return draw.pick(frozen);
  if (active.length === 0) return plan.anyInterface(draw);
  const name = draw.pick(active);
  if (draw.chance(40)) plan.add(plain(draw, plan, 'DeactivateRouterInterface', name), settle);
  return name;
}
