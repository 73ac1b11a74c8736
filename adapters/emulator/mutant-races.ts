import type { Body, Call } from './operation.ts';

/**
 * A defect that shows only when calls overlap: one action looks, lets others go ahead, and then acts on what
 * it saw. One call after the other, it is without fault.
 */
export interface RaceMutant {
  readonly name: string;
  /** The rule that must catch it. */
  readonly rule: string;
  readonly description: string;
  /** The action with the window; every action unless given. */
  readonly action?: string;
  /** Guards that are not asked again once the window is over; `token` stands for the look at used tokens. */
  readonly stale?: readonly string[];
  /** What it remembers from before the window. */
  readonly looks?: (call: Call) => unknown;
  /** Carries the call out in the light of that, in place of `act` alone. */
  readonly acts?: (call: Call, seen: unknown, act: () => Body) => Body;
  /** The answer it gives once a second window is over. */
  readonly answers?: (call: Call, body: Body) => Body;
  /** The profile under which the defect shows, where it does not under the default one. */
  readonly profile?: string;
}

const connect = 'ConnectRouterInterface';
const create = 'CreateRouterInterface';
const modify = 'ModifyRouterInterfaceAttribute';

/** Fields of an interface that a Modify writes. */
const modified = ['name', 'description', 'healthCheckSourceIp', 'healthCheckTargetIp'] as const;

/** The newest interface on the router that a creation names. */
function lastMade({ world, params }: Call): string | undefined {
  return [...world.interfaces.values()].findLast(({ routerId }) => routerId === params['RouterId'])?.id;
}

export const raceMutants = [
  {
    name: 'race-connect-pair',
    rule: 'R38',
    description: 'two pairs between the same routers are connected at once',
    action: connect,
    stale: ['onePair', 'concurrent'],
  },
  {
    name: 'race-connect-status',
    rule: 'R34',
    description: 'one initiator is connected twice at once',
    action: connect,
    stale: ['status'],
  },
  {
    name: 'race-connect-peer',
    rule: 'R36',
    description: 'an acceptor that is told of another peer meanwhile is connected all the same',
    action: connect,
    stale: ['peer'],
  },
  {
    name: 'race-create-token',
    rule: 'R32',
    description: 'one ClientToken used twice at once makes two interfaces',
    action: create,
    stale: ['token'],
  },
  {
    name: 'race-create-quota',
    rule: 'R17',
    description: 'creations at once go beyond the quota',
    action: create,
    stale: ['quota'],
  },
  {
    name: 'race-create-lost',
    rule: 'R14',
    description: 'of two interfaces created at once on one router the first is lost',
    action: create,
    looks: ({ world }) => new Set(world.interfaces.keys()),
    acts: ({ world, params }, seen, act) => {
      const known = seen as ReadonlySet<string>;
      for (const ri of world.interfaces.values())
        if (!known.has(ri.id) && ri.routerId === params['RouterId']) world.remove(ri);
      return act();
    },
  },
  {
    name: 'race-create-answers',
    rule: 'R14',
    description: 'of two creations at once on one router both are answered with the id of the later one',
    action: create,
    answers: (call, body) => ({ ...body, RouterInterfaceId: lastMade(call) }),
  },
  {
    name: 'race-delete-status',
    rule: 'R56',
    description: 'an interface is deleted while it is being connected or activated',
    action: 'DeleteRouterInterface',
    stale: ['status'],
  },
  {
    name: 'race-delete-route',
    rule: 'R57',
    description: 'an interface is deleted while a route entry is made that points at it',
    action: 'CreateRouteEntry',
    stale: ['nextHop', 'nextHopStatus'],
    profile: 'transitions:instant',
  },
  {
    name: 'race-modify-lost',
    rule: 'R72',
    description: 'of two changes at once to one interface the first is overwritten with what was before',
    action: modify,
    looks: ({ ri }) => (ri === undefined ? {} : Object.fromEntries(modified.map((name) => [name, ri[name]]))),
    acts: ({ ri }, seen, act) => {
      if (ri !== undefined) Object.assign(ri, seen);
      return act();
    },
  },
  {
    name: 'race-modify-status',
    rule: 'R53',
    description: 'a change at once with a Deactivate puts the status back to Active',
    action: modify,
    looks: ({ ri }) => ri?.status,
    acts: ({ ri }, seen, act) => {
      if (ri?.status === 'Inactive' && seen === 'Active') ri.status = seen;
      return act();
    },
    profile: 'transitions:instant',
  },
  {
    name: 'race-activate-status',
    rule: 'R45',
    description: 'an interface that is activated or deleted meanwhile is activated all the same',
    action: 'ActivateRouterInterface',
    stale: ['status'],
  },
  {
    name: 'race-deactivate-status',
    rule: 'R51',
    description: 'an interface is deactivated twice at once',
    action: 'DeactivateRouterInterface',
    stale: ['status'],
  },
  {
    name: 'race-deactivate-ends',
    rule: 'P2',
    description: 'of two ends deactivated at once the later one never arrives',
    action: 'DeactivateRouterInterface',
    looks: ({ ri, world }) => world.interfaces.get(ri?.peerId ?? '')?.status,
    acts: ({ ri, world }, seen, act) => {
      const peer = world.interfaces.get(ri?.peerId ?? '');
      if (ri === undefined || seen !== 'Active' || peer?.status !== 'Deactivating') return act();
      ri.status = 'Deactivating';
      return {};
    },
  },
  {
    name: 'race-spec-lost',
    rule: 'R79',
    description: 'a change of the attributes at once with one of the spec puts the spec back to what it was',
    action: modify,
    looks: ({ ri }) => ri?.spec,
    acts: ({ ri }, seen, act) => {
      if (ri !== undefined && typeof seen === 'string') ri.spec = seen;
      return act();
    },
  },
  {
    name: 'race-request-id',
    rule: 'P3',
    description: 'answers about one interface that are given at once share a RequestId',
  },
] as const satisfies readonly RaceMutant[];

export type RaceMutantName = (typeof raceMutants)[number]['name'];
