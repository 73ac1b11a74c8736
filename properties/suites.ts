import type { Tables } from '../model/compile.ts';
import type { Certificate, TourResult } from '../reports/record.ts';
import { campaign, type CampaignOptions, type CampaignResult } from './campaign.ts';
import { Certifier, planComplete } from './complete/complete.ts';
import type { Method } from './complete/methods.ts';
import { probes } from './complete/probe.ts';
import { generatorNames, generatorOptions, sequencesOf } from './generate/suites.ts';
import { given } from './given.ts';
import { assumptionsFrom, usualAssumptions } from './machine/assumptions.ts';
import { machineOf } from './machine/machine-of.ts';
import type { Machine } from './machine/machine.ts';
import type { Script } from './machine/script.ts';
import type { Scene } from './run/scene.ts';
import type { Sequence } from './sequence.ts';
import { tourOf, writtenOut } from './tour/tour.ts';

/** The suites of sequences: random ones, a planned tour of the model, and one that is complete for it. */
export const sequenceSuites = ['tour', 'complete', ...generatorNames] as const;

export interface SuiteOptions {
  readonly suites: readonly string[];
  readonly regionId: string;
  readonly quotaPerRouter?: number;
  readonly seed: number;
  /** Commands of random sequences. */
  readonly commands: number;
  /** How the complete suite is made; the H-method without extra states unless given. */
  readonly method?: Method;
  readonly extraStates?: number;
}

/** What the sequences of all suites showed, and what the planned ones add to it. */
export interface SuitesResult {
  readonly result: CampaignResult;
  readonly certificate?: Certificate;
  readonly tour?: TourResult;
}

type Common = Omit<CampaignOptions, 'sequenceAt' | 'commands' | 'first' | 'after' | 'sequences' | 'tables'>;

/**
 * Runs the suites of sequences on a scene, planned ones first: what they find is short. `common` is asked anew
 * for each suite, as time passes. Throws `UsageError` for a complete suite that would be absurdly long.
 */
export async function runSuites(
  scene: Scene,
  tables: Tables,
  options: SuiteOptions,
  common: () => Common,
): Promise<SuitesResult> {
  const { suites, seed, regionId } = options;
  const regions = { region: regionId, otherRegion: scene.otherRegion };
  let result: CampaignResult | undefined;
  let first = 0;
  const follow = async (more: Omit<CampaignOptions, 'tables' | 'concurrency'>): Promise<CampaignResult> => {
    const { enough, ...rest } = common();
    const before = result === undefined ? {} : { after: result };
    const asked = enough === undefined || more.sequences !== undefined ? {} : { enough };
    result = await campaign(scene, { tables, first, ...before, ...rest, ...asked, ...more });
    return result;
  };
  const runAll = async (
    planned: readonly Sequence[],
    onTrace?: CampaignOptions['onTrace'],
  ): Promise<CampaignResult> => {
    const from = first;
    const ran = await follow({
      sequenceAt: (index) => planned[index - from] ?? nothing,
      sequences: planned.length,
      commands: Infinity,
      ...given({ onTrace }),
    });
    first += planned.length;
    return ran;
  };

  let tour: TourResult | undefined;
  if (suites.includes('tour')) {
    const machine = machineOf(tables, { facts: scene.capabilities, faults: true });
    const { walks, commands, goals, unreached } = tourOf(machine);
    tour = { goals, walks: walks.length, commands, unreached };
    await runAll(walks.map((walk, index) => writtenOut(machine, walk, regions, seed, index).sequence));
  }
  let certificate: Certificate | undefined;
  if (suites.includes('complete') && result?.ended === undefined) {
    const asked = { method: options.method ?? 'h', extraStates: options.extraStates ?? 0 } as const;
    const plan = { tables, regions, seed, ...asked };
    // A suite that would be absurd is refused before anything is sent.
    planComplete({ ...plan, assumptions: usualAssumptions, sizeOnly: true });
    const usual = machineOf(tables, {});
    const probed = await runAll(probes.map((ids, index) => probe(usual, ids, regions, seed, index).sequence));
    if (probed.ended === undefined) {
      const complete = planComplete({ ...plan, assumptions: assumptionsFrom(tables, probed.evidence) });
      const certifier = new Certifier(complete);
      const from = first;
      const diverging = probed.buckets.length;
      const ran = await runAll(
        complete.scripts.map(({ sequence }) => sequence),
        (index, _, trace) => certifier.note(index - from, trace),
      );
      certificate = certifier.certificate(Math.max(diverging, ran.buckets.length));
    }
  }
  const generators = generatorNames.filter((name) => suites.includes(name));
  if (generators.length > 0 && result?.ended === undefined) {
    const { capabilities, routers, otherRegion } = scene;
    const { quotaPerRouter } = options;
    const ground = { capabilities, routers: routers.length, regionId, otherRegion, quotaPerRouter };
    const sequenceAt = sequencesOf(generators, generatorOptions(ground), seed);
    const from = first;
    await follow({ sequenceAt: (index) => sequenceAt(index - from), commands: options.commands });
  }
  result ??= await follow({ sequenceAt: () => nothing, sequences: 0, commands: 0 });
  return {
    result,
    ...given({ certificate, tour }),
  };
}

const nothing: Sequence = { commands: [], routers: 2, exclusive: false };

/** Follows names of inputs as long as the machine can. */
function probe(
  machine: Machine,
  ids: readonly string[],
  regions: { readonly region: string; readonly otherRegion: string },
  seed: number,
  index: number,
): Script {
  const walk = ids.map((id) => machine.inputs.findIndex((input) => input.id === id));
  return writtenOut(machine, walk, regions, seed, index);
}
