import type { Edition } from './editions.ts';

/**
 * Every value each axis may take, the default first.
 *
 * An axis is a point that the documents leave open (the letter-and-number in the comment names the
 * ambiguity); each value is a legitimate way to behave, never a defect. Defects are mutants.
 */
export const axes = {
  /** How long transitional statuses last: not at all, seconds, or twenty times as long. */
  transitions: ['visible', 'instant', 'slow'],
  /** A3: what the acceptor shows while its initiator is Connecting. */
  acceptor: ['AcceptingConnecting', 'Idle'],
  /** A7: whether the peer follows a Deactivate or Activate, with it or a while later. */
  deactivation: ['one', 'both', 'late'],
  /** A14: whether a deleted interface passes through Deleting. */
  deletion: ['deleting', 'instant'],
  /** A8: whether an Active interface freezes when its linked peer is gone. */
  survivor: ['unchanged', 'inactive'],
  /** R50: activating an interface whose linked peer was deleted; by edition unless set. */
  activatePeerDeleted: ['byEdition', 'refuse', 'accept'],
  /** A1: which of several violated rules answers. */
  precedence: ['table', 'reverse', 'statusFirst', 'parametersLast'],
  /** Whether Describe* answers show the state of a moment ago: all of them, or those for one interface only. */
  reads: ['fresh', 'lagging', 'attributeLagging'],
  /** A15: the code for deleting an unknown interface. */
  deleteNotFound: ['InvalidInstanceId.NotFound', 'InvalidRouterInterfaceId.NotFound'],
  /** A25: DescribeRouterInterfaceAttribute of an unknown id: 200 with an empty id, or 404. */
  attributeNotFound: ['empty', 'error'],
  /** A4: Connect while the acceptor does not point back; `hang` gives up after 60 s. */
  connectUnanswered: ['refuse', 'hang'],
  /** A10: opposite information sent while the interface is not Idle. */
  oppositeWhileNotIdle: [
    'IncorrectStatus',
    'InvalidParam.ModifyRouterInterface',
    'LinkRole.NotSupport',
    'accept',
  ],
  /** A11: whether a Modify without OppositeRouterType keeps the type or applies the printed default. */
  oppositeTypeDefault: ['keep', 'VBR'],
  /** A13: a spec that does not go with the role is refused, or stored as Negative. */
  specMismatch: ['refuse', 'normalise'],
  /** A12: the status of an Active interface during a spec change. */
  specChangeActive: ['Activating', 'Modifying'],
  /** A12: the status of an Idle interface during a spec change; it is Idle again afterwards. */
  specChangeIdle: ['unchanged', 'Activating', 'Modifying'],
  /** A12: whether the spec of an Inactive interface can be changed. */
  specChangeInactive: ['accept', 'refuse'],
  /** A16: a repeated ClientToken replays the first answer, or is refused. */
  tokenReuse: ['replay', 'refuse'],
  /** A19: whether five interfaces per account and region is a limit beside five per router. */
  quota: ['router', 'account'],
  /** A34: the Bandwidth of the Large and Xlarge specs: 2048 as recorded, or 2000 as printed. */
  bandwidth: ['binary', 'decimal'],
  /** A33: whether OppositeInterfaceOwnerId must be set to connect within one account: at no end, one, or both. */
  ownerRequired: ['no', 'yes', 'bothEnds'],
  /** A17: what makes an account overdue for Create and Connect: its bills, or a locked interface as well. */
  overdue: ['account', 'interface'],
  /** R15: the Name of an interface created without one. */
  defaultName: ['absent', 'id'],
  /** A34: whether the specs that only the concept page lists are taken. */
  extraSpecs: ['refuse', 'accept'],
  /** A filter whose Key or Value is missing is dropped, or refused. */
  malformedFilter: ['ignore', 'refuse'],
} as const;

type Axis = keyof typeof axes;

/** One value per axis: a complete description of what the emulator does where the documents are silent. */
export type Profile = { readonly [A in Axis]: (typeof axes)[A][number] };

const axisNames = Object.keys(axes).filter(isAxis);

/** The behaviour with every axis at its first value. */
export const defaultProfile: Profile = whole(
  Object.fromEntries(axisNames.map((axis) => [axis, axes[axis][0]])),
);

/** Profiles by name: `default`, one per non-default value (`axis:value`), and a few mixtures. */
export const profiles: Readonly<Record<string, Partial<Profile>>> = {
  default: {},
  ...Object.fromEntries(
    axisNames.flatMap((axis) => axes[axis].slice(1).map((value) => [`${axis}:${value}`, { [axis]: value }])),
  ),
  /** Shapes and times of the run that Alibaba recorded in 2019. */
  recorded2019: { transitions: 'visible', deactivation: 'one', bandwidth: 'binary', ownerRequired: 'no' },
  /** What the 2018 concept page says: both ends freeze and thaw together, more specs. */
  concept2018: { deactivation: 'both', survivor: 'inactive', extraSpecs: 'accept', bandwidth: 'decimal' },
  /** No waiting anywhere: for tests that are not about time. */
  immediate: { transitions: 'instant', deletion: 'instant' },
  /** Eventually consistent reads on top of slow transitions. */
  sluggish: { transitions: 'slow', reads: 'lagging', acceptor: 'Idle' },
  /** Refuses whatever may be refused. */
  strict: {
    ownerRequired: 'yes',
    activatePeerDeleted: 'refuse',
    tokenReuse: 'refuse',
    quota: 'account',
    malformedFilter: 'refuse',
    specChangeInactive: 'refuse',
    attributeNotFound: 'error',
  },
  /** Accepts whatever may be accepted. */
  lenient: {
    activatePeerDeleted: 'accept',
    oppositeWhileNotIdle: 'accept',
    specMismatch: 'normalise',
    extraSpecs: 'accept',
    connectUnanswered: 'hang',
  },
  /** Every order and spelling other than the usual one. */
  contrary: {
    precedence: 'reverse',
    deleteNotFound: 'InvalidRouterInterfaceId.NotFound',
    oppositeWhileNotIdle: 'LinkRole.NotSupport',
    specChangeActive: 'Modifying',
    specChangeIdle: 'Modifying',
    defaultName: 'id',
  },
};

/**
 * Returns the axes that `text` sets: the name of a profile, or `axis=value,axis=value`.
 *
 * Throws an Error that lists what is allowed when a name, an axis or a value is unknown.
 */
export function parseProfile(text: string): Partial<Profile> {
  const named = Object.hasOwn(profiles, text) ? profiles[text] : undefined;
  if (named) return named;
  if (!text.includes('=')) {
    throw new Error(
      `Unknown profile "${text}". Give axis=value pairs separated by commas, or one of: ${Object.keys(profiles).join(', ')}.`,
    );
  }
  return part(Object.fromEntries(text.split(',').map(pairOf)));
}

function pairOf(pair: string): [string, string] {
  const [axis = '', ...value] = pair.split('=');
  return [axis.trim(), value.join('=').trim()];
}

function isAxis(name: string): name is Axis {
  return Object.hasOwn(axes, name);
}

/** Returns `chosen` as a choice of axes; throws an Error that lists what is allowed when it is none. */
function part(chosen: object): Partial<Profile> {
  checkAxes(chosen);
  return chosen;
}

function checkAxes(chosen: object): asserts chosen is Partial<Profile> {
  for (const [axis, value] of Object.entries(chosen)) {
    if (!isAxis(axis))
      throw new Error(`Unknown profile axis "${axis}". The axes are: ${axisNames.join(', ')}.`);
    const allowed: readonly unknown[] = axes[axis];
    if (!allowed.includes(value)) {
      throw new Error(
        `Profile axis "${axis}" cannot be "${String(value)}". Its values are: ${allowed.join(', ')}.`,
      );
    }
  }
}

/** Returns `chosen` as a profile; throws an Error when an axis is missing or wrong. */
function whole(chosen: object): Profile {
  checkWhole(chosen);
  return chosen;
}

function checkWhole(chosen: object): asserts chosen is Profile {
  checkAxes(chosen);
  const missing = axisNames.filter((axis) => !Object.hasOwn(chosen, axis));
  if (missing.length > 0) throw new Error(`The profile lacks ${missing.join(', ')}.`);
}

/**
 * Returns the complete profile for `chosen` (a name, pairs, or an object) under `edition`.
 *
 * The one axis with an edition-dependent default is activatePeerDeleted: the refusal first appears in
 * the table of E2026 (R50). Throws like {@link parseProfile}.
 */
export function completeProfile(chosen: string | Partial<Profile> | undefined, edition: Edition): Profile {
  const partial = typeof chosen === 'string' ? parseProfile(chosen) : (chosen ?? {});
  const given = Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined));
  const profile = whole({ ...defaultProfile, ...given });
  if (profile.activatePeerDeleted !== 'byEdition') return profile;
  return { ...profile, activatePeerDeleted: edition === 'E2026' ? 'refuse' : 'accept' };
}
