import type { Variant } from './check.ts';
import type { RawCall } from '../../adapters/wire.ts';

/** The plainest request there is; a check says what is different about its own. */
export const list: RawCall = {
  operation: 'DescribeRouterInterfaces',
  params: { RegionId: '{region}' },
  signature: 'v1',
  method: 'GET',
  format: 'JSON',
};

/** How current client libraries send it. */
export const acs3: Partial<RawCall> = { signature: 'acs3', method: 'POST' };

/** How a format is refused that is none, or that the target does not know. */
export const unknownFormat: readonly Variant[] = [
  { name: 'current gateway', code: 'InvalidParameter.Format', status: [400] },
  { name: 'by the naming scheme', code: 'InvalidFormat', status: [400] },
  { name: 'old public list', code: 'InvalidParameter', status: [400] },
];
