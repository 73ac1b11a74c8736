import type { Arg, CallCommand, Command, Operation, Ref } from '../../model/vocabulary.ts';
import { findInterface, type World } from '../../model/world.ts';
import { type Args, call } from '../generate/calls.ts';
import type { Tables } from '../../model/compile.ts';
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

const alive = (world: World, slot: string): boolean => findInterface(world, slot) !== undefined;

/** A slot can be filled while nothing is in it, or nothing any more; state 1 of the chart is `gone`. */
function isFree(world: World, slot: Slot, gone: number): boolean {
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

const owner = '1234567890123456';

export function tell(site: Site, slot: Slot, changes: Args = {}): CallCommand {
  const peer = peerOf(slot);
  return call(
    'ModifyRouterInterfaceAttribute',
    onInterface(site, slot, {
      OppositeInterfaceId: site.interface(peer),
      OppositeRouterId: site.router(peer),
      OppositeRouterType: 'VRouter',
      OppositeInterfaceOwnerId: owner,
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

/** Whether the initiator was told that its peer is on its own router (R37). */
export function isMisdirected(world: World): boolean {
  const initiator = findInterface(world, 'initiator');
  return initiator !== undefined && initiator.opposite.routerId === initiator.routerId;
}

/** What the target must offer for facts to be brought about. */
export interface FactCapabilities {
  readonly accountHook: boolean;
  readonly interfaceHook: boolean;
  readonly routeEntries: boolean;
}

const quiet = (world: World): boolean =>
  !world.overdue &&
  !isMisdirected(world) &&
  world.routes.length === 0 &&
  world.interfaces.every(({ id, business, operationLocked }) => {
    return business === 'Normal' && !operationLocked && !id.startsWith('rival') && !id.startsWith('crowd');
  });

/** Inputs that bring about one fact at a time, and those that end it. */
export function factInputs(
  { accountHook, interfaceHook, routeEntries }: FactCapabilities,
  tables: Tables,
): readonly Input[] {
  const { stable } = tables;
  const gone = tables.labelled(null);
  const active = tables.bitOfState('Active.linked');
  const atRest = (world: World): boolean => world.interfaces.every(({ states }) => (states & ~stable) === 0);
  const calm = (world: World): boolean => quiet(world) && atRest(world);
  const there = (world: World, slot: Slot): boolean => !isFree(world, slot, gone);
  const inputs: Input[] = [];
  const control = (
    id: string,
    on: Slot | undefined,
    set: Extract<Command, { kind: 'control' }>['set'],
    enabled: (world: World) => boolean,
    undoes = false,
  ): void => {
    inputs.push({
      id,
      kind: 'fact',
      operation: 'control',
      undoes,
      ...(on === undefined ? {} : { on }),
      enabled,
      commands: (site) => [
        on === undefined
          ? { kind: 'control', hook: 'account', set }
          : { kind: 'control', hook: 'interface', on: site.interface(on), set },
      ],
    });
  };
  if (accountHook) {
    control('Overdue', undefined, { overdue: true }, calm);
    control('Paid', undefined, { overdue: false }, ({ overdue }) => overdue, true);
  }
  for (const slot of slots) {
    if (interfaceHook) {
      const isLocked = (status: string) => (world: World) => findInterface(world, slot)?.business === status;
      const able = (world: World): boolean => calm(world) && there(world, slot);
      for (const status of ['FinancialLocked', 'SecurityLocked']) {
        control(`${status} ${slot}`, slot, { businessStatus: status }, able);
        control(`no longer ${status} ${slot}`, slot, { businessStatus: 'Normal' }, isLocked(status), true);
      }
      control(`Operation lock ${slot}`, slot, { operationLocked: true }, able);
      control(
        `no longer Operation lock ${slot}`,
        slot,
        { operationLocked: false },
        (world) => findInterface(world, slot)?.operationLocked === true,
        true,
      );
    }
    if (!routeEntries) continue;
    inputs.push(
      {
        id: `Route to ${slot}`,
        kind: 'fact',
        operation: 'CreateRouteEntry',
        on: slot,
        // Not every target lets a route lead to what is not in service.
        enabled: (world) => calm(world) && findInterface(world, slot)?.states === active,
        commands: (site, draw) => [routeEntry(site, slot, draw)],
      },
      {
        id: `no longer Route to ${slot}`,
        kind: 'fact',
        operation: 'DeleteRouteEntry',
        on: slot,
        undoes: true,
        enabled: ({ routes }) =>
          routes.some(({ nextHop, leavingSince }) => nextHop === slot && leavingSince === undefined),
        commands: (site) => [
          call('DeleteRouteEntry', {
            RegionId: site.region,
            RouteEntryId: site.interface(`route ${slot}`),
          }),
        ],
      },
    );
  }
  const idle = tables.bitOfState('Idle.free');
  inputs.push({
    id: 'Misdirect initiator',
    kind: 'fact',
    operation: 'ModifyRouterInterfaceAttribute',
    on: 'initiator',
    enabled: (world) =>
      calm(world) && alive(world, 'acceptor') && findInterface(world, 'initiator')?.states === idle,
    commands: (site) => [tell(site, 'initiator', { OppositeRouterId: site.router('initiator') })],
  });
  inputs.push(...crowds(calm), ...rivals(calm));
  return inputs;
}

function routeEntry(site: Site, slot: Slot, draw: Draw): CallCommand {
  return call(
    'CreateRouteEntry',
    {
      RegionId: site.region,
      RouteTableId: site.routeTable(slot),
      DestinationCidrBlock: `10.${draw.int(1, 250)}.${draw.int(0, 250)}.0/24`,
      NextHopType: 'RouterInterface',
      NextHopId: site.interface(slot),
    },
    site.fresh(`route ${slot}`),
  );
}

/** As many interfaces as a router holds, on the first router (R17). */
function crowds(calm: (world: World) => boolean): readonly Input[] {
  return [
    {
      id: 'Crowd',
      kind: 'fact',
      operation: 'CreateRouterInterface',
      enabled: (world) => calm(world) && !alive(world, 'initiator') && !alive(world, 'acceptor'),
      commands: (site, draw) =>
        [1, 2, 3, 4, 5].map((number) =>
          call(
            'CreateRouterInterface',
            { ...creation(site, 'initiator', draw), Role: 'AcceptingSide', Spec: 'Negative' },
            site.fresh(`crowd ${number}`),
          ),
        ),
    },
  ];
}

/** A second pair between the same routers, told of each other (R38, R39). */
function rivals(calm: (world: World) => boolean): readonly Input[] {
  const point = (site: Site, from: string, to: string, router: Arg): CallCommand =>
    call('ModifyRouterInterfaceAttribute', {
      RegionId: site.region,
      RouterInterfaceId: site.interface(from),
      OppositeInterfaceId: site.interface(to),
      OppositeRouterId: router,
      OppositeRouterType: 'VRouter',
      OppositeInterfaceOwnerId: owner,
    });
  const rival = (slot: Slot): string => `rival ${slot}`;
  return [
    {
      id: 'Rival pair',
      kind: 'fact',
      operation: 'ModifyRouterInterfaceAttribute',
      enabled: (world) => calm(world) && alive(world, 'initiator') && alive(world, 'acceptor'),
      commands: (site, draw) => [
        ...slots.map((slot) =>
          call('CreateRouterInterface', creation(site, slot, draw), site.fresh(rival(slot))),
        ),
        point(site, rival('initiator'), rival('acceptor'), site.router('acceptor')),
        point(site, rival('acceptor'), rival('initiator'), site.router('initiator')),
      ],
    },
    {
      id: 'Connect rival',
      kind: 'call',
      operation: 'ConnectRouterInterface',
      enabled: (world) => alive(world, rival('initiator')),
      commands: (site) => [
        call('ConnectRouterInterface', {
          RegionId: site.region,
          RouterInterfaceId: site.interface(rival('initiator')),
        }),
      ],
    },
  ];
}
