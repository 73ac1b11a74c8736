import { HookError } from '../../adapters/target.ts';
import type { Command } from '../../model/vocabulary.ts';
import { anythingPending, type Bindings, type Stage } from './execute.ts';
import { interfacesOn, isPending, patiently, succeed } from './list.ts';

/** Rounds of freezing, deleting and waiting before what is left counts as left behind. */
const rounds = 4;

/** Stands for what may be there: the target throttles, and does not say. */
export const untold = 'what could not be listed';

/**
 * Deletes everything that is on the routers of a sequence, whoever made it; returns the ids that could
 * not be deleted. Uses no operation beyond the judged ones, and gives up on one that does not work.
 *
 * Rejects with HookError when a lock could not be taken back; it deletes what it can all the same.
 */
export async function clean(
  stage: Stage,
  commands: readonly Command[],
  bindings: Bindings,
): Promise<readonly string[]> {
  const failure = await unlock(stage, commands, bindings);
  const left = await empty(stage, commands, bindings);
  if (failure !== undefined) throw failure;
  return left;
}

async function empty(
  stage: Stage,
  commands: readonly Command[],
  bindings: Bindings,
): Promise<readonly string[]> {
  const { target, clock, time, environment } = stage;
  const { regionId, bounds } = environment;
  const routers = environment.routers.map(({ id }) => id);
  await deleteRoutes(stage, bindings.routes);
  // A read that lags would not show what was made last.
  if (environment.readsLag || unsettled(commands)) await clock.settle(() => anythingPending(stage));
  const first = await patiently(target, regionId, routers);
  if (first === 'busy') {
    time?.release();
    return [...bindings.undeleted, untold];
  }
  let left = first;
  // A list that hides interfaces must not hide what we know to have made.
  const listed = new Set(left?.map(({ id }) => id));
  const known = bindings.undeleted.filter((id) => !listed.has(id)).map((id) => ({ id, status: 'unknown' }));
  for (const { id } of left === undefined ? [] : known) {
    await time?.hold();
    await target.call('DeactivateRouterInterface', { RegionId: regionId, RouterInterfaceId: id });
    await clock.settle(() => anythingPending(stage));
    await time?.hold();
    await target.call('DeleteRouterInterface', { RegionId: regionId, RouterInterfaceId: id });
  }
  for (let round = 0; round < rounds && (left ?? known).length > 0; round++) {
    let now = left ?? known;
    if (now.some(isPending)) {
      await clock.settle(() => anythingPending(stage));
      now = (await interfacesOn(target, regionId, routers)) ?? known;
    }
    const active = now.filter(({ status }) => status === 'Active' || status === 'unknown');
    await time?.hold();
    for (const { id } of active)
      await target.call('DeactivateRouterInterface', { RegionId: regionId, RouterInterfaceId: id });
    if (active.length > 0) await clock.settle(() => anythingPending(stage));
    await time?.hold();
    for (const { id } of now)
      await target.call('DeleteRouterInterface', { RegionId: regionId, RouterInterfaceId: id });
    await clock.settle(() => anythingPending(stage));
    const after = await patiently(target, regionId, routers);
    if (after === 'busy') {
      time?.release();
      return [...now.map(({ id }) => id), untold];
    }
    left = after;
    if (left === undefined) break;
    // What is listed still may be a read that lags without having been noticed to.
    if (left.length > 0 && target.control?.clock !== 'manual') await clock.pause(bounds.staleMs / rounds);
  }
  time?.release();
  return (left ?? []).map(({ id }) => id);
}

/** Route entries hold interfaces; many targets change only one at a time, so a refusal is tried again. */
async function deleteRoutes(
  { target, clock, time, environment }: Stage,
  routes: readonly string[],
): Promise<void> {
  for (const RouteEntryId of routes) {
    await time?.hold();
    const params = { RegionId: environment.regionId, RouteEntryId };
    const { body } = await succeed(target, 'DeleteRouteEntry', params);
    if (body !== undefined) continue;
    await clock.settle(() => Promise.resolve(false));
    await time?.hold();
    await target.call('DeleteRouteEntry', params);
  }
  if (routes.length > 0) await clock.settle(() => Promise.resolve(false));
}

/** Whether anything was changed after the last settling. */
function unsettled(commands: readonly Command[]): boolean {
  const last = commands.findLastIndex(({ kind }) => kind === 'settle');
  return commands
    .slice(last + 1)
    .some((command) => command.kind === 'call' && !command.operation.startsWith('Describe'));
}

/** Takes back every lock that the sequence set; returns the failure of a hook, after which it pulls no more. */
async function unlock(
  { target }: Stage,
  commands: readonly Command[],
  bindings: Bindings,
): Promise<HookError | undefined> {
  const { control } = target;
  if (control === undefined) return undefined;
  const locked = new Set<string>();
  let overdue = false;
  for (const command of commands) {
    if (command.kind !== 'control') continue;
    if (command.on !== undefined) locked.add(bindings.resolve(command.on));
    if (command.set.overdue !== undefined) overdue = command.set.overdue;
  }
  try {
    if (overdue) await control.account({ overdue: false });
    for (const routerInterfaceId of locked) {
      if (!bindings.interfaces.includes(routerInterfaceId)) continue;
      await control
        .interface({ routerInterfaceId, businessStatus: 'Normal', operationLocked: false })
        .catch((error: unknown) => {
          if (!(error instanceof HookError) || error.status !== 404) throw error; // gone already
        });
    }
    return undefined;
  } catch (error) {
    if (error instanceof HookError) return error;
    throw error;
  }
}

/** Codes that say that there is no such VPC. */
export const noSuchVpc: ReadonlySet<string> = new Set(['InvalidVpcId.NotFound', 'InvalidVpcID.NotFound']);

/** Deletes VPCs the harness made; a VPC can refuse for a while after its last interface is gone. */
export async function deleteVpc(
  stage: Omit<Stage, 'environment'>,
  regionId: string,
  vpcId: string,
): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const { body, code } = {
      code: '',
      ...(await succeed(stage.target, 'DeleteVpc', { RegionId: regionId, VpcId: vpcId })),
    };
    if (body !== undefined || noSuchVpc.has(code)) return true;
    try {
      await stage.clock.settle(() => Promise.resolve(false));
    } catch (error) {
      if (error instanceof HookError) return false; // time does not pass any more: it will not come right
      throw error;
    }
  }
  return false;
}
