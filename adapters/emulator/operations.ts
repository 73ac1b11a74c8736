import { connectInterface } from './connect-interface.ts';
import { createInterface } from './create-interface.ts';
import { deleteInterface } from './delete-interface.ts';
import { describeInterfaceAttribute, describeInterfaces } from './describe-interfaces.ts';
import { activateInterface, deactivateInterface } from './freeze-interface.ts';
import { modifyAttribute } from './modify-attribute.ts';
import { modifySpec } from './modify-spec.ts';
import type { Operation } from './operation.ts';
import { describeRegions } from './regions.ts';
import { createRouteEntry, deleteRouteEntry, describeRouteEntryList } from './route-entries.ts';
import { listTagResources, tagResources } from './tags.ts';
import { createVpc, deleteVpc, describeVpcAttribute, describeVpcs, describeVRouters } from './vpcs.ts';

/** Every action that the emulator knows, by its name on the wire. */
export const operations: Readonly<Record<string, Operation>> = {
  CreateRouterInterface: createInterface,
  ConnectRouterInterface: connectInterface,
  ActivateRouterInterface: activateInterface,
  DeactivateRouterInterface: deactivateInterface,
  DeleteRouterInterface: deleteInterface,
  ModifyRouterInterfaceAttribute: modifyAttribute,
  ModifyRouterInterfaceSpec: modifySpec,
  DescribeRouterInterfaces: describeInterfaces,
  DescribeRouterInterfaceAttribute: describeInterfaceAttribute,
  CreateVpc: createVpc,
  DeleteVpc: deleteVpc,
  DescribeVpcs: describeVpcs,
  DescribeVpcAttribute: describeVpcAttribute,
  DescribeVRouters: describeVRouters,
  CreateRouteEntry: createRouteEntry,
  DeleteRouteEntry: deleteRouteEntry,
  DescribeRouteEntryList: describeRouteEntryList,
  DescribeRegions: describeRegions,
  TagResourcesForExpressConnect: tagResources,
  ListTagResourcesForExpressConnect: listTagResources,
};
