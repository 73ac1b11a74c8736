/**
 * What XML does not say and JSON does: which elements are lists, numbers and booleans. Taken from the
 * response tables of the operations that are called; everything else is text, as it is in JSON.
 *
 * Left as text because the documents disagree on their type (A21): FastLinkMode, HasReservationData,
 * OppositeInterfaceOwnerId.
 */

/** The element that wraps a list, and the element that each member is. */
export const lists: Readonly<Record<string, string>> = {
  RouterInterfaceSet: 'RouterInterfaceType',
  Regions: 'Region',
  Vpcs: 'Vpc',
  VRouters: 'VRouter',
  VSwitchIds: 'VSwitchId',
  RouteTableIds: 'RouteTableId',
  RouterTableIds: 'RouterTableIds',
  RouteEntrys: 'RouteEntry',
  NextHops: 'NextHop',
  Tags: 'Tags',
  TagResources: 'TagResource',
  AssociatedCens: 'AssociatedCen',
  AssociatedPropagationSources: 'AssociatedPropagationSources',
};

export const numbers: ReadonlySet<string> = new Set([
  'Bandwidth',
  'OppositeBandwidth',
  'HcRate',
  'HcThreshold',
  'OrderId',
  'PageNumber',
  'PageSize',
  'TotalCount',
  'Weight',
]);

export const booleans: ReadonlySet<string> = new Set(['CrossBorder', 'IsDefault', 'Success']);
