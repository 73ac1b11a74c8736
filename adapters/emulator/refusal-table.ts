import { parseEdition, type Row } from './editions.ts';

/** Makes one table row; `editions` is a blank-separated list, empty for a code no table prints. */
function row(editions: string, status: number, code: string, message: string): Row {
  return { editions: editions.split(' ').filter(Boolean).map(parseEdition), status, code, message };
}

const noSuchRegion = 'The specified RegionId does not exist in our records.';
const noSuchRegionProvided = 'The RegionId provided does not exist in our records.';
const noSuchInterface = 'The specified RouterInterfaceId does not exist in our record.';
const noSuchInterfaces = 'The specified RouterInterfaceId does not exist in our records.';
const locked = 'This RouterInterface is financiel locked because of bills outstanding.';
const wantIdle = "RouterInterface can be operated by this action only when it's status is Idle.";
const wantActive = "RouterInterface can be operated by this action only when it's status is Active.";
const wantInactive = "RouterInterface can be operated by this action only when it's status is Inactive.";
const notSet =
  'OppositeInterfaceId/OppositeRouterId/OppositeRouterType/OppositeInterfaceOwnerId must be all set.';
const badCombination = 'InvalidParam.ModifyRouterInterface';

/**
 * Why a call can be refused, and the rows of the error tables for it (spelling mistakes are the
 * provider's). A row with no edition rests on a client that relies on it, or on inference.
 */
export const refusalTable = {
  /** R3, in the words of Activate and ModifyAttribute; Create, Delete and ModifySpec borrow them. */
  region: [row('E2018b E2019 E2023 E2024 E2026', 404, 'InvalidRegionId.NotFound', noSuchRegion)],
  /** R3, in the words of Connect. */
  regionRecord: [
    row('E2016', 404, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist in our record.'),
  ],
  /** R3, in the words of Deactivate and of the Describe operations. */
  regionProvided: [row('E2024 ECS2014', 404, 'InvalidRegionId.NotFound', noSuchRegionProvided)],
  oppositeRegion: [
    row(
      'E2016',
      404,
      'InvalidOppositeRegionId.NotFound',
      'The OppositeRegionId provided does not exist in our records.',
    ),
  ],
  /** R4 for Connect and ModifySpec. */
  interfaceRecord: [row('E2018b E2019', 404, 'InvalidRouterInterfaceId.NotFound', noSuchInterface)],
  /** R4 for Activate and ModifyAttribute. */
  interfaceRecords: [
    row('E2018b E2019 E2023 E2024 E2026', 404, 'InvalidRouterInterfaceId.NotFound', noSuchInterfaces),
  ],
  /** R4 for Deactivate. */
  interfaceDeactivate: [
    row('E2016', 404, 'InvalidRouterInterfaceId.NotFound', noSuchInterfaces),
    row('E2018b E2021 E2024 ECS2014', 404, 'InvalidRouterInterfaceId.NotFound', noSuchInterface),
  ],
  /** R5; the message is cut off in the only copy seen and completed here. */
  instance: [
    row(
      'ECS2014',
      404,
      'InvalidInstanceId.NotFound',
      'The InstanceId provided does not exist in our records.',
    ),
  ],
  /** R9 */
  role: [row('ECS2014', 400, 'InvalidRole.ValueNotSupported', 'The specified Role is not valid.')],
  /** R10, R11, R12, R73, R74 */
  spec: [
    row('E2016 E2019 ECS2014', 400, 'InvalidSpec.ValudNotSupported', 'The specified Spec is not supported.'),
  ],
  /** R22, R63 */
  oppositeRouterType: [
    row(
      'E2018b E2019 E2024',
      400,
      'InvalidOppositeRouterType.ValueNotSupported',
      'The specified OppositeRouterType is not valid.',
    ),
  ],
  /** No table names the code for an unknown VRouter. */
  router: [row('', 404, 'InvalidRouterId.NotFound', 'The specified RouterId does not exist in our records.')],
  vbr: [
    row(
      'E2016',
      404,
      'InvalidVbrId.NotFound',
      'TThe specified VirutalBorderRouter does not exist in our records.',
    ),
  ],
  /** R17, R18: a terraform test names the code; status and message are inferred. */
  quota: [row('', 400, 'QuotaExceeded', 'The quota of router interfaces is exceeded.')],
  /** R19, R41 */
  bills: [
    row(
      'E2018b E2019 E2023 E2024 ECS2014',
      400,
      'Forbidden.BillsOutstanding',
      'You cannot use this action because you have bills outstanding.',
    ),
  ],
  /** R26, R64 */
  name: [
    row('E2016', 400, 'InvalidName.Malformd', "The specified 'Name' is not valid."),
    row('E2018b E2019 ECS2014', 400, 'InvalidName.Malformd', 'The attribute name is illeagl.'),
    row('E2024', 400, 'InvalidName.Malformed', 'The attribute name is illegal.'),
  ],
  /** R26, R65 */
  description: [
    row('E2016', 400, 'InvalidDescription.Malformed', "The specifid 'Description' is not valid."),
    row('E2018b E2019', 400, 'InvalidDescription.Malformed', 'The Description is illeagl.'),
    row('E2024', 400, 'InvalidDescription.Malformed', 'The Description is illegal.'),
  ],
  /** R33 */
  notInitiating: [
    row(
      'E2018b E2019 E2023 E2024 E2025 E2026 ECS2014',
      400,
      'IncorrectRole.NotInitiatingSide',
      'The specified RouterInterface is not InitiatingSide.',
    ),
  ],
  /** R34: the tables of E2018b, E2019 and E2023 have no row for it. */
  notIdle: [
    row('ECS2014', 400, 'IncorrectStatus', wantIdle),
    row('E2024 E2025 E2026', 400, 'IncorrectRIStatus', wantIdle),
  ],
  /** R35 and, relied on by terraform, R36. */
  oppositeNotSet: [row('ECS2014 E2024 E2025 E2026', 400, 'IncorrectOppositeInterfaceInfo.NotSet', notSet)],
  /** R36 where the two ends name each other wrongly; the code is inferred. */
  oppositeMismatch: [
    row(
      '',
      400,
      'IncorrectOppositeInterfaceInfo',
      'The opposite interface information of the two ends does not match.',
    ),
  ],
  /** R37 */
  sameRouter: [
    row(
      'E2019 E2023 E2024 ECS2014',
      400,
      'IncorrectOppositeInterfaceInfo',
      'Cannot connect on the same router',
    ),
  ],
  /** R38 */
  onePair: [
    row(
      'E2018b E2019 E2023 E2024 ECS2014',
      400,
      'Forbidden.OnlyOneConnection',
      'The Specified routers have a connection already',
    ),
  ],
  /** R39 */
  concurrent: [
    row(
      'E2018b E2019',
      400,
      'Forbidden.OnlyOneConnection',
      'Cannot connect concurrently between same routers',
    ),
  ],
  /** R45 */
  notInactive: [
    row('E2016 E2018b E2019 E2021 E2023', 400, 'IncorrectStatus', wantInactive),
    row('E2024 E2025 E2026', 400, 'IncorrectRIStatus', wantInactive),
  ],
  /** R51 */
  notActive: [
    row('E2016 E2018b E2021 E2023 ECS2014', 400, 'IncorrectStatus', wantActive),
    row('E2024 E2025 E2026', 400, 'IncorrectRIStatus', wantActive),
  ],
  /** R46, R52, R70 */
  financial: [
    row('E2016 E2018b E2019 E2021', 400, 'Forbidden.FinancileLocked', locked),
    row('E2023 E2024 E2025 E2026 ECS2014', 400, 'Forbidden.FinancialLocked', locked),
  ],
  /** R76: ModifySpec has words of its own. */
  financialSpec: [
    row(
      'E2016',
      400,
      'Forbidden.FinancialLocked',
      "RouterInterface can not be operated by this action when it's FinancialLocked.",
    ),
  ],
  /** R50: code and message are cut off in the only copy seen and completed here. */
  peerDeleted: [
    row('E2026', 400, 'OppositeRouterInterfaceIsDeleted', 'The opposite router interface is deleted.'),
  ],
  /** R55 */
  operationLocked: [
    row(
      'E2023 E2024 E2025 E2026',
      400,
      'OperationFailed.OperationLocked',
      'Operation failed because OperationLocked.',
    ),
  ],
  /** R56 */
  notDeletable: [
    row(
      'E2021 ECS2014',
      400,
      'IncorrectStatus',
      'This openeration would be allowed only when status of this RouterInterface is Idle/Inactive.',
    ),
    row('E2023 E2024 E2025 E2026', 400, 'InvalidInstance.StatusError', 'The router instance status error.'),
  ],
  /** R57 */
  referred: [
    row(
      'ECS2014',
      400,
      'DependencyViolation.RouterInterfaceReferedByRouteEntry',
      'RouterInterface cannot be deleted when it is refered by a route table entry as next hop.',
    ),
    row('E2024', 400, 'RouterInterfaceReferredByRouteEntry', 'Router interface referred by route entry.'),
    row(
      'E2025 E2026',
      400,
      'ReferredByRouteEntry.RouterInterface',
      'Router interface referred by route entry.',
    ),
  ],
  /** R58: 500 is what the table prints. */
  prepaid: [
    row(
      'ECS2014',
      500,
      'InvalidRouterInterfaceChargeType.Malformed',
      'The prepaid routerinterface can not delete.',
    ),
  ],
  /** R61 */
  notModifiable: [
    row(
      'E2024 ECS2014',
      400,
      'IncorrectStatus',
      'RouterInterface can be operated by this action only when the status is Active,idle or inactive.',
    ),
  ],
  /** R62 and other combinations. */
  modifyParam: [
    row('E2018b E2019', 400, badCombination, 'Modify routerinterface param invalide'),
    row('E2024', 400, badCombination, 'Modify routerinterface param invalid'),
  ],
  /** R62 */
  linkRole: [row('E2018b E2019 E2024', 400, 'LinkRole.NotSupport', 'This linkrole is not supported')],
  /** R66 */
  healthCheckIp: [
    row('E2024', 400, 'InvalidHealthCheckIP.Malformd', 'Healthcheck sourceip or targetip is not valid.'),
  ],
  /** R66 */
  healthCheckSource: [
    row('E2024', 400, 'IllegalParam.HcSourceIp', 'The specified healthCheck Ip is not valid.'),
  ],
  /** R67 */
  healthCheckConflict: [
    row('E2024', 400, badCombination, 'healthCheck Ip is conflicted with DeleteHealthCheckIp option'),
  ],
  /** R68: the table prints a format placeholder as the message. */
  hcThreshold: [row('E2024', 400, 'IllegalParam.HcThreshold', '%s')],
  hcRate: [row('E2024', 400, 'IllegalParam.HcRate', '%s')],
  /** R69 */
  oppositeIsVbr: [
    row('E2024', 400, 'Forbbiden.ModifyIdAndType', 'Opposite is VBR, cannot modify the ID and type'),
  ],
  /** R71 */
  processing: [
    row('E2024', 400, 'INSTANCE_IN_PROCESSIONG', 'Instance is in processing,please wait and try again'),
  ],
  /** R77: the message is the one of the owner error, as printed. */
  specStatus: [row('E2019', 400, 'InvalidInstance.StatusError', 'The router instance owener error.')],
  /** R78 */
  specPeer: [row('E2019', 400, 'InvalidOpposite.NotFound', 'The opposite not exit.')],
  /** R80 */
  filterKey: [
    row(
      'E2018b E2024',
      404,
      'InvalidFilterKey.ValueNotSupported',
      'Specified filter key is not supported: Filter.X.key',
    ),
  ],
  /** R81 and malformed filters; the row is not tied to filters by the table. */
  filter: [row('E2024', 400, 'Parameter.Illegal', 'The parameter is illegal.')],
  /** R82: the code really is the one of the region. */
  paging: [row('E2024', 404, 'InvalidRegionId.NotFound', 'The parameter wrong, pageNum or pageSize.')],
  /** R32 where a token is refused rather than replayed. */
  tokenProcessing: [
    row('', 400, 'LastTokenProcessing', 'The last request with this token is being processed.'),
  ],
  /** A16: a token used again with other parameters; a client report names the code. */
  tokenMismatch: [
    row('', 400, 'IdempotentFailed', 'The ClientToken was used already with other parameters.'),
  ],
  vpcQuota: [row('', 400, 'QuotaExceeded.Vpc', 'The quota of VPCs in this region is exceeded.')],
  vpc: [row('', 404, 'InvalidVpcId.NotFound', 'Specified VPC does not exist.')],
  vpcStatus: [
    row('ECS2014', 400, 'IncorrectVpcStatus', 'Current VPC status does not support this operation.'),
  ],
  /** R87: the row is cut off; terraform names the code. */
  vpcInterface: [
    row('', 400, 'DependencyViolation.RouterInterface', 'Specified object has dependent resources.'),
  ],
  vpcRouteEntry: [
    row('ECS2014', 400, 'DependencyViolation.RouteEntry', 'Specified object has dependent resources'),
  ],
  cidr: [row('ECS2014', 400, 'InvalidCidrBlock.Malformed', 'Specified CIDR block is not valid.')],
  cidrDuplicate: [
    row('ECS2014', 400, 'InvalidCIDRBlock.Duplicate', 'Specified CIDR block is already exists.'),
  ],
  routeTable: [
    row('E2025 E2026', 400, 'InvalidRouteTable.NotFound', 'The specified routetable does not exist.'),
  ],
  routeQuota: [row('ECS2014', 400, 'QuotaExceeded', 'Route entry quota exceeded in this route table.')],
  routeEntry: [row('', 404, 'InvalidRouteEntry.NotFound', 'The specified route entry does not exist.')],
  /** R89 */
  nextHopStatus: [
    row(
      '',
      400,
      'IncorrectStatus.RouterInterface',
      'The status of the router interface does not support this operation.',
    ),
  ],
  /** R90 */
  taskConflict: [
    row('', 400, 'TaskConflict', 'The operation is too frequent, please wait a moment and try again.'),
  ],
  dryRun: [row('', 400, 'DryRunOperation', 'Request validation has been passed with DryRun flag set.')],
  tagKeyMissing: [row('', 400, 'MissingParam.TagKey', 'The parameter TagKey is mandatory.')],
  /** R93 */
  action: [
    row(
      'E2023',
      404,
      'InvalidAction.NotFound',
      'Specified api is not found, please check your url and method.',
    ),
  ],
} as const satisfies Record<string, readonly [Row, ...Row[]]>;
