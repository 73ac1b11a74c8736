import { expect } from 'vitest';
import type { Lab } from './lab.ts';

type Sent = Readonly<Record<string, string>>;

const modify = 'ModifyRouterInterfaceAttribute';
const respec = 'ModifyRouterInterfaceSpec';

/** What breaks exactly one rule, and what answers in the current edition. */
export const violations: readonly [rule: string, expected: string, attempt: (lab: Lab) => string][] = [
  ['R1', '400 MissingRegionId', (lab) => lab.code('DescribeRouterInterfaces', { RegionId: '' })],
  ['R2 Connect', '400 MissingRouterInterfaceId', (lab) => lab.code('ConnectRouterInterface')],
  ['R2 Describe', '400 MissingInstanceId', (lab) => lab.code('DescribeRouterInterfaceAttribute')],
  ['R2 Spec', '400 MissingSpec', (lab) => lab.on(lab.ends().a, respec)],
  [
    'R3',
    '404 InvalidRegionId.NotFound',
    (lab) => lab.on('ri-x', 'ActivateRouterInterface', { RegionId: 'cn-x' }),
  ],
  ['R4 Connect', '404 InvalidRouterInterfaceId.NotFound', (lab) => lab.on('ri-x', 'ConnectRouterInterface')],
  [
    'R4 Activate',
    '404 InvalidRouterInterfaceId.NotFound',
    (lab) => lab.on('ri-x', 'ActivateRouterInterface'),
  ],
  [
    'R4 Deactivate',
    '404 InvalidRouterInterfaceId.NotFound',
    (lab) => lab.on('ri-x', 'DeactivateRouterInterface'),
  ],
  ['R4 Modify', '404 InvalidRouterInterfaceId.NotFound', (lab) => lab.on('ri-x', modify)],
  ['R4 Spec', '404 InvalidRouterInterfaceId.NotFound', (lab) => lab.on('ri-x', respec, { Spec: 'Mini.2' })],
  ['R5', '404 InvalidInstanceId.NotFound', (lab) => lab.on('ri-x', 'DeleteRouterInterface')],
  ['R9', 'InvalidRole.ValueNotSupported', creating({ Role: 'Both' })],
  ['R10', 'InvalidSpec.ValudNotSupported', creating({ Spec: 'Huge.1' })],
  ['R11', 'InvalidSpec.ValudNotSupported', creating({ Role: 'AcceptingSide', Spec: 'Mini.2' })],
  ['R12', 'InvalidSpec.ValudNotSupported', creating({ Spec: 'Negative' })],
  ['unknown opposite region', 'InvalidOppositeRegionId.NotFound', creating({ OppositeRegionId: 'cn-x' })],
  ['unknown router', 'InvalidRouterId.NotFound', creating({ RouterId: 'vrt-x' })],
  ['router type', 'InvalidRouterType', creating({ RouterType: 'Switch' })],
  ['R17', 'QuotaExceeded', sixth],
  ['R19', 'Forbidden.BillsOutstanding', (lab) => (lab.overdue(true), lab.create(lab.router()))],
  [
    'R20 role',
    'InvalidRole.ValueNotSupported',
    creating({ RouterType: 'VBR', AccessPointId: 'ap-1', Role: 'AcceptingSide' }),
  ],
  [
    'R20 VBR',
    'InvalidVbrId.NotFound',
    creating({ RouterType: 'VBR', AccessPointId: 'ap-1', RouterId: 'vbr-1' }),
  ],
  [
    'R21',
    'InvalidRole.ValueNotSupported',
    creating({ OppositeRouterType: 'VBR', OppositeAccessPointId: 'ap-1' }),
  ],
  // Whatever the role, a border router facing a border router breaks R20 or R21 as well.
  [
    'R22',
    'InvalidRole.ValueNotSupported',
    creating({
      RouterType: 'VBR',
      AccessPointId: 'ap-1',
      OppositeRouterType: 'VBR',
      OppositeAccessPointId: 'ap-2',
    }),
  ],
  ['R23 needed', 'MissingAccessPointId', creating({ RouterType: 'VBR' })],
  ['R23 not allowed', 'InvalidAccessPointId', creating({ AccessPointId: 'ap-1' })],
  [
    'R23 opposite needed',
    'MissingOppositeAccessPointId',
    creating({ Role: 'AcceptingSide', OppositeRouterType: 'VBR' }),
  ],
  ['R23 opposite not allowed', 'InvalidOppositeAccessPointId', creating({ OppositeAccessPointId: 'ap-1' })],
  ['R24', 'InvalidHealthCheckIP.Malformd', creating({ HealthCheckSourceIp: '10.0.0.1' })],
  ['R25', 'InvalidFastLinkMode', creating({ FastLinkMode: 'True' })],
  ['R26 name', 'InvalidName.Malformed', creating({ Name: 'http://x' })],
  ['R26 description', 'InvalidDescription.Malformed', creating({ Description: 'http://x' })],
  ['R27 prefix', 'InvalidTags', creating({ 'Tags.1.Key': 'aliyun-x' })],
  ['R27 URL', 'InvalidTags', creating({ 'Tags.1.Key': 'x', 'Tags.1.Value': 'http://x' })],
  [
    'R27 count',
    'InvalidTags',
    creating(Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`Tags.${n + 1}.Key`, `k${n}`]))),
  ],
  ['R28 period', 'MissingPeriod', creating({ InstanceChargeType: 'PrePaid', AutoPay: 'true' })],
  [
    'R28 year',
    'InvalidPeriod',
    creating({ InstanceChargeType: 'PrePaid', AutoPay: 'true', Period: '4', PricingCycle: 'Year' }),
  ],
  ['R28 AutoPay', 'MissingAutoPay', creating({ InstanceChargeType: 'PrePaid', Period: '9' })],
  ['R33', '400 IncorrectRole.NotInitiatingSide', (lab) => lab.on(lab.ends().b, 'ConnectRouterInterface')],
  ['R34', '400 IncorrectRIStatus', (lab) => lab.on(lab.linked().a, 'ConnectRouterInterface')],
  [
    'R35',
    '400 IncorrectOppositeInterfaceInfo.NotSet',
    (lab) => lab.on(lab.create(lab.router()), 'ConnectRouterInterface'),
  ],
  ['R36 not told', '400 IncorrectOppositeInterfaceInfo.NotSet', (lab) => connecting(lab, undefined)],
  ['R36 names another', '400 IncorrectOppositeInterfaceInfo', (lab) => connecting(lab, 'ri-other')],
  ['R37', '400 IncorrectOppositeInterfaceInfo', sameRouter],
  ['R38', '400 Forbidden.OnlyOneConnection', (lab) => secondPair(lab, 5000)],
  ['R39', '400 Forbidden.OnlyOneConnection', (lab) => secondPair(lab, 0)],
  ['R41', '400 Forbidden.BillsOutstanding', overdueConnect],
  ['R45', '400 IncorrectRIStatus', (lab) => lab.on(lab.linked().a, 'ActivateRouterInterface')],
  ['R46', '400 Forbidden.FinancialLocked', (lab) => locked(lab, lab.frozen().a, 'ActivateRouterInterface')],
  ['R51', '400 IncorrectRIStatus', (lab) => lab.on(lab.frozen().a, 'DeactivateRouterInterface')],
  ['R52', '400 Forbidden.FinancialLocked', (lab) => locked(lab, lab.linked().a, 'DeactivateRouterInterface')],
  ['R55 Delete', '400 OperationFailed.OperationLocked', operationLocked],
  ['R56', '400 InvalidInstance.StatusError', (lab) => lab.on(lab.linked().a, 'DeleteRouterInterface')],
  ['R57', '400 ReferredByRouteEntry.RouterInterface', referred],
  ['R58', '500 InvalidRouterInterfaceChargeType.Malformed', prepaid],
  ['R61', '400 IncorrectStatus', whileConnecting(modify, { Name: 'fine' })],
  ['R63', '400 InvalidOppositeRouterType.ValueNotSupported', modifying({ OppositeRouterType: 'Switch' })],
  ['R64 short', '400 InvalidName.Malformed', modifying({ Name: 'a' })],
  ['R64 digit first', '400 InvalidName.Malformed', modifying({ Name: '1a' })],
  ['R64 long', '400 InvalidName.Malformed', modifying({ Name: 'a'.repeat(129) })],
  ['R64 empty', '400 InvalidName.Malformed', modifying({ Name: '' })],
  ['R65 short', '400 InvalidDescription.Malformed', modifying({ Description: 'a' })],
  ['R65 long', '400 InvalidDescription.Malformed', modifying({ Description: 'a'.repeat(257) })],
  ['R65 URL', '400 InvalidDescription.Malformed', modifying({ Description: 'https://a' })],
  ['R66 alone', '400 InvalidHealthCheckIP.Malformd', modifying({ HealthCheckTargetIp: '10.0.0.1' })],
  [
    'R66 no address',
    '400 IllegalParam.HcSourceIp',
    modifying({ HealthCheckSourceIp: 'x', HealthCheckTargetIp: '10.0.0.1' }),
  ],
  [
    'R67',
    '400 InvalidParam.ModifyRouterInterface',
    modifying({
      DeleteHealthCheckIp: 'True',
      HealthCheckSourceIp: '10.0.0.1',
      HealthCheckTargetIp: '10.0.0.2',
    }),
  ],
  ['R68 threshold', '400 IllegalParam.HcThreshold', modifying({ HcThreshold: '-1' })],
  ['R68 rate', '400 IllegalParam.HcRate', modifying({ HcRate: 'often' })],
  ['R69', '400 Forbbiden.ModifyIdAndType', oppositeVbr],
  ['R70', '400 Forbidden.FinancialLocked', (lab) => locked(lab, lab.linked().a, modify, { Name: 'fine' })],
  ['R73', '400 InvalidSpec.ValudNotSupported', (lab) => lab.on(lab.ends().a, respec, { Spec: 'Large' })],
  ['R74', '400 InvalidSpec.ValudNotSupported', (lab) => lab.on(lab.ends().b, respec, { Spec: 'Mini.2' })],
  ['R76', '400 Forbidden.FinancialLocked', (lab) => locked(lab, lab.linked().a, respec, { Spec: 'Mini.2' })],
  ['R77', '400 InvalidInstance.StatusError', whileConnecting(respec, { Spec: 'Mini.2' })],
  ['R78', '400 InvalidOpposite.NotFound', specAlone],
  [
    'R80',
    '404 InvalidFilterKey.ValueNotSupported',
    describing({ 'Filter.1.Key': 'Role', 'Filter.1.Value.1': 'x' }),
  ],
  ['R81', '400 Parameter.Illegal', describing({ 'Filter.6.Key': 'Name', 'Filter.6.Value.1': 'x' })],
  ['R82 size', '404 InvalidRegionId.NotFound', describing({ PageSize: '51' })],
  ['R82 number', '404 InvalidRegionId.NotFound', describing({ PageNumber: '0' })],
];

function creating(params: Sent): (lab: Lab) => string {
  return (lab) => lab.create(lab.router(), params);
}

export function modifying(params: Sent): (lab: Lab) => string {
  return (lab) => lab.on(lab.ends().a, modify, params);
}

function describing(params: Sent): (lab: Lab) => string {
  return (lab) => lab.code('DescribeRouterInterfaces', params);
}

function whileConnecting(action: string, params: Sent): (lab: Lab) => string {
  return (lab) => {
    const { a } = lab.ends();
    lab.on(a, 'ConnectRouterInterface');
    return lab.on(a, action, params);
  };
}

function sixth(lab: Lab): string {
  const router = lab.router();
  for (let n = 0; n < 5; n += 1) expect(lab.create(router)).toMatch(/^ri-/);
  return lab.create(router);
}

function connecting(lab: Lab, named: string | undefined): string {
  const [one, two] = [lab.router(), lab.router()];
  const [a, b] = [lab.create(one), lab.acceptor(two)];
  lab.point(a, b, two);
  if (named !== undefined) lab.point(b, named, one);
  return lab.on(a, 'ConnectRouterInterface');
}

function sameRouter(lab: Lab): string {
  const router = lab.router();
  return lab.on(lab.ends(router, router).a, 'ConnectRouterInterface');
}

export function secondPair(lab: Lab, waited: number): string {
  const [one, two] = [lab.router(), lab.router()];
  const first = lab.ends(one, two);
  const second = lab.ends(one, two);
  lab.on(first.a, 'ConnectRouterInterface');
  lab.wait(waited);
  return lab.on(second.a, 'ConnectRouterInterface');
}

function overdueConnect(lab: Lab): string {
  const { a } = lab.ends();
  lab.overdue(true);
  return lab.on(a, 'ConnectRouterInterface');
}

export function locked(lab: Lab, id: string, action: string, params: Sent = {}): string {
  lab.lock(id, { businessStatus: 'FinancialLocked' });
  return lab.on(id, action, params);
}

function operationLocked(lab: Lab): string {
  const { a } = lab.ends();
  lab.lock(a, { operationLocked: true });
  return lab.on(a, 'DeleteRouterInterface');
}

export function referred(lab: Lab): string {
  const { a, routerA } = lab.linked();
  const route = lab.code('CreateRouteEntry', {
    RouteTableId: routerA.tableId,
    DestinationCidrBlock: '10.0.0.0/8',
    NextHopType: 'RouterInterface',
    NextHopId: a,
  });
  expect(route).toBe('200');
  lab.on(a, 'DeactivateRouterInterface');
  lab.wait();
  return lab.on(a, 'DeleteRouterInterface');
}

function prepaid(lab: Lab): string {
  const paid = { InstanceChargeType: 'PrePaid', Period: '1', AutoPay: 'true' };
  const answer = lab.call('CreateRouterInterface', {
    Role: 'InitiatingSide',
    Spec: 'Mini.2',
    OppositeRegionId: 'cn-hangzhou',
    RouterType: 'VRouter',
    RouterId: lab.router().routerId,
    ...paid,
  });
  expect(answer.body['OrderId']).toEqual(expect.any(Number));
  return lab.on(String(answer.body['RouterInterfaceId']), 'DeleteRouterInterface');
}

function oppositeVbr(lab: Lab): string {
  const id = lab.acceptor(lab.router(), { OppositeRouterType: 'VBR', OppositeAccessPointId: 'ap-1' });
  expect(lab.on(id, modify, { OppositeInterfaceId: 'ri-1', OppositeRouterId: 'vbr-1' })).toBe('200');
  expect(lab.on(id, modify, { OppositeInterfaceId: 'ri-1' })).toBe('200');
  return lab.on(id, modify, { OppositeInterfaceId: 'ri-2' });
}

function specAlone(lab: Lab): string {
  const { a, b } = lab.frozen();
  lab.on(b, 'DeactivateRouterInterface');
  lab.wait();
  lab.remove(b);
  return lab.on(a, respec, { Spec: 'Mini.2' });
}
