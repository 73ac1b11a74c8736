import { type Edition, parseEdition } from './editions.ts';
import type { BehaviourMutant } from './mutant-behaviours.ts';
import { type RaceMutant, type RaceMutantName, raceMutants } from './mutant-races.ts';
import type { WireMutant } from './mutant-wire.ts';
import { findMutants } from './mutants.ts';
import { completeProfile, type Profile } from './profiles.ts';
import { parameterRefusal, type Refusal, refusalsOf } from './refusals.ts';

/** What the owner of an emulator may choose. Times are milliseconds of the emulator's own clock. */
export interface EmulatorOptions {
  /** Whose spelling, HTTP status and message a refusal has; E2026 unless given. */
  readonly edition?: Edition | undefined;
  /** A profile's name, `axis=value` pairs, or the axes that differ from the default. */
  readonly profile?: string | Partial<Profile> | undefined;
  /** Name of the defect to have, or names with commas between; none unless given. */
  readonly mutant?: string | undefined;
  /** `manual`: time moves only through advance and the clock hook. Real unless given. */
  readonly clock?: 'manual' | 'real' | undefined;
  readonly connectMs?: number | undefined;
  readonly activateMs?: number | undefined;
  readonly deactivateMs?: number | undefined;
  readonly deleteMs?: number | undefined;
  readonly specChangeMs?: number | undefined;
  /** How long a peer goes on that follows late (profile axis deactivation); 1500 unless given. */
  readonly followMs?: number | undefined;
  /** How long a new VPC is Pending. */
  readonly vpcMs?: number | undefined;
  /** How long a route entry is Pending or Deleting. */
  readonly routeEntryMs?: number | undefined;
  /** How old the state is that lagging reads show; 800 unless given. */
  readonly readLagMs?: number | undefined;
  /** When an unanswered Connect gives up (profile axis connectUnanswered); 60000 unless given. */
  readonly hangMs?: number | undefined;
  readonly interfacesPerRouter?: number | undefined;
  /** Counts only under the profile axis quota=account. */
  readonly interfacesPerAccount?: number | undefined;
  readonly vpcsPerRegion?: number | undefined;
  readonly accountId?: string | undefined;
  /** Decides the ids; the same seed and the same calls give the same answers. 0 unless given. */
  readonly seed?: number | undefined;
}

/** The account that every caller acts for. */
const defaultAccountId = '1234567890123456';

/** Options with every default filled in. */
export interface Settings {
  readonly edition: Edition;
  readonly profile: Profile;
  readonly clock: 'manual' | 'real';
  readonly seed: number;
  readonly accountId: string;
  readonly connectMs: number;
  readonly activateMs: number;
  readonly deactivateMs: number;
  readonly deleteMs: number;
  readonly specChangeMs: number;
  readonly followMs: number;
  readonly vpcMs: number;
  readonly routeEntryMs: number;
  readonly readLagMs: number;
  readonly hangMs: number;
  readonly interfacesPerRouter: number;
  readonly interfacesPerAccount: number;
  readonly vpcsPerRegion: number;
  readonly routeEntriesPerTable: number;
  /** The guards that the chosen mutants forget. */
  readonly omitted: ReadonlySet<string>;
  /** Returns whether the emulator is to have the defect `name`; false for all of them unless one was chosen. */
  readonly is: (name: BehaviourMutant | RaceMutantName | WireMutant) => boolean;
  /** What goes wrong when calls overlap. */
  readonly race: RaceMutant | undefined;
  /** Returns what a refusal for `reason` looks like in the chosen edition. */
  readonly refusal: (reason: string) => Refusal;
}

/** Visible: seconds, as a person would see them. Slow is twenty times that, near the real service. */
const visible = { connectMs: 1500, activateMs: 1000, deactivateMs: 1000, deleteMs: 1000, specChangeMs: 500 };
const pace = { instant: 0, visible: 1, slow: 20 } as const;

/** Returns the settings for `options`; throws an Error on an unknown edition, profile or mutant, or a bad number. */
export function settle(options: EmulatorOptions): Settings {
  const edition = parseEdition(options.edition);
  const profile = completeProfile(options.profile, edition);
  const chosen = options.mutant === undefined ? [] : findMutants(options.mutant);
  const names: ReadonlySet<string> = new Set(chosen.map(({ name }) => name));
  const rate = pace[profile.transitions];
  return {
    edition,
    profile,
    clock: options.clock ?? 'real',
    seed: options.seed ?? 0,
    accountId: options.accountId ?? defaultAccountId,
    connectMs: count('connectMs', options.connectMs, visible.connectMs * rate),
    activateMs: count('activateMs', options.activateMs, visible.activateMs * rate),
    deactivateMs: count('deactivateMs', options.deactivateMs, visible.deactivateMs * rate),
    deleteMs: count('deleteMs', options.deleteMs, visible.deleteMs * rate),
    specChangeMs: count('specChangeMs', options.specChangeMs, visible.specChangeMs * rate),
    // Longer than a visible Deactivate takes, so that one end is seen Inactive while the other still is Active.
    followMs: count('followMs', options.followMs, 1500 * Math.max(1, rate)),
    // VPCs and routes are scenery here: only the slow profile makes a client wait for them.
    vpcMs: count('vpcMs', options.vpcMs, profile.transitions === 'slow' ? 2000 : 0),
    routeEntryMs: count('routeEntryMs', options.routeEntryMs, profile.transitions === 'slow' ? 1000 : 0),
    readLagMs: count('readLagMs', options.readLagMs, 800),
    hangMs: count('hangMs', options.hangMs, 60_000),
    interfacesPerRouter: count('interfacesPerRouter', options.interfacesPerRouter, 5),
    interfacesPerAccount: count('interfacesPerAccount', options.interfacesPerAccount, 5),
    vpcsPerRegion: count('vpcsPerRegion', options.vpcsPerRegion, 10),
    // 48 in 2018, 200 in 2026; no page in between says when it changed.
    routeEntriesPerTable: edition === 'E2016' || edition === 'E2018b' || edition === 'E2019' ? 48 : 200,
    omitted: new Set(chosen.flatMap(({ without }) => without ?? [])),
    // Asked dozens of times per call, and nearly always there is no defect at all.
    is: names.size === 0 ? () => false : (name) => names.has(name),
    race: raceMutants.find(({ name }) => names.has(name)),
    refusal: refusalLookup(
      edition,
      chosen.flatMap(({ answer }) => answer ?? []),
    ),
  };
}

function count(name: string, given: number | undefined, otherwise: number): number {
  const value = given ?? otherwise;
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`Option ${name} must be a number of at least 0, not ${value}.`);
}

function refusalLookup(
  edition: Edition,
  defects: readonly { readonly reason: string; readonly change: Partial<Refusal> }[],
): (reason: string) => Refusal {
  const table = refusalsOf(edition);
  for (const { reason, change } of defects) {
    const right = table.get(reason) ?? parameterRefusal(reason);
    table.set(reason, { ...right, ...change });
  }
  return (reason) => table.get(reason) ?? parameterRefusal(reason);
}
