import type { Command } from '../../model/vocabulary.ts';

/** One sequence's part in the account that all of them share. */
export interface AccountShare {
  /** To be called while the sequence is at rest. Resolves once it may go on: beside others, or `alone`. */
  enter(alone: boolean): Promise<void>;
  leave(): void;
}

/**
 * The account that all sequences share. What changes the account itself is done by one sequence alone, while all
 * others are at rest: between a settling and what they do next.
 */
export class Account {
  /** How many are in it side by side. */
  #sharing = 0;
  #alone = false;
  readonly #queue: { readonly alone: boolean; readonly resolve: () => void }[] = [];

  share(): AccountShare {
    let inside: 'not' | 'shared' | 'alone' = 'not';
    const leave = (): void => {
      if (inside === 'shared') this.#sharing -= 1;
      if (inside === 'alone') this.#alone = false;
      inside = 'not';
      this.#serve();
    };
    return {
      leave,
      enter: async (alone) => {
        if (alone && inside === 'alone') return;
        leave();
        await new Promise<void>((resolve) => {
          this.#queue.push({ alone, resolve });
          this.#serve();
        });
        inside = alone ? 'alone' : 'shared';
      },
    };
  }

  /** First come, first served: whoever wants it alone is not passed by all who share it. */
  #serve(): void {
    for (;;) {
      const [next] = this.#queue;
      if (next === undefined || this.#alone || (next.alone && this.#sharing > 0)) return;
      this.#queue.shift();
      if (next.alone) this.#alone = true;
      else this.#sharing += 1;
      next.resolve();
    }
  }
}

/**
 * Whether a sequence needs the account for itself from `start`, where it is at rest, until it settles next: it
 * changes the account, or has done so and not taken it back yet.
 */
export function needsAccount(commands: readonly Command[], start: number): boolean {
  let overdue = false;
  for (let index = 0; index < commands.length; index++) {
    const command = commands[index];
    if (index >= start && (overdue || command?.kind === 'settle')) return overdue;
    if (command?.kind !== 'control' || command.set.overdue === undefined) continue;
    if (index >= start) return true;
    overdue = command.set.overdue;
  }
  return overdue;
}
