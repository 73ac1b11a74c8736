import { compile } from '../compile.ts';
import { anyChange } from '../describe/blame.ts';
import { type Call, type Permitted, permitted } from '../permitted.ts';
import { ruleIds } from '../spec/rules.ts';
import type { Violations } from '../violations/collect.ts';
import type { JudgedOperation } from '../vocabulary.ts';
import {
  emptyWorld,
  type Environment,
  type Interface,
  noHealthCheck,
  noOpposite,
  noShown,
  noTags,
  type World,
} from '../world.ts';

/** Worlds made by hand: two routers, on them interfaces in any state. */

export const tables = compile();
export const region = 'cn-hangzhou';
export const otherRegion = 'cn-beijing';
/** When calls are made: long after everything that the builders here make has settled. */
export const now = 100_000;
export const settleMs = 1000;
export const staleMs = 500;

type Args = Readonly<Record<string, string>>;

/** The set of one named state, or of several. */
export const at = (...names: readonly string[]): number =>
  names.reduce((set, name) => set | tables.bitOfState(name), 0);

export function environment(changes: Partial<Environment> = {}): Environment {
  return {
    edition: 'any',
    regionId: region,
    regions: [region, otherRegion],
    routers: [
      { id: 'vrt-1', regionId: region, vpcId: 'vpc-1', routeTableId: 'vtb-1' },
      { id: 'vrt-2', regionId: region, vpcId: 'vpc-2', routeTableId: 'vtb-2' },
    ],
    limits: { perRouter: 5, perAccount: null },
    bounds: { settleMs, staleMs },
    readsLag: false,
    ...changes,
  };
}

/** An idle initiator on the first router that has just been made, unless told otherwise. */
export function ri(id: string, changes: Partial<Interface> = {}): Interface {
  return {
    id,
    states: at('Idle.free'),
    since: 0,
    seenAt: Number.NaN,
    cause: { event: 'CREATE', rules: ['R13', 'R14'] },
    news: anyChange,
    business: 'Normal',
    operationLocked: false,
    trusted: true,
    regionId: region,
    role: 'InitiatingSide',
    routerId: 'vrt-1',
    routerType: 'VRouter',
    spec: 'Mini.2',
    specChanged: false,
    name: undefined,
    description: undefined,
    opposite: { ...noOpposite, regionId: region },
    healthCheck: noHealthCheck,
    tags: noTags,
    resourceGroupId: undefined,
    chargeType: undefined,
    shown: noShown,
    link: null,
    earlier: [],
    ...changes,
  };
}

export function world(interfaces: readonly Interface[], changes: Partial<World> = {}): World {
  return { ...emptyWorld(environment()), interfaces, ...changes };
}

/** What an interface was told of `peer`, in full. */
export const toldOf = (peer: string, routerId: string): Interface['opposite'] => ({
  regionId: region,
  routerType: 'VRouter',
  routerId,
  interfaceId: peer,
  ownerId: '1234567890123456',
});

export const initiator = (changes: Partial<Interface> = {}): Interface =>
  ri('ri-a', { opposite: toldOf('ri-b', 'vrt-2'), ...changes });

export const acceptor = (changes: Partial<Interface> = {}): Interface =>
  ri('ri-b', {
    role: 'AcceptingSide',
    routerId: 'vrt-2',
    spec: 'Negative',
    opposite: toldOf('ri-a', 'vrt-1'),
    ...changes,
  });

/** ri-a and ri-b name each other and are not connected. */
export const introduced = (a: Partial<Interface> = {}, b: Partial<Interface> = {}): World =>
  world([initiator(a), acceptor(b)]);

/** ri-a and ri-b are connected; each is in the state named. */
export const linked = (
  stateA = 'Active.linked',
  stateB = stateA,
  a: Partial<Interface> = {},
  b: Partial<Interface> = {},
): World =>
  world([
    initiator({ link: 'ri-b', states: at(stateA), ...a }),
    acceptor({ link: 'ri-a', states: at(stateB), ...b }),
  ]);

/** A call that names its region, and the interface if one is given. */
export function call(operation: JudgedOperation, id?: string, args: Args = {}): Call {
  const name = operation === 'DescribeRouterInterfaceAttribute' ? 'InstanceId' : 'RouterInterfaceId';
  return { operation, args: { RegionId: region, ...(id === undefined ? {} : { [name]: id }), ...args } };
}

/** A CreateRouterInterface that nothing speaks against. */
export const createArgs: Args = {
  RegionId: region,
  Role: 'InitiatingSide',
  Spec: 'Mini.2',
  RouterType: 'VRouter',
  RouterId: 'vrt-1',
  OppositeRegionId: region,
};

export const ask = (before: World, asked: Call, when = now): Permitted =>
  permitted(tables, before, asked, when);

/** Rules by which a call may be refused, sorted; `R36?` where the documents leave the refusal open. */
export function refusals({ outcomes }: Pick<Permitted, 'outcomes'>): string[] {
  return outcomes
    .filter(({ kind }) => kind === 'refusal')
    .map(({ rules, may }) => rules.join('/') + (may === undefined ? '' : '?'))
    .toSorted();
}

export const accepts = ({ outcomes }: Permitted): boolean => outcomes.some(({ kind }) => kind === 'success');

/** All worlds after the accepted call. */
export function accepted(before: World, asked: Call, body: Readonly<Record<string, unknown>> = {}): World[] {
  const permits = ask(before, asked);
  return permits.outcomes
    .filter(({ kind }) => kind === 'success')
    .flatMap((outcome) => permits.next(outcome, body));
}

/** The names of the rules behind the bits that the guards of an event know. */
export function named(event: string, { must, may }: Violations): { must: string[]; may: string[] } {
  const names = (bits: number): string[] =>
    ruleIds.filter((rule) => (bits & tables.ruleBit(event, rule)) !== 0);
  return { must: names(must), may: names(may) };
}

/** The one interface with this id; otherwise the test is wrong. */
export function the(id: string, before: World | undefined): Interface {
  const found = before?.interfaces.find((each) => each.id === id);
  if (found === undefined) throw new Error(`No ${id} in this world.`);
  return found;
}

/** The names of a set of states. */
export const stateNames = (states: number): string[] =>
  tables.states.filter(({ bit }) => (states & bit) !== 0).map(({ name }) => name);

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}
