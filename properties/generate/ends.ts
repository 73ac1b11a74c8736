import type { CallCommand, Command } from '../../model/vocabulary.ts';
import { call, createArgs, modifySpec, plain, pointAt } from './calls.ts';
import type { Draw } from './draw.ts';
import type { Plan } from './plan.ts';

/** Situations that take two ends: told of each other in more than one way, or one of them gone. */

const settle: Command = { kind: 'settle' };

/** Two initiators and one acceptor, which can point back to one of them only (A6), or not quite. */
export function rival(draw: Draw, plan: Plan): void {
  const router = draw.int(1, plan.routers);
  const other = (router % plan.routers) + 1;
  const make = (role: string, on: number): string => {
    const name = plan.freshName();
    plan.add(call('CreateRouterInterface', createArgs(draw, plan, role, on), name));
    return name;
  };
  const first = make('InitiatingSide', router);
  // An initiator in the place of the acceptor can be named, and cannot answer.
  const acceptor = make(draw.chance(75) ? 'AcceptingSide' : 'InitiatingSide', other);
  plan.add(pointAt(draw, plan, first, acceptor), pointAt(draw, plan, acceptor, first));
  const connect = (name: string): CallCommand => plain(draw, plan, 'ConnectRouterInterface', name);
  if (draw.chance(50)) {
    const second = make('InitiatingSide', draw.chance(70) ? router : (other % plan.routers) + 1);
    plan.add(pointAt(draw, plan, second, acceptor));
    if (draw.chance(70)) plan.add(pointAt(draw, plan, acceptor, second));
    plan.add(connect(draw.pick([first, second])));
  } else {
    // One end is told of a router on which its peer is not.
    const misled = draw.pick([first, acceptor]);
    plan.add(
      call('ModifyRouterInterfaceAttribute', {
        RegionId: plan.region,
        RouterInterfaceId: { ref: misled },
        OppositeRouterId: draw.chance(50)
          ? 'vrt-2zunknown0000000001'
          : { ref: `router#${draw.int(1, plan.routers)}` },
      }),
    );
  }
  plan.add(connect(first), settle, plan.look);
}

/** Deletes one end of a pair: with the other frozen as well it cannot be thawed then (R50, A8). */
export function bereave(draw: Draw, plan: Plan): void {
  const active = plan.legal().filter(([, operation]) => operation === 'DeactivateRouterInterface');
  if (active.length === 0) return;
  const [name] = draw.pick(active);
  const peer = plan.peerOf(name);
  if (peer === undefined) return;
  const on = (operation: Parameters<typeof plain>[2], each: string): CallCommand =>
    plain(draw, plan, operation, each);
  if (draw.chance(35)) {
    // The one that is left is in service still, and may be frozen soon.
    plan.add(on('DeactivateRouterInterface', peer), settle, on('DeleteRouterInterface', peer));
    plan.add(modifySpec(draw, plan, name), plan.look, settle, plan.look);
    return;
  }
  plan.add(on('DeactivateRouterInterface', name), on('DeactivateRouterInterface', peer), settle);
  plan.add(on('DeleteRouterInterface', peer));
  if (draw.chance(70)) plan.add(settle);
  plan.add(on('ActivateRouterInterface', name), plan.look);
}

/** An acceptor whose peer is said to be on a border router, and then somebody else (R69). */
export function border(draw: Draw, plan: Plan): void {
  const name = plan.freshName();
  const args = createArgs(draw, plan, 'AcceptingSide', draw.int(1, plan.routers));
  const facing = { OppositeRouterType: 'VBR', OppositeAccessPointId: 'ap-cn-hangzhou-A' };
  plan.add(call('CreateRouterInterface', { ...args, ...facing }, name));
  plan.add(pointAt(draw, plan, name, plan.anyInterface(draw) ?? name), plan.look);
}
