import { textOf } from '../../model/text.ts';
import type { Router } from '../../model/world.ts';
import { deleteVpc } from './clean.ts';
import type { Times } from './clock.ts';
import { SetupError } from './errors.ts';
import { succeed } from './list.ts';
import type { Place } from './place.ts';

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

  constructor(regionId: string, times: Times, signal: AbortSignal | undefined) {
    this.regionId = regionId;
    this.times = times;
    this.signal = signal;
  }

  async make(count: number, atLeast: number, place: Where): Promise<Router[]> {
    const routers: Router[] = [];
    for (let index = 0; index < count; index++) {
      const answer = await succeed(place.target, 'CreateVpc', {
        RegionId: this.regionId,
        CidrBlock: '192.168.0.0/16',
        VpcName: 'ri-conformance',
      });
      if (answer.body === undefined) {
        if (routers.length >= atLeast) break;
        await this.deleteAll(place);
        const advice =
          answer.code === 'unreachable'
            ? ''
            : ' Two routers are needed: let the target offer CreateVpc, or name existing ones in the configuration (routers: [{ regionId, routerId }]).';
        throw new SetupError(`${explainRefusal(answer.code, answer.problem)}${advice}`);
      }
      const { VpcId, VRouterId, RouteTableId } = answer.body;
      if (textOf(VpcId) === '' || textOf(VRouterId) === '') {
        throw new SetupError(
          'CreateVpc answered without VpcId and VRouterId: there is nothing to put an interface on.',
        );
      }
      this.#made.push(String(VpcId));
      routers.push({
        id: String(VRouterId),
        regionId: this.regionId,
        vpcId: String(VpcId),
        ...(RouteTableId === undefined ? {} : { routeTableId: textOf(RouteTableId) }),
      });
    }
    for (const { vpcId } of routers) await this.#available(String(vpcId), place);
    return routers;
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
    for (const vpcId of this.#made.splice(0).toSorted()) {
      if (!(await deleteVpc(place, this.regionId, vpcId))) left.push(vpcId);
    }
    return left;
  }
}
