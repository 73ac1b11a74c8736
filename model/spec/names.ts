import { judgedOperations } from '../vocabulary.ts';

/** Operations that bring about situations, clean up or list; the rules of some of them are known too. */
export const otherOperations = [
  'DeleteExpressConnect',
  'CreateVpc',
  'DeleteVpc',
  'DescribeVpcs',
  'DescribeVpcAttribute',
  'DescribeVRouters',
  'CreateRouteEntry',
  'DeleteRouteEntry',
  'DescribeRouteEntryList',
  'DescribeRegions',
  'TagResourcesForExpressConnect',
  'ListTagResourcesForExpressConnect',
  'DeleteVirtualBorderRouter',
] as const;

/** `gateway` stands for whatever lies in front of every operation. */
export const operationNames = [...judgedOperations, ...otherOperations, 'gateway'] as const;
export type OperationName = (typeof operationNames)[number];
