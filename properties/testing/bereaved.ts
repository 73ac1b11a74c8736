import type { CallCommand, Command, Operation } from '../../model/vocabulary.ts';
import type { Sequence } from '../sequence.ts';

const settle: Command = { kind: 'settle' };

/**
 * Deletes one end of a pair while the other, which a spec change or an activation is about, is on its way: too
 * seldom to wait for it by chance.
 */
export function bereaved(region: string, spec: boolean): Sequence {
  const on = (operation: Operation, name: string, args: CallCommand['args'] = {}): CallCommand => ({
    kind: 'call',
    operation,
    args: { RegionId: region, RouterInterfaceId: { ref: name }, ...args },
  });
  const make = (name: string, router: number, Role: string, Spec: string): CallCommand => ({
    kind: 'call',
    operation: 'CreateRouterInterface',
    args: {
      RegionId: region,
      OppositeRegionId: region,
      RouterType: 'VRouter',
      RouterId: { ref: `router#${router}` },
      Role,
      Spec,
    },
    as: name,
  });
  const point = (name: string, peer: string, router: number): CallCommand =>
    on('ModifyRouterInterfaceAttribute', name, {
      OppositeInterfaceId: { ref: peer },
      OppositeRouterId: { ref: `router#${router}` },
      OppositeRouterType: 'VRouter',
    });
  const look: CallCommand = {
    kind: 'call',
    operation: 'DescribeRouterInterfaceAttribute',
    args: { RegionId: region, InstanceId: { ref: 'ri#1' } },
  };
  const pair: Command[] = [
    make('ri#1', 1, 'InitiatingSide', 'Mini.2'),
    make('ri#2', 2, 'AcceptingSide', 'Negative'),
    point('ri#2', 'ri#1', 1),
    point('ri#1', 'ri#2', 2),
    on('ConnectRouterInterface', 'ri#1'),
    settle,
    on('DeactivateRouterInterface', 'ri#2'),
    settle,
  ];
  const before = on('DeactivateRouterInterface', 'ri#1');
  const commands = [
    ...pair,
    ...(spec
      ? [on('ModifyRouterInterfaceSpec', 'ri#1', { Spec: 'Small.1' })]
      : [before, settle, on('ActivateRouterInterface', 'ri#1')]),
    on('DeleteRouterInterface', 'ri#2'),
    look,
    settle,
    look,
  ];
  return { commands, routers: 2, exclusive: false };
}
