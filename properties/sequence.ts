import type { Command } from '../model/vocabulary.ts';

/** What the target offers beyond the judged operations; decides what is worth generating. */
export interface Capabilities {
  readonly accountHook: boolean;
  readonly interfaceHook: boolean;
  readonly routeEntries: boolean;
}

/** Commands as data, with symbolic references: runs on any target, and can lose any command. */
export interface Sequence {
  readonly commands: readonly Command[];
  /** How many routers of its own it needs. */
  readonly routers: number;
  /** Touches the whole account, so it runs alone. */
  readonly exclusive: boolean;
}
