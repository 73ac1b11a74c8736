import type { Tables } from '../../model/compile.ts';
import { type Arg, type CallCommand, type Command, ownAccount } from '../../model/vocabulary.ts';
import { findInterface, type World } from '../../model/world.ts';
import { call } from '../generate/calls.ts';
import type { Draw } from '../generate/draw.ts';
import { type Slot, slots } from './abstraction.ts';
import { alive, creation, type Input, isFree, type Site, tell } from './inputs.ts';

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
      OppositeInterfaceOwnerId: ownAccount,
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
