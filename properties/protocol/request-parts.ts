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
