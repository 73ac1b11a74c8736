import { environment, region, staleMs } from '../../model/testing/worlds.ts';
import type { Environment } from '../../model/world.ts';
import type { Command, Observation, Operation, Step } from '../../model/vocabulary.ts';
import { Evidence } from '../oracle/evidence.ts';
import { Judge } from '../oracle/judge.ts';
import type { Finding, StepVerdict } from '../oracle/verdict.ts';
import { defaultTables } from '../tables.ts';

type Fields = Readonly<Record<string, unknown>>;
type Args = Readonly<Record<string, string>>;

/** Everything on the two routers of these tests. */
export const everything: Args = {
  RegionId: region,
  'Filter.1.Key': 'RouterId',
  'Filter.1.Value.1': 'vrt-1',
  'Filter.1.Value.2': 'vrt-2',
};

/** An idle initiator on the first router as it is listed, unless told otherwise. */
export const item = (id: string, changes: Fields = {}): Fields => ({
  RouterInterfaceId: id,
  Status: 'Idle',
  BusinessStatus: 'Normal',
  RouterId: 'vrt-1',
  RouterType: 'VRouter',
  Role: 'InitiatingSide',
  Spec: 'Mini.2',
  Bandwidth: 2,
  VpcInstanceId: changes['RouterId'] === 'vrt-2' ? 'vpc-2' : 'vpc-1',
  CreationTime: '2026-01-01T00:00:00Z',
  ...(changes['Status'] === 'Active' ? { ConnectedTime: '2026-01-01T00:01:00Z' } : {}),
  OppositeRegionId: region,
  ...changes,
});

const owner = '1234567890123456';

/** The acceptor on the second router. */
export const acceptorItem = (id: string, changes: Fields = {}): Fields =>
  item(id, { RouterId: 'vrt-2', Role: 'AcceptingSide', Spec: 'Negative', Bandwidth: 0, ...changes });

/** A trace written by hand, judged as it is written: each step returns its verdict. */
export class Transcript {
  readonly evidence = new Evidence();
  readonly judge: Judge;
  readonly steps: Step[] = [];
  now = 1000;
  /** Time that passes with a step: none where the harness moves the clock. */
  readonly #tick: number;
  #requests = 0;

  constructor(changes: Partial<Environment> = {}) {
    // Without lag unless a test is about it, so that the first thing that does not fit counts.
    const bounds = { settleMs: 1000, staleMs: 0 };
    this.#tick = changes.clock === 'manual' ? 0 : 1;
    this.judge = new Judge(defaultTables(), environment({ bounds, ...changes }), this.evidence);
  }

  static lagging(changes: Partial<Environment> = {}): Transcript {
    return new Transcript({ bounds: { settleMs: 1000, staleMs }, ...changes });
  }

  /** Judges one command with what was seen of it. */
  see(command: Command, observation?: Observation, sent?: Args): StepVerdict {
    this.now += this.#tick;
    const step: Step = {
      command,
      ...(sent === undefined ? {} : { sent }),
      ...(observation === undefined ? {} : { observation }),
      start: this.now,
      end: this.now,
    };
    this.steps.push(step);
    return this.judge.step(step);
  }

  /** A call with a complete answer; the RequestId is a new one unless the body has one. */
  answer(operation: Operation, args: Args, status: number, body: Fields): StepVerdict {
    this.#requests += 1;
    const sent = { RegionId: region, ...args };
    return this.see(
      { kind: 'call', operation, args: sent },
      { kind: 'answer', status, body: { RequestId: `req-${this.#requests}`, ...body } },
      sent,
    );
  }

  ok(operation: Operation, args: Args = {}, body: Fields = {}): StepVerdict {
    return this.answer(operation, args, 200, body);
  }

  refuse(operation: Operation, args: Args, status: number, code: string, message = 'No.'): StepVerdict {
    return this.answer(operation, args, status, { Code: code, Message: message, HostId: 'vpc' });
  }

  create(id: string, args: Args = {}): StepVerdict {
    const good = {
      Role: 'InitiatingSide',
      Spec: 'Mini.2',
      RouterType: 'VRouter',
      RouterId: 'vrt-1',
      OppositeRegionId: region,
    };
    return this.ok('CreateRouterInterface', { ...good, ...args }, { RouterInterfaceId: id });
  }

  list(items: readonly Fields[], args: Args = everything, changes: Fields = {}): StepVerdict {
    const set = {
      TotalCount: items.length,
      PageNumber: 1,
      PageSize: 10,
      RouterInterfaceSet: { RouterInterfaceType: items },
    };
    return this.ok('DescribeRouterInterfaces', args, { ...set, ...changes });
  }

  attribute(id: string, body: Fields): StepVerdict {
    return this.ok('DescribeRouterInterfaceAttribute', { InstanceId: id }, body);
  }

  wait(): StepVerdict {
    this.now += 1001;
    return this.see({ kind: 'settle' });
  }

  /** ri-a and ri-b on the two routers, each told of the other. */
  couple(): void {
    const peer = (id: string, router: string): Args => ({
      OppositeInterfaceId: id,
      OppositeRouterId: router,
      OppositeRouterType: 'VRouter',
      OppositeInterfaceOwnerId: owner,
    });
    this.create('ri-a', peer('ri-b', 'vrt-2'));
    this.create('ri-b', {
      RouterId: 'vrt-2',
      Role: 'AcceptingSide',
      Spec: 'Negative',
      ...peer('ri-a', 'vrt-1'),
    });
  }

  /** A couple that is connected and has been seen to be. */
  pair(): void {
    this.couple();
    this.ok('ConnectRouterInterface', { RouterInterfaceId: 'ri-a' });
    this.wait();
    this.list(this.both('Active', 'Active'));
  }

  /** Both ends of the couple as they are listed. */
  both(statusA: string, statusB: string): Fields[] {
    const peer = (id: string, router: string, status: string): Fields => ({
      OppositeInterfaceId: id,
      OppositeRouterId: router,
      OppositeRouterType: 'VRouter',
      OppositeInterfaceStatus: status,
      OppositeInterfaceOwnerId: owner,
    });
    return [
      item('ri-a', { Status: statusA, ...peer('ri-b', 'vrt-2', statusB) }),
      acceptorItem('ri-b', { Status: statusB, ...peer('ri-a', 'vrt-1', statusA) }),
    ];
  }
}

/** The findings of a verdict, as kind and rules. */
export const found = (verdict: StepVerdict): unknown =>
  verdict.kind === 'diverges' ? verdict.divergences.map(({ kind, rules }) => [kind, rules]) : verdict.kind;

/** The only finding of a verdict; otherwise the test is wrong. */
export function finding(verdict: StepVerdict): Finding {
  const [first, ...others] = verdict.kind === 'diverges' ? verdict.divergences : [];
  if (first === undefined || others.length > 0)
    throw new Error(`Not one finding: ${JSON.stringify(verdict)}`);
  return first;
}
