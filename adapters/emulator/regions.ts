import type { Call, Guard, Operation } from './operation.ts';
import type { Reason } from './refusals.ts';

/** The regions that DescribeRegions lists; any of them can hold VPCs and interfaces. */
export const regions: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'China (Hangzhou)',
  'cn-shanghai': 'China (Shanghai)',
  'cn-beijing': 'China (Beijing)',
  'cn-shenzhen': 'China (Shenzhen)',
  'ap-southeast-1': 'Singapore',
  'eu-central-1': 'Germany (Frankfurt)',
  'us-west-1': 'US (Silicon Valley)',
};

/** Returns the guard of R3; the operations word the refusal differently. */
export function regionGuard(reason: Reason): Guard {
  return {
    name: 'region',
    kind: 'existence',
    check: ({ params }: Call) => (Object.hasOwn(regions, params['RegionId'] ?? '') ? undefined : reason),
  };
}

export const describeRegions: Operation = {
  mandatory: [],
  reads: true,
  guards: [],
  perform: () => ({
    Regions: {
      Region: Object.entries(regions).map(([RegionId, LocalName]) => ({
        RegionId,
        LocalName,
        RegionEndpoint: RegionId === 'cn-hangzhou' ? 'vpc.aliyuncs.com' : `vpc.${RegionId}.aliyuncs.com`,
      })),
    },
  }),
};
