import type { CallCommand, Command, Operation } from '../../model/vocabulary.ts';
import type { Sequence } from '../sequence.ts';

/** Sequences that come by chance too seldom to wait for them. */

const settle: Command = { kind: 'settle' };

type Parts = ReturnType<typeof partsIn>;

function partsIn(region: string) {
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
  return {
    activate: (name: string) => on('ActivateRouterInterface', name),
    deactivate: (name: string) => on('DeactivateRouterInterface', name),
    remove: (name: string) => on('DeleteRouterInterface', name),
    changeSpec: on('ModifyRouterInterfaceSpec', 'ri#1', { Spec: 'Small.1' }),
    look: (name: string): CallCommand => ({
      kind: 'call',
      operation: 'DescribeRouterInterfaceAttribute',
      args: { RegionId: region, InstanceId: { ref: name } },
    }),
    connected: [
      make('ri#1', 1, 'InitiatingSide', 'Mini.2'),
      make('ri#2', 2, 'AcceptingSide', 'Negative'),
      point('ri#2', 'ri#1', 1),
      point('ri#1', 'ri#2', 2),
      on('ConnectRouterInterface', 'ri#1'),
      settle,
    ],
  };
}

const sequence = (commands: readonly Command[]): Sequence => ({ commands, routers: 2, exclusive: false });

/**
 * Deletes one end of a pair while the other, which a spec change or an activation is about, is on its way.
 */
export function bereaved(region: string, spec: boolean): Sequence {
  const { connected, activate, deactivate, changeSpec, remove, look } = partsIn(region);
  return sequence([
    ...connected,
    deactivate('ri#2'),
    settle,
    ...(spec ? [changeSpec] : [deactivate('ri#1'), settle, activate('ri#1')]),
    remove('ri#2'),
    look('ri#1'),
    settle,
    look('ri#1'),
  ]);
}

/** What may happen between the deactivation of one end and that of the other, where the peer follows late (A7). */
const meanwhile: Readonly<Record<string, (parts: Parts) => readonly Command[]>> = {
  'it is called back': ({ activate }) => [activate('ri#2')],
  'it is called back from an activation': ({ activate, deactivate, look }) => [
    settle,
    activate('ri#2'),
    look('ri#1'),
    deactivate('ri#2'),
  ],
  'its spec changes': ({ changeSpec, look }) => [changeSpec, look('ri#1')],
  'its peer is deleted': ({ remove }) => [remove('ri#2')],
};

/** Sequences in which something happens to an end that has yet to follow the other, as it has done before. */
export function following(region: string): readonly Sequence[] {
  const parts = partsIn(region);
  const { connected, activate, deactivate, look } = parts;
  const both = [look('ri#2'), look('ri#1')];
  const freeze = [deactivate('ri#2'), ...both];
  const settled = [settle, ...both];
  return Object.values(meanwhile).map((happens) =>
    sequence([
      ...connected,
      ...freeze,
      ...settled,
      activate('ri#2'),
      ...settled,
      ...freeze,
      ...happens(parts),
      look('ri#1'),
      ...settled,
    ]),
  );
}
