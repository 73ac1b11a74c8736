import type { Tables, TransitionRow } from './compile.ts';
import { anyChange } from './describe/blame.ts';
import { instantOf } from './describe/recognise.ts';
import { eventOf } from './chart-transitions.ts';
import { possibleStates } from './possible-states.ts';
import { textOf } from './text.ts';
import { withToken } from './tokens.ts';
import type { JudgedOperation } from './vocabulary.ts';
import { tagsOf } from './violations/parameters.ts';
import {
  type Cause,
  type Draft,
  draftOf,
  findInterface,
  type HealthCheck,
  type Interface,
  noOpposite,
  noShown,
  type Opposite,
  type World,
  withChoices,
  withInterface,
  withKnowledge,
  worldDraft,
} from './world.ts';

type Args = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

/** What an accepted call leads to, apart from the lifecycle that the chart decides. */
export interface Accepted {
  /** States the interface is in afterwards. */
  readonly states: number;
  /** The chart moved it: it is pending from now on. */
  readonly moved: boolean;
  readonly rules: readonly string[];
  /** A connect that nobody answers (A4). */
  readonly unanswered: boolean;
}

/** Values of a choice that no transition of the chart stands for. */
const otherwise: Readonly<Record<string, string>> = { A7: 'one', A8: 'unchanged', A32: 'connects' };

const isChosen = (choice: TransitionRow['choice'], choices: World['choices']): boolean =>
  choice !== undefined && choices[choice.id] === choice.value;

const isLate = (rows: readonly TransitionRow[], choices: World['choices']): boolean =>
  rows.some(({ choice }) => choice?.value === 'late' && isChosen(choice, choices));

/** A7: what comes later explains all that what comes at once does, and what does not come until then. */
const inOrder = (own: readonly string[], other: string): readonly string[] => [
  ...own.filter((value) => value !== 'late'),
  other,
  ...own.filter((value) => value === 'late'),
];

/**
 * The worlds that an accepted call leads to: one, or several where the effect on the peer depends on
 * a choice of the target that is not known yet. It was sent at `now` and took effect by `done` (ms).
 */
export function worldsAfter(
  tables: Tables,
  world: World,
  operation: JudgedOperation,
  args: Args,
  subject: Interface | undefined,
  accepted: Accepted,
  body: Body,
  now: number,
  done: number,
): readonly World[] {
  if (operation === 'CreateRouterInterface') return [created(world, args, accepted, body, done)];
  if (subject === undefined) return [withToken(world, operation, args, true)];
  const changed = draftOf(subject);
  changed.states = accepted.states;
  if (accepted.moved) {
    changed.since = done;
    // What has no duration happens with the call itself: it may show at once.
    changed.seenAt = Number.NaN;
  }
  changed.cause = causeAfter(subject, operation, accepted);
  changed.news = anyChange;
  setFields(operation, changed, args);
  const next = withToken(withInterface(world, changed, done), operation, args, true);
  switch (operation) {
    case 'ConnectRouterInterface':
      return [accepted.unanswered ? unanswered(next, changed) : connected(tables, next, changed, now, done)];
    case 'ActivateRouterInterface':
      return forPeer(tables, next, changed, 'PEER_ACTIVATES', now, done);
    case 'DeactivateRouterInterface':
      return forPeer(tables, next, changed, 'PEER_DEACTIVATES', now, done);
    case 'DeleteRouterInterface':
      return forPeer(tables, next, changed, 'PEER_DELETED', now, done);
    case 'ModifyRouterInterfaceAttribute':
      return withTypeDefault(next, changed, args);
    default:
      return [next];
  }
}

/** What the next wrong status is blamed on; what has not been seen yet stays under suspicion. */
function causeAfter(
  subject: Interface,
  operation: JudgedOperation,
  { moved, rules }: Accepted,
): Interface['cause'] {
  const unseenBefore = !moved && (subject.news & anyChange) !== 0;
  return {
    event: eventOf[operation],
    rules: unseenBefore ? [...new Set([...rules, ...subject.cause.rules])] : rules,
  };
}

const given = (value: string | undefined): value is string => value !== undefined && value !== '';

const or = (value: string | undefined, before: string | undefined): string | undefined =>
  given(value) ? value : before;

/** The opposite information after a request: what it does not send stays (A11). */
function oppositeAfter(regionId: string, before: Opposite, args: Args): Opposite {
  return {
    regionId,
    interfaceId: or(args['OppositeInterfaceId'], before.interfaceId),
    routerId: or(args['OppositeRouterId'], before.routerId),
    routerType: or(args['OppositeRouterType'], before.routerType),
    ownerId: or(args['OppositeInterfaceOwnerId'], before.ownerId),
  };
}

/**
 * Opposite information without a type: by the text the type defaults to VBR, by observation the one
 * that was there stays (A11).
 */
function withTypeDefault(world: World, changed: Interface, args: Args): readonly World[] {
  const tells =
    given(args['OppositeInterfaceId']) ||
    given(args['OppositeRouterId']) ||
    given(args['OppositeInterfaceOwnerId']);
  if (!tells || given(args['OppositeRouterType']) || changed.opposite.routerType === 'VBR') return [world];
  const decided = world.choices['A11'];
  const after = (choice: string): World => {
    const chosen = decided === undefined ? withChoices(world, { ...world.choices, A11: choice }) : world;
    if (choice !== 'VBR') return chosen;
    const known = draftOf(changed);
    known.opposite = { ...changed.opposite, routerType: 'VBR' };
    known.earlier = findInterface(world, changed.id)?.earlier ?? [];
    return withKnowledge(chosen, known);
  };
  return decided === undefined ? [after('stays'), after('VBR')] : [after(decided)];
}

/** Negative is the only Spec of an acceptor, whatever was asked for (A13). */
function specAfter(role: string, asked: string): string {
  return role === 'AcceptingSide' ? 'Negative' : asked;
}

/** Sets the fields that a Modify sets. */
function setFields(operation: JudgedOperation, changed: Draft<Interface>, args: Args): void {
  if (operation === 'ModifyRouterInterfaceSpec') {
    changed.spec = specAfter(changed.role, args['Spec'] ?? changed.spec);
    changed.specChanged = true;
  } else if (operation === 'ModifyRouterInterfaceAttribute') {
    changed.name = or(args['Name'], changed.name);
    changed.description = or(args['Description'], changed.description);
    changed.opposite = oppositeAfter(changed.opposite.regionId, changed.opposite, args);
    changed.healthCheck = healthCheckAfter(changed.healthCheck, args);
  }
}

/** The same object where the request says nothing of it. */
function healthCheckAfter(before: HealthCheck, args: Args): HealthCheck {
  const forget = /^true$/i.test(args['DeleteHealthCheckIp'] ?? '');
  if (!forget && !healthCheckParameters.some((name) => given(args[name]))) return before;
  return {
    sourceIp: or(args['HealthCheckSourceIp'], forget ? undefined : before.sourceIp),
    targetIp: or(args['HealthCheckTargetIp'], forget ? undefined : before.targetIp),
    threshold: or(args['HcThreshold'], before.threshold),
    rate: or(args['HcRate'], before.rate),
  };
}

const healthCheckParameters = [
  'HealthCheckSourceIp',
  'HealthCheckTargetIp',
  'HcThreshold',
  'HcRate',
] as const;

function created(world: World, args: Args, accepted: Accepted, body: Body, done: number): World {
  const id = textOf(body['RouterInterfaceId']);
  const role = args['Role'] ?? '';
  const made: Interface = {
    id,
    states: accepted.states,
    since: done,
    seenAt: Number.NaN,
    cause: { event: 'CREATE', rules: accepted.rules },
    news: anyChange,
    business: 'Normal',
    operationLocked: false,
    trusted: true,
    regionId: args['RegionId'] ?? '',
    role,
    routerId: args['RouterId'] ?? '',
    routerType: args['RouterType'] ?? '',
    spec: specAfter(role, args['Spec'] ?? 'Negative'),
    specChanged: false,
    name: or(args['Name'], undefined),
    description: or(args['Description'], undefined),
    opposite: oppositeAfter(args['OppositeRegionId'] ?? '', noOpposite, args),
    healthCheck: {
      sourceIp: or(args['HealthCheckSourceIp'], undefined),
      targetIp: or(args['HealthCheckTargetIp'], undefined),
      threshold: undefined,
      rate: undefined,
    },
    tags: tagsOf(args),
    resourceGroupId: or(args['ResourceGroupId'], undefined),
    chargeType: or(args['InstanceChargeType'], undefined),
    shown: noShown,
    link: null,
    earlier: [{ until: done, interface: null }],
  };
  const next = worldDraft(world);
  next.walk = null;
  next.interfaces = [...world.interfaces, made];
  return withToken(next, 'CreateRouterInterface', args, true, id);
}

/** Nobody answers: if the one that was named moves all the same, R36 is to blame. */
function unanswered(world: World, initiator: Interface): World {
  const hangs = withChoices(world, { ...world.choices, A4: 'hangs' });
  const named = findInterface(world, initiator.opposite.interfaceId);
  if (named === undefined || named.id === initiator.id) return hangs;
  const { event, rules } = named.cause;
  const suspect = draftOf(named);
  suspect.cause = { event, rules: [...new Set(['R36', ...rules])] };
  suspect.news = anyChange;
  return withKnowledge(hangs, suspect);
}

/** Links the two ends for life and moves the acceptor, in either of the ways it may show (A3). */
function connected(tables: Tables, world: World, initiator: Interface, now: number, done: number): World {
  const acceptor = findInterface(world, initiator.opposite.interfaceId);
  if (acceptor === undefined) return world;
  const before = possibleStates(tables, world, acceptor, now);
  const ways = tables.peerChoices('PEER_CONNECTS', before).map(({ choice }) => choice?.value ?? '');
  const states = ways.reduce((set, value) => set | tables.onPeer('PEER_CONNECTS', before, { A3: value }), 0);
  const near = draftOf(initiator);
  near.link = acceptor.id;
  const far = moved(acceptor, states === 0 ? before : states, done, {
    event: 'PEER_CONNECTS',
    rules: ['R43'],
  });
  far.link = initiator.id;
  return withInterface(withInterface(world, near, done), far, done);
}

/** An interface that something has just happened to. */
function moved(each: Interface, states: number, since: number, cause: Cause): Draft<Interface> {
  const next = draftOf(each);
  next.states = states;
  next.since = since;
  next.seenAt = Number.NaN;
  next.cause = cause;
  next.news = anyChange;
  return next;
}

/** What a call does to the linked peer, once for each value that an undecided choice may have. */
function forPeer(
  tables: Tables,
  world: World,
  subject: Interface,
  event: string,
  now: number,
  done: number,
): readonly World[] {
  const peer = findInterface(world, subject.link ?? undefined);
  if (peer === undefined || !peer.trusted) return [world];
  const before = possibleStates(tables, world, peer, now);
  const rows = tables.peerChoices(event, before);
  if (rows.length === 0) return [world];
  const rules = [...new Set(rows.flatMap((row) => row.rules))];
  const after = (choices: World['choices']): World => {
    const states = tables.onPeer(event, before, choices);
    const decided = withChoices(world, choices);
    // An end that stays where it is may be moved all the same, later.
    const stays = rows.some(({ to, choice }) => (to & before) !== 0 && isChosen(choice, choices));
    if (states === before && !stays) return decided;
    const end = moved(peer, states, done, { event, rules });
    // What comes later comes not before time has passed.
    if (isLate(rows, choices)) end.seenAt = instantOf(world, done);
    return withInterface(decided, end, done);
  };
  const undecided = rows.flatMap(({ choice }) =>
    choice === undefined || world.choices[choice.id] !== undefined ? [] : [choice],
  );
  const values = new Map<string, string[]>();
  for (const { id, value } of undecided) values.set(id, [...new Set([...(values.get(id) ?? []), value])]);
  // Plain readings first: a world that explains no more than the others comes last.
  return [...values]
    .reduce<readonly World['choices'][]>(
      (all, [id, own]) =>
        all.flatMap((choices) =>
          inOrder(own, otherwise[id] ?? 'otherwise').map((value) => ({ ...choices, [id]: value })),
        ),
      [world.choices],
    )
    .map(after);
}
