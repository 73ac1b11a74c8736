import type { Params } from './operation.ts';
import { Identifiers } from './identifiers.ts';
import type { Settings } from './options.ts';
import { Timeline } from './timeline.ts';

/** The statuses of R83; Deleted exists only as the status of a peer. */
export type Status =
  | 'Idle'
  | 'Connecting'
  | 'AcceptingConnecting'
  | 'Activating'
  | 'Active'
  | 'Modifying'
  | 'Deactivating'
  | 'Inactive'
  | 'Deleting';

/** One end of a link. Optional fields are absent from answers while they are undefined (A35). */
export interface RouterInterface {
  readonly id: string;
  readonly regionId: string;
  readonly routerId: string;
  readonly vpcId: string;
  /** Place in the order of creation on its router, from 1. */
  readonly ordinal: number;
  creationTime: string;
  readonly endTime: string;
  readonly chargeType: 'AfterPay' | 'PrePaid';
  readonly resourceGroupId: string | undefined;
  readonly oppositeRegionId: string;
  readonly oppositeAccessPointId: string | undefined;
  role: string;
  spec: string;
  status: Status;
  businessStatus: string;
  operationLocked: boolean;
  name: string | undefined;
  description: string | undefined;
  oppositeRouterType: string | undefined;
  oppositeRouterId: string | undefined;
  oppositeInterfaceId: string | undefined;
  oppositeInterfaceOwnerId: string | undefined;
  oppositeVpcId: string | undefined;
  healthCheckSourceIp: string | undefined;
  healthCheckTargetIp: string | undefined;
  hcThreshold: number | undefined;
  /** Milliseconds as set; answers show seconds (A21). */
  hcRate: number | undefined;
  connectedTime: string | undefined;
  /** The interface that this one was connected with. Set once, for life: no way leads back to Idle (A9). */
  peerId: string | undefined;
  /** Where its peer went, when this end has yet to follow (A7). */
  following: 'Deactivating' | 'Activating' | undefined;
  /** Route entries that have this interface as next hop. */
  routes: number;
  /** How often its spec was changed. */
  specChanges: number;
  tags: Readonly<Record<string, string>> | undefined;
  /** How often it was deactivated and activated, and the values of its creation: only mutants ask. */
  deactivations: number;
  activations: number;
  readonly firstName: string | undefined;
  bandwidthSpec: string;
}

export interface Vpc {
  readonly id: string;
  readonly regionId: string;
  readonly routerId: string;
  readonly tableId: string;
  readonly cidrBlock: string;
  readonly name: string;
  readonly description: string;
  readonly creationTime: string;
  status: 'Pending' | 'Available';
  /** Interfaces on its router now, ever created, and ever deleted. */
  interfaces: number;
  created: number;
  deleted: number;
}

export interface RouteEntry {
  readonly id: string;
  readonly tableId: string;
  readonly cidrBlock: string;
  readonly nextHopId: string;
  readonly name: string;
  readonly description: string;
  readonly modified: string;
  status: 'Pending' | 'Available' | 'Deleting';
}

/** A linked pair; it counts for the one-pair rule until one of its ends is gone (R38). */
export interface Pair {
  readonly initiatorId: string;
  readonly acceptorId: string;
}

export interface UsedToken {
  readonly params: Params;
  readonly body: Readonly<Record<string, unknown>>;
}

export type InterfaceView = ReadonlyMap<string, RouterInterface>;

/** Everything one account owns, in every region, and the clock it lives by. */
export class World {
  readonly settings: Settings;
  readonly identifiers: Identifiers;
  readonly timeline: Timeline;
  readonly vpcs = new Map<string, Vpc>();
  readonly byRouter = new Map<string, Vpc>();
  readonly byTable = new Map<string, Vpc>();
  readonly interfaces = new Map<string, RouterInterface>();
  readonly entries = new Map<string, RouteEntry>();
  readonly pairs = new Map<string, Pair>();
  readonly tokens = new Map<string, UsedToken>();
  /** Deleted interfaces, kept only for the mutants that go on showing them. */
  readonly ghosts = new Map<string, RouterInterface>();
  /** Whether the account was said to have an overdue interface. */
  overdue = false;
  /** How many there were since the account was empty. */
  answers = 0;
  #history: { at: number; interfaces: InterfaceView }[] = [];

  constructor(settings: Settings) {
    this.settings = settings;
    this.identifiers = new Identifiers(settings.seed);
    this.timeline = new Timeline(settings.clock, () => this.record());
  }

  /** Whether some interface of the account is overdue (R19, R41). */
  get isOverdue(): boolean {
    if (this.overdue || this.settings.profile.overdue === 'account') return this.overdue;
    return [...this.interfaces.values()].some(({ businessStatus }) => businessStatus === 'FinancialLocked');
  }

  /** Empties the account. */
  reset(): void {
    for (const map of [this.vpcs, this.byRouter, this.byTable, this.interfaces, this.entries]) map.clear();
    for (const map of [this.pairs, this.tokens, this.ghosts]) map.clear();
    this.overdue = false;
    this.answers = 0;
    this.#history = [];
    this.identifiers.restart();
    this.timeline.reset();
  }

  /** Keeps the present for lagging reads; does nothing under fresh ones. */
  record(): void {
    if (this.settings.profile.reads === 'fresh') return;
    const at = this.timeline.time;
    // Of one instant only the end can be seen later; keeping more would never end on a clock that stands.
    if (this.#history.at(-1)?.at === at) this.#history.pop();
    this.#history.push({ at, interfaces: new Map([...this.interfaces].map(([id, ri]) => [id, { ...ri }])) });
    const oldest = at - (this.settings.is('reads-never-catch-up') ? 60_000 : this.settings.readLagMs);
    while ((this.#history[1]?.at ?? Number.POSITIVE_INFINITY) <= oldest) this.#history.shift();
  }

  /** Returns the interfaces as a list or a single look shows them: now, or as they were readLagMs ago. */
  view(look: 'list' | 'attribute'): InterfaceView {
    const { reads } = this.settings.profile;
    if (reads === 'fresh' || (reads === 'attributeLagging' && look === 'list')) return this.interfaces;
    const lag = this.settings.is('reads-never-catch-up') ? 60_000 : this.settings.readLagMs;
    const then = this.timeline.time - lag;
    return this.#history.findLast((moment) => moment.at <= then)?.interfaces ?? new Map();
  }

  /** Returns the pair that joins the routers of `a` and `b`, in whichever direction. */
  pairBetween(a: string, b: string): Pair | undefined {
    return this.pairs.get(pairKey(a, b));
  }

  /** Notes that `initiator` and `acceptor` are linked for life. */
  link(initiator: RouterInterface, acceptor: RouterInterface): void {
    initiator.peerId = acceptor.id;
    acceptor.peerId = initiator.id;
    this.pairs.set(pairKey(initiator.routerId, acceptor.routerId), {
      initiatorId: initiator.id,
      acceptorId: acceptor.id,
    });
  }

  /** Takes `ri` out of the account, and its pair out of the one-pair rule. */
  remove(ri: RouterInterface): void {
    if (!this.interfaces.delete(ri.id)) return;
    const vpc = this.byRouter.get(ri.routerId);
    if (vpc) {
      vpc.interfaces -= 1;
      vpc.deleted += 1;
    }
    for (const [key, pair] of this.pairs) {
      if (pair.initiatorId === ri.id || pair.acceptorId === ri.id) this.pairs.delete(key);
    }
    if (this.settings.is('deleted-still-listed') || this.settings.is('attribute-finds-deleted')) {
      this.ghosts.set(ri.id, { ...ri, status: 'Inactive' });
    }
  }
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
