import type { Lab } from './lab.ts';

const modify = 'ModifyRouterInterfaceAttribute';
const respec = 'ModifyRouterInterfaceSpec';
const connect = 'ConnectRouterInterface';
const activate = 'ActivateRouterInterface';
const deactivate = 'DeactivateRouterInterface';
const remove = 'DeleteRouterInterface';

export function lifeCycle(lab: Lab): void {
  const { a, b } = lab.linked();
  for (let round = 0; round < 2; round += 1) {
    for (const id of [a, b]) {
      lab.on(id, deactivate);
      lab.list();
      lab.wait();
      lab.list();
    }
    lab.on(a, modify, { Name: 'frozen', Description: 'still here' });
    lab.on(a, modify, { Name: 'renamed' });
    lab.call('DescribeRouterInterfaceAttribute', { InstanceId: a });
    for (const id of [a, b]) {
      lab.on(id, activate);
      lab.list();
      lab.wait();
      lab.list();
    }
  }
  lab.on(a, modify, { Name: 'active' });
  lab.list();
  lab.on(a, respec, { Spec: 'Large.2' });
  lab.wait();
  lab.list();
  lab.on(a, deactivate);
  lab.wait();
  lab.remove(a);
  lab.list();
  lab.call('DescribeRouterInterfaceAttribute', { InstanceId: a });
  lab.on(b, respec, { Spec: 'Negative' });
  lab.on(b, deactivate);
  lab.wait();
  lab.remove(b);
  lab.list();
}

export function connectRefusals(lab: Lab): void {
  const [one, two] = [lab.router(), lab.router()];
  const { a, b } = lab.ends(one, two);
  const [c, d, e] = [lab.create(one), lab.acceptor(two), lab.acceptor(one)];
  lab.on(c, connect);
  lab.point(c, d, two);
  lab.on(c, connect);
  lab.point(d, c, one);
  lab.on(b, connect);
  lab.point(e, e, one);
  const f = lab.create(one);
  lab.point(f, e, one);
  lab.point(e, f, one);
  lab.on(f, connect);
  lab.overdue(true);
  lab.on(a, connect);
  lab.create(one);
  lab.overdue(false);
  lab.list();
  lab.on(a, connect);
  lab.on(a, connect);
  lab.on(c, connect);
  lab.on(a, modify, { Name: 'connecting' });
  lab.on(a, remove);
  lab.on(a, deactivate);
  lab.wait();
  lab.on(a, connect);
  lab.on(c, connect);
  lab.list();
  lab.on('ri-none', connect);
  lab.call(connect);
  lab.call(connect, { RegionId: '', RouterInterfaceId: a });
  lab.call(connect, { RegionId: 'cn-nowhere', RouterInterfaceId: a });
  lab.call(connect, { RegionId: 'cn-beijing', RouterInterfaceId: a });
  lab.call('DescribeRouterInterfaces', { RegionId: 'cn-beijing' });
  const [three, four] = [lab.router(), lab.router()];
  const misled = lab.ends(three, four);
  lab.on(misled.b, modify, { OppositeRouterId: 'vrt-none' });
  lab.on(misled.a, connect);
  const [g, h] = [lab.create(three), lab.create(four)];
  lab.point(g, h, four);
  lab.point(h, g, three);
  lab.on(g, connect);
  lab.list();
}

export function connectFreedoms(lab: Lab): void {
  const [one, two, three] = [lab.router(), lab.router(), lab.router()];
  const early = lab.acceptor(two);
  const late = lab.create(one);
  lab.point(early, late, one);
  lab.point(late, early, two);
  lab.on(late, connect);
  lab.wait();
  lab.list();
  lab.linked(one, three);
  const { a } = lab.ends(one, two);
  for (const action of [deactivate, activate]) {
    lab.on(late, action);
    lab.wait();
  }
  lab.on(a, connect);
  lab.list();
}

/** What the documents leave open: each profile answers something here in its own way. */
export function openPoints(lab: Lab): void {
  const { a, b, routerA, routerB } = lab.ends();
  lab.create(routerA, { Spec: 'Middle.9' });
  lab.create(routerA, { Role: 'AcceptingSide', Spec: 'Mini.2' });
  lab.on(a, respec, { Spec: 'Large.2' });
  lab.list();
  lab.wait();
  lab.list();
  const alone = lab.create(routerA);
  lab.point(alone, 'ri-none', routerB);
  lab.on(alone, connect);
  lab.on(alone, modify, { OppositeInterfaceId: 'ri-other' });
  lab.list();
  lab.wait(60_000);
  lab.on(b, modify, { Name: '1', OppositeRouterType: 'Switch' });
  lab.on(a, connect);
  lab.list();
  lab.wait();
  lab.list();
  lab.overdue(true);
  lab.on(b, connect);
  lab.overdue(false);
  lab.point(b, 'ri-other', routerA, { Name: '1' });
  lab.point(b, 'ri-other', routerA);
  lab.on(a, respec, { Spec: 'Large.1' });
  lab.list();
  lab.wait();
  lab.on(b, deactivate);
  lab.wait();
  lab.list();
  lab.on(b, respec, { Spec: 'Negative' });
  lab.on(b, remove);
  lab.list();
  lab.wait();
  lab.list();
  lab.on(a, deactivate);
  lab.wait();
  lab.on(a, activate);
  lab.call('DescribeRouterInterfaceAttribute', { InstanceId: b });
  lab.call('DescribeRouterInterfaces', { 'Filter.1.Value.1': a });
  for (const router of [lab.router(), lab.router()]) for (let n = 0; n < 3; n += 1) lab.create(router);
}
