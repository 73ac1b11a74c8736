import { embeddedTarget } from '../../adapters/embedded.ts';
import type { EmulatorOptions } from '../../adapters/emulator/emulator.ts';
import type { Target } from '../../adapters/target.ts';
import type { Tables } from '../../model/compile.ts';
import type { EditionId } from '../../model/spec/editions.ts';
import { campaign, type CampaignResult } from '../campaign.ts';
import { defaultLength } from '../generate/sequence-arbitrary.ts';
import { type GeneratorName, sequencesOf } from '../generate/suites.ts';
import type { Times } from '../run/clock.ts';
import { type Scene, type SceneOptions, setScene } from '../run/scene.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';

/** The times of a target whose clock the harness moves: generous bounds cost nothing there. */
export const manualTimes: Times = { settleMs: 60_000, staleMs: 1000, pollMs: [2, 250] };
/** The times of an emulator on this machine whose clock is real. */
export const realTimes: Times = { settleMs: 5000, staleMs: 1000, pollMs: [3, 200] };
export const regionId = 'cn-hangzhou';

/** A scene on a target, as the command line sets it by default. */
export function sceneOn(target: Target, options: Partial<SceneOptions> = {}): Promise<Scene> {
  return setScene(target, { edition: 'any', regionId, maxRouters: 8, times: manualTimes, ...options });
}

const made = new Map<string, (index: number) => Sequence>();

/** The sequences that a run of these suites with this seed sends to this scene; made once, for all mutants. */
export function sequencesFor(
  scene: Scene,
  seed: number,
  suites: readonly GeneratorName[] = ['random'],
): (index: number) => Sequence {
  const options = {
    capabilities: scene.capabilities,
    maxLength: defaultLength,
    maxRouters: scene.routers.length,
    region: regionId,
    otherRegion: scene.otherRegion,
  };
  const key = JSON.stringify([suites, options, seed]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const sequenceAt = sequencesOf(suites, options, seed);
  const sequences: Sequence[] = [];
  const remembered = (index: number): Sequence => (sequences[index] ??= sequenceAt(index));
  made.set(key, remembered);
  return remembered;
}

export interface EmulatorCampaign {
  readonly emulator?: EmulatorOptions;
  readonly edition?: EditionId | 'any';
  readonly seed: number;
  readonly commands: number;
  readonly concurrency?: number;
  readonly tables?: Tables;
}

/** One campaign against an emulator in this process; what the scene could not delete is left behind too. */
export async function campaignOnEmulator({
  emulator = {},
  edition = 'any',
  seed,
  commands,
  concurrency = 4,
  tables = defaultTables(),
}: EmulatorCampaign): Promise<CampaignResult> {
  const scene = await sceneOn(embeddedTarget(emulator), { edition });
  const result = await campaign(scene, {
    tables,
    sequenceAt: sequencesFor(scene, seed),
    commands,
    concurrency,
  });
  return { ...result, leftBehind: [...result.leftBehind, ...(await scene.strike())] };
}

/** What a campaign found, one line each, for messages of failed tests. */
export function summary({ buckets, ended, leftBehind }: CampaignResult): readonly string[] {
  return [
    ...buckets.map(
      ({ finding, occurrences }) =>
        `${occurrences} × ${finding.fingerprint}: expected ${finding.expected}; observed ${finding.observed}`,
    ),
    ...(ended === undefined ? [] : [`ended: ${ended}`]),
    ...leftBehind.map((id) => `left behind: ${id}`),
  ];
}
