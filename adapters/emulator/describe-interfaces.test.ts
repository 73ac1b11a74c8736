import { describe, expect, test } from 'vitest';
import { Lab } from './testing/lab.ts';

const page = (prefix: string, size: number, number = 1) => ({
  [`${prefix}Size`]: `${size}`,
  [`${prefix}Number`]: `${number}`,
});

describe('DescribeRouterInterfaces', () => {
  test('pages: every interface on exactly one page, oldest first, the same TotalCount on each', () => {
    const lab = new Lab();
    const [one, two] = [lab.router(), lab.router()];
    const ids = [one, one, one, two, two].map((router) => lab.create(router));
    const pages = [1, 2, 3, 4].map((n) => lab.call('DescribeRouterInterfaces', page('Page', 2, n)).body);
    expect(pages.map(({ TotalCount }) => TotalCount)).toEqual([5, 5, 5, 5]);
    const seen = [1, 2, 3, 4].flatMap((n) =>
      lab.list(page('Page', 2, n)).map((item) => item['RouterInterfaceId']),
    );
    expect(seen).toEqual(ids);
  });

  test('has ten to a page unless told otherwise, and at most fifty', () => {
    const lab = new Lab();
    for (let n = 0; n < 3; n += 1) {
      const router = lab.router();
      for (let m = 0; m < 4; m += 1) lab.create(router);
    }
    expect(lab.list()).toHaveLength(10);
    expect(lab.list({ PageSize: '50' })).toHaveLength(12);
  });

  test('filters: values of a key are OR-ed, keys are AND-ed, comparison is exact', () => {
    const lab = new Lab();
    const { a, b, routerA } = lab.linked();
    const c = lab.create(routerA, { Name: 'third' });
    const found = (params: Record<string, string>) =>
      lab.list(params).map((item) => item['RouterInterfaceId']);
    expect(found({ 'Filter.1.Key': 'Status', 'Filter.1.Value.1': 'Active' })).toEqual([a, b]);
    expect(
      found({ 'Filter.1.Key': 'Status', 'Filter.1.Value.1': 'Idle', 'Filter.1.Value.2': 'Active' }),
    ).toEqual([a, b, c]);
    const both = { 'Filter.1.Key': 'Status', 'Filter.1.Value.1': 'Active', 'Filter.2.Key': 'RouterId' };
    expect(found({ ...both, 'Filter.2.Value.1': routerA.routerId })).toEqual([a]);
    expect(found({ 'Filter.1.Key': 'Name', 'Filter.1.Value.1': 'thir' })).toEqual([]);
    expect(found({ 'Filter.2.Key': 'OppositeInterfaceId', 'Filter.2.Value.3': a })).toEqual([b]);
    expect(
      found({ 'Filter.1.Key': 'RouterInterfaceOwnerId', 'Filter.1.Value.1': '1234567890123456' }),
    ).toHaveLength(3);
    expect(found({ 'Filter.1.Key': 'RouterInterfaceId', 'Filter.1.Value.1': 'ri-none' })).toEqual([]);
  });

  test('agrees with DescribeRouterInterfaceAttribute', () => {
    const lab = new Lab();
    const { a } = lab.linked();
    const { RequestId, ...attribute } = lab.call('DescribeRouterInterfaceAttribute', { InstanceId: a }).body;
    expect(RequestId).toEqual(expect.any(String));
    expect(attribute).toStrictEqual({ Code: '200', Message: 'successful', Success: true, ...lab.item(a) });
  });
});
