import { CannotAnswer, type Target } from '../../adapters/target.ts';
import type { EditionId } from '../../model/spec/editions.ts';
import { documentedQuota, type Environment, type Former, type Router } from '../../model/world.ts';
import { textOf } from '../../model/text.ts';
import { given } from '../given.ts';
import type { Capabilities } from '../sequence.ts';
import { noSuchVpc } from './clean.ts';
import { type Clock, ManualClock, RealClock, type Times } from './clock.ts';
import { SetupError } from './errors.ts';
import type { Stage } from './execute.ts';
import { interfacesOn, succeed, unknownAction } from './list.ts';
import { type Place, placeFor } from './place.ts';
import { probe } from './probe.ts';
import { explainRefusal, VpcMaker } from './vpcs.ts';

export interface SceneOptions {
  readonly edition: EditionId | 'any';
  readonly regionId: string;
  /** Routers the user names; then no VPC is ever made or deleted. */
  readonly routers?: readonly Router[];
  /** Most routers to make. */
  readonly maxRouters: number;
  /** Interfaces that a router may have; as documented unless given. */
  readonly quotaPerRouter?: number;
  /** The account of the credentials, which interfaces are told their peer belongs to. */
  readonly accountId?: string;
  readonly times: Times;
  /** Calls that setting the scene may have under way at a time; one unless given. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

/** Everything that is in place before the first sequence runs. */
export interface Scene {
  readonly target: Target;
  readonly clock: Clock;
  readonly capabilities: Capabilities;
  readonly routers: readonly Router[];
  readonly otherRegion: string;
  /** What was noticed on the way, for the report. */
  readonly notes: readonly string[];
  /** Five interfaces per account are the limit (A19): sequences run one at a time. */
  readonly accountQuota: boolean;
  environmentFor(routers: readonly Router[]): Environment;
  /** A part of the run, see `placeFor`. */
  place(name: string, optional?: boolean): Place | undefined;
  /** The routers are clean again at `now` (ms): of what was on them, `ids`, a read that lags may still tell. */
  emptied(routers: readonly Router[], ids: readonly string[], now: number): void;
  /** A sequence showed that reads lag, although set-up did not notice: settling takes longer from now on. */
  noticeLag(): void;
  /**
   * Whether the target still has these routers, where the run made them; `name` is that of the part of the run in
   * which it is asked. One that was restarted, or emptied by somebody, has not.
   */
  stands(routers: readonly Router[], name: string): Promise<boolean>;
  /** Another router in the place of one on which something is left that cannot be deleted. */
  replace(place?: Place): Promise<Router | undefined>;
  /**
   * Empties the whole target and sets the scene anew, where a hook allows it and nothing but what the
   * harness made is there. Nothing else may run meanwhile.
   */
  reset(routers?: number, place?: Place): Promise<readonly Router[] | undefined>;
  /** Deletes what was made; returns the ids of what could not be. */
  strike(): Promise<readonly string[]>;
}

/** Prepares a target: regions, routers, what it offers, how many interfaces it allows. */
export async function setScene(target: Target, options: SceneOptions): Promise<Scene> {
  const { regionId, times, signal } = options;
  const clock =
    target.control?.clock === 'manual'
      ? new ManualClock(target.control, times)
      : new RealClock(times, signal);
  // A recording has one call after another.
  const atOnce = target.tape === undefined ? options.concurrency : 1;
  const vpcs = new VpcMaker(regionId, times, signal, atOnce);
  const place = placeFor(target, clock, 'set-up');
  if (place === undefined)
    throw new SetupError(`The recorded run ended before set-up: ${target.tape?.ended}.`);
  try {
    return await arrange(target, place, options, clock, vpcs);
  } catch (error) {
    // What was made before it failed must not stay; the first error is the one to tell.
    await vpcs.deleteAll(place).catch(() => []);
    throw error;
  }
}

async function arrange(
  whole: Target,
  place: Place,
  options: SceneOptions,
  clock: ManualClock | RealClock,
  vpcs: VpcMaker,
): Promise<Scene> {
  const { edition, regionId, times, signal } = options;
  const { target } = place;
  const notes: string[] = [];
  const regions = await regionsOf(target, regionId);
  const otherRegion = regions.find((region) => region !== regionId) ?? 'cn-beijing';
  const mayReset =
    target.control?.hooks.has('reset') === true &&
    options.routers === undefined &&
    (await isEmpty(target, regions));
  const twice = options.routers?.find(
    (each, index, all) => all.findIndex(({ id }) => id === each.id) !== index,
  );
  if (twice !== undefined)
    throw new SetupError(`The router ${twice.id} is given twice: two different ones are needed.`);
  let routers = options.routers ?? (await vpcs.make(options.maxRouters, 2, place));
  if (routers.length < 2)
    throw new SetupError(`At least two routers are needed to connect anything; ${routers.length} given.`);
  let readsLag = false;
  const { quotaPerRouter = documentedQuota } = options;
  const limits = { perRouter: quotaPerRouter, perAccount: null as number | null };
  if (quotaPerRouter !== documentedQuota)
    notes.push(
      `A router may have ${quotaPerRouter} interfaces, as given; documented are ${documentedQuota} (R17).`,
    );
  const formerOn = new Map<string, readonly Former[]>();
  const environmentFor = (chosen: readonly Router[]): Environment => {
    const former = chosen.flatMap(({ id }) => formerOn.get(id) ?? []);
    return {
      edition,
      regionId,
      regions,
      ...given({ accountId: options.accountId }),
      routers: chosen,
      limits,
      bounds: { settleMs: times.settleMs, staleMs: times.staleMs },
      ...(target.control?.clock === 'manual' ? { clock: 'manual' as const } : {}),
      readsLag,
      ...(former.length === 0 ? {} : { former }),
    };
  };
  const stageOf = (chosen: readonly Router[]): Stage => ({
    ...place,
    environment: environmentFor(chosen),
    ...given({ signal }),
  });
  await checkEmpty(stageOf(routers), options.routers !== undefined);
  const routeEntries = await offersRouteEntries(target, regionId, routers[0]);
  if (!routeEntries)
    notes.push('CreateRouteEntry is not offered: what a route entry holds back cannot be tested (R57).');
  const probed = await probe(stageOf(routers.slice(0, 2)), clock);
  const { accountQuota } = probed;
  if (probed.left.length > 0) {
    notes.push(`Set-up could not delete what it made to look at the quota: ${probed.left.join(', ')}.`);
    const rest = routers.slice(2);
    routers =
      options.routers === undefined ? [...rest, ...(await vpcs.make(2, 2 - rest.length, place))] : rest;
    if (routers.length < 2)
      throw new SetupError(
        'What set-up made on the given routers cannot be deleted, and no clean ones are left.',
      );
  }
  readsLag = probed.readsLag;
  if (readsLag) {
    notes.push(
      'Reads lag: a new interface was not shown at once. What is read counts as up to the stale-read bound old.',
    );
  }
  if (accountQuota) {
    limits.perAccount = 5;
    notes.push(
      'The target allows five interfaces per account (the older quota, A19): sequences run one at a time.',
    );
  }
  const hooks = target.control?.hooks;
  return {
    target: whole,
    clock,
    routers,
    otherRegion,
    notes,
    accountQuota,
    capabilities: {
      accountHook: hooks?.has('account') ?? false,
      interfaceHook: hooks?.has('interface') ?? false,
      routeEntries,
    },
    environmentFor,
    emptied(cleaned, ids, now) {
      // A clock that the harness moves has gone on by more than the bound when a router is clean.
      if (clock instanceof ManualClock || ids.length === 0) return;
      const former = ids.map((id): Former => ({ id, until: now }));
      for (const { id } of cleaned) {
        const recent = formerOn.get(id)?.filter(({ until }) => now - until <= times.staleMs) ?? [];
        formerOn.set(id, [...recent, ...former]);
      }
    },
    noticeLag() {
      if (clock instanceof ManualClock || clock.lagging) return;
      clock.lagging = true;
      notes.push(
        'Reads lag at times: set-up did not notice, but sequences could not be explained otherwise.',
      );
    },
    place: (name, optional) => placeFor(whole, clock, name, optional),
    async stands(chosen, name) {
      const vpcId = options.routers === undefined ? chosen[0]?.vpcId : undefined;
      const where = vpcId === undefined ? undefined : placeFor(whole, clock, name, true);
      if (vpcId === undefined || where === undefined) return true;
      const params = { RegionId: regionId, VpcId: vpcId };
      const asked = await succeed(where.target, 'DescribeVpcAttribute', params);
      return asked.body !== undefined || !noSuchVpc.has(asked.code);
    },
    replace: async (where = place) =>
      options.routers === undefined ? (await vpcs.make(1, 0, where))[0] : undefined,
    async reset(count = options.maxRouters, where = place) {
      const { control } = where.target;
      if (!mayReset || control === undefined) return undefined;
      await control.reset();
      vpcs.forget();
      return vpcs.make(count, Math.min(count, 2), where);
    },
    async strike() {
      const where = placeFor(whole, clock, 'clean-up', true);
      if (where === undefined) return [];
      return vpcs.deleteAll(where).catch((error: unknown) => {
        // A recording leaves nothing behind, whatever of the cleaning up is in it.
        if (error instanceof CannotAnswer) return [];
        throw error;
      });
    },
  };
}

async function regionsOf(target: Target, regionId: string): Promise<readonly string[]> {
  const answer = await succeed(target, 'DescribeRegions', {});
  if (answer.body === undefined) {
    if (unknownAction.has(answer.code)) return [regionId]; // not offered: an optional operation
    throw new SetupError(explainRefusal(answer.code, answer.problem));
  }
  const set = answer.body['Regions'] as Readonly<Record<string, unknown>> | undefined;
  const list = Array.isArray(set?.['Region'])
    ? (set['Region'] as readonly Readonly<Record<string, unknown>>[])
    : [];
  const regions = list
    .filter((each) => typeof each === 'object' && each !== null)
    .map((region) => textOf(region['RegionId']));
  if (!regions.includes(regionId)) {
    throw new SetupError(
      `The target does not know the region "${regionId}"; it lists ${regions.join(', ') || 'none'}. Choose one with --region.`,
    );
  }
  return regions;
}

/** True when there is not one interface and not one VPC: then a reset destroys nothing of anybody's. */
async function isEmpty(target: Target, regions: readonly string[]): Promise<boolean> {
  for (const RegionId of regions) {
    for (const operation of ['DescribeRouterInterfaces', 'DescribeVpcs']) {
      const { body } = await succeed(target, operation, { RegionId });
      if (body?.['TotalCount'] !== 0) return false;
    }
  }
  return true;
}

async function checkEmpty(stage: Stage, given: boolean): Promise<void> {
  const { target, environment } = stage;
  const { regionId, routers } = environment;
  const found = await interfacesOn(
    target,
    regionId,
    routers.slice(0, 5).map(({ id }) => id),
  );
  if (found === undefined) {
    const answer = await succeed(target, 'DescribeRouterInterfaces', { RegionId: regionId });
    throw new SetupError(
      answer.body === undefined
        ? `Interfaces cannot be listed, and nothing can be judged without that: ${answer.problem}.`
        : 'DescribeRouterInterfaces answers without RouterInterfaceSet.RouterInterfaceType: nothing can be judged without a list.',
    );
  }
  if (found.length > 0 && given) {
    throw new SetupError(
      `The given routers are not empty: ${found.map(({ id }) => id).join(', ')}. Delete them or name other routers.`,
    );
  }
}

async function offersRouteEntries(
  target: Target,
  regionId: string,
  router: Router | undefined,
): Promise<boolean> {
  const table = router?.routeTableId;
  if (table === undefined) return false;
  const answer = await succeed(target, 'DescribeRouteEntryList', { RegionId: regionId, RouteTableId: table });
  return answer.body !== undefined || !unknownAction.has(answer.code);
}
