import * as fc from 'fast-check';
import type { CallCommand, Command } from '../../model/vocabulary.ts';
import type { Capabilities, Sequence } from '../sequence.ts';
import {
  anyOperation,
  call,
  createArgs,
  describeAttribute,
  healthCheck,
  modifySpec,
  onInterface,
  plain,
  pointAt,
  spoiltCreate,
  spoiltPlain,
} from './calls.ts';
import { bereave, border, rival } from './ends.ts';
import { describeList, labelled, pages } from './lists.ts';
import { lock } from './locks.ts';
import { Draw, mixed } from './draw.ts';
import { Plan, type Surroundings } from './plan.ts';

const settle: Command = { kind: 'settle' };

export interface GeneratorOptions extends Surroundings {
  readonly capabilities: Capabilities;
  /** Commands per sequence, at most; lengths are spread evenly up to it. */
  readonly maxLength: number;
  readonly maxRouters: number;
}

export const defaultLength = 48;

/**
 * Random command sequences, legal and illegal alike.
 *
 * Not `fc.commands`: its default sizes stop at ten commands and its `check()` would drop exactly the
 * refusals that are to be tested. Lengths here are explicit and nothing is ever dropped.
 */
export function sequenceArbitrary(options: GeneratorOptions): fc.Arbitrary<Sequence> {
  return new SequenceArbitrary(options);
}

export class SequenceArbitrary extends fc.Arbitrary<Sequence> {
  readonly #options: GeneratorOptions;

  constructor(options: GeneratorOptions) {
    super();
    this.#options = options;
  }

  override generate(random: fc.Random): fc.Value<Sequence> {
    const draw = new Draw(random);
    const { capabilities, maxLength } = this.#options;
    const { routers, exclusive } = this.setting(draw);
    const plan = new Plan(routers, this.#options);
    const length = draw.int(Math.min(6, maxLength), maxLength);
    while (plan.commands.length < length) grow(draw, plan, capabilities, exclusive);
    return new fc.Value(this.finished(plan, exclusive), undefined);
  }

  /** How many routers a sequence has, and whether it may touch the whole account. */
  protected setting(draw: Draw): Pick<Sequence, 'routers' | 'exclusive'> {
    const { capabilities, maxRouters } = this.#options;
    const routers = maxRouters >= 3 && draw.chance(30) ? 3 : 2;
    return { routers, exclusive: capabilities.accountHook && draw.chance(12) };
  }

  /** A plan as a sequence, not too long, that ends with a settled look at everything. */
  protected finished(plan: Plan, exclusive: boolean): Sequence {
    const commands = plan.commands.slice(0, Math.max(1, this.#options.maxLength - 2));
    return { commands: [...commands, settle, plan.look], routers: plan.routers, exclusive };
  }

  override canShrinkWithoutContext(value: unknown): value is Sequence {
    return typeof value === 'object' && value !== null && 'commands' in value;
  }

  /** Ever smaller blocks of commands are left out; what refers to them finds an unknown id. */
  override shrink(value: Sequence): fc.Stream<fc.Value<Sequence>> {
    const { commands } = value;
    function* shorter(): IterableIterator<fc.Value<Sequence>> {
      for (let size = commands.length >> 1; size >= 1; size >>= 1) {
        for (let start = 0; start + size <= commands.length; start += size) {
          const rest = [...commands.slice(0, start), ...commands.slice(start + size)];
          if (rest.length > 0) yield new fc.Value({ ...value, commands: rest }, undefined);
        }
      }
    }
    return fc.stream(shorter());
  }
}

type Growth = (draw: Draw, plan: Plan, capabilities: Capabilities, exclusive: boolean) => void;

/** What a plan can grow by, in the order of `weightsFor`. */
const growths: readonly Growth[] = [
  pair,
  cycle,
  retry,
  create,
  (draw, plan) => plan.add(call('CreateRouterInterface', spoiltCreate(draw, plan), plan.freshName())),
  crowd,
  onward,
  anything,
  repeat,
  (draw, plan) => plan.add(describeList(draw, plan)),
  (draw, plan) => plan.add(...pages(draw, plan)),
  labelled,
  rival,
  bereave,
  border,
  (draw, plan) => plan.add(...healthCheck(draw, plan, plan.anyInterface(draw) ?? 'ri#1')),
  (_, plan) => plan.add(settle),
  route,
  lock,
  overdue,
];

/** How often each of them is worth it. Decided thousands of times a second: so many numbers, and nothing else. */
function weightsFor(
  count: number,
  routers: number,
  capabilities: Capabilities,
  exclusive: boolean,
): readonly number[] {
  return [
    count < 2 ? 80 : count < 4 ? 28 + 20 * (routers - 2) : 10,
    count < 2 ? 2 : 18,
    count < 2 ? 2 : 6,
    count < 4 ? 24 : 8,
    16,
    count > 2 ? 4 : 1,
    count === 0 ? 2 : 72,
    count === 0 ? 2 : 44,
    16,
    16,
    6,
    4,
    count < 2 ? 2 : 6,
    count < 2 ? 1 : 4,
    1,
    count === 0 ? 1 : 4,
    24,
    capabilities.routeEntries && count > 0 ? 8 : 1,
    capabilities.interfaceHook && count > 0 ? 14 : 1,
    exclusive ? 20 : 1,
  ];
}

/** Adds one thing worth trying to a plan: a few commands, mostly. */
export function grow(draw: Draw, plan: Plan, capabilities: Capabilities, exclusive: boolean): void {
  const before = plan.commands.length;
  const weights = weightsFor(plan.count, plan.routers, capabilities, exclusive);
  growths[draw.place(weights)]?.(draw, plan, capabilities, exclusive);
  if (plan.commands.length > before) look(draw, plan);
}

/** Looks often enough that what a command did is seen before the next one hides it. */
function look(draw: Draw, plan: Plan): void {
  const name = plan.anyInterface(draw);
  if (draw.chance(40)) plan.add(plan.look);
  else if (name !== undefined && draw.chance(15)) plan.add(describeAttribute(plan, name));
}

function create(draw: Draw, plan: Plan): string {
  const name = plan.freshName();
  const role = draw.pick(['InitiatingSide', 'AcceptingSide']);
  plan.add(call('CreateRouterInterface', createArgs(draw, plan, role, draw.int(1, plan.routers)), name));
  return name;
}

/** Two interfaces that know of each other, mostly connected in the end. */
function pair(draw: Draw, plan: Plan): void {
  const initiator = couple(draw, plan);
  look(draw, plan);
  if (draw.chance(85)) {
    const acceptor = plan.peerOf(initiator);
    // An acceptor that is busy with something of its own may or may not be free (R40).
    if (acceptor !== undefined && draw.chance(5)) plan.add(modifySpec(draw, plan, acceptor));
    plan.add(plain(draw, plan, 'ConnectRouterInterface', initiator));
    look(draw, plan);
    meanwhile(draw, plan, initiator);
    if (draw.chance(70)) plan.add(settle);
  }
}

/** Tries things on an interface, or its peer, while it is on its way: all of them are to be refused. */
function meanwhile(draw: Draw, plan: Plan, name: string): void {
  if (!draw.chance(45)) return;
  const attempts = draw.int(1, 4);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const peer = plan.peerOf(name) ?? name;
    const on = draw.chance(60) ? name : peer;
    // What it was told of its peer cannot change now, not even into the same.
    if (draw.chance(12)) plan.add(pointAt(draw, plan, peer, name));
    else plan.add(onInterface(draw, plan, draw.pick(anyOperation), on));
  }
  look(draw, plan);
}

/** Fills one router, and one more (R17). */
function crowd(draw: Draw, plan: Plan): void {
  const router = draw.int(1, plan.routers);
  for (let missing = plan.quotaPerRouter + 1 - plan.countOn(router); missing > 0; missing--) {
    plan.add(
      call('CreateRouterInterface', createArgs(draw, plan, 'AcceptingSide', router), plan.freshName()),
    );
  }
  plan.add(plan.look);
}

/** Makes two interfaces, mostly on two routers, and tells each of the other; returns the initiator. */
function couple(draw: Draw, plan: Plan): string {
  const router = draw.int(1, plan.routers);
  const other = draw.chance(92) ? (router % plan.routers) + 1 : router;
  const make = (role: string, on: number): string => {
    const name = plan.freshName();
    plan.add(call('CreateRouterInterface', createArgs(draw, plan, role, on), name));
    return name;
  };
  const acceptorFirst = draw.chance(50);
  // Sometimes two of a kind, which can never connect: whoever calls, the other is of the wrong role.
  const same = draw.chance(6);
  const first = make(acceptorFirst ? 'AcceptingSide' : 'InitiatingSide', router);
  const second = make(acceptorFirst === same ? 'AcceptingSide' : 'InitiatingSide', other);
  const [initiator, acceptor] = acceptorFirst ? [second, first] : [first, second];
  if (draw.chance(94)) plan.add(pointAt(draw, plan, acceptor, initiator));
  if (draw.chance(97)) plan.add(pointAt(draw, plan, initiator, acceptor));
  return initiator;
}

/** A spec change, and once it is through the same request again: its token must keep it from being done twice. */
function retry(draw: Draw, plan: Plan): void {
  const active = plan.legal().filter(([, operation]) => operation === 'DeactivateRouterInterface');
  if (active.length === 0) return;
  const [name] = draw.pick(active);
  const change = call('ModifyRouterInterfaceSpec', {
    RegionId: plan.region,
    RouterInterfaceId: { ref: name },
    Spec: plan.roleOf(name) === 'InitiatingSide' ? 'Small.1' : 'Negative',
    ClientToken: plan.freshToken(),
  });
  plan.add(change, settle, change, plan.look);
}

/** Freezes and thaws one connected interface, more than once: some faults wait for the second time. */
function cycle(draw: Draw, plan: Plan): void {
  const frozen = plan.legal().filter(([, operation]) => operation === 'DeactivateRouterInterface');
  if (frozen.length === 0) return;
  const [name] = draw.pick(frozen);
  // What freezing one does to others shows only if these were seen before.
  if (draw.chance(50)) plan.add(plan.look);
  // Sometimes it stays frozen: much is to be tried on a frozen interface too.
  const halves = draw.int(1, 6);
  for (let half = 0; half < halves; half++) {
    const operation = half % 2 === 0 ? 'DeactivateRouterInterface' : 'ActivateRouterInterface';
    plan.add(plain(draw, plan, operation, name));
    if (draw.chance(30)) look(draw, plan);
    plan.add(settle);
  }
  plan.add(plan.look);
}

const onwardWeights: Readonly<Record<string, number>> = {
  ConnectRouterInterface: 4,
  ActivateRouterInterface: 9,
  DeactivateRouterInterface: 6,
  DeleteRouterInterface: 2,
  ModifyRouterInterfaceAttribute: 2,
  ModifyRouterInterfaceSpec: 2,
};

/** A step that the lifecycle has a way on for; connecting, freezing and thawing more than the rest. */
function onward(draw: Draw, plan: Plan): void {
  const legal = plan.legal();
  if (legal.length === 0) return;
  const step = legal[draw.place(legal.map(([, operation]) => onwardWeights[operation] ?? 1))];
  if (step === undefined) return;
  const [name, operation] = step;
  plan.add(onInterface(draw, plan, operation, name));
  look(draw, plan);
  meanwhile(draw, plan, name);
  if (draw.chance(35)) plan.add(settle);
}

/** Any operation on any interface, whatever its state; one in three malformed. */
function anything(draw: Draw, plan: Plan): void {
  const name = plan.anyInterface(draw);
  if (name === undefined) return;
  const command = onInterface(draw, plan, draw.pick(anyOperation), name);
  plan.add(draw.chance(32) ? spoiltPlain(draw, plan, command) : command);
}

/** An earlier command once more: the same token, the same effect once. */
function repeat(draw: Draw, plan: Plan): void {
  const calls = plan.commands.filter((command): command is CallCommand => command.kind === 'call');
  const withToken = calls.filter(({ args }) => args['ClientToken'] !== undefined);
  const pool =
    withToken.length > 0 && draw.chance(75)
      ? withToken
      : calls.filter(
          ({ operation }) => !operation.startsWith('Describe') && !operation.endsWith('RouteEntry'),
        );
  if (pool.length === 0) return;
  const { as, ...again } = draw.pick(pool);
  // Once what it did is over, doing it again would show.
  if (draw.chance(40)) plan.add(settle);
  plan.add(as === undefined ? again : { ...again, as: plan.freshName() });
  if (draw.chance(60)) plan.add(plan.look);
}

/** A route entry that points at an interface holds it (R57). */
function route(draw: Draw, plan: Plan, capabilities: Capabilities): void {
  const name = plan.anyInterface(draw);
  if (!capabilities.routeEntries || name === undefined) return;
  const router = plan.routerOf(name);
  if (typeof router === 'string') return;
  const entry = `route#${plan.commands.length}`;
  plan.add(
    call(
      'CreateRouteEntry',
      {
        RegionId: plan.region,
        RouteTableId: { ref: router.ref.replace('router', 'table') },
        DestinationCidrBlock: `10.${draw.int(1, 250)}.${draw.int(0, 250)}.0/24`,
        NextHopType: 'RouterInterface',
        NextHopId: { ref: name },
      },
      entry,
    ),
  );
  if (draw.chance(50)) plan.add(plain(draw, plan, 'DeactivateRouterInterface', name), settle);
  if (draw.chance(70)) plan.add(plain(draw, plan, 'DeleteRouterInterface', name));
  if (draw.chance(60))
    plan.add(call('DeleteRouteEntry', { RegionId: plan.region, RouteEntryId: { ref: entry } }), settle);
}

/** An account with an overdue interface can neither create nor connect (R19, R41). */
function overdue(draw: Draw, plan: Plan, _: Capabilities, exclusive: boolean): void {
  if (!exclusive) return;
  if (plan.count < 2 || draw.chance(40)) couple(draw, plan);
  plan.add({ kind: 'control', hook: 'account', set: { overdue: true } });
  const attempts = draw.int(1, 4);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const idle = plan.legal().filter(([, operation]) => operation === 'ConnectRouterInterface');
    if (draw.chance(30)) create(draw, plan);
    else if (idle.length > 0 && draw.chance(50))
      plan.add(plain(draw, plan, 'ConnectRouterInterface', draw.pick(idle)[0]));
    else onward(draw, plan);
  }
  plan.add({ kind: 'control', hook: 'account', set: { overdue: false } });
}

/** The n-th sequence of a seed: the same on every machine and at any concurrency. */
export function sequenceAt(arbitrary: fc.Arbitrary<Sequence>, seed: number, index: number): Sequence {
  const [sequence] = fc.sample(arbitrary, { seed: mixed(seed, index), numRuns: 1 });
  if (sequence === undefined) throw new Error(`No sequence was generated for seed ${seed}, index ${index}.`);
  return sequence;
}
