import { describe, expect, test } from 'vitest';
import { Lab } from './testing/lab.ts';

describe('VPCs', () => {
  test('can be listed, described and deleted, but not under an interface (R87)', () => {
    const lab = new Lab();
    const router = lab.router();
    const id = lab.create(router);
    expect(lab.call('DescribeVpcAttribute', { VpcId: router.vpcId }).body).toMatchObject({
      Status: 'Available',
      VRouterId: router.routerId,
    });
    expect(lab.call('DescribeVRouters', { VRouterId: router.routerId }).body).toMatchObject({
      VRouters: { VRouter: [{ VpcId: router.vpcId, RouteTableIds: { RouteTableId: [router.tableId] } }] },
    });
    expect(lab.code('DeleteVpc', { VpcId: router.vpcId })).toBe('400 DependencyViolation.RouterInterface');
    lab.remove(id);
    expect(lab.code('DeleteVpc', { VpcId: router.vpcId, DryRun: 'true' })).toBe('400 DryRunOperation');
    expect(lab.code('DeleteVpc', { VpcId: router.vpcId })).toBe('200');
    expect(lab.code('DeleteVpc', { VpcId: router.vpcId })).toBe('404 InvalidVpcId.NotFound');
    expect(lab.call('DescribeVpcs').body['TotalCount']).toBe(0);
  });

  test('number ten in a region', () => {
    const lab = new Lab();
    for (let n = 0; n < 10; n += 1) lab.router();
    expect(lab.code('CreateVpc')).toBe('400 QuotaExceeded.Vpc');
    expect(lab.code('CreateVpc', { RegionId: 'cn-shanghai' })).toBe('200');
  });

  test('are Pending for a while under the slow profile', () => {
    const lab = new Lab({ profile: 'transitions=slow' });
    const { vpcId } = lab.router();
    expect(lab.call('DescribeVpcAttribute', { VpcId: vpcId }).body['Status']).toBe('Pending');
    expect(lab.code('DeleteVpc', { VpcId: vpcId })).toBe('400 IncorrectVpcStatus');
    lab.wait();
    expect(lab.code('DeleteVpc', { VpcId: vpcId })).toBe('200');
  });
});
