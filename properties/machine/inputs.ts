import {
  type CallCommand,
  type Command,
  type Operation,
  ownAccount,
  type Ref,
} from '../../model/vocabulary.ts';
import { findInterface, type World } from '../../model/world.ts';
import { type Args, call } from '../generate/calls.ts';
import type { Draw } from '../generate/draw.ts';
import { goodDescription, goodName, initiatorSpec } from '../generate/values.ts';
import { roleOf, type Slot, slots } from './abstraction.ts';

/** Where an input is sent: names for what it is about, in a sequence or in the abstract world. */
export interface Site {
  readonly region: string;
  readonly otherRegion: string;
  /** The interface in a slot; one that does not exist where none was made yet. */
  interface(slot: string): Ref;
  router(slot: Slot): Ref;
  routeTable(slot: Slot): Ref;
  /** A name for what is to be made in a slot. */
  fresh(slot: string): string;
}

/** What one input of the alphabet is for. */
export type InputKind =
  /** A call that is as it should be: whether it is refused is a matter of the state. */
  | 'call'
  /** A call with one thing wrong with it, the same in every state. */
  | 'faulty call'
  /** Reads, and shows the state. */
  | 'look'
  | 'settle'
  /** Brings about a fact that no judged call can: a lock, a bill, a route entry, more interfaces. */
  | 'fact';

/** One letter of the alphabet: an operation, a class of its parameters, and the interface it is about. */
export interface Input {
  /** E.g. `Connect initiator` or `Create acceptor: unknown router`. */
  readonly id: string;
  readonly kind: InputKind;
  readonly operation: Operation | 'settle' | 'control';
  readonly on?: Slot;
  /** Whether it makes sense in a world; it is left out where it does not. */
  enabled?(world: World): boolean;
  /** With values drawn from its classes. The answer to the last command is the output; the others just succeed. */
  commands(site: Site, draw: Draw): readonly Command[];
  /** What undoes it; for facts. */
  readonly undoes?: boolean;
}

const short = (operation: Operation): string => operation.replace('RouterInterface', '');

export const alive = (world: World, slot: string): boolean => findInterface(world, slot) !== undefined;

/** A slot can be filled while nothing is in it, or nothing any more; state 1 of the chart is `gone`. */
export function isFree(world: World, slot: Slot, gone: number): boolean {
  const each = findInterface(world, slot);
  return each === undefined || each.states === gone;
}

export const creation = (site: Site, slot: Slot, draw: Draw): Args => ({
  RegionId: site.region,
  Role: roleOf(slot),
  Spec: slot === 'initiator' ? initiatorSpec(draw) : 'Negative',
  RouterType: 'VRouter',
  RouterId: site.router(slot),
  OppositeRegionId: site.region,
  OppositeRouterType: 'VRouter',
});

export const peerOf = (slot: Slot): Slot => (slot === 'initiator' ? 'acceptor' : 'initiator');

export const onInterface = (site: Site, slot: Slot, more: Args = {}): Args => ({
  RegionId: site.region,
  RouterInterfaceId: site.interface(slot),
  ...more,
});

export function tell(site: Site, slot: Slot, changes: Args = {}): CallCommand {
  const peer = peerOf(slot);
  return call(
    'ModifyRouterInterfaceAttribute',
    onInterface(site, slot, {
      OppositeInterfaceId: site.interface(peer),
      OppositeRouterId: site.router(peer),
      OppositeRouterType: 'VRouter',
      OppositeInterfaceOwnerId: ownAccount,
      ...changes,
    }),
  );
}

/** Everything on the two routers of the pair. */
export const look = (site: Site): CallCommand =>
  call('DescribeRouterInterfaces', {
    RegionId: site.region,
    'Filter.1.Key': 'RouterId',
    'Filter.1.Value.1': site.router('initiator'),
    'Filter.1.Value.2': site.router('acceptor'),
    PageSize: '50',
  });

/** The inputs that walk through the lifecycle. `gone` is the chart's state of what does not exist. */
export function lifecycleInputs(gone: number): readonly Input[] {
  const inputs: Input[] = [
    { id: 'Settle', kind: 'settle', operation: 'settle', commands: () => [{ kind: 'settle' }] },
    { id: 'List', kind: 'look', operation: 'DescribeRouterInterfaces', commands: (site) => [look(site)] },
  ];
  for (const slot of slots) {
    const onSlot = (operation: Operation, what: string, more: (draw: Draw) => Args = () => ({})): void => {
      const id = `${short(operation)}${what} ${slot}`;
      const commands = (site: Site, draw: Draw): Command[] => [
        call(operation, onInterface(site, slot, more(draw))),
      ];
      inputs.push({ id, kind: 'call', operation, on: slot, commands });
    };
    inputs.push({
      id: `Create ${slot}`,
      kind: 'call',
      operation: 'CreateRouterInterface',
      on: slot,
      enabled: (world) => isFree(world, slot, gone),
      commands: (site, draw) => [call('CreateRouterInterface', creation(site, slot, draw), site.fresh(slot))],
    });
    inputs.push({
      id: `Tell ${slot}`,
      kind: 'call',
      operation: 'ModifyRouterInterfaceAttribute',
      on: slot,
      // Telling of something that was never made would be one state more, and is tested by telling half.
      enabled: (world) => alive(world, peerOf(slot)),
      commands: (site) => [tell(site, slot)],
    });
    onSlot('ConnectRouterInterface', '');
    onSlot('ActivateRouterInterface', '');
    onSlot('DeactivateRouterInterface', '');
    onSlot('DeleteRouterInterface', '');
    onSlot('ModifyRouterInterfaceAttribute', ' text', (draw) =>
      draw.chance(50)
        ? { Name: goodName(draw) }
        : { Name: goodName(draw), Description: goodDescription(draw) },
    );
    onSlot('ModifyRouterInterfaceSpec', '', (draw) => ({
      Spec: slot === 'initiator' ? initiatorSpec(draw) : 'Negative',
    }));
    inputs.push({
      id: `DescribeAttribute ${slot}`,
      kind: 'look',
      operation: 'DescribeRouterInterfaceAttribute',
      on: slot,
      commands: (site) => [
        call('DescribeRouterInterfaceAttribute', {
          RegionId: site.region,
          InstanceId: site.interface(slot),
        }),
      ],
    });
  }
  return inputs;
}
