/**
 * The nouns that travel between the folders: commands, observations and traces.
 *
 * Everything here is plain JSON data. A trace written today must be judged the same way in a year,
 * without a target and without the generator that made it.
 */

/** The nine operations that are judged. */
export const judgedOperations = [
  'CreateRouterInterface',
  'ConnectRouterInterface',
  'ActivateRouterInterface',
  'DeactivateRouterInterface',
  'DeleteRouterInterface',
  'ModifyRouterInterfaceAttribute',
  'ModifyRouterInterfaceSpec',
  'DescribeRouterInterfaces',
  'DescribeRouterInterfaceAttribute',
] as const;
export type JudgedOperation = (typeof judgedOperations)[number];

/** Operations that only bring about a situation, such as a route entry that points at an interface. */
export const supportingOperations = ['CreateRouteEntry', 'DeleteRouteEntry'] as const;
export type SupportingOperation = (typeof supportingOperations)[number];

export type Operation = JudgedOperation | SupportingOperation;

/**
 * A name for something that exists only once the sequence runs: `ri#2`, `router#1`, `table#1`,
 * `route#1`, `token#1`. Bound when the command runs; a name that was never bound is sent as a well-formed id
 * that does not exist, so that any command can be deleted from a sequence without breaking the rest.
 */
export interface Ref {
  readonly ref: string;
}

/** What stands for the caller's own account in a sequence, and the number it is taken to have unless told. */
export const ownAccount: Ref = { ref: 'account#1' };
export const documentedAccount = '1234567890123456';

export type Arg = string | Ref;

/** Returns the arguments of a command that is only thought through: names for what it refers to, but the account's number. */
export function symbolicArgs(args: Readonly<Record<string, Arg>>): Record<string, string> {
  const named: Record<string, string> = {};
  for (const name in args) {
    const value = args[name];
    if (value === undefined) continue;
    if (typeof value === 'string') named[name] = value;
    else named[name] = value.ref === ownAccount.ref ? documentedAccount : value.ref;
  }
  return named;
}

/** One request. Arguments are flat, as on the wire: `Filter.1.Value.2`. */
export interface CallCommand {
  readonly kind: 'call';
  readonly operation: Operation;
  readonly args: Readonly<Record<string, Arg>>;
  /** The name under which the id in a successful answer is remembered. */
  readonly as?: string;
}

/** Sets something that no API call can bring about, through the target's control hooks. */
export interface ControlCommand {
  readonly kind: 'control';
  readonly hook: 'account' | 'interface';
  /** The interface that is locked or unlocked. */
  readonly on?: Ref;
  readonly set: Readonly<{
    overdue?: boolean;
    businessStatus?: string;
    operationLocked?: boolean;
  }>;
}

/** Waits until nothing is pending any more: by the clock hook, or by polling up to the deadline. */
export interface SettleCommand {
  readonly kind: 'settle';
}

export type Command = CallCommand | ControlCommand | SettleCommand;

/** A complete HTTP answer. */
export interface Answer {
  readonly kind: 'answer';
  /** HTTP status code; 0 where a client library stood between that lost it. */
  readonly status: number;
  /** The parsed JSON object; absent when the body was not a JSON object. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** What was wrong with the body, when it could not be parsed, with the beginning of the text. */
  readonly defect?: string;
  /**
   * What a client library that stood between does not hand out: `status`, or names of the envelope such as
   * `HostId`. That it is missing says nothing of the target.
   */
  readonly untold?: readonly string[];
}

/**
 * What an adapter saw, normalised. Adapters translate; they never judge, retry, follow redirects or
 * fill in defaults.
 */
export type Observation =
  | Answer
  /** Connection alive, no complete answer within the deadline: an output like any other (ioco's quiescence). */
  | { readonly kind: 'silence'; readonly afterMs: number }
  /** Sent, then the connection broke: it may or may not have taken effect. */
  | { readonly kind: 'indeterminate'; readonly cause: string }
  /** Never reached the target: says nothing about its behaviour. */
  | { readonly kind: 'unreachable'; readonly cause: string }
  /** Not sent, as the client library under test has no way to say it. The target goes on as it was. */
  | { readonly kind: 'inexpressible'; readonly reason: string }
  /** The client library under test broke down over the call, which may or may not have taken effect. */
  | { readonly kind: 'crashed'; readonly how: string };

/** One executed command. Times are milliseconds of the target's clock where it can be known, else ours. */
export interface Step {
  readonly command: Command;
  /** The arguments as sent, references replaced by ids. */
  readonly sent?: Readonly<Record<string, string>>;
  readonly observation?: Observation;
  readonly start: number;
  readonly end: number;
  /** The client that sent it, from 1, where several acted at once; absent where one acted alone. */
  readonly client?: number;
  /**
   * Where the call and its answer stand among those of all clients: a count of both, as no clock is fine
   * enough, and one that the harness moves stands still meanwhile.
   */
  readonly order?: { readonly sent: number; readonly answered: number };
}
