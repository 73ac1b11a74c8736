import type { Lab } from './lab.ts';

const modify = 'ModifyRouterInterfaceAttribute';
const respec = 'ModifyRouterInterfaceSpec';
const connect = 'ConnectRouterInterface';
const activate = 'ActivateRouterInterface';
const deactivate = 'DeactivateRouterInterface';
const remove = 'DeleteRouterInterface';

export function locks(lab: Lab): void {
  const { a, b, routerA } = lab.linked();
  lab.lock(a, { businessStatus: 'FinancialLocked' });
  lab.list();
  lab.on(a, deactivate);
  lab.wait();
  lab.on(a, modify, { Name: 'locked' });
  lab.on(a, respec, { Spec: 'Mini.2' });
  lab.list();
  lab.lock(a, { businessStatus: 'Normal', operationLocked: true });
  lab.on(a, deactivate);
  lab.list();
  lab.lock(a, { operationLocked: false });
  lab.on(a, deactivate);
  lab.wait();
  lab.lock(a, { businessStatus: 'FinancialLocked', operationLocked: true });
  lab.on(a, activate);
  lab.on(a, remove);
  lab.list();
  lab.lock(a, { operationLocked: false });
  lab.remove(a);
  lab.list();
  lab.on(b, deactivate);
  lab.wait();
  const { a: c } = lab.linked(routerA);
  lab.on(c, deactivate);
  lab.wait();
  lab.lock(c, { businessStatus: 'FinancialLocked' });
  lab.create(lab.router());
  lab.lock(c, { businessStatus: 'Normal' });
  lab.on(c, activate);
  lab.wait();
  lab.list();
}

export function createParameters(lab: Lab): void {
  const router = lab.router();
  const wrong: readonly Readonly<Record<string, string>>[] = [
    { Role: 'Both' },
    { Spec: 'Huge.1' },
    { Role: 'AcceptingSide', Spec: 'Mini.2' },
    { Name: '1' },
    { Description: '1' },
    { OppositeRouterType: 'VBR', OppositeAccessPointId: 'ap-1' },
    { HealthCheckSourceIp: '10.0.0.1' },
    { FastLinkMode: 'true' },
    { 'Tags.1.Key': 'acs:x' },
    { InstanceChargeType: 'PrePaid' },
    { OppositeRegionId: 'cn-nowhere' },
    { RouterId: 'vrt-none' },
    { RegionId: 'cn-nowhere' },
  ];
  for (const params of wrong) lab.create(router, params);
  lab.call('CreateRouterInterface', {});
  lab.list();
  const paid = { InstanceChargeType: 'PrePaid', Period: '1', AutoPay: 'true' };
  lab.on(lab.create(lab.router(), paid), remove);
  lab.list();
}

export function quota(lab: Lab): void {
  const router = lab.router();
  const ids = Array.from({ length: 6 }, (_, n) =>
    lab.create(router, { OppositeRouterId: `vrt-${n}`, Name: `ri-${n}` }),
  );
  lab.list();
  lab.remove(ids[0] ?? '');
  lab.create(router, { OppositeRouterId: 'vrt-1' });
  lab.list();
  lab.create(lab.router(), { Spec: 'Large.2', Role: 'AcceptingSide' });
  lab.list();
}

export function modifications(lab: Lab): void {
  const { a, b, routerB } = lab.ends();
  const wrong: readonly Readonly<Record<string, string>>[] = [
    { Name: '1' },
    { Name: 'fine', Description: '1' },
    { OppositeRouterType: 'Switch' },
    { HealthCheckSourceIp: '10.0.0.1' },
    { HealthCheckSourceIp: 'x', HealthCheckTargetIp: 'y' },
    { DeleteHealthCheckIp: 'true', HealthCheckSourceIp: '10.0.0.1', HealthCheckTargetIp: '10.0.0.2' },
    { HcThreshold: 'x' },
    { HcRate: '0' },
  ];
  for (const params of wrong) lab.on(a, modify, params);
  lab.list();
  const facing = lab.acceptor(routerB, { OppositeRouterType: 'VBR', OppositeAccessPointId: 'ap-1' });
  lab.on(facing, modify, { OppositeInterfaceId: 'ri-1' });
  lab.on(facing, modify, { OppositeInterfaceId: 'ri-2' });
  lab.remove(facing);
  lab.list();
  for (const Spec of ['Huge.1', 'Mini.2', 'Mini.2']) lab.on(a, respec, { Spec });
  lab.on(b, respec, { Spec: 'Mini.2' });
  lab.list();
  lab.on(a, connect);
  lab.on(a, respec, { Spec: 'Mini.5' });
  lab.wait();
  lab.on(a, respec, { Spec: 'Mini.5' });
  lab.list();
  lab.wait();
  lab.on('ri-none', deactivate);
  lab.on('ri-none', activate);
  lab.on('ri-none', remove);
  lab.on(b, activate);
  lab.list();
}

export function describing(lab: Lab): void {
  const { a, b, routerA } = lab.ends();
  lab.on(a, modify, { Name: 'first' });
  lab.on(b, modify, { Name: 'first-of-all' });
  for (let n = 0; n < 3; n += 1) lab.create(routerA);
  lab.on(a, modify, { Name: 'first' });
  lab.list({ PageSize: '2' });
  lab.list({ PageSize: '2', PageNumber: '2' });
  lab.list({ PageSize: '50' });
  lab.call('DescribeRouterInterfaces', { PageSize: '51' });
  lab.call('DescribeRouterInterfaces', { 'Filter.1.Key': 'Colour', 'Filter.1.Value.1': 'red' });
  const values = Object.fromEntries(
    Array.from({ length: 6 }, (_, n) => [`Filter.1.Value.${n + 1}`, `ri-${n}`]),
  );
  lab.call('DescribeRouterInterfaces', { 'Filter.1.Key': 'RouterInterfaceId', ...values });
  lab.list({ 'Filter.1.Key': 'RouterInterfaceId', 'Filter.1.Value.1': a, 'Filter.1.Value.2': b });
  lab.list({
    'Filter.1.Key': 'RouterInterfaceId',
    'Filter.1.Value.1': a,
    'Filter.2.Key': 'RouterId',
    'Filter.2.Value.1': 'vrt-none',
  });
  lab.list({ 'Filter.1.Key': 'Status', 'Filter.1.Value.1': 'Active' });
  lab.list({ 'Filter.1.Key': 'Name', 'Filter.1.Value.1': 'first' });
  lab.item('ri-none');
}

export function selecting(lab: Lab): void {
  const router = lab.router();
  const id = lab.create(router, {
    'Tags.1.Key': 'team',
    'Tags.1.Value': 'a',
    ResourceGroupId: 'rg-1',
    OppositeInterfaceOwnerId: '1',
  });
  lab.list({ 'Tags.1.Key': 'team', 'Tags.1.Value': 'a' });
  lab.list({ 'Tags.1.Key': 'team', 'Tags.1.Value': 'b' });
  lab.list({ 'Tags.1.Key': 'other' });
  lab.list({ ResourceGroupId: 'rg-2' });
  for (const key of ['RouterInterfaceOwnerId', 'OppositeInterfaceOwnerId'])
    lab.list({ 'Filter.1.Key': key, 'Filter.1.Value.1': '2' });
  const third = { 'Filter.1.Value.1': 'ri-1', 'Filter.1.Value.2': 'ri-2', 'Filter.1.Value.3': id };
  lab.list({ 'Filter.1.Key': 'RouterInterfaceId', ...third });
  const keys = ['RouterType', 'RouterType', 'Status'];
  lab.list(
    Object.fromEntries(
      keys.flatMap((key, n) => [
        [`Filter.${n + 1}.Key`, key],
        [`Filter.${n + 1}.Value.1`, key === 'Status' ? 'Active' : 'VRouter'],
      ]),
    ),
  );
}

export function fields(lab: Lab): void {
  const { a } = lab.linked();
  lab.item(a);
  lab.wait();
  lab.on(a, modify, { Name: 'later' });
  lab.item(a);
  lab.on(a, modify, { HealthCheckSourceIp: '10.0.0.1', HealthCheckTargetIp: '10.0.0.2' });
  lab.on(a, modify, { HcThreshold: '3' });
  lab.on(a, modify, { HcRate: '1000' });
  lab.item(a);
  lab.on(a, modify, { DeleteHealthCheckIp: 'true' });
  lab.item(a);
  const tagged = lab.create(lab.router(), { 'Tags.1.Key': 'team' });
  lab.on(tagged, modify, { Name: 'renamed', OppositeInterfaceOwnerId: '7' });
  lab.item(tagged);
}

export function tokens(lab: Lab): void {
  const router = lab.router();
  const token = { ClientToken: 'once' };
  const id = lab.create(router, token);
  lab.create(router, token);
  lab.list();
  for (let n = 0; n < 2; n += 1) lab.on(id, remove, token);
  lab.wait();
  const { a } = lab.linked();
  for (let n = 0; n < 2; n += 1) lab.on(a, respec, { Spec: 'Mini.2', ...token });
  lab.list();
}

export function routes(lab: Lab): void {
  const { a, routerA } = lab.ends();
  const route = {
    RouteTableId: routerA.tableId,
    DestinationCidrBlock: '10.1.0.0/16',
    NextHopType: 'RouterInterface',
    NextHopId: a,
  };
  lab.call('CreateRouteEntry', route);
  lab.on(a, connect);
  lab.wait();
  lab.call('CreateRouteEntry', route);
  lab.on(a, deactivate);
  lab.wait();
  lab.on(a, remove);
  lab.list();
  lab.call('DeleteRouteEntry', { RouteTableId: routerA.tableId, DestinationCidrBlock: '10.1.0.0/16' });
  lab.call('DeleteVpc', { VpcId: routerA.vpcId });
  lab.list();
}
