import type { Tables } from '../../model/compile.ts';
import { instantOf } from '../../model/describe/recognise.ts';
import { bandwidthsOf } from '../../model/describe/bandwidth.ts';
import type { Outcome } from '../../model/outcomes.ts';
import { type Call, type Permitted, permitted } from '../../model/permitted.ts';
import { possibleStates } from '../../model/possible-states.ts';
import { refusalsOf, ruleById } from '../../model/spec/rules.ts';
import { afterControl, afterRouteCreated, afterRouteDeleted } from '../../model/surroundings.ts';
import { textOf } from '../../model/text.ts';
import { selectionOf, pagingOf } from '../../model/violations/describe.ts';
import {
  type Answer,
  type Arg,
  type Command,
  documentedAccount,
  type JudgedOperation,
  ownAccount,
  type Step,
} from '../../model/vocabulary.ts';
import {
  emptyWorld,
  type Environment,
  findInterface,
  type Token,
  type Interface,
  type World,
} from '../../model/world.ts';

type Body = Readonly<Record<string, unknown>>;

/** Picks one of a list. */
export type Dice = <T>(list: readonly T[]) => T;

/** Dice that fall the same way for the same seed (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed | 0;
  return (list) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const index = ((mixed ^ (mixed >>> 14)) >>> 0) % list.length;
    return list[index] as (typeof list)[number];
  };
}

/** What makes it depart from the model, call by call. */
export interface Defect {
  /** Told what is permitted for a call before it is answered; says by what else it is answered, if it is. */
  before(call: Call, permits: Permitted): Tables | 'wrong code' | undefined;
  /** Told what was done, and the id of the interface that the call was about or made. */
  after(outcome: Outcome, id: string | undefined): void;
}

/**
 * A target that does anything the model permits, as the dice fall: it keeps one world, picks one of the
 * permitted outcomes of each call and says so. No judge may find fault with it.
 */
export class PermissiveTarget {
  world: World;
  now = 0;
  readonly #pick: Dice;
  readonly #tables: Tables;
  readonly #lags: boolean;
  readonly #slow: boolean;
  /** What was true, and from when on. */
  readonly #past: { world: World; from: number }[] = [];
  readonly #ids = new Map<string, string>();
  #made = 0;
  #requests = 0;

  readonly #defect: Defect | undefined;

  /** `lags`: reads may be old. `slow`: requests and answers take their time to arrive. */
  constructor(
    pick: Dice,
    tables: Tables,
    env: Environment,
    { lags = false, slow = false, defect }: { lags?: boolean; slow?: boolean; defect?: Defect } = {},
  ) {
    this.#defect = defect;
    this.#lags = lags;
    this.#slow = slow;
    this.#pick = pick;
    this.#tables = tables;
    this.world = emptyWorld(env);
  }

  /** Performs a command and returns the step as a runner would have recorded it. */
  perform(command: Command): Step {
    const step = this.#perform(command);
    if (this.#lags) this.#past.push({ world: this.world, from: this.now });
    const arrived = this.#slow && command.kind !== 'settle' ? this.#delay() : undefined;
    return arrived === undefined ? step : { ...step, end: arrived };
  }

  /** Time that something is on its way. */
  #delay(): number {
    const { settleMs } = this.world.env.bounds;
    this.now += this.#pick([0, 1, settleMs >> 1, settleMs + 1]);
    return this.now;
  }

  #perform(command: Command): Step {
    const { settleMs } = this.world.env.bounds;
    this.#delay();
    const at = { start: this.now, end: this.now };
    if (command.kind === 'settle') {
      this.now += settleMs + 1;
      return { command, start: at.start, end: this.now };
    }
    if (this.#slow) this.#delay();
    this.#settleStates();
    if (command.kind === 'control') {
      const id = command.on === undefined ? undefined : this.#bound(command.on);
      this.world = afterControl(this.world, command, id, this.now);
      return { command, ...(id === undefined ? {} : { sent: { routerInterfaceId: id } }), ...at };
    }
    const sent = Object.fromEntries(
      Object.entries(command.args).map(([name, value]) => [name, this.#bound(value)]),
    );
    const { operation, as } = command;
    if (operation === 'CreateRouteEntry' || operation === 'DeleteRouteEntry') {
      const id = `rte-${as ?? ''}`;
      if (as !== undefined) this.#ids.set(as, id);
      this.world =
        operation === 'CreateRouteEntry'
          ? afterRouteCreated(this.world, sent, id)
          : afterRouteDeleted(this.world, sent, this.now);
      return { command, sent, observation: this.#answer(200, { RouteEntryId: id }), ...at };
    }
    return { command, sent, observation: this.#call({ operation, args: sent }, as), ...at };
  }

  /** Decides in which of its possible states each interface really is; there it stays until time passes. */
  #settleStates(): void {
    const interfaces = this.world.interfaces.map((each) => {
      const states = possibleStates(this.#tables, this.world, each, this.now);
      const possible = this.#tables.states.filter(({ bit }) => (states & bit) !== 0);
      // With the chart changed there may be no way on.
      const real = possible.length === 0 ? { bit: each.states } : this.#pick(possible);
      return { ...each, states: real.bit, seenAt: instantOf(this.world, this.now) };
    });
    this.world = { ...this.world, interfaces };
  }

  /** The world that a read sees: any that was true at some time within the bound. */
  #seen(): World {
    const { settleMs, staleMs } = this.world.env.bounds;
    const still = this.#past.filter(({ world }, index) => {
      const pending = world.interfaces.filter(({ states }) => this.#tables.settled(states) !== states);
      const ends = pending.map(({ since }) => since + settleMs);
      const until = Math.min(this.#past[index + 1]?.from ?? this.now, ...ends);
      return this.now - until <= staleMs;
    });
    return this.#pick([this.world, ...still.map(({ world }) => world)]);
  }

  #bound(arg: Arg): string {
    if (typeof arg === 'string') return arg;
    const [kind, number] = arg.ref.split('#');
    if (kind === 'router') return `vrt-${number}`;
    if (kind === 'table') return `vtb-${number}`;
    if (arg.ref === ownAccount.ref) return documentedAccount;
    return this.#ids.get(arg.ref) ?? `${kind}-unbound-${number}`;
  }

  #answer(status: number, body: Body): Answer {
    this.#requests += 1;
    return { kind: 'answer', status, body: { RequestId: `req-${this.#requests}`, ...body } };
  }

  #call(call: Call, as: string | undefined): Answer {
    const documented = permitted(this.#tables, this.world, call, this.now);
    const departure = this.#defect?.before(call, documented);
    const permits =
      typeof departure === 'object' ? permitted(departure, this.world, call, this.now) : documented;
    const subject = findInterface(this.world, call.args['InstanceId'] ?? call.args['RouterInterfaceId']);
    const outcome = this.#chosen(permits, subject);
    // With the chart changed there may be no way on at all.
    if (outcome === undefined) return this.#refuseWith(400, 'Mutant.NothingPermitted');
    if (outcome.kind === 'refusal' || departure === 'wrong code') this.#defect?.after(outcome, subject?.id);
    if (departure === 'wrong code') return this.#refuseWith(400, 'Mutant.WrongCode');
    if (outcome.kind === 'refusal') {
      [this.world = this.world] = permits.next(outcome, {});
      return this.#refuse(call.operation, outcome);
    }
    const body = this.#bodyOf(call, outcome, permits.violations.repeats);
    const id = body['RouterInterfaceId'];
    if (as !== undefined && typeof id === 'string') this.#ids.set(as, id);
    this.#defect?.after(outcome, typeof id === 'string' ? id : subject?.id);
    if (!call.operation.startsWith('Describe')) this.world = this.#pick(permits.next(outcome, body));
    return this.#answer(200, body);
  }

  #chosen({ outcomes }: Permitted, subject: Interface | undefined): Outcome | undefined {
    // Really is in one state: what would be done or refused in another one is not done.
    const real = outcomes.filter(({ from }) => subject === undefined || (from & subject.states) !== 0);
    if (real.length === 0) return undefined;
    // Successes first as often as not: there are many refusals.
    const successes = real.filter(({ kind }) => kind !== 'refusal');
    return this.#pick(successes.length > 0 && this.#pick([true, true, false]) ? successes : real);
  }

  #refuse(operation: JudgedOperation, { rules }: Outcome): Answer {
    const rule = ruleById(this.#pick(rules));
    const known = refusalsOf(rule, operation, 'any').refusals;
    const unknownInterface = { http: 404, code: 'InvalidRouterInterfaceId.NotFound', message: '' };
    const row =
      known.length > 0
        ? this.#pick(known)
        : rule.id === 'R6'
          ? unknownInterface
          : { http: 400, code: 'Undocumented.Code', message: '' };
    return this.#refuseWith(row.http ?? 400, row.code, row.message ?? '');
  }

  #refuseWith(status: number, Code: string, message = ''): Answer {
    return this.#answer(status, {
      Code,
      Message: message === '' ? 'No.' : message,
      HostId: 'vpc.aliyuncs.com',
    });
  }

  #bodyOf({ operation, args }: Call, { kind }: Outcome, repeats: Token | undefined): Body {
    if (kind === 'replay')
      return repeats?.made === undefined ? { Spec: args['Spec'] } : { RouterInterfaceId: repeats.made };
    switch (operation) {
      case 'CreateRouterInterface':
        this.#made += 1;
        return { RouterInterfaceId: `ri-${this.#made}` };
      case 'ModifyRouterInterfaceSpec':
        return { Spec: args['Spec'] };
      case 'DescribeRouterInterfaces':
        return this.#list(this.#seen(), args);
      case 'DescribeRouterInterfaceAttribute': {
        const seen = this.#seen();
        const each = findInterface(seen, args['InstanceId']);
        return each === undefined || each.regionId !== args['RegionId']
          ? {}
          : (this.#shown(seen, each) ?? {});
      }
      default:
        return {};
    }
  }

  /** The item of an interface, or nothing when it is gone. */
  #shown(seen: World, each: Interface): Body | undefined {
    const [label] = this.#tables.labels(each.states);
    if (label === null || label === undefined) return undefined;
    const { opposite, healthCheck } = each;
    const peer = findInterface(seen, each.link ?? undefined);
    const set = Object.entries({
      RouterInterfaceId: each.id,
      Status: label,
      BusinessStatus: each.business,
      RouterId: each.routerId,
      RouterType: each.routerType,
      Role: each.role,
      Spec: each.spec,
      Bandwidth: this.#pick([...bandwidthsOf(each.spec), ...(bandwidthsOf(each.spec).length > 0 ? [] : [1])]),
      VpcInstanceId: seen.env.routers.find(({ id }) => id === each.routerId)?.vpcId,
      ChargeType: 'AfterPay',
      CreationTime: '2026-01-01T00:00:00Z',
      ConnectedTime: label === 'Active' ? '2026-01-01T00:01:00Z' : undefined,
      ResourceGroupId: each.resourceGroupId,
      Tags:
        Object.keys(each.tags).length === 0
          ? undefined
          : { Tags: Object.entries(each.tags).map(([Key, Value]) => ({ Key, Value })) },
      HcThreshold: healthCheck.threshold,
      HcRate: healthCheck.rate === undefined ? undefined : Number(healthCheck.rate) / this.#pick([1, 1000]),
      Name: each.name ?? this.#pick([undefined, '', each.id]),
      Description: each.description,
      OppositeRegionId: opposite.regionId,
      OppositeInterfaceId: opposite.interfaceId ?? this.#pick([undefined, '']),
      OppositeRouterId: opposite.routerId,
      OppositeRouterType: opposite.routerType ?? this.#pick([undefined, 'VRouter', 'VBR']),
      OppositeInterfaceOwnerId: opposite.ownerId,
      OppositeInterfaceStatus:
        peer === undefined ? undefined : (this.#tables.labels(peer.states)[0] ?? 'Deleted'),
      HealthCheckSourceIp: healthCheck.sourceIp,
      HealthCheckTargetIp: healthCheck.targetIp,
    }).filter(([, value]) => value !== undefined);
    return Object.fromEntries(set);
  }

  #list(seen: World, args: Readonly<Record<string, string>>): Body {
    const { page = 1, size = 10 } = pagingOf(args);
    const filters = selectionOf(args).selectors.filter(
      ({ key, values }) => key !== undefined && values.length > 0,
    );
    const items = seen.interfaces
      .filter(({ regionId }) => regionId === args['RegionId'])
      .map((each) => this.#shown(seen, each))
      .filter((item) => item !== undefined)
      .filter((item) => filters.every(({ key = '', values }) => this.#passes(item, key, values)));
    return {
      TotalCount: items.length,
      PageNumber: page,
      PageSize: size,
      RouterInterfaceSet: { RouterInterfaceType: items.slice((page - 1) * size, page * size) },
    };
  }

  #passes(item: Body, key: string, values: readonly string[]): boolean {
    if (key === 'RouterInterfaceOwnerId') return values.includes(documentedAccount);
    if (!key.startsWith('Tags.')) return values.includes(textOf(item[key]));
    const list = (item['Tags'] as { Tags: readonly { Key: string; Value: string }[] } | undefined)?.Tags;
    const tag = list?.find(({ Key }) => key === `Tags.${Key}`);
    return tag !== undefined && (values.includes(tag.Value) || values.includes(''));
  }
}
