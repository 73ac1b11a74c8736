import { CannotAnswer, type Target } from '../../adapters/target.ts';
import type { EditionId } from '../../model/spec/editions.ts';
import type { Environment, Router } from '../../model/world.ts';
import { textOf } from '../../model/text.ts';
import type { Capabilities } from '../sequence.ts';
import { clean } from './clean.ts';
import { type Clock, ManualClock, RealClock, type Times } from './clock.ts';
import { SetupError } from './errors.ts';
import { Bindings, type Stage } from './execute.ts';
import { interfacesOn, succeed } from './list.ts';
import { type Place, placeFor } from './place.ts';
import { explainRefusal, VpcMaker } from './vpcs.ts';

export interface SceneOptions {
  readonly edition: EditionId | 'any';
  readonly regionId: string;
  /** Routers the user names; then no VPC is ever made or deleted. */
  readonly routers?: readonly Router[];
  /** Most routers to make. */
  readonly maxRouters: number;
  readonly times: Times;
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

const unknownAction: ReadonlySet<string> = new Set([
  'InvalidAction.NotFound',
  'InvalidApi.NotFound',
  'UnsupportedOperation',
]);

/** Prepares a target: regions, routers, what it offers, how many interfaces it allows. */
export async function setScene(target: Target, options: SceneOptions): Promise<Scene> {
  const { regionId, times, signal } = options;
  const clock =
    target.control?.clock === 'manual'
      ? new ManualClock(target.control, times)
      : new RealClock(times, signal);
  const vpcs = new VpcMaker(regionId, times, signal);
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
  clock: Clock,
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
  const limits = { perRouter: 5, perAccount: null as number | null };
  const environmentFor = (chosen: readonly Router[]): Environment => ({
    edition,
    regionId,
    regions,
    routers: chosen,
    limits,
    bounds: { settleMs: times.settleMs, staleMs: times.staleMs },
    readsLag,
  });
  const stageOf = (chosen: readonly Router[]): Stage => ({
    ...place,
    environment: environmentFor(chosen),
    ...(signal === undefined ? {} : { signal }),
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
      'Reads lag: a new interface was not listed at once. What is read counts as up to the stale-read bound old.',
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
    place: (name, optional) => placeFor(whole, clock, name, optional),
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

/**
 * Makes six interfaces on two routers, three each: only a quota per account can object (A19). Each
 * of them also tells whether reads lag.
 */
async function probe(
  stage: Stage,
  clock: Clock,
): Promise<{ accountQuota: boolean; readsLag: boolean; left: readonly string[] }> {
  const { target, environment } = stage;
  const bindings = new Bindings(environment.routers);
  let refused = false;
  let readsLag = false;
  for (let index = 0; index < 6 && !refused; index++) {
    const router = environment.routers[index % 2];
    const answer = await succeed(target, 'CreateRouterInterface', {
      RegionId: environment.regionId,
      Role: 'AcceptingSide',
      Spec: 'Negative',
      RouterType: 'VRouter',
      RouterId: router?.id ?? '',
      OppositeRegionId: environment.regionId,
    });
    if (answer.body === undefined) refused = index === 5 && answer.code.startsWith('QuotaExceeded');
    else bindings.bind(`ri#${index + 1}`, textOf(answer.body['RouterInterfaceId']));
    if (answer.body !== undefined) {
      const routers = environment.routers.map(({ id }) => id);
      const listed = await interfacesOn(target, environment.regionId, routers);
      readsLag ||= listed !== undefined && listed.length <= index;
    }
    if (
      answer.body === undefined &&
      index < 2 &&
      environment.routers.every(({ vpcId }) => vpcId === undefined)
    ) {
      throw new SetupError(
        `No interface can be made on the given router ${router?.id ?? ''}: ${answer.problem}.`,
      );
    }
    if (answer.body === undefined && !refused) break; // a fault for the campaign to find, not for set-up
  }
  if (readsLag && clock instanceof RealClock) clock.lagging = true;
  clock.enter();
  await stage.clock.settle(() => Promise.resolve(false));
  const left = await clean(stage, [], bindings);
  clock.leave();
  return { accountQuota: refused, readsLag, left };
}
