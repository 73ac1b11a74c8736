import { documentedQuota, type Environment } from '../../model/world.ts';
import { regionId } from './detect.ts';
import { otherRegion } from './sources.ts';

/** Where sequences take place on a target that is the model itself; the clock is held. */
export function environmentFor(routers: number): Environment {
  return {
    edition: 'any',
    regionId,
    regions: [regionId, otherRegion],
    routers: Array.from({ length: routers }, (_, index) => ({
      id: `vrt-${index + 1}`,
      regionId,
      vpcId: `vpc-${index + 1}`,
    })),
    limits: { perRouter: documentedQuota, perAccount: null },
    bounds: { settleMs: 1000, staleMs: 0 },
    readsLag: false,
    clock: 'manual',
  };
}
