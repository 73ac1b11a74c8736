import { type Answer, Emulator } from '../emulator.ts';
import type { EmulatorOptions } from '../options.ts';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

type Sent = Readonly<Record<string, string>>;

/** A router that was made for a test. */
export interface Router {
  readonly vpcId: string;
  readonly routerId: string;
  readonly tableId: string;
}

/** Two interfaces on two routers that name each other. */
export interface Ends {
  readonly a: string;
  readonly b: string;
  readonly routerA: Router;
  readonly routerB: Router;
}

/**
 * An emulator on a manual clock, with the steps that tests repeat.
 *
 * Every answer is kept in `log`, so that two labs can be compared as a whole.
 */
export class Lab {
  readonly emulator: Emulator;
  readonly log: string[] = [];
  region = 'cn-hangzhou';

  constructor(options: EmulatorOptions = {}) {
    this.emulator = new Emulator({ clock: 'manual', ...options });
  }

  /** Performs `action` in the lab's region and returns the answer, whatever it is. */
  call(action: string, params: Sent = {}): Answer {
    const answer = this.emulator.call(action, { RegionId: this.region, ...params });
    this.log.push(`${action} ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** Performs `action` and returns `200`, or status and code of the refusal. */
  code(action: string, params: Sent = {}): string {
    const { status, body } = this.call(action, params);
    return 'Code' in body && status !== 200 ? `${status} ${String(body['Code'])}` : `${status}`;
  }

  /** Performs `action` on interface `id` and returns what {@link code} returns. */
  on(id: string, action: string, params: Sent = {}): string {
    return this.code(action, { RouterInterfaceId: id, ...params });
  }

  /** Moves the clock, far enough for every transition of the visible pace unless told otherwise. */
  wait(ms = 5000): void {
    this.emulator.advance(ms);
  }

  lock(id: string, change: Readonly<Record<string, unknown>>): void {
    this.emulator.control('POST', '/_control/interface', { routerInterfaceId: id, ...change });
  }

  overdue(overdue: boolean): void {
    this.emulator.control('POST', '/_control/account', { overdue });
  }

  router(): Router {
    const { body } = this.call('CreateVpc');
    return {
      vpcId: String(body['VpcId']),
      routerId: String(body['VRouterId']),
      tableId: String(body['RouteTableId']),
    };
  }

  /** Creates an interface on `router` and returns its id, or what refused it. */
  create(router: Router, params: Sent = {}): string {
    const accepting = params['Role'] === 'AcceptingSide';
    const { body } = this.call('CreateRouterInterface', {
      Role: 'InitiatingSide',
      Spec: accepting ? 'Negative' : 'Small.1',
      OppositeRegionId: this.region,
      OppositeRouterType: 'VRouter',
      RouterType: 'VRouter',
      RouterId: router.routerId,
      ...params,
    });
    return String(body['RouterInterfaceId'] ?? body['Code']);
  }

  acceptor(router: Router, params: Sent = {}): string {
    return this.create(router, { Role: 'AcceptingSide', ...params });
  }

  /** Tells `id` who its opposite is. */
  point(id: string, opposite: string, at: Router, params: Sent = {}): string {
    return this.on(id, 'ModifyRouterInterfaceAttribute', {
      OppositeInterfaceId: opposite,
      OppositeRouterId: at.routerId,
      OppositeRouterType: 'VRouter',
      ...params,
    });
  }

  /** Makes two interfaces that name each other, on `routerA` and `routerB`. */
  ends(routerA: Router = this.router(), routerB: Router = this.router()): Ends {
    const a = this.create(routerA);
    const b = this.acceptor(routerB);
    this.point(a, b, routerB);
    this.point(b, a, routerA);
    return { a, b, routerA, routerB };
  }

  /** Makes two connected interfaces. */
  linked(routerA?: Router, routerB?: Router): Ends {
    const ends = this.ends(routerA, routerB);
    this.on(ends.a, 'ConnectRouterInterface');
    this.wait();
    return ends;
  }

  /** Makes two connected interfaces of which `a` is Inactive. */
  frozen(): Ends {
    const ends = this.linked();
    this.on(ends.a, 'DeactivateRouterInterface');
    this.wait();
    return ends;
  }

  /** Returns the items that a list call answers. */
  list(params: Sent = {}): Record<string, unknown>[] {
    const { body } = this.call('DescribeRouterInterfaces', params);
    const set = body['RouterInterfaceSet'];
    return isObject(set) && Array.isArray(set['RouterInterfaceType'])
      ? set['RouterInterfaceType'].filter(isObject)
      : [];
  }

  /** Returns the item of `id` in the list; an empty object when it is not listed. */
  item(id: string): Record<string, unknown> {
    return this.list({ 'Filter.1.Key': 'RouterInterfaceId', 'Filter.1.Value.1': id })[0] ?? {};
  }

  /** Returns the status of `id`, `gone` when it is not listed. */
  status(id: string): string {
    const { Status = 'gone' } = this.item(id);
    return typeof Status === 'string' ? Status : JSON.stringify(Status);
  }

  /** Deletes `id`, which must be Idle or Inactive, and waits until it is gone. */
  remove(id: string): string {
    const answer = this.on(id, 'DeleteRouterInterface');
    this.wait();
    return answer;
  }
}
