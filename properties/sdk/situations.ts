import type { Arg, CallCommand, Command, Operation, Ref } from '../../model/vocabulary.ts';

/** Where every scenario takes place. */
export const region = 'cn-hangzhou';

export type Args = Readonly<Record<string, Arg>>;

/** Returns the name of the n-th thing of a kind, counted from 1: `ri#1`, `router#2`, `table#1`. */
export function named(kind: 'ri' | 'router' | 'table' | 'route' | 'token', n: number): Ref {
  return { ref: `${kind}#${n}` };
}

export function call(operation: Operation, args: Args, as?: Ref): CallCommand {
  const whole = { RegionId: region, ...args };
  return { kind: 'call', operation, args: whole, ...(as === undefined ? {} : { as: as.ref }) };
}

/** Arguments that create an interface on router `n`; those of an acceptor when `more` says so. */
export function createArgs(n: number, more: Args = {}): Args {
  return {
    RegionId: region,
    Role: 'InitiatingSide',
    Spec: more['Role'] === 'AcceptingSide' ? 'Negative' : 'Small.1',
    OppositeRegionId: region,
    RouterType: 'VRouter',
    RouterId: named('router', n),
    ...more,
  };
}

export function on(operation: Operation, n: number, args: Args = {}): CallCommand {
  return call(operation, { RouterInterfaceId: named('ri', n), ...args });
}

export const settle: Command = { kind: 'settle' };
const acceptor: Args = { Role: 'AcceptingSide' };

/** Creates interface `n` on router `router`. */
export function create(n: number, router: number, more: Args = {}): Command {
  return call('CreateRouterInterface', createArgs(router, more), named('ri', n));
}

/** Tells interface `n` who its opposite is. */
export function point(n: number, opposite: number, router: number, more: Args = {}): Command {
  return on('ModifyRouterInterfaceAttribute', n, {
    OppositeInterfaceId: named('ri', opposite),
    OppositeRouterId: named('router', router),
    OppositeRouterType: 'VRouter',
    ...more,
  });
}

/** Two interfaces that name each other: `first` initiates on router `a`, `first + 1` accepts on router `b`. */
export function ends(first = 1, a = 1, b = 2): Command[] {
  return [
    create(first, a),
    create(first + 1, b, acceptor),
    point(first, first + 1, b),
    point(first + 1, first, a),
  ];
}

/** The same, connecting. */
export function connecting(): Command[] {
  return [...ends(), on('ConnectRouterInterface', 1)];
}

/** The same, connected. */
export function linked(): Command[] {
  return [...connecting(), settle];
}

/** The same, with the initiator Inactive. */
export function frozen(): Command[] {
  return [...linked(), on('DeactivateRouterInterface', 1), settle];
}

export const overdue: Command = { kind: 'control', hook: 'account', set: { overdue: true } };

export function lock(n: number, set: { businessStatus?: string; operationLocked?: boolean }): Command {
  return { kind: 'control', hook: 'interface', on: named('ri', n), set };
}
