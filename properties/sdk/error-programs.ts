import type { CallCommand, Command } from '../../model/vocabulary.ts';
import type { Args } from './situations.ts';
import {
  call,
  connecting,
  create,
  createArgs,
  ends,
  frozen,
  linked,
  lock,
  named,
  on,
  overdue,
  point,
  settle,
} from './situations.ts';

/** A situation, and the call that is refused in it. */
export interface ErrorProgram {
  readonly before: readonly Command[];
  readonly refused: CallCommand;
}

const locked = { businessStatus: 'FinancialLocked' } as const;
const noRegion: Args = { RegionId: 'cn-nowhere' };
const modify = 'ModifyRouterInterfaceAttribute';
const respec = 'ModifyRouterInterfaceSpec';
const list = 'DescribeRouterInterfaces';

function program(refused: CallCommand, ...before: readonly Command[]): ErrorProgram {
  return { before, refused };
}

function creating(more: Args, ...before: readonly Command[]): ErrorProgram {
  return program(call('CreateRouterInterface', createArgs(1, more)), ...before);
}

function modifying(args: Args): ErrorProgram {
  return program(on(modify, 1, args), ...ends());
}

const sixOnOne = Array.from({ length: 5 }, (_, index) => create(index + 1, 1));
const vbrPeer: Args = {
  Role: 'AcceptingSide',
  OppositeRouterType: 'VBR',
  OppositeAccessPointId: 'ap-1',
  OppositeRouterId: 'vbr-1',
  OppositeInterfaceId: 'ri-1',
};
const route = call('CreateRouteEntry', {
  RouteTableId: named('table', 1),
  DestinationCidrBlock: '10.0.0.0/8',
  NextHopType: 'RouterInterface',
  NextHopId: named('ri', 1),
});

/**
 * Programs that end in a refusal: between them, every documented error that a target can be brought to
 * give through the API and the control hooks. Which code answers depends on the target's edition.
 */
export const errorPrograms: readonly ErrorProgram[] = [
  creating(noRegion),
  creating({ OppositeRegionId: 'cn-nowhere' }),
  creating({ Role: 'Both' }),
  creating({ Spec: 'Huge.1' }),
  creating({ RouterId: 'vrt-none' }),
  creating({ Name: 'http://x' }),
  creating({}, ...sixOnOne),
  creating({}, overdue),
  creating({ Period: '1', InstanceChargeType: 'PrePaid', PricingCycle: 'Week', AutoPay: 'true' }),

  program(on('ConnectRouterInterface', 1, noRegion)),
  program(on('ConnectRouterInterface', 1)),
  program(on('ConnectRouterInterface', 2), ...ends()),
  program(on('ConnectRouterInterface', 1), ...linked()),
  program(on('ConnectRouterInterface', 1), create(1, 1)),
  program(
    on('ConnectRouterInterface', 1),
    create(1, 1),
    create(2, 2, { Role: 'AcceptingSide' }),
    point(1, 2, 2),
  ),
  program(on('ConnectRouterInterface', 1), ...ends(1, 1, 1)),
  program(on('ConnectRouterInterface', 3), ...ends(1), ...ends(3), on('ConnectRouterInterface', 1), settle),
  program(on('ConnectRouterInterface', 3), ...ends(1), ...ends(3), on('ConnectRouterInterface', 1)),
  program(on('ConnectRouterInterface', 1), ...ends(), overdue),

  program(on('ActivateRouterInterface', 1, noRegion)),
  program(on('ActivateRouterInterface', 1)),
  program(on('ActivateRouterInterface', 1), ...linked()),
  program(on('ActivateRouterInterface', 1), ...frozen(), lock(1, locked)),
  program(
    on('ActivateRouterInterface', 1),
    ...frozen(),
    on('DeactivateRouterInterface', 2),
    settle,
    on('DeleteRouterInterface', 2),
    settle,
  ),

  program(on('DeactivateRouterInterface', 1, noRegion), create(1, 1)),
  program(on('DeactivateRouterInterface', 1)),
  program(on('DeactivateRouterInterface', 1), ...frozen()),
  program(on('DeactivateRouterInterface', 1), ...linked(), lock(1, locked)),
  program(on('DeactivateRouterInterface', 1), ...linked(), lock(1, { operationLocked: true })),

  program(on('DeleteRouterInterface', 1, noRegion)),
  program(on('DeleteRouterInterface', 1)),
  program(on('DeleteRouterInterface', 1), ...linked()),
  program(on('DeleteRouterInterface', 1), ...linked(), route, on('DeactivateRouterInterface', 1), settle),
  program(on('DeleteRouterInterface', 1), create(1, 1), lock(1, { operationLocked: true })),
  program(
    on('DeleteRouterInterface', 1),
    create(1, 1, { InstanceChargeType: 'PrePaid', Period: '1', AutoPay: 'true' }),
  ),

  program(on(modify, 1, noRegion)),
  program(on(modify, 1)),
  program(on(modify, 1, { Name: 'fine' }), ...connecting()),
  program(on(modify, 1, { Name: 'fine' }), ...linked(), lock(1, locked)),
  modifying({ Name: 'a' }),
  modifying({ Description: 'a' }),
  modifying({ OppositeRouterType: 'Switch' }),
  program(on(modify, 1, { OppositeRouterId: named('router', 1) }), ...linked()),
  program(on(modify, 2, { OppositeRouterId: named('router', 2) }), ...connecting()),
  program(on(modify, 1, { OppositeInterfaceId: 'ri-2' }), create(1, 1, vbrPeer)),
  modifying({
    DeleteHealthCheckIp: 'true',
    HealthCheckSourceIp: '10.0.0.1',
    HealthCheckTargetIp: '10.0.0.2',
  }),
  modifying({ HcThreshold: '-1' }),
  modifying({ HcRate: '-1' }),
  modifying({ HealthCheckTargetIp: '10.0.0.1' }),
  modifying({ HealthCheckSourceIp: 'x', HealthCheckTargetIp: '10.0.0.1' }),

  program(on(respec, 1, { Spec: 'Huge.1' }), create(1, 1)),
  program(on(respec, 1, { Spec: 'Mini.2' })),
  program(on(respec, 1, { Spec: 'Mini.2' }), ...connecting()),
  program(on(respec, 1, { Spec: 'Mini.2' }), ...linked(), lock(1, locked)),
  program(on(respec, 1, { Spec: 'Mini.2' }), ...ends(), lock(1, locked)),
  program(
    on(respec, 1, { Spec: 'Mini.2' }),
    ...frozen(),
    on('DeactivateRouterInterface', 2),
    settle,
    on('DeleteRouterInterface', 2),
    settle,
  ),

  program(call(list, { 'Filter.1.Key': 'Role', 'Filter.1.Value.1': 'InitiatingSide' })),
  program(
    call(
      list,
      Object.fromEntries(
        Array.from({ length: 6 }, (_, index) => [
          [`Filter.${index + 1}.Key`, 'Name'],
          [`Filter.${index + 1}.Value.1`, 'x'],
        ]).flat(),
      ),
    ),
  ),
  program(call(list, noRegion)),
  program(call(list, { PageSize: '51' })),
  program(call(list, { RegionId: '' })),
  program(call('DescribeRouterInterfaceAttribute', { InstanceId: '' })),
  program(call('DescribeRouterInterfaceAttribute', { InstanceId: 'ri-1', ...noRegion })),
];

/**
 * Editions and profiles of the emulator under which the programs run, newest first: each brings codes that
 * those before it spell otherwise.
 */
export const variants: readonly { readonly edition: string; readonly profile?: string }[] = [
  { edition: 'E2026' },
  { edition: 'E2024' },
  { edition: 'E2024', profile: 'acceptor=Idle,oppositeWhileNotIdle=LinkRole.NotSupport' },
  { edition: 'E2024', profile: 'oppositeWhileNotIdle=InvalidParam.ModifyRouterInterface' },
  { edition: 'E2024', profile: 'precedence=reverse' },
  { edition: 'ECS2014' },
  { edition: 'E2019' },
  { edition: 'E2018b' },
  { edition: 'E2016' },
];
