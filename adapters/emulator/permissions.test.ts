import { describe, expect, test } from 'vitest';
import { Lab } from './testing/lab.ts';

const modify = 'ModifyRouterInterfaceAttribute';

describe('what is not refused', () => {
  test('an acceptor that was created first is connected (R36)', () => {
    const lab = new Lab();
    const [one, two] = [lab.router(), lab.router()];
    const b = lab.acceptor(two);
    const a = lab.create(one);
    lab.point(a, b, two);
    lab.point(b, a, one);
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('200');
  });

  test('several unconnected interfaces between the same routers (R30), unknown opposite ids (R29)', () => {
    const lab = new Lab();
    const [one, two] = [lab.router(), lab.router()];
    for (let n = 0; n < 2; n += 1)
      expect(lab.create(one, { OppositeRouterId: two.routerId })).toMatch(/^ri-/);
    expect(lab.create(one, { OppositeRouterId: 'vrt-x', OppositeInterfaceId: 'ri-x' })).toMatch(/^ri-/);
  });

  test('another pair once one end of the first is gone, but not while it is only Inactive (R38)', () => {
    const lab = new Lab();
    const [one, two] = [lab.router(), lab.router()];
    const first = lab.linked(one, two);
    const second = lab.ends(one, two);
    for (const id of [first.a, first.b]) lab.on(id, 'DeactivateRouterInterface');
    lab.wait();
    expect(lab.on(second.a, 'ConnectRouterInterface')).toBe('400 Forbidden.OnlyOneConnection');
    lab.on(first.b, 'DeleteRouterInterface');
    expect(lab.on(second.a, 'ConnectRouterInterface')).toBe('400 Forbidden.OnlyOneConnection');
    lab.wait();
    expect(lab.on(second.a, 'ConnectRouterInterface')).toBe('200');
  });

  test('one router may be connected with two others (R38)', () => {
    const lab = new Lab();
    const one = lab.router();
    lab.linked(one, lab.router());
    expect(lab.on(lab.ends(one, lab.router()).a, 'ConnectRouterInterface')).toBe('200');
  });

  test('a sixth interface when one of five is gone (R17)', () => {
    const lab = new Lab();
    const router = lab.router();
    const ids = Array.from({ length: 5 }, () => lab.create(router));
    lab.on(ids[0] ?? '', 'DeleteRouterInterface');
    expect(lab.create(router)).toBe('QuotaExceeded');
    lab.wait();
    expect(lab.create(router)).toMatch(/^ri-/);
  });

  test.each(['路由', 'a.b_c-d', 'Ab', `a${'b'.repeat(127)}`])('the name %s', (Name) => {
    const lab = new Lab();
    const { a } = lab.ends();
    expect(lab.on(a, modify, { Name })).toBe('200');
    expect(lab.item(a)['Name']).toBe(Name);
  });

  test('health checks: milliseconds in, seconds out, and cleared on request', () => {
    const lab = new Lab();
    const { a } = lab.ends();
    const addresses = { HealthCheckSourceIp: '10.0.0.1', HealthCheckTargetIp: '10.0.0.2' };
    lab.on(a, modify, { ...addresses, HcThreshold: '8', HcRate: '2000' });
    expect(lab.item(a)).toMatchObject({ ...addresses, HcThreshold: 8, HcRate: 2 });
    lab.on(a, modify, { DeleteHealthCheckIp: 'true' });
    expect(lab.item(a)).not.toHaveProperty('HealthCheckSourceIp');
  });

  test('empty opposite parameters: they count as not sent', () => {
    const lab = new Lab();
    const { a, b } = lab.linked();
    expect(lab.on(a, modify, { OppositeInterfaceId: '', OppositeRouterType: '', Name: 'fine' })).toBe('200');
    expect(lab.item(a)).toMatchObject({
      OppositeInterfaceId: b,
      OppositeRouterType: 'VRouter',
      Name: 'fine',
    });
  });
});
