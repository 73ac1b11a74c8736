/** The words of the API, spelled as in answers. */
import { deepFreeze } from './parse.ts';

export type StatusKind = 'stable' | 'transitional' | 'peer-only';

export const statuses = [
  { name: 'Idle', kind: 'stable', meaning: 'not connected; the first status of an interface' },
  { name: 'Connecting', kind: 'transitional', meaning: 'the initiator is connecting' },
  {
    name: 'AcceptingConnecting',
    kind: 'transitional',
    meaning: 'the acceptor is being connected; E2016 spells AcceptingConnect',
  },
  { name: 'Activating', kind: 'transitional', meaning: 'going into service' },
  { name: 'Active', kind: 'stable', meaning: 'in service' },
  { name: 'Modifying', kind: 'transitional', meaning: 'being changed; no document says by what' },
  { name: 'Deactivating', kind: 'transitional', meaning: 'being frozen' },
  { name: 'Inactive', kind: 'stable', meaning: 'frozen' },
  { name: 'Deleting', kind: 'transitional', meaning: 'being deleted' },
  { name: 'Deleted', kind: 'peer-only', meaning: 'the peer is gone; only as OppositeInterfaceStatus' },
] as const satisfies readonly { name: string; kind: StatusKind; meaning: string }[];

export type PeerStatus = (typeof statuses)[number]['name'];
export type Status = Exclude<PeerStatus, 'Deleted'>;
export type StableStatus = Extract<(typeof statuses)[number], { kind: 'stable' }>['name'];
export type TransitionalStatus = Extract<(typeof statuses)[number], { kind: 'transitional' }>['name'];

export const businessStatuses = ['Normal', 'FinancialLocked', 'SecurityLocked'] as const;
export type BusinessStatus = (typeof businessStatuses)[number];

export const roles = ['InitiatingSide', 'AcceptingSide'] as const;
export type Role = (typeof roles)[number];

export const routerTypes = ['VRouter', 'VBR'] as const;
export type RouterType = (typeof routerTypes)[number];

/** The specifications of the API pages. RUN2019 describes Large.2 with 2048 (A34). */
export const specs = [
  { name: 'Mini.2', mbps: 2, role: 'InitiatingSide' },
  { name: 'Mini.5', mbps: 5, role: 'InitiatingSide' },
  { name: 'Small.1', mbps: 10, role: 'InitiatingSide' },
  { name: 'Small.2', mbps: 20, role: 'InitiatingSide' },
  { name: 'Small.5', mbps: 50, role: 'InitiatingSide' },
  { name: 'Middle.1', mbps: 100, role: 'InitiatingSide' },
  { name: 'Middle.2', mbps: 200, role: 'InitiatingSide' },
  { name: 'Middle.5', mbps: 500, role: 'InitiatingSide' },
  { name: 'Large.1', mbps: 1000, role: 'InitiatingSide' },
  { name: 'Large.2', mbps: 2000, role: 'InitiatingSide' },
  { name: 'Large.5', mbps: 5000, role: 'InitiatingSide' },
  { name: 'Xlarge.1', mbps: 10_000, role: 'InitiatingSide' },
  { name: 'Negative', mbps: 0, role: 'AcceptingSide' },
] as const satisfies readonly { name: string; mbps: number; role: Role }[];
export type Spec = (typeof specs)[number]['name'];

/** The list of the concept page: what lies outside both lists is wrong for every source. */
export const conceptSpecs = [
  'Small.1',
  'Small.2',
  'Small.5',
  'Middle.1',
  'Middle.2',
  'Middle.4',
  'Middle.5',
  'Middle.6',
  'Middle.7',
  'Middle.8',
  'Middle.9',
  'Large.1',
  'Large.1.1',
  'Large.1.2',
  'Large.1.3',
  'Large.1.4',
  'Large.1.5',
  'Large.1.6',
  'Large.1.7',
  'Large.1.8',
  'Large.1.9',
  'Large.2',
  'Large.2.5',
  'Large.3',
  'Large.3.5',
  'Large.4',
  'Large.4.5',
  'Large.5',
  'Xlarge.1',
  'Xlarge.4',
  'Xlarge.8',
  'Xlarge.10',
] as const;

/** What a request asks for and what an answer says differ. */
export const chargeTypes = {
  request: ['PrePaid', 'PostPaid'],
  response: ['AfterPay', 'PrePaid'],
  seenInSamples: ['Prepaid', 'PayByTraffic'],
} as const;

export const filterKeys = [
  'RouterInterfaceId',
  'RouterId',
  'RouterType',
  'RouterInterfaceOwnerId',
  'OppositeInterfaceId',
  'OppositeRouterType',
  'OppositeRouterId',
  'OppositeInterfaceOwnerId',
  'Status',
  'Name',
] as const;
export type FilterKey = (typeof filterKeys)[number];

export const healthCheckStatuses = ['Abnormal', 'Normal', 'NoRedundantRoute', 'NoHealthCheckConfig'] as const;
export const ipv6Statuses = ['on', 'off', 'unsupport'] as const;

export const enums = deepFreeze({
  statuses,
  businessStatuses,
  roles,
  routerTypes,
  specs,
  conceptSpecs,
  chargeTypes,
  filterKeys,
  healthCheckStatuses,
  ipv6Statuses,
});
