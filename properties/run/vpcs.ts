import { textOf } from '../../model/text.ts';
import type { Router } from '../../model/world.ts';
import { deleteVpc } from './clean.ts';
import type { Times } from './clock.ts';
import { SetupError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { succeed } from './list.ts';
import type { Place } from './place.ts';

/** What a target said to a VPC that it does not make. */
interface Refused {
  readonly code: string;
  readonly problem: string;
}

/** Where calls go, and the time there. */
type Where = Pick<Place, 'target' | 'clock'>;

/** A first refusal mostly says that the credentials are wrong: say what to do about it. */
export function explainRefusal(code: string, problem: string): string {
  if (code === 'unreachable') return problem;
  if (code.startsWith('InvalidAccessKeyId'))
    return `${problem.replace(/\.$/, '')}. The target does not know the access key id: give --access-key-id or ALIBABA_CLOUD_ACCESS_KEY_ID.`;
  if (code === 'SignatureDoesNotMatch' || code === 'InvalidAccessKeySecret') {
    return `${problem.split('server string')[0]} The access key secret is wrong: give --access-key-secret or ALIBABA_CLOUD_ACCESS_KEY_SECRET.`;
  }
  return `The first call failed: ${problem.replace(/\.$/, '')}.`;
}

/** Makes and deletes VPCs: each brings the router and the route table that a test needs. */
export class VpcMaker {
  readonly #made: string[] = [];

  readonly regionId: string;
  readonly times: Times;
  readonly signal: AbortSignal | undefined;
  readonly #atOnce: number;

  /** `atOnce`: calls that may be under way at a time; one unless given. */
  constructor(regionId: string, times: Times, signal: AbortSignal | undefined, atOnce = 1) {
    this.regionId = regionId;
    this.times = times;
    this.signal = signal;
    this.#atOnce = atOnce;
  }

  /** Returns so many routers, or fewer where the target refuses more; `SetupError` below `atLeast`. */
  async make(count: number, atLeast: number, place: Where): Promise<Router[]> {
    const routers: Router[] = [];
    let refused: Refused | undefined;
    const more = async (): Promise<void> => {
      if (refused !== undefined) return;
      const made = await this.#create(place);
      if ('code' in made) refused ??= made;
      else routers.push(made);
    };
    // The first alone: a target that refuses it, or is not there, is asked once.
    if (count > 0) await more();
    await this.#forEach(
      Array.from({ length: count - 1 }, (_, index) => index),
      more,
    );
    if (refused !== undefined && routers.length < atLeast) {
      await this.deleteAll(place);
      const advice =
        refused.code === 'unreachable'
          ? ''
          : ' Two routers are needed: let the target offer CreateVpc, or name existing ones in the configuration (routers: [{ regionId, routerId }]).';
      throw new SetupError(`${explainRefusal(refused.code, refused.problem)}${advice}`);
    }
    await this.#forEach(routers, ({ vpcId }) => this.#available(String(vpcId), place));
    return routers;
  }

  /** Acts on all of them, so many at a time. */
  async #forEach<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
    let index = 0;
    await inParallel(
      () => items[index++],
      this.#atOnce,
      () => false,
      async (item) => {
        await act(item);
        return true;
      },
    );
  }

  async #create({ target }: Where): Promise<Router | Refused> {
    const answer = await succeed(target, 'CreateVpc', {
      RegionId: this.regionId,
      CidrBlock: '192.168.0.0/16',
      VpcName: 'ri-conformance',
    });
    if (answer.body === undefined) return answer;
    const { VpcId, VRouterId, RouteTableId } = answer.body;
    if (textOf(VpcId) === '' || textOf(VRouterId) === '') {
      throw new SetupError(
        'CreateVpc answered without VpcId and VRouterId: there is nothing to put an interface on.',
      );
    }
    this.#made.push(String(VpcId));
    return {
      id: String(VRouterId),
      regionId: this.regionId,
      vpcId: String(VpcId),
      ...(RouteTableId === undefined ? {} : { routeTableId: textOf(RouteTableId) }),
    };
  }

  async #available(vpcId: string, { target, clock }: Where): Promise<void> {
    const deadline = performance.now() + Math.max(this.times.settleMs, 10_000);
    let [pause] = this.times.pollMs;
    for (;;) {
      const answer = await succeed(target, 'DescribeVpcAttribute', {
        RegionId: this.regionId,
        VpcId: vpcId,
      });
      if (answer.body?.['Status'] === 'Available') return;
      if (performance.now() > deadline || this.signal?.aborted === true) {
        throw new SetupError(
          `VPC ${vpcId} did not become Available: ${answer.body === undefined ? answer.problem : String(answer.body['Status'])}.`,
        );
      }
      await clock.pause(pause);
      pause = Math.min(pause * 1.6, this.times.pollMs[1]);
    }
  }

  /** After a reset nothing of it is there any more. */
  forget(): void {
    this.#made.length = 0;
  }

  async deleteAll(place: Where): Promise<readonly string[]> {
    const left: string[] = [];
    await this.#forEach(this.#made.splice(0).toSorted(), async (vpcId) => {
      if (!(await deleteVpc(place, this.regionId, vpcId))) left.push(vpcId);
    });
    return left.toSorted();
  }
}
