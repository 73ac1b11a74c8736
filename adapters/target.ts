import type { Observation } from '../model/vocabulary.ts';

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
  /** Present when the target offers control hooks. */
  readonly control?: Control;
  /** Releases connections; the target itself goes on. */
  close(): Promise<void>;
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
