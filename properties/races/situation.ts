import { type CallCommand, type Command, type Operation, ownAccount } from '../../model/vocabulary.ts';
import { type Args, call, plain } from '../generate/calls.ts';
import type { Draw } from '../generate/draw.ts';
import type { Plan } from '../generate/plan.ts';

export const settle: Command = { kind: 'settle' };

/** Two ends that know each other. */
export interface Ends {
  readonly initiator: string;
  readonly acceptor: string;
}

/** How far two ends have got when a race begins. */
export type Progress = 'told' | 'connecting' | 'active' | 'inactive';

/** The request for an interface of which nothing is special. */
export function createArgs(plan: Plan, role: string, router: number): Args {
  return {
    RegionId: plan.region,
    Role: role,
    Spec: role === 'InitiatingSide' ? 'Mini.2' : 'Negative',
    RouterType: 'VRouter',
    RouterId: { ref: `router#${router}` },
    OppositeRegionId: plan.region,
    OppositeRouterType: 'VRouter',
  };
}

/** Makes one interface. */
export function made(plan: Plan, role: string, router: number): string {
  const name = plan.freshName();
  plan.add(call('CreateRouterInterface', createArgs(plan, role, router), name));
  return name;
}

/** Tells one end of the other, all four parameters of it: a target may ask for each (A33). */
export function tell(plan: Plan, from: string, to: string): CallCommand {
  return call('ModifyRouterInterfaceAttribute', {
    RegionId: plan.region,
    RouterInterfaceId: { ref: from },
    OppositeInterfaceId: { ref: to },
    OppositeRouterId: plan.routerOf(to),
    OppositeRouterType: 'VRouter',
    OppositeInterfaceOwnerId: ownAccount,
  });
}

/** Makes two ends on two routers and brings them as far as that. */
export function ends(
  draw: Draw,
  plan: Plan,
  progress: Progress,
  [from, to]: readonly [number, number] = [1, 2],
): Ends {
  const initiator = made(plan, 'InitiatingSide', from);
  const acceptor = made(plan, 'AcceptingSide', to);
  plan.add(tell(plan, initiator, acceptor), tell(plan, acceptor, initiator));
  const on = (operation: Operation, name: string): CallCommand => plain(draw, plan, operation, name);
  if (progress !== 'told') plan.add(on('ConnectRouterInterface', initiator));
  if (progress === 'active' || progress === 'inactive') plan.add(settle);
  if (progress === 'inactive') {
    plan.add(on('DeactivateRouterInterface', initiator), settle);
    // Where both ends move together it is frozen by now, and this is refused.
    plan.add(on('DeactivateRouterInterface', acceptor), settle);
  }
  return { initiator, acceptor };
}
