import type { Tables } from '../../model/compile.ts';
import { eventOf } from '../../model/chart-transitions.ts';
import { type Call, type Permitted, permitted } from '../../model/permitted.ts';
import { afterControl, afterRouteCreated } from '../../model/surroundings.ts';
import {
  type Arg,
  type CallCommand,
  type Command,
  type Ref,
  type JudgedOperation,
  judgedOperations,
  symbolicArgs,
} from '../../model/vocabulary.ts';
import {
  documentedQuota,
  emptyWorld,
  type Environment,
  findInterface,
  type World,
} from '../../model/world.ts';
import { defaultTables } from '../tables.ts';
import type { Draw } from './draw.ts';

/** Symbolic names stand for ids: the plan runs on the model alone, before there is a target. */
const settleMs = 1000;

const changing: readonly JudgedOperation[] = judgedOperations.filter(
  (operation) => !operation.startsWith('Describe') && operation !== 'CreateRouterInterface',
);

function lookAt({ routers, region }: Plan): CallCommand {
  const args: Record<string, Arg> = { RegionId: region, 'Filter.1.Key': 'RouterId', PageSize: '50' };
  for (let router = 1; router <= routers; router++)
    args[`Filter.1.Value.${router}`] = { ref: `router#${router}` };
  return { kind: 'call', operation: 'DescribeRouterInterfaces', args };
}

/** Where a sequence takes place. */
export interface Surroundings {
  readonly region: string;
  readonly otherRegion: string;
  /** Interfaces that a router may have; as documented unless given. */
  readonly quotaPerRouter?: number;
}

/** One command of a plan, in the world that the model expects to be there when it is sent. */
export interface Moment {
  readonly tables: Tables;
  readonly world: World;
  /** Milliseconds since the sequence began, as the plan counts them. */
  readonly now: number;
  readonly command: Command;
  /** Arguments of a call, symbolic names in place of ids. */
  readonly args: Readonly<Record<string, string>>;
  /** What may be answered; undefined where that is not judged. */
  readonly permits?: Permitted;
}

/**
 * A sequence in the making, with the model's idea of where it leads if the target accepts what may be
 * accepted. It steers which commands are worth sending; it judges nothing.
 */
export class Plan {
  readonly commands: Command[];
  readonly routers: number;
  readonly region: string;
  /** A region that exists and in which nothing of ours is. */
  readonly otherRegion: string;
  readonly quotaPerRouter: number;
  readonly tables: Tables;
  #look: CallCommand | undefined;
  #alive: readonly string[] = [];
  #aliveOf: World['interfaces'] | undefined;
  #world: World;
  #now = 0;
  #made = 0;
  #tokens = 0;
  readonly #surroundings: Surroundings;
  readonly #watch: ((moment: Moment) => void) | undefined;

  /** `watch` is told of every command as it is added; `from` is a plan that this one continues. */
  constructor(
    routers: number,
    surroundings: Surroundings,
    tables: Tables = defaultTables(),
    watch?: (moment: Moment) => void,
    from?: Plan,
  ) {
    const { region, otherRegion, quotaPerRouter = documentedQuota } = surroundings;
    this.tables = tables;
    this.#surroundings = surroundings;
    this.#watch = watch;
    this.commands = from === undefined ? [] : [...from.commands];
    this.quotaPerRouter = quotaPerRouter;
    this.routers = routers;
    this.region = region;
    this.otherRegion = otherRegion;
    if (from !== undefined) {
      this.#world = from.#world;
      this.#now = from.#now;
      this.#made = from.#made;
      this.#tokens = from.#tokens;
      return;
    }
    const env: Environment = {
      edition: 'any',
      regionId: region,
      regions: [region, otherRegion],
      routers: Array.from({ length: routers }, (_, index) => ({
        id: `router#${index + 1}`,
        regionId: region,
      })),
      limits: { perRouter: quotaPerRouter, perAccount: null },
      bounds: { settleMs, staleMs: 0 },
      readsLag: false,
    };
    this.#world = emptyWorld(env);
  }

  /** Where the sequence has led, as far as the model can tell without a target. */
  get world(): World {
    return this.#world;
  }

  /** Milliseconds of the world's own time: it passes when the sequence settles. */
  get now(): number {
    return this.#now;
  }

  /** A plan that goes on from here on its own; `watch` is told of what is added to it. */
  fork(watch: (moment: Moment) => void): Plan {
    return new Plan(this.routers, this.#surroundings, this.tables, watch, this);
  }

  /** Everything on the sequence's own routers, in one answer: always the same request. */
  get look(): CallCommand {
    this.#look ??= lookAt(this);
    return this.#look;
  }

  freshName(): string {
    this.#made += 1;
    return `ri#${this.#made}`;
  }

  /** A ClientToken of its own; what is sent for it is new in every run. */
  freshToken(): Ref {
    this.#tokens += 1;
    return { ref: `token#${this.#tokens}` };
  }

  /** Interfaces that were made and may still be there. */
  get alive(): readonly string[] {
    const { interfaces } = this.#world;
    // Asked several times between two commands.
    if (this.#aliveOf !== interfaces) {
      const gone = this.tables.labelled(null);
      const alive: string[] = [];
      for (const { id, states } of interfaces)
        if ((this.tables.closure(states) & ~gone) !== 0) alive.push(id);
      this.#alive = alive;
      this.#aliveOf = interfaces;
    }
    return this.#alive;
  }

  get count(): number {
    return this.alive.length;
  }

  /** Some interface, alive if possible, or else one that was. */
  anyInterface(draw: Draw): string | undefined {
    const { alive } = this;
    if (alive.length > 0 && draw.chance(90)) return draw.pick(alive);
    const all = this.#world.interfaces.map(({ id }) => id);
    return all.length === 0 ? undefined : draw.pick(all);
  }

  /** Interfaces on a router, by its number. */
  countOn(router: number): number {
    const alive = new Set(this.alive);
    return this.#world.interfaces.filter(
      ({ id, routerId }) => alive.has(id) && routerId === `router#${router}`,
    ).length;
  }

  peerOf(name: string): string | undefined {
    const each = findInterface(this.#world, name);
    const peer = each?.link ?? each?.opposite.interfaceId;
    return peer?.startsWith('ri#') === true ? peer : undefined;
  }

  /** The Name fields in use, where nothing that is there has one those that were. */
  get names(): readonly string[] {
    const alive = new Set(this.alive);
    const named = this.#world.interfaces.filter(({ name }) => name !== undefined);
    const there = named.filter(({ id }) => alive.has(id));
    return (there.length > 0 ? there : named).flatMap(({ name = '' }) => [name]);
  }

  /** The tags in use, as key and value. */
  get tags(): readonly (readonly [key: string, value: string])[] {
    return this.#world.interfaces.flatMap(({ tags }) => Object.entries(tags));
  }

  /** Whether some interface is in a resource group of its own choice. */
  get isGrouped(): boolean {
    return this.#world.interfaces.some(({ resourceGroupId }) => resourceGroupId !== undefined);
  }

  roleOf(name: string): string | undefined {
    return findInterface(this.#world, name)?.role;
  }

  routerOf(name: string): Arg {
    const router = findInterface(this.#world, name)?.routerId ?? 'router#1';
    return router.startsWith('router#') ? { ref: router } : router;
  }

  /** Operations that the lifecycle has a way on for, as pairs of interface and operation. */
  legal(): readonly (readonly [string, JudgedOperation])[] {
    const legal: (readonly [string, JudgedOperation])[] = [];
    for (const { id, states, since } of this.#world.interfaces) {
      const possible = this.tables.possible(states, this.#now - since > settleMs);
      for (const operation of changing)
        if (this.tables.onOperation(eventOf[operation], possible).accepts.length > 0)
          legal.push([id, operation]);
    }
    return legal;
  }

  /** Adds a command and moves on as if the target had accepted it, if it may. */
  add(...commands: readonly Command[]): void {
    for (const command of commands) {
      this.commands.push(command);
      this.#follow(command);
    }
  }

  #follow(command: Command): void {
    const { args, call } = calledBy(command);
    const permits =
      call === undefined || (this.#watch === undefined && call.operation.startsWith('Describe'))
        ? undefined
        : permitted(this.tables, this.#world, call, this.#now);
    this.#watch?.({
      tables: this.tables,
      world: this.#world,
      now: this.#now,
      command,
      args,
      ...(permits === undefined ? {} : { permits }),
    });
    if (command.kind === 'settle') this.#now += settleMs + 1;
    else if (command.kind === 'control')
      this.#world = afterControl(this.#world, command, command.on?.ref, this.#now);
    else if (command.operation === 'CreateRouteEntry')
      this.#world = afterRouteCreated(this.#world, args, command.as ?? '');
    else if (command.operation === 'DeleteRouteEntry') {
      const routes = this.#world.routes.filter(({ id }) => id !== args['RouteEntryId']);
      this.#world = { ...this.#world, routes };
    } else if (permits !== undefined && !command.operation.startsWith('Describe')) {
      const { outcomes } = permits;
      const outcome = outcomes.find(({ kind }) => kind === 'success') ?? outcomes[0];
      const [next] =
        outcome === undefined ? [] : permits.next(outcome, { RouterInterfaceId: command.as ?? '' });
      if (next !== undefined) this.#world = next;
    }
  }
}

/** A command's arguments by name, and the call it makes where that is one that is judged. */
function calledBy(command: Command): { args: Readonly<Record<string, string>>; call?: Call } {
  if (command.kind !== 'call') return { args: {} };
  const args = symbolicArgs(command.args);
  const { operation } = command;
  return operation === 'CreateRouteEntry' || operation === 'DeleteRouteEntry'
    ? { args }
    : { args, call: { operation, args } };
}
