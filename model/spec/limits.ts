/** Numbers of the documents. Quotas can be raised for an account, so the model takes them as defaults. */
import { deepFreeze } from './parse.ts';

export const limits = deepFreeze({
  interfacesPerRouter: { value: 5, source: 'note on Create, all editions' },
  interfacesPerUserAndRegion: { value: 5, source: 'E2016; TF names the quota RiPerUser' },
  connectedPairsPerTwoRouters: { value: 1, source: 'notes on Create and Connect, all editions' },
  connectionsPerVpc: { value: 10, source: 'older page of limits' },
  connectionsPerVbr: { value: 10, source: 'older page of limits' },
  connectionsPerAccount: { value: 20, source: 'older page of limits' },
  vbrsPerPhysicalConnection: { value: 5, source: 'older page of limits' },
  routeEntriesPerTable: { value: 200, source: 'SDK; 48 in E2018a' },
  vpcsPerRegion: { value: 10, source: 'older page of limits' },
  filterKeys: { value: 5, source: 'E2018a, E2024' },
  filterValuesPerKey: { value: 5, source: 'E2018a, E2024' },
  pageSizeDefault: { value: 10, source: 'all editions' },
  pageSizeMax: { value: 50, source: 'all editions' },
  pageNumberMin: { value: 1, source: 'all editions' },
  nameMin: { value: 2, source: 'all editions' },
  nameMax: { value: 128, source: 'all editions' },
  descriptionMin: { value: 2, source: 'all editions' },
  descriptionMax: { value: 256, source: 'all editions' },
  clientTokenMax: { value: 64, source: 'up to E2021; DeleteExpressConnect still in 2026' },
  tagsPerResource: { value: 20, source: 'META, SDK' },
  idsPerTagCall: { value: 20, source: 'META, SDK' },
  tagKeyMax: { value: 128, source: 'META, SDK' },
  tagValueMax: { value: 128, source: 'META, SDK' },
  healthCheckThresholdRecommended: { value: 8, source: 'all editions; packets' },
  healthCheckRateRecommended: { value: 2000, source: 'all editions; milliseconds' },
  /** Create, Connect and ModifyRouterInterfaceAttribute. */
  callsPerMinute: { value: 300, source: 'api.aliyun.com/document/Vpc/2016-04-28' },
  /** How long clients of the real service wait, in seconds; the bounds of P2 are configuration. */
  waitForIdleSeconds: { value: 300, source: 'TF' },
  waitForActiveSeconds: { value: 120, source: 'TF' },
  waitForInactiveSeconds: { value: 500, source: 'TF' },
  waitForGoneSeconds: { value: 1000, source: 'TF' },
} satisfies Record<string, { value: number; source: string }>);
