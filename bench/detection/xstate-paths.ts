import { getShortestPaths, getSimplePaths } from 'xstate/graph';
import { eventOf } from '../../model/chart-transitions.ts';
import { routerInterface } from '../../model/lifecycle.ts';
import type { Arg, Command, Operation } from '../../model/vocabulary.ts';
import { call } from '../../properties/generate/calls.ts';
import type { Sequence } from '../../properties/sequence.ts';
import type { Contestant } from './contestant.ts';
import { asItIs, bySequences } from './sequences.ts';

/**
 * Paths of `xstate/graph` over the lifecycle chart itself, each carried out on a pair of interfaces: an event of an
 * operation is a call, one of the peer is a call on the peer, one of the locks is a hook, and what happens by itself
 * happens when the sequence settles. After each path everything is looked at.
 */

const region = 'cn-hangzhou';
const subject = { ref: 'ri#1' };
const peer = { ref: 'ri#2' };

function on(operation: Operation, which: Arg): Command {
  const spec =
    operation === 'ModifyRouterInterfaceSpec' ? { Spec: which === subject ? 'Small.1' : 'Negative' } : {};
  return call(operation, { RegionId: region, RouterInterfaceId: which, ...spec });
}

const lock = (set: Extract<Command, { kind: 'control' }>['set']): Command => ({
  kind: 'control',
  hook: 'interface',
  on: subject,
  set,
});

/** Two ends that know of each other; where the peer is to connect, it is the initiator. */
function pair(initiates: boolean): Command[] {
  const roles = initiates ? ['InitiatingSide', 'AcceptingSide'] : ['AcceptingSide', 'InitiatingSide'];
  const made = roles.map((role, index) =>
    call(
      'CreateRouterInterface',
      {
        RegionId: region,
        Role: role,
        Spec: role === 'InitiatingSide' ? 'Mini.2' : 'Negative',
        RouterType: 'VRouter',
        RouterId: { ref: `router#${index + 1}` },
        OppositeRegionId: region,
      },
      `ri#${index + 1}`,
    ),
  );
  const told = [subject, peer].map((from, index) =>
    call('ModifyRouterInterfaceAttribute', {
      RegionId: region,
      RouterInterfaceId: from,
      OppositeInterfaceId: from === subject ? peer : subject,
      OppositeRouterId: { ref: `router#${2 - index}` },
      OppositeRouterType: 'VRouter',
    }),
  );
  return [...made, ...told];
}

const look = call('DescribeRouterInterfaces', {
  RegionId: region,
  'Filter.1.Key': 'RouterId',
  'Filter.1.Value.1': { ref: 'router#1' },
  'Filter.1.Value.2': { ref: 'router#2' },
  PageSize: '50',
});

const operations = new Map(
  Object.entries(eventOf).map(([operation, event]) => [event, operation as Operation] as const),
);
const ofPeer: Readonly<Record<string, Operation>> = {
  PEER_CONNECTS: 'ConnectRouterInterface',
  PEER_ACTIVATES: 'ActivateRouterInterface',
  PEER_DEACTIVATES: 'DeactivateRouterInterface',
  PEER_DELETED: 'DeleteRouterInterface',
};
const ofLocks: Readonly<Record<string, Command>> = {
  PAID: lock({ businessStatus: 'Normal' }),
  OVERDUE: lock({ businessStatus: 'FinancialLocked' }),
  RISK_FOUND: lock({ businessStatus: 'SecurityLocked' }),
  LOCKED: lock({ operationLocked: true }),
  UNLOCKED: lock({ operationLocked: false }),
};

function commandsFor(event: string, initiates: boolean): Command[] {
  if (event === 'xstate.init') return [];
  if (event === 'CREATE') return pair(initiates);
  const operation = operations.get(event);
  if (operation !== undefined) return [on(operation, subject)];
  const byPeer = ofPeer[event];
  if (byPeer !== undefined) return [on(byPeer, peer)];
  const locks = ofLocks[event];
  return [locks ?? { kind: 'settle' }];
}

function sequenceFor(events: readonly string[]): Sequence {
  const initiates = !events.includes('PEER_CONNECTS');
  const commands = events.flatMap((event) => commandsFor(event, initiates));
  return { commands: [...commands, look, { kind: 'settle' }, look], routers: 2, exclusive: false };
}

type Paths = readonly { readonly steps: readonly { readonly event: { readonly type: string } }[] }[];

function byPaths(name: string, how: string, paths: () => Paths): Contestant {
  let sequences: readonly Sequence[] | undefined;
  const source = (index: number): Sequence | undefined => {
    sequences ??= paths().map(({ steps }) => sequenceFor(steps.map(({ event }) => event.type)));
    return sequences[index];
  };
  return bySequences(name, how, () => source, asItIs);
}

/** Nothing speaks against a call, and the target makes the usual choices. */
const events = [...new Set(routerInterface.events.map(String))].map((type) => ({
  type,
  violated: [],
  chosen: {},
}));
const how = 'the paths over our chart, each once, on a pair; it does not shorten';

export const shortestPaths = byPaths('xstate/graph, shortest paths', how, () =>
  getShortestPaths(routerInterface, { events }),
);

/** Without the locks, as their number grows with the product of the regions. */
export const simplePaths = byPaths('xstate/graph, simple paths', `${how}; without the locks`, () =>
  getSimplePaths(routerInterface, { events: events.filter(({ type }) => !(type in ofLocks)) }),
);
