import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import type { EmulatorOptions } from '../../adapters/emulator/emulator.ts';
import { firstFinding, traceOf } from '../score/detect.ts';
import { defaultTables } from '../tables.ts';
import { bereaved } from '../testing/seldom.ts';
import { manualTimes, sceneOn } from '../testing/campaigns.ts';

/** What becomes of an interface whose peer is deleted while it changes itself (A8). */
describe.each<[emulator: EmulatorOptions, seen: string]>([
  [{ profile: 'survivor=inactive' }, 'Inactive'],
  [{ profile: 'survivor=inactive,specChangeActive=Modifying' }, 'Inactive'],
  // Gone before the change is over: only what is Active is frozen.
  [{ profile: 'survivor=inactive', deleteMs: 100 }, 'Active'],
  [{}, 'Active'],
])('The survivor of a pair on an emulator with %j', (emulator, seen) => {
  const changes = { 'the spec changes': true, 'activation takes its time': false } as const;
  test.each(Object.entries(changes))('is believed to be whatever it then is: %s', async (_, spec) => {
    const scene = await sceneOn(embeddedTarget(emulator), { times: { ...manualTimes, staleMs: 0 } });
    const sequence = bereaved(scene.environmentFor(scene.routers).regionId, spec);
    const trace = await traceOf(scene, sequence);
    const refused = trace.steps.filter(
      ({ observation }) => observation?.kind === 'answer' && observation.status !== 200,
    );
    expect(refused).toEqual([]);
    const last = trace.steps.at(-1)?.observation;
    expect(last?.kind === 'answer' && last.body?.['Status']).toBe(seen);
    expect(firstFinding(trace, defaultTables())).toBeUndefined();
  });
});
