import { isAccepting } from './connect-interface.ts';
import { financialGuard, interfaceGuard } from './interface-guards.ts';
import { type Body, type Call, type Guard, type Operation, type Params, targetOf } from './operation.ts';
import { isAddress, isDescription, isName, isSet, sent, wholeNumber } from './parameters.ts';
import type { Reason } from './refusals.ts';
import { regionGuard } from './regions.ts';
import { timestamp } from './timeline.ts';
import type { RouterInterface } from './world.ts';

const oppositeParameters = [
  'OppositeInterfaceId',
  'OppositeRouterId',
  'OppositeRouterType',
  'OppositeInterfaceOwnerId',
];

function sendsOpposite(params: Params): boolean {
  return oppositeParameters.some((name) => sent(params, name) !== undefined);
}

function settled(ri: RouterInterface): boolean {
  return ri.status === 'Active' || ri.status === 'Idle' || ri.status === 'Inactive';
}

function parameter(name: string, check: (params: Params) => Reason | undefined): Guard {
  return { name, kind: 'parameter', check: ({ params }) => check(params) };
}

function positive(name: string, refused: Reason): (params: Params) => Reason | undefined {
  return (params) => {
    const value = params[name];
    return value === undefined || wholeNumber(value) > 0 ? undefined : refused;
  };
}

const healthCheckGuards: readonly Guard[] = [
  parameter('healthCheck', ({ HealthCheckSourceIp: source, HealthCheckTargetIp: target }) => {
    if ((source === undefined) !== (target === undefined)) return 'healthCheckIp';
    if (source !== undefined && !isAddress(source)) return 'healthCheckSource';
    return target !== undefined && !isAddress(target) ? 'healthCheckIp' : undefined;
  }),
  parameter('conflict', (params) => {
    const address = params['HealthCheckSourceIp'] ?? params['HealthCheckTargetIp'];
    return isSet(params, 'DeleteHealthCheckIp') && address !== undefined ? 'healthCheckConflict' : undefined;
  }),
  parameter('threshold', positive('HcThreshold', 'hcThreshold')),
  parameter('rate', positive('HcRate', 'hcRate')),
];

const guards: readonly Guard[] = [
  regionGuard('region'),
  interfaceGuard('interfaceRecords'),
  { name: 'status', kind: 'status', check: ({ ri }) => (ri && !settled(ri) ? 'notModifiable' : undefined) },
  financialGuard('financial'),
  parameter('name', ({ Name }) => (Name === undefined || isName(Name) ? undefined : 'name')),
  parameter('description', ({ Description }) =>
    Description === undefined || isDescription(Description) ? undefined : 'description',
  ),
  parameter('oppositeType', ({ OppositeRouterType }) =>
    ['VRouter', 'VBR', '', undefined].includes(OppositeRouterType) ? undefined : 'oppositeRouterType',
  ),
  {
    // R69: what was set once stays. Setting the id for the first time is how a VBR link is made.
    name: 'vbr',
    kind: 'state',
    check: ({ params, ri }) => {
      if (ri?.oppositeRouterType !== 'VBR') return undefined;
      const changed =
        differs(sent(params, 'OppositeRouterType'), ri.oppositeRouterType) ||
        differs(sent(params, 'OppositeRouterId'), ri.oppositeRouterId) ||
        differs(sent(params, 'OppositeInterfaceId'), ri.oppositeInterfaceId);
      return changed ? 'oppositeIsVbr' : undefined;
    },
  },
  {
    name: 'opposite',
    kind: 'status',
    check: (call) => {
      const { params, ri, settings } = call;
      if (!ri || !sendsOpposite(params)) return undefined;
      // An acceptor that shows Idle while it is being connected is busy all the same (R71).
      if (isAccepting(call, ri)) return 'processing';
      // In a transitional status the rule on the status speaks.
      if (ri.status === 'Idle' || !settled(ri)) return undefined;
      return oppositeRefusals[settings.profile.oppositeWhileNotIdle];
    },
  },
  ...healthCheckGuards,
  {
    name: 'mutants',
    kind: 'state',
    check: ({ params, ri, settings }) => {
      const named = ri?.status === 'Active' && params['Name'] !== undefined;
      if (named && settings.is('modify-refuses-name-when-active')) return 'notModifiable';
      return ri?.status === 'Inactive' && settings.is('modify-refuses-inactive')
        ? 'notModifiable'
        : undefined;
    },
  },
];

/** A10: the codes that may answer opposite information sent too late (R62). */
const oppositeRefusals = {
  IncorrectStatus: 'notModifiable',
  'InvalidParam.ModifyRouterInterface': 'modifyParam',
  'LinkRole.NotSupport': 'linkRole',
  accept: undefined,
} as const;

function differs(given: string | undefined, current: string | undefined): boolean {
  return given !== undefined && current !== undefined && given !== current;
}

/** ModifyRouterInterfaceAttribute: what is sent replaces what was; what is not sent stays (A11). */
export const modifyAttribute: Operation = {
  mandatory: ['RegionId', 'RouterInterfaceId'],
  target: 'RouterInterfaceId',
  guards,
  perform: modify,
  refused: ({ params, ri, settings }, reason) => {
    const renames = reason === 'description' && settings.is('refused-modify-renames');
    if (ri && renames) ri.name = params['Name'] ?? ri.name;
  },
};

function modify(call: Call): Body {
  const { params, settings, world } = call;
  const ri = targetOf(call);
  const lost =
    settings.is('name-not-stored') || (settings.is('rename-after-cycle-lost') && ri.deactivations > 0);
  if (!lost) ri.name = params['Name'] ?? ri.name;
  ri.description =
    params['Description'] ?? (settings.is('modify-wipes-description') ? undefined : ri.description);
  if (sendsOpposite(params)) storeOpposite(call, ri);
  storeHealthCheck(call, ri);
  if (settings.is('modify-wipes-tags') && params['Name'] !== undefined) ri.tags = undefined;
  if (settings.is('creation-time-of-modify')) ri.creationTime = timestamp(world.timeline.time);
  if (settings.is('connected-time-of-modify') && ri.connectedTime !== undefined)
    ri.connectedTime = timestamp(world.timeline.time);
  if (settings.is('modify-resets-status') && ri.status === 'Active') ri.status = 'Idle';
  if (settings.is('rename-neighbours')) {
    for (const other of world.interfaces.values()) if (other.routerId === ri.routerId) other.name = ri.name;
  }
  return {};
}

/** R29: the ids are stored as they come. */
function storeOpposite({ params, settings, world }: Call, ri: RouterInterface): void {
  const type = settings.profile.oppositeTypeDefault === 'VBR' ? 'VBR' : ri.oppositeRouterType;
  ri.oppositeRouterType = sent(params, 'OppositeRouterType') ?? type;
  ri.oppositeInterfaceId = sent(params, 'OppositeInterfaceId') ?? ri.oppositeInterfaceId;
  if (!settings.is('opposite-owner-not-stored'))
    ri.oppositeInterfaceOwnerId = sent(params, 'OppositeInterfaceOwnerId') ?? ri.oppositeInterfaceOwnerId;
  const router = sent(params, 'OppositeRouterId');
  if (router === undefined) return;
  ri.oppositeRouterId = router;
  ri.oppositeVpcId = world.byRouter.get(router)?.id;
}

function storeHealthCheck({ params, settings }: Call, ri: RouterInterface): void {
  if (isSet(params, 'DeleteHealthCheckIp') && !settings.is('health-check-kept')) {
    ri.healthCheckSourceIp = undefined;
    ri.healthCheckTargetIp = undefined;
  }
  ri.healthCheckSourceIp = params['HealthCheckSourceIp'] ?? ri.healthCheckSourceIp;
  ri.healthCheckTargetIp = params['HealthCheckTargetIp'] ?? ri.healthCheckTargetIp;
  const { HcThreshold: threshold, HcRate: rate } = params;
  if (threshold !== undefined && !settings.is('threshold-not-stored'))
    ri.hcThreshold = wholeNumber(threshold);
  else if (rate !== undefined && settings.is('rate-changes-threshold')) ri.hcThreshold = 8;
  if (rate !== undefined && !settings.is('rate-not-stored')) ri.hcRate = wholeNumber(rate);
}
