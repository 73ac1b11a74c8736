import { specs } from '../spec/enums.ts';

const mbps: ReadonlyMap<string, number> = new Map(specs.map((spec) => [spec.name, spec.mbps]));

/** Mbit/s of a Spec: as in the table, or counted in 1024 as the service was seen to do (A34). */
export function bandwidthsOf(spec: string): readonly number[] {
  const nominal = mbps.get(spec);
  if (nominal === undefined) return [];
  return nominal >= 1000 ? [nominal, (nominal / 1000) * 1024] : [nominal];
}
