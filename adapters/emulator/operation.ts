import type { ParsedFilters } from './filters.ts';
import type { TagList } from './parameters.ts';
import type { Settings } from './options.ts';
import type { Profile } from './profiles.ts';
import type { Reason } from './refusals.ts';
import type { RouterInterface, World } from './world.ts';

export type Params = Readonly<Record<string, string>>;
export type Body = Record<string, unknown>;

/** One call as its guards and its operation see it. */
export interface Call {
  readonly params: Params;
  readonly world: World;
  readonly settings: Settings;
  /** The interface that the call names, when it exists in the region that the call names. */
  readonly ri: RouterInterface | undefined;
  /** The filters of a list call, parsed at most once. */
  filters?: ParsedFilters;
  /** The tags that a list call asks for, read at most once; null where it asks for none. */
  tags?: TagList | null;
}

/** What a guard looks at; the precedence axis reorders guards by it (A1). */
type GuardKind = 'parameter' | 'existence' | 'status' | 'state';

/**
 * One documented reason for refusing a call.
 *
 * A guard decides its own rule and nothing else, and says undefined where the rule does not apply
 * (for instance without an interface), so that guards can be asked in any order.
 */
export interface Guard {
  readonly name: string;
  readonly kind: GuardKind;
  readonly check: (call: Call) => Reason | undefined;
}

/** One action of the API. */
export interface Operation {
  /** Parameters whose absence the gateway refuses before anything else (R1, R2). */
  readonly mandatory: readonly string[];
  /** The parameter that names an interface. */
  readonly target?: 'RouterInterfaceId' | 'InstanceId';
  /** Takes a ClientToken (R32). */
  readonly token?: boolean;
  /** Changes nothing. */
  readonly reads?: boolean;
  /** In the order of the error tables. */
  readonly guards: readonly Guard[];
  /** Carries the call out and returns the answer, without its RequestId. */
  readonly perform: (call: Call) => Body;
  /** What mutants do although the call is refused (R44). */
  readonly refused?: (call: Call, reason: Reason) => void;
}

/** Returns the interface that the guards have found; its absence is a fault of the emulator. */
export function targetOf(call: Call): RouterInterface {
  if (call.ri) return call.ri;
  throw new Error('An operation ran without the interface that its guards must have found.');
}

/** Returns `guards` in the order in which they answer under `precedence`, without those named in `omitted`. */
export function arrange(
  action: string,
  guards: readonly Guard[],
  precedence: Profile['precedence'],
  omitted: ReadonlySet<string>,
): readonly Guard[] {
  const kept =
    omitted.size === 0 ? guards : guards.filter((guard) => !omitted.has(`${action}.${guard.name}`));
  if (precedence === 'reverse') return kept.toReversed();
  if (precedence === 'statusFirst') return moved(kept, (guard) => guard.kind !== 'status');
  if (precedence === 'parametersLast') return moved(kept, (guard) => guard.kind === 'parameter');
  return kept;
}

/** Returns `guards` with those that are `last` behind the others, each group in its old order. */
function moved(guards: readonly Guard[], last: (guard: Guard) => boolean): readonly Guard[] {
  return [...guards.filter((guard) => !last(guard)), ...guards.filter(last)];
}
