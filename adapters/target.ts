import type { Observation } from '../model/vocabulary.ts';
import type { Wire } from './wire.ts';

/**
 * What every adapter offers: a way to carry one call to the thing that is judged.
 *
 * An adapter translates; it never judges. It must not retry, follow redirects, fill in defaults or
 * throw on an error status: each would hide behaviour that the oracle is there to see.
 */
export interface Target {
  /** Adapter and address as the reports name them, e.g. `http(http://127.0.0.1:8787)`. */
  readonly name: string;
  /** Performs one operation. Rejects only on a fault of the harness itself. */
  call(operation: string, params: Readonly<Record<string, string>>): Promise<Observation>;
  /** The client library that the calls go through, when that is under test too. */
  readonly client?: { readonly name: string; readonly version: string };
  /** Present when the target offers control hooks. */
  readonly control?: Control;
  /**
   * Answers come from this process, within turns of its event loop: then how far the clients of a race are apart is
   * counted in turns alone, and rests on no clock.
   */
  readonly inProcess?: true;
  /** Present when what is sent is kept, or answered from what was kept. */
  readonly tape?: Tape;
  /** Present when requests go over a wire that they can be put on as one likes. */
  readonly wire?: Wire;
  /** Present when calls go over HTTP: what went over the wire for an observation of this target, without secrets. */
  exchangeOf?(observation: Observation): RawExchange | undefined;
  /** Releases connections; the target itself goes on. */
  close(): Promise<void>;
}

/** A request and what came back, as they went over the wire but for what must not be kept. */
export interface RawExchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

export type Hook = 'reset' | 'account' | 'interface' | 'clock';

/** The control hooks of a target: account and interface locks, reset, and its clock. */
export interface Control {
  readonly hooks: ReadonlySet<Hook>;
  /** `manual`: time moves only through `advance`. */
  readonly clock: 'manual' | 'real';
  reset(): Promise<void>;
  account(set: { overdue: boolean }): Promise<void>;
  interface(set: {
    routerInterfaceId: string;
    businessStatus?: string;
    operationLocked?: boolean;
  }): Promise<void>;
  /** Moves the target's clock by `ms`; pending transitions that fall due happen before it resolves. */
  advance(ms: number): Promise<void>;
}

/** The time of a run, in milliseconds, and how to let it pass. */
export interface Timing {
  now(): number;
  /** Resolves when everything that was pending has had its time. `pending` looks whether anything still is. */
  settle(pending: () => Promise<boolean>): Promise<void>;
  /** Lets a moment pass between two looks, about `ms` of them. */
  pause(ms: number): Promise<void>;
}

/**
 * Keeps a run apart into parts, such as one sequence with its clean-up. Parts run side by side, but what one
 * of them sends comes one after another, so a recording can answer it whatever runs beside it this time.
 */
export interface Tape {
  /** Marks the tokens of this run; a recording that is played back repeats its own. */
  readonly run: string;
  /** Whether the answers come from a recording: then there are none but those that were kept. */
  readonly played: boolean;
  /** Why the recorded run ended before its time, if it did. */
  readonly ended?: string | undefined;
  /**
   * Begins the part with this name. Returns undefined when a recording holds nothing of it and need not:
   * the recorded run had ended before, or the part is `optional`. Otherwise its first call is rejected with
   * `CannotAnswer`.
   */
  part(name: string, optional?: boolean): Part | undefined;
}

export interface Part {
  readonly target: Target;
  /** Ids of the routers that the part had when it was recorded; none when there were not enough for it. */
  readonly routers?: readonly string[];
  /** Says which routers it has now. */
  begin(routers: readonly string[]): void;
  /** The time of this part: the given one, noted down; or the recorded one. */
  timing(actual: Timing): Timing;
  /** What one client of a race sends, numbered from 1: that too comes one after another. */
  client(number: number): Part;
  /** The order in which the clients sent and were answered when the race was recorded. */
  readonly order?: readonly Turn[];
  /** Says in which order they did now. */
  raced(order: readonly Turn[]): void;
}

/** A call of a race: who sent it, and its place and that of its answer among all calls and answers, from 1. */
export interface Turn {
  readonly client: number;
  readonly sent: number;
  readonly answered: number;
}

/** The harness has no answer to give, for a reason that says nothing about the target. */
export class CannotAnswer extends Error {
  override readonly name = 'CannotAnswer';
}

/** A control hook did not do what it was asked for. That says nothing about the API, but nothing can go on without. */
export class HookError extends Error {
  override readonly name = 'HookError';
  /** What came instead of success, with the address. */
  readonly said: string;
  /** HTTP status of what it answered; undefined when nothing came. */
  readonly status: number | undefined;

  constructor(hook: Hook, said: string, status?: number) {
    super(
      `the control hook "${hook}" failed: ${said.replace(/\.$/, '')}. Repair it, or have the target judged without its hooks (--control none)`,
    );
    this.said = said;
    this.status = status;
  }
}
