import type { EditionId } from './spec/editions.ts';

/**
 * What the model believes about everything around one lifecycle: account, routers, interfaces with
 * their fields and their peer, route entries, client tokens. Immutable; a step makes a new world.
 */

export interface Router {
  readonly id: string;
  readonly regionId: string;
  readonly vpcId?: string;
  readonly routeTableId?: string;
}

/** Interfaces that a router may have (R17); a quota that an account may have raised (A19). */
export const documentedQuota = 5;

/** What does not change while a sequence runs. */
export interface Environment {
  readonly edition: EditionId | 'any';
  readonly regionId: string;
  /** Every region the target knows. */
  readonly regions: readonly string[];
  /** The account that the interfaces are said to belong to, where it was told. */
  readonly accountId?: string;
  /** The routers of this sequence; nobody else uses them. */
  readonly routers: readonly Router[];
  readonly limits: {
    readonly perRouter: number;
    /** The older quota per account, on a target that was seen to enforce it (A19). */
    readonly perAccount: number | null;
  };
  readonly bounds: {
    /** A transitional status ends within this many milliseconds (P2). */
    readonly settleMs: number;
    /** A Describe answer is at most this many milliseconds old, on a target whose reads lag. */
    readonly staleMs: number;
  };
  /** `manual`: the harness moves the target's clock, and nothing happens by itself while it stands. */
  readonly clock?: 'manual';
  /** Reads were seen to show what was true a moment ago. */
  readonly readsLag: boolean;
  /** Interfaces of earlier sequences on these routers: only a read that lags still lists them. */
  readonly former?: readonly Former[];
}

/** An interface that is gone since `until` (ms) at the latest. */
export interface Former {
  readonly id: string;
  readonly until: number;
}

/**
 * The peer as this interface was told of it; never checked when it is stored (R29). Like every part of
 * an interface it has all its keys, set or not: one shape for all keeps the hot loop fast.
 */
export interface Opposite {
  readonly regionId: string;
  readonly routerType: string | undefined;
  readonly routerId: string | undefined;
  readonly interfaceId: string | undefined;
  readonly ownerId: string | undefined;
}

export const noTags: Interface['tags'] = {};

export interface HealthCheck {
  readonly sourceIp: string | undefined;
  readonly targetIp: string | undefined;
  readonly threshold: string | undefined;
  readonly rate: string | undefined;
}

/** An interface that was told nothing of its peer but the region. */
export const noOpposite: Opposite = {
  regionId: '',
  routerType: undefined,
  routerId: undefined,
  interfaceId: undefined,
  ownerId: undefined,
};

export const noHealthCheck: HealthCheck = {
  sourceIp: undefined,
  targetIp: undefined,
  threshold: undefined,
  rate: undefined,
};

/** Fields that stay as they are (P7), as one view has shown them. */
export interface Shown {
  readonly creationTime: unknown;
  readonly vpcId: unknown;
  readonly chargeType: unknown;
  readonly resourceGroupId: unknown;
  /** The health check under which the next two were read. */
  readonly healthCheck: HealthCheck;
  readonly threshold: unknown;
  readonly rate: unknown;
  /** `since` of the interface when its connection was read: NaN if it never was. */
  readonly connectedSince: number;
  readonly connectedTime: unknown;
}

/** What neither view has shown yet. */
export const noShown: Interface['shown'] = { list: null, attribute: null };

/** Why an interface is where it is: what a divergence seen at it is blamed on. */
export interface Cause {
  readonly event: string;
  readonly rules: readonly string[];
}

export interface Interface {
  readonly id: string;
  /** Set of lifecycle states it can have entered at `since`; what happens by itself is not in it. */
  readonly states: number;
  /** When it last changed, at the latest (ms): when the answer that told of it had come. */
  readonly since: number;
  /** When `states` was last read as exactly that, where time stands still in between (ms); else NaN. */
  readonly seenAt: number;
  readonly cause: Cause;
  /** What was done to it, or refused, and not seen since: bits of `unseen` in describe/blame.ts. */
  readonly news: number;
  readonly business: string;
  readonly operationLocked: boolean;
  /** False after a divergence: nothing is believed until it is seen again. */
  readonly trusted: boolean;
  readonly regionId: string;
  readonly role: string;
  readonly routerId: string;
  readonly routerType: string;
  readonly spec: string;
  readonly specChanged: boolean;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly opposite: Opposite;
  readonly healthCheck: HealthCheck;
  readonly tags: Readonly<Record<string, string>>;
  /** As asked for when it was made. */
  readonly resourceGroupId: string | undefined;
  readonly chargeType: string | undefined;
  /** What is read of fields that nobody sets, by view: they may not change. */
  readonly shown: Readonly<{ list: Shown | null; attribute: Shown | null }>;
  /** The interface it was connected with, for life (A9). */
  readonly link: string | null;
  /** Earlier versions of itself that a lagging read may still show; `until` is when each was replaced. */
  readonly earlier: readonly Version[];
}

/** What a read that lags may show: an earlier interface, or none at all. */
export interface Version {
  readonly until: number;
  readonly interface: Interface | null;
}

export interface Route {
  readonly id: string;
  readonly nextHop: string;
  /** Since when it is being deleted (ms): it may or may not still hold the interface. */
  readonly leavingSince?: number;
}

/** What came of a request that carried a ClientToken (R32, A16). */
export interface Token {
  readonly operation: string;
  readonly token: string;
  /** The request without its token, canonical. */
  readonly request: string;
  readonly accepted: boolean;
  /** The interface that a Create made. */
  readonly made?: string;
}

/** Pages of one list read so far, with nothing changed in between: each interface is on one of them. */
export interface PageWalk {
  /** What was asked for, but for the page. */
  readonly request: string;
  readonly total: number;
  readonly seen: readonly string[];
}

/** A wrong value that an interface has shown. */
export interface Deviation {
  readonly interfaceId: string;
  readonly field: string;
  /** As `show` writes it. */
  readonly observed: string;
}

const noDeviations: readonly Deviation[] = [];

export interface World {
  readonly env: Environment;
  readonly interfaces: readonly Interface[];
  readonly routes: readonly Route[];
  readonly tokens: readonly Token[];
  readonly overdue: boolean;
  /** The caller's account, once a filter for the owner has shown it. */
  readonly accountId: string | null;
  readonly walk: PageWalk | null;
  /** What interfaces were seen to show against the model: from then on it is expected of them. */
  readonly deviations: readonly Deviation[];
  /** Choices of the target on which this world depends, e.g. `{ A7: 'both' }`. */
  readonly choices: Readonly<Record<string, string>>;
}

export function emptyWorld(env: Environment): World {
  const choices = env.readsLag ? { reads: 'lagging' } : {};
  return {
    env,
    interfaces: [],
    routes: [],
    tokens: [],
    overdue: false,
    accountId: null,
    walk: null,
    deviations: noDeviations,
    choices,
  };
}

/** A copy that nobody else has yet: whoever made it may change it until it is handed on. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * A copy of an interface to change. Key by key: an object spread makes a shape of its own at every place where it
 * is written, and a step that meets many shapes takes ten times as long.
 */
export function draftOf(each: Interface): Draft<Interface> {
  return {
    id: each.id,
    states: each.states,
    since: each.since,
    seenAt: each.seenAt,
    cause: each.cause,
    news: each.news,
    business: each.business,
    operationLocked: each.operationLocked,
    trusted: each.trusted,
    regionId: each.regionId,
    role: each.role,
    routerId: each.routerId,
    routerType: each.routerType,
    spec: each.spec,
    specChanged: each.specChanged,
    name: each.name,
    description: each.description,
    opposite: each.opposite,
    healthCheck: each.healthCheck,
    tags: each.tags,
    resourceGroupId: each.resourceGroupId,
    chargeType: each.chargeType,
    shown: each.shown,
    link: each.link,
    earlier: each.earlier,
  };
}

/** An interface of which only the states are known better. */
export function inStates(each: Interface, states: number): Interface {
  const known = draftOf(each);
  known.states = states;
  return known;
}

/** The same for a world. */
export function worldDraft(world: World): Draft<World> {
  return {
    env: world.env,
    interfaces: world.interfaces,
    routes: world.routes,
    tokens: world.tokens,
    overdue: world.overdue,
    accountId: world.accountId,
    walk: world.walk,
    deviations: world.deviations,
    choices: world.choices,
  };
}

/** The world with other interfaces. */
export function withInterfaces(world: World, interfaces: World['interfaces']): World {
  const next = worldDraft(world);
  next.interfaces = interfaces;
  return next;
}

/** The world with other choices. */
export function withChoices(world: World, choices: World['choices']): World {
  const next = worldDraft(world);
  next.choices = choices;
  return next;
}

export function findInterface(world: World, id: string | undefined): Interface | undefined {
  if (id === undefined) return undefined;
  for (const candidate of world.interfaces) if (candidate.id === id) return candidate;
  return undefined;
}

/** Replaces one interface and keeps what it was for reads that lag. */
export function withInterface(world: World, changed: Interface, now: number): World {
  const old = findInterface(world, changed.id);
  if (old === undefined) return world;
  const next = worldDraft(world);
  next.interfaces = replaced(world.interfaces, old, superseding(old, changed, now, world.env));
  next.walk = null;
  return next;
}

function replaced(all: readonly Interface[], old: Interface, known: Interface): readonly Interface[] {
  const next = all.slice();
  next[all.indexOf(old)] = known;
  return next;
}

function superseding(old: Interface, changed: Interface, now: number, env: Environment): Interface {
  // Only a lagging read ever looks back.
  if (!env.readsLag) return changed;
  const kept = old.earlier.filter(({ until }) => now - until <= env.bounds.staleMs);
  const before = draftOf(old);
  before.earlier = [];
  const next = draftOf(changed);
  next.earlier = [...kept, { until: now, interface: before }];
  return next;
}

/** Replaces one interface where nothing happened to it and only our knowledge of it changed. */
export function withKnowledge(world: World, known: Interface): World {
  const old = findInterface(world, known.id);
  if (old === undefined || old === known) return world;
  return withInterfaces(world, replaced(world.interfaces, old, known));
}

/**
 * Whether two worlds believe the same. Looks at what a step can change; the rest is the same for every
 * interface with the same id.
 */
export function sameBelief(a: World, b: World): boolean {
  if (a.overdue !== b.overdue || a.accountId !== b.accountId || a.interfaces.length !== b.interfaces.length)
    return false;
  if (a.tokens.length !== b.tokens.length || a.routes !== b.routes) return false;
  const chosen = Object.keys(a.choices);
  if (chosen.length !== Object.keys(b.choices).length) return false;
  if (chosen.some((id) => a.choices[id] !== b.choices[id])) return false;
  return a.interfaces.every((each, index) => sameInterface(each, b.interfaces[index]));
}

function sameInterface(a: Interface, b: Interface | undefined): boolean {
  if (a === b) return true;
  if (
    b === undefined ||
    a.states !== b.states ||
    a.since !== b.since ||
    !Object.is(a.seenAt, b.seenAt) ||
    a.news !== b.news
  )
    return false;
  if (a.id !== b.id || a.trusted !== b.trusted || a.link !== b.link) return false;
  if (a.cause.event !== b.cause.event || a.cause.rules.length !== b.cause.rules.length) return false;
  if (a.business !== b.business || a.operationLocked !== b.operationLocked || a.spec !== b.spec) return false;
  return (
    a.name === b.name &&
    a.description === b.description &&
    a.specChanged === b.specChanged &&
    sameVersions(a.earlier, b.earlier) &&
    (a.opposite === b.opposite || JSON.stringify(a.opposite) === JSON.stringify(b.opposite)) &&
    (a.healthCheck === b.healthCheck || JSON.stringify(a.healthCheck) === JSON.stringify(b.healthCheck))
  );
}

function sameVersions(a: readonly Version[], b: readonly Version[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every((version, index) => {
    const other = b[index];
    if (version.until !== other?.until) return false;
    if (version.interface === null || other.interface === null) return version.interface === other.interface;
    return sameInterface(version.interface, other.interface);
  });
}
