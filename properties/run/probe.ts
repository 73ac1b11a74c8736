import { textOf } from '../../model/text.ts';
import { clean } from './clean.ts';
import { type Clock, RealClock } from './clock.ts';
import { SetupError } from './errors.ts';
import { Bindings, type Stage } from './execute.ts';
import { type Found, interfacesOn, succeed, unknownAction } from './list.ts';

/**
 * Makes six interfaces on two routers, three each: only a quota per account can object (A19). Each
 * of them also tells whether reads lag.
 */
export async function probe(
  stage: Stage,
  clock: Clock,
): Promise<{ accountQuota: boolean; readsLag: boolean; left: readonly string[] }> {
  const { target, environment } = stage;
  const bindings = new Bindings(environment.routers);
  let refused = false;
  const missed = { inList: false, alone: false };
  const listed = (): Promise<readonly Found[] | undefined> =>
    interfacesOn(
      target,
      environment.regionId,
      environment.routers.map(({ id }) => id),
    );
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
    else {
      const id = textOf(answer.body['RouterInterfaceId']);
      bindings.bind(`ri#${index + 1}`, id);
      missed.alone ||= await isMissing(stage, id);
      missed.inList ||= ((await listed())?.length ?? Infinity) <= index;
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
  const suspected = missed.inList || missed.alone;
  if (suspected && clock instanceof RealClock) clock.lagging = true;
  await stage.clock.settle(() => Promise.resolve(false));
  // What is not shown even now does not lag: that is a fault, for the campaign to find.
  const [one] = bindings.interfaces;
  const readsLag =
    (missed.inList && (await listed())?.length === bindings.interfaces.length) ||
    (missed.alone && one !== undefined && !(await isMissing(stage, one)));
  if (!readsLag && clock instanceof RealClock) clock.lagging = false;
  const left = await clean(stage, [], bindings);
  return { accountQuota: refused, readsLag, left };
}

/** Whether a look at one interface, which was made, says that it is not there. */
async function isMissing({ target, environment }: Stage, InstanceId: string): Promise<boolean> {
  const params = { RegionId: environment.regionId, InstanceId };
  const answer = await succeed(target, 'DescribeRouterInterfaceAttribute', params);
  if (answer.body === undefined) return answer.code.endsWith('.NotFound') && !unknownAction.has(answer.code);
  return textOf(answer.body['RouterInterfaceId']) === '';
}
