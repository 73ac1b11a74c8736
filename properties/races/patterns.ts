import type { CallCommand, Operation } from '../../model/vocabulary.ts';
import { type Args, call, describeAttribute } from '../generate/calls.ts';
import type { Draw } from '../generate/draw.ts';
import type { Plan } from '../generate/plan.ts';
import { createArgs, ends, type Ends, made, settle, tell } from './situation.ts';

export type Lanes = readonly (readonly CallCommand[])[];

/** What is pitted against what. */
export interface Pattern {
  readonly name: string;
  /** Rules that a target breaks which does not see that calls overlap. */
  readonly rules: readonly string[];
  readonly routers: number;
  /** Needs CreateRouteEntry. */
  readonly routeEntries?: true;
  /** Brings the situation about and returns what each client then sends. */
  readonly lanes: (draw: Draw, plan: Plan) => Lanes;
}

const on = (plan: Plan, operation: Operation, name: string, more: Args = {}): CallCommand =>
  call(operation, { RegionId: plan.region, RouterInterfaceId: { ref: name }, ...more });
const connect = (plan: Plan, name: string): CallCommand => on(plan, 'ConnectRouterInterface', name);
const activate = (plan: Plan, name: string): CallCommand => on(plan, 'ActivateRouterInterface', name);
const deactivate = (plan: Plan, name: string): CallCommand => on(plan, 'DeactivateRouterInterface', name);
const remove = (plan: Plan, name: string): CallCommand => on(plan, 'DeleteRouterInterface', name);
const modify = (plan: Plan, name: string, more: Args): CallCommand =>
  on(plan, 'ModifyRouterInterfaceAttribute', name, more);
const respec = (plan: Plan, name: string, Spec: string): CallCommand =>
  on(plan, 'ModifyRouterInterfaceSpec', name, { Spec });
const create = (plan: Plan, role: string, router: number, more: Args = {}): CallCommand =>
  call('CreateRouterInterface', { ...createArgs(plan, role, router), ...more }, plan.freshName());

const either = (draw: Draw, { initiator, acceptor }: Ends): string => draw.pick([initiator, acceptor]);
const role = (draw: Draw): string => draw.pick(['InitiatingSide', 'AcceptingSide']);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
/** One client more that looks at one interface again and again, in some of the races. */
const watched = (draw: Draw, plan: Plan, name: string, lanes: Lanes): Lanes =>
  draw.chance(25) ? [...lanes, times(draw.int(1, 3), () => describeAttribute(plan, name))] : lanes;

/** Any call that has to do with a pair of interfaces. */
export function anyCall(draw: Draw, plan: Plan, pair: Ends): CallCommand {
  const end = either(draw, pair);
  return draw.weighted<() => CallCommand>([
    [3, () => connect(plan, pair.initiator)],
    [3, () => activate(plan, end)],
    [3, () => deactivate(plan, end)],
    [2, () => remove(plan, end)],
    [2, () => modify(plan, end, { Name: draw.pick(['one', 'two', 'three']) })],
    [1, () => tell(plan, end, either(draw, pair))],
    [1, () => respec(plan, pair.initiator, draw.pick(['Small.1', 'Small.2']))],
    [1, () => create(plan, role(draw), draw.int(1, 2))],
    [2, () => describeAttribute(plan, end)],
  ])();
}

const connects: readonly Pattern[] = [
  {
    name: 'two connects between the same routers',
    rules: ['R38', 'R39'],
    routers: 2,
    lanes(draw, plan) {
      const one = ends(draw, plan, 'told');
      const other = ends(draw, plan, 'told', draw.chance(50) ? [1, 2] : [2, 1]);
      return [[connect(plan, one.initiator)], [connect(plan, other.initiator)]];
    },
  },
  {
    name: 'one initiator connected by several clients',
    rules: ['R34'],
    routers: 2,
    lanes(draw, plan) {
      const { initiator } = ends(draw, plan, 'told');
      const lanes = times(draw.int(2, 4), () => [connect(plan, initiator)]);
      return watched(draw, plan, initiator, lanes);
    },
  },
  {
    name: 'modify against connect',
    rules: ['R36', 'R61', 'R62', 'R71'],
    routers: 3,
    lanes(draw, plan) {
      const { initiator, acceptor } = ends(draw, plan, 'told');
      const third = made(plan, 'InitiatingSide', 3);
      const end = draw.pick([initiator, acceptor]);
      const change = draw.chance(70)
        ? tell(plan, end, third)
        : modify(plan, end, { Name: 'other', Description: 'changed meanwhile' });
      return watched(draw, plan, end, [[connect(plan, initiator)], [change]]);
    },
  },
  {
    name: 'delete against connect',
    rules: ['R36', 'R56', 'R58'],
    routers: 2,
    lanes(draw, plan) {
      const pair = ends(draw, plan, 'told');
      const end = either(draw, pair);
      return watched(draw, plan, pair.initiator, [[connect(plan, pair.initiator)], [remove(plan, end)]]);
    },
  },
];

const creates: readonly Pattern[] = [
  {
    name: 'one ClientToken used by several clients',
    rules: ['R32'],
    routers: 2,
    lanes(draw, plan) {
      const args = { ...createArgs(plan, role(draw), 1), ClientToken: plan.freshToken() };
      return times(draw.int(2, 4), () => [call('CreateRouterInterface', args, plan.freshName())]);
    },
  },
  {
    name: 'creations up to the quota',
    rules: ['R17'],
    routers: 2,
    lanes(draw, plan) {
      const present = plan.quotaPerRouter - draw.int(1, 3);
      for (let count = 0; count < present; count++) made(plan, 'AcceptingSide', 1);
      return times(draw.int(2, 4), () => times(draw.int(1, 2), () => create(plan, role(draw), 1)));
    },
  },
  {
    name: 'creations and a deletion at the quota',
    rules: ['R17'],
    routers: 2,
    lanes(draw, plan) {
      const [first = ''] = times(plan.quotaPerRouter, () => made(plan, 'AcceptingSide', 1));
      return [
        [remove(plan, first)],
        [create(plan, role(draw), 1), create(plan, role(draw), 1)],
        [create(plan, role(draw), 1)],
      ];
    },
  },
  {
    name: 'different creations',
    rules: ['R14'],
    routers: 2,
    lanes: (draw, plan) =>
      times(draw.int(2, 3), (index) => [
        create(plan, role(draw), draw.int(1, 2), { Name: `client-${index + 1}` }),
      ]),
  },
];

const lifecycles: readonly Pattern[] = [
  {
    name: 'delete against activate',
    rules: ['R45', 'R56', 'R58'],
    routers: 2,
    lanes(draw, plan) {
      const end = either(draw, ends(draw, plan, 'inactive'));
      return watched(draw, plan, end, [[activate(plan, end)], [remove(plan, end)]]);
    },
  },
  {
    name: 'delete against deactivate',
    rules: ['R51', 'R56', 'R58'],
    routers: 2,
    lanes(draw, plan) {
      const end = either(draw, ends(draw, plan, 'active'));
      return [[deactivate(plan, end), remove(plan, end)], [remove(plan, end)]];
    },
  },
  {
    name: 'both ends deactivated',
    rules: ['R53', 'P2'],
    routers: 2,
    lanes(draw, plan) {
      const { initiator, acceptor } = ends(draw, plan, 'active');
      return [[deactivate(plan, initiator)], [deactivate(plan, acceptor)]];
    },
  },
  {
    name: 'one end deactivated by several clients',
    rules: ['R51'],
    routers: 2,
    lanes(draw, plan) {
      const end = either(draw, ends(draw, plan, 'active'));
      return times(draw.int(2, 4), () => [deactivate(plan, end)]);
    },
  },
  {
    name: 'activate against activate and deactivate',
    rules: ['R45', 'R51'],
    routers: 2,
    lanes(draw, plan) {
      const pair = ends(draw, plan, 'inactive');
      const end = either(draw, pair);
      return draw.pick([
        [[activate(plan, end)], [activate(plan, end)]],
        [[activate(plan, end), deactivate(plan, end)], [activate(plan, end)]],
        [[activate(plan, pair.initiator)], [activate(plan, pair.acceptor)]],
      ]);
    },
  },
  {
    name: 'both ends deleted',
    rules: ['R59', 'R60'],
    routers: 2,
    lanes(draw, plan) {
      const { initiator, acceptor } = ends(draw, plan, draw.pick(['told', 'inactive']));
      const both = [[remove(plan, initiator)], [remove(plan, acceptor)]];
      return draw.chance(40) ? [...both, [remove(plan, initiator)]] : both;
    },
  },
];

const changes: readonly Pattern[] = [
  {
    name: 'several changes of one interface',
    rules: ['R72'],
    routers: 2,
    lanes(draw, plan) {
      const name = made(plan, role(draw), 1);
      const health = { HealthCheckSourceIp: '10.0.0.1', HealthCheckTargetIp: '10.0.0.2' };
      const all = [{ Name: 'first' }, { Description: 'a description' }, health, { Name: 'second' }];
      const lanes = all.slice(0, draw.int(2, 3)).map((change) => [modify(plan, name, change)]);
      return watched(draw, plan, name, lanes);
    },
  },
  {
    name: 'spec against spec and attributes',
    rules: ['R79'],
    routers: 2,
    lanes(draw, plan) {
      const { initiator } = ends(draw, plan, draw.pick(['active', 'inactive']));
      const other = draw.pick([
        respec(plan, initiator, 'Small.2'),
        modify(plan, initiator, { Name: 'other' }),
      ]);
      return [[respec(plan, initiator, 'Small.1')], [other]];
    },
  },
  {
    name: 'changes against the lifecycle',
    rules: ['R53', 'R61', 'R75'],
    routers: 2,
    lanes(draw, plan) {
      const end = either(draw, ends(draw, plan, 'active'));
      const change = draw.pick([modify(plan, end, { Name: 'other' }), respec(plan, end, 'Small.1')]);
      return [[deactivate(plan, end)], [change]];
    },
  },
  {
    name: 'route entry against delete',
    rules: ['R57'],
    routers: 2,
    routeEntries: true,
    lanes(draw, plan) {
      const { initiator } = ends(draw, plan, 'active');
      const route = call(
        'CreateRouteEntry',
        {
          RegionId: plan.region,
          RouteTableId: { ref: 'table#1' },
          DestinationCidrBlock: '10.9.0.0/24',
          NextHopType: 'RouterInterface',
          NextHopId: { ref: initiator },
        },
        'route#1',
      );
      if (draw.chance(60)) return [[route], [deactivate(plan, initiator), remove(plan, initiator)]];
      plan.add(route, settle, deactivate(plan, initiator), settle);
      const unroute = call('DeleteRouteEntry', { RegionId: plan.region, RouteEntryId: { ref: 'route#1' } });
      return [[unroute], [remove(plan, initiator)]];
    },
  },
  {
    name: 'random mix',
    rules: [],
    routers: 2,
    lanes(draw, plan) {
      const pair = ends(draw, plan, draw.pick(['told', 'connecting', 'active', 'inactive']));
      return times(draw.int(2, 4), () => times(draw.int(1, 3), () => anyCall(draw, plan, pair)));
    },
  },
];

/** Every pattern; a suite takes them in turn, those that are most often wrong first. */
export const patterns: readonly Pattern[] = [...connects, ...creates, ...lifecycles, ...changes];
