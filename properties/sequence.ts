import type { CallCommand, Command } from '../model/vocabulary.ts';

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
  /** Touches the whole account: the parts of it that do run alone. */
  readonly exclusive: boolean;
  /** What several clients then do at once. */
  readonly race?: Race;
}

export interface Race {
  /** What it pits against each other, e.g. `two connects`. */
  readonly pattern: string;
  /** One list for each client; each sends its commands one after another. */
  readonly lanes: readonly (readonly CallCommand[])[];
  /** One client again, once all of them have come to their end. */
  readonly after: readonly Command[];
  /** Decides how far the clients are apart at the start and between commands. */
  readonly jitter: number;
}

/** Every command of a sequence, whoever sends it. */
export function commandsOf({ commands, race }: Sequence): readonly Command[] {
  return race === undefined ? commands : [...commands, ...race.lanes.flat(), ...race.after];
}
