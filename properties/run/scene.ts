import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../../adapters/target.ts';
import type { EditionId } from '../../model/spec/editions.ts';
import type { Environment, Router } from '../../model/world.ts';
import { textOf } from '../../model/text.ts';
import type { Capabilities } from '../sequence.ts';
import { clean, deleteVpc } from './clean.ts';
import { type Clock, ManualClock, RealClock, type Times } from './clock.ts';
import { SetupError } from './errors.ts';
import { Bindings, type Stage } from './execute.ts';
import { interfacesOn, succeed } from './list.ts';

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
  /** Another router in the place of one on which something is left that cannot be deleted. */
  replace(): Promise<Router | undefined>;
  /**
   * Empties the whole target and sets the scene anew, where a hook allows it and nothing but what the
   * harness made is there. Nothing else may run meanwhile.
   */
  reset(routers?: number): Promise<readonly Router[] | undefined>;
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
  const { edition, regionId, times, signal } = options;
  const notes: string[] = [];
  const regions = await regionsOf(target, regionId);
  const otherRegion = regions.find((region) => region !== regionId) ?? 'cn-beijing';
  const clock =
    target.control?.clock === 'manual'
      ? new ManualClock(target.control, times)
      : new RealClock(times, signal);
  const vpcs = new VpcMaker(target, clock, regionId, times, signal);
  const mayReset =
    target.control?.hooks.has('reset') === true &&
    options.routers === undefined &&
    (await isEmpty(target, regions));
  let routers = options.routers ?? (await vpcs.make(options.maxRouters, 2));
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
    target,
    clock,
    environment: environmentFor(chosen),
    ...(signal === undefined ? {} : { signal }),
  });
  await checkEmpty(stageOf(routers), options.routers !== undefined);
  const routeEntries = await offersRouteEntries(target, regionId, routers[0]);
  if (!routeEntries)
    notes.push('CreateRouteEntry is not offered: what a route entry holds back cannot be tested (R57).');
  const probed = await probe(stageOf(routers.slice(0, 2)));
  const { accountQuota } = probed;
  if (probed.left.length > 0) {
    notes.push(`Set-up could not delete what it made to look at the quota: ${probed.left.join(', ')}.`);
    const rest = routers.slice(2);
    routers = options.routers === undefined ? [...rest, ...(await vpcs.make(2, 2 - rest.length))] : rest;
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
    if (clock instanceof RealClock) clock.lagging = true;
  }
  if (accountQuota) {
    limits.perAccount = 5;
    notes.push(
      'The target allows five interfaces per account (the older quota, A19): sequences run one at a time.',
    );
  }
  const hooks = target.control?.hooks;
  return {
    target,
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
    replace: async () => (options.routers === undefined ? (await vpcs.make(1, 0))[0] : undefined),
    async reset(count = options.maxRouters) {
      if (!mayReset || target.control === undefined) return undefined;
      await target.control.reset();
      vpcs.forget();
      return vpcs.make(count, Math.min(count, 2));
    },
    strike: () => vpcs.deleteAll(),
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
  const regions = list.map((region) => String(region['RegionId']));
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

/** A first refusal mostly says that the credentials are wrong: say what to do about it. */
function explainRefusal(code: string, problem: string): string {
  if (code === 'unreachable') return problem;
  if (code.startsWith('InvalidAccessKeyId'))
    return `${problem.replace(/\.$/, '')}. The target does not know the access key id: give --access-key-id or ALIBABA_CLOUD_ACCESS_KEY_ID.`;
  if (code === 'SignatureDoesNotMatch' || code === 'InvalidAccessKeySecret') {
    return `${problem.split('server string')[0]} The access key secret is wrong: give --access-key-secret or ALIBABA_CLOUD_ACCESS_KEY_SECRET.`;
  }
  return `The first call failed: ${problem.replace(/\.$/, '')}.`;
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
    if (answer.body === undefined && !refused) break; // a fault for the campaign to find, not for set-up
  }
  stage.clock.enter();
  await stage.clock.settle(() => Promise.resolve(false));
  const left = await clean(stage, [], bindings);
  stage.clock.leave();
  return { accountQuota: refused, readsLag, left };
}

/** Makes and deletes VPCs: each brings the router and the route table that a test needs. */
class VpcMaker {
  readonly #made: string[] = [];

  readonly target: Target;
  readonly clock: Clock;
  readonly regionId: string;
  readonly times: Times;
  readonly signal: AbortSignal | undefined;

  constructor(target: Target, clock: Clock, regionId: string, times: Times, signal: AbortSignal | undefined) {
    this.target = target;
    this.clock = clock;
    this.regionId = regionId;
    this.times = times;
    this.signal = signal;
  }

  async make(count: number, atLeast: number): Promise<Router[]> {
    const routers: Router[] = [];
    for (let index = 0; index < count; index++) {
      const answer = await succeed(this.target, 'CreateVpc', {
        RegionId: this.regionId,
        CidrBlock: '192.168.0.0/16',
        VpcName: 'ri-conformance',
      });
      if (answer.body === undefined) {
        if (routers.length >= atLeast) break;
        await this.deleteAll();
        throw new SetupError(
          `${explainRefusal(answer.code, answer.problem)} Two routers are needed: let the target offer CreateVpc, or name existing ones in the configuration (routers: [{ regionId, routerId }]).`,
        );
      }
      const { VpcId, VRouterId, RouteTableId } = answer.body;
      this.#made.push(String(VpcId));
      routers.push({
        id: String(VRouterId),
        regionId: this.regionId,
        vpcId: String(VpcId),
        ...(RouteTableId === undefined ? {} : { routeTableId: textOf(RouteTableId) }),
      });
    }
    for (const { vpcId } of routers) await this.#available(String(vpcId));
    return routers;
  }

  async #available(vpcId: string): Promise<void> {
    const deadline = performance.now() + Math.max(this.times.settleMs, 10_000);
    let [pause] = this.times.pollMs;
    for (;;) {
      const answer = await succeed(this.target, 'DescribeVpcAttribute', {
        RegionId: this.regionId,
        VpcId: vpcId,
      });
      if (answer.body?.['Status'] === 'Available') return;
      if (performance.now() > deadline || this.signal?.aborted === true) {
        throw new SetupError(
          `VPC ${vpcId} did not become Available: ${answer.body === undefined ? answer.problem : String(answer.body['Status'])}.`,
        );
      }
      if (this.target.control?.clock === 'manual') await this.target.control.advance(1000);
      else await sleep(pause);
      pause = Math.min(pause * 1.6, this.times.pollMs[1]);
    }
  }

  /** After a reset nothing of it is there any more. */
  forget(): void {
    this.#made.length = 0;
  }

  async deleteAll(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const vpcId of this.#made.splice(0)) {
      if (!(await deleteVpc({ target: this.target, clock: this.clock }, this.regionId, vpcId)))
        left.push(vpcId);
    }
    return left;
  }
}
