import type { Body, Call, Guard, Operation } from './operation.ts';
import type { Settings } from './options.ts';
import {
  booleanOf,
  isAddress,
  isDescription,
  isName,
  isSet,
  sent,
  tagsOf,
  wholeNumber,
} from './parameters.ts';
import type { Reason } from './refusals.ts';
import { regionGuard, regions } from './regions.ts';
import { isSpec } from './specs.ts';
import { timestamp } from './timeline.ts';
import { tokenGuard } from './tokens.ts';
import type { RouterInterface, Vpc } from './world.ts';

/** The recorded EndTime of an interface that is paid by use. */
const neverEnds = '2999-09-08T16:00:00Z';

function parameter(name: string, check: (call: Call) => Reason | undefined): Guard {
  return { name, kind: 'parameter', check };
}

function state(name: string, check: (call: Call) => Reason | undefined): Guard {
  return { name, kind: 'state', check };
}

function routerOf(call: Call): Vpc | undefined {
  const vpc = call.world.byRouter.get(call.params['RouterId'] ?? '');
  return vpc && vpc.regionId === call.params['RegionId'] ? vpc : undefined;
}

/** R20 to R23 and R25: none of these combinations has a documented code. */
const borderRouterGuards: readonly Guard[] = [
  parameter('routerType', ({ params }) =>
    ['VRouter', 'VBR'].includes(params['RouterType'] ?? '') ? undefined : 'InvalidRouterType',
  ),
  parameter('oppositeType', ({ params }) =>
    ['VRouter', 'VBR', '', undefined].includes(params['OppositeRouterType'])
      ? undefined
      : 'oppositeRouterType',
  ),
  parameter('vbrRole', ({ params }) =>
    params['RouterType'] === 'VBR' && params['Role'] === 'AcceptingSide' ? 'role' : undefined,
  ),
  parameter('oppositeVbr', ({ params }) =>
    params['OppositeRouterType'] === 'VBR' && params['Role'] === 'InitiatingSide' ? 'role' : undefined,
  ),
  parameter('vbrOpposite', ({ params }) =>
    params['RouterType'] === 'VBR' && params['OppositeRouterType'] === 'VBR'
      ? 'oppositeRouterType'
      : undefined,
  ),
  parameter('accessPoint', ({ params }) => {
    const given = params['AccessPointId'] !== undefined;
    if (params['RouterType'] === 'VBR') return given ? undefined : 'MissingAccessPointId';
    return given ? 'InvalidAccessPointId' : undefined;
  }),
  parameter('oppositeAccessPoint', ({ params }) => {
    const given = params['OppositeAccessPointId'] !== undefined;
    if (params['OppositeRouterType'] === 'VBR') return given ? undefined : 'MissingOppositeAccessPointId';
    return given ? 'InvalidOppositeAccessPointId' : undefined;
  }),
  parameter('fastLink', ({ params }) => {
    if (params['FastLinkMode'] === undefined || booleanOf(params['FastLinkMode']) === false) return undefined;
    const complete =
      isSet(params, 'FastLinkMode') &&
      params['Role'] === 'InitiatingSide' &&
      params['RouterType'] === 'VBR' &&
      params['OppositeRouterType'] === 'VRouter' &&
      Boolean(params['AccessPointId'] && params['OppositeRouterId'] && params['OppositeInterfaceOwnerId']);
    return complete ? undefined : 'InvalidFastLinkMode';
  }),
];

/** R28: a subscription names its length; Month takes 1 to 9, Year 1 to 3. */
const prepaidGuards: readonly Guard[] = [
  parameter('chargeType', ({ params }) =>
    ['PrePaid', 'PostPaid', undefined].includes(params['InstanceChargeType'])
      ? undefined
      : 'InvalidInstanceChargeType',
  ),
  parameter('prepaid', ({ params }) => {
    if (params['InstanceChargeType'] !== 'PrePaid') return undefined;
    if (params['Period'] === undefined) return 'MissingPeriod';
    const cycle = params['PricingCycle'] ?? 'Month';
    if (cycle !== 'Month' && cycle !== 'Year') return 'InvalidPricingCycle';
    const period = wholeNumber(params['Period']);
    if (!(period >= 1 && period <= (cycle === 'Year' ? 3 : 9))) return 'InvalidPeriod';
    return params['AutoPay'] === undefined ? 'MissingAutoPay' : undefined;
  }),
];

const guards: readonly Guard[] = [
  regionGuard('region'),
  parameter('role', ({ params }) =>
    ['InitiatingSide', 'AcceptingSide'].includes(params['Role'] ?? '') ? undefined : 'role',
  ),
  parameter('spec', ({ params, settings }) =>
    isSpec(params['Spec'] ?? '', settings.profile.extraSpecs === 'accept') ? undefined : 'spec',
  ),
  parameter('roleSpec', ({ params, settings }) =>
    settings.profile.specMismatch === 'refuse' && !specFits(params['Role'], params['Spec'])
      ? 'spec'
      : undefined,
  ),
  {
    name: 'oppositeRegion',
    kind: 'existence',
    check: ({ params }) =>
      Object.hasOwn(regions, params['OppositeRegionId'] ?? '') ? undefined : 'oppositeRegion',
  },
  ...borderRouterGuards,
  parameter('name', ({ params }) =>
    params['Name'] === undefined || isName(params['Name']) ? undefined : 'name',
  ),
  parameter('description', ({ params }) =>
    params['Description'] === undefined || isDescription(params['Description']) ? undefined : 'description',
  ),
  parameter('healthCheck', ({ params }) => {
    const { HealthCheckSourceIp: source, HealthCheckTargetIp: target } = params;
    if (source !== undefined && target === undefined) return 'healthCheckIp';
    if (source !== undefined && !isAddress(source)) return 'healthCheckSource';
    return target !== undefined && !isAddress(target) ? 'healthCheckIp' : undefined;
  }),
  ...prepaidGuards,
  parameter('tags', ({ params }) => {
    const list = tagsOf(params, 'Tags');
    return list && (list.count > 20 || list.keyless || list.malformed) ? 'InvalidTags' : undefined;
  }),
  tokenGuard,
  {
    name: 'router',
    kind: 'existence',
    check: (call) => {
      if (call.params['RouterType'] === 'VBR') return 'vbr';
      return routerOf(call) ? undefined : 'router';
    },
  },
  state('quota', (call) => {
    const vpc = routerOf(call);
    if (!vpc) return undefined;
    const { settings, world } = call;
    const limit = settings.interfacesPerRouter - (settings.is('create-quota-four') ? 1 : 0);
    const counted = vpc.interfaces + (settings.is('quota-counts-deleted') ? vpc.deleted : 0);
    if (counted >= limit) return 'quota';
    if (settings.profile.quota === 'router') return undefined;
    const region = [...world.interfaces.values()].filter((ri) => ri.regionId === vpc.regionId);
    return region.length >= settings.interfacesPerAccount ? 'quota' : undefined;
  }),
  state('bills', ({ world }) => (world.isOverdue ? 'bills' : undefined)),
  state('mutants', ({ params, settings, world }) => {
    const opposite = params['OppositeRouterId'];
    if (opposite === undefined) return undefined;
    if (settings.is('create-checks-opposite') && !world.byRouter.has(opposite)) return 'router';
    if (!settings.is('create-no-second-unconnected')) return undefined;
    const twin = [...world.interfaces.values()].some(
      (ri) => ri.routerId === params['RouterId'] && ri.oppositeRouterId === opposite,
    );
    return twin ? 'onePair' : undefined;
  }),
];

/** Returns whether role and spec go together: Negative for the acceptor, bandwidth for the initiator (R11, R12). */
export function specFits(role: string | undefined, spec: string | undefined): boolean {
  return (role === 'AcceptingSide') === (spec === 'Negative');
}

/** CreateRouterInterface: one unconnected end on a VRouter, Idle at once (R13). */
export const createInterface: Operation = {
  mandatory: ['RegionId', 'Role', 'OppositeRegionId', 'Spec', 'RouterType', 'RouterId'],
  token: true,
  guards,
  perform: create,
  refused: (call, reason) => {
    if (reason === 'name' && call.settings.is('refused-create-creates') && routerOf(call)) create(call);
  },
};

function create(call: Call): Body {
  const { settings, world } = call;
  const vpc = routerOf(call);
  if (!vpc) throw new Error('CreateRouterInterface ran without the router that its guards must have found.');
  const ri = build(call, vpc);
  vpc.interfaces += 1;
  world.interfaces.set(ri.id, ri);
  if (settings.is('create-without-id')) return {};
  // OrderId belongs to subscriptions only (R14).
  if (ri.chargeType === 'PrePaid' || settings.is('order-id-for-postpaid')) {
    return { RouterInterfaceId: ri.id, OrderId: 202_600_000_000_000 + vpc.created };
  }
  return { RouterInterfaceId: ri.id };
}

function build({ params, settings, world }: Call, vpc: Vpc): RouterInterface {
  const { profile } = settings;
  const now = world.timeline.time;
  const id = world.identifiers.resource('ri');
  const role = params['Role'] ?? '';
  const asked = params['Spec'] ?? '';
  const spec = profile.specMismatch === 'normalise' && !specFits(role, asked) ? 'Negative' : asked;
  const name = params['Name'] ?? (profile.defaultName === 'id' ? id : undefined);
  const opposite = sent(params, 'OppositeRouterId');
  vpc.created += 1;
  const prepaid = params['InstanceChargeType'] === 'PrePaid';
  const startsInactive =
    settings.is('created-inactive') || (settings.is('recreated-inactive') && vpc.deleted > 0);
  return {
    id,
    regionId: vpc.regionId,
    routerId: vpc.routerId,
    vpcId: vpc.id,
    ordinal: vpc.created,
    creationTime: timestamp(now),
    endTime: prepaid ? endOf(now, params) : neverEnds,
    chargeType: prepaid ? 'PrePaid' : 'AfterPay',
    resourceGroupId: settings.is('group-not-stored') ? undefined : sent(params, 'ResourceGroupId'),
    oppositeRegionId: params['OppositeRegionId'] ?? '',
    oppositeAccessPointId: params['OppositeAccessPointId'],
    role,
    spec,
    status: startsInactive ? 'Inactive' : 'Idle',
    businessStatus: 'Normal',
    operationLocked: false,
    name,
    description: params['Description'],
    oppositeRouterType: sent(params, 'OppositeRouterType'),
    oppositeRouterId: opposite,
    oppositeInterfaceId: sent(params, 'OppositeInterfaceId'),
    oppositeInterfaceOwnerId: sent(params, 'OppositeInterfaceOwnerId'),
    oppositeVpcId: opposite === undefined ? undefined : world.byRouter.get(opposite)?.id,
    healthCheckSourceIp: params['HealthCheckSourceIp'],
    healthCheckTargetIp: params['HealthCheckTargetIp'],
    hcThreshold: undefined,
    hcRate: undefined,
    connectedTime: settings.is('connected-time-at-creation') ? timestamp(now) : undefined,
    peerId: undefined,
    following: undefined,
    routes: 0,
    specChanges: 0,
    tags: settings.is('tags-not-stored') ? undefined : tagsOf(params, 'Tags')?.tags,
    deactivations: 0,
    activations: 0,
    firstName: name,
    bandwidthSpec: bandwidthSpec(settings, vpc, asked, spec),
  };
}

/** Returns the spec whose Bandwidth is shown: the interface's own, except for two mutants. */
function bandwidthSpec(settings: Settings, vpc: Vpc, asked: string, spec: string): string {
  if (settings.is('third-without-bandwidth') && vpc.created === 3) return 'Negative';
  return settings.is('normalised-keeps-bandwidth') ? asked : spec;
}

function endOf(now: number, params: Call['params']): string {
  const end = new Date(now);
  const months = wholeNumber(params['Period'] ?? '1') * (params['PricingCycle'] === 'Year' ? 12 : 1);
  end.setUTCMonth(end.getUTCMonth() + (Number.isNaN(months) ? 1 : months));
  return timestamp(end.getTime());
}
