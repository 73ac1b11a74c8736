import type { Command } from '../../model/vocabulary.ts';

/** One sequence's part in the account that all of them share. */
export interface AccountShare {
  /** Whether an overdue interface of one sequence is seen to concern the calls of all others (A17). */
  readonly locksReachOthers: boolean;
  /** Whether another sequence has an overdue interface at this moment, and this one has not, nor an overdue account. */
  readonly overdueBeside: boolean;
  /** To be called when this sequence has made an interface, or the `account`, overdue, or no longer so. */
  setOverdue(what: string, overdue: boolean): void;
  /** To be called when a call was refused for the overdue interface of another sequence. */
  noticeOverdue(): void;
  /** To be called while the sequence is at rest. Resolves once it may go on: beside others, or `alone`. */
  enter(alone: boolean): Promise<void>;
  leave(): void;
}

/**
 * The account that all sequences share. What changes the account itself is done by one sequence alone, while all
 * others are at rest: between a settling and what they do next.
 */
export class Account {
  #locksReachOthers = false;
  /** Sequences that have overdue interfaces, with their ids. */
  readonly #overdue = new Map<AccountShare, Set<string>>();
  /** How many are in it side by side. */
  #sharing = 0;
  #alone = false;
  readonly #queue: { readonly alone: boolean; readonly resolve: () => void }[] = [];

  share(): AccountShare {
    let inside: 'not' | 'shared' | 'alone' = 'not';
    const give = (): void => {
      if (inside === 'shared') this.#sharing -= 1;
      if (inside === 'alone') this.#alone = false;
      inside = 'not';
      this.#serve();
    };
    const reaches = (): boolean => this.#locksReachOthers;
    const beside = (): boolean => !this.#overdue.has(share) && this.#overdue.size > 0;
    const share: AccountShare = {
      get locksReachOthers() {
        return reaches();
      },
      get overdueBeside() {
        return beside();
      },
      setOverdue: (id, overdue) => {
        const own = this.#overdue.get(share) ?? new Set();
        if (overdue) own.add(id);
        else own.delete(id);
        if (own.size > 0) this.#overdue.set(share, own);
        else this.#overdue.delete(share);
      },
      noticeOverdue: () => {
        this.#locksReachOthers = true;
      },
      leave: () => {
        this.#overdue.delete(share);
        give();
      },
      enter: async (alone) => {
        if (alone && inside === 'alone') return;
        give();
        await new Promise<void>((resolve) => {
          this.#queue.push({ alone, resolve });
          this.#serve();
        });
        inside = alone ? 'alone' : 'shared';
      },
    };
    return share;
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
 * changes the account, or has done so and not taken it back yet. An overdue interface is a change of the account
 * where `locksReachOthers`.
 */
export function needsAccount(commands: readonly Command[], start: number, locksReachOthers = false): boolean {
  const overdue = new Set<string>();
  for (let index = 0; index < commands.length; index++) {
    const command = commands[index] as Command;
    if (index >= start && (overdue.size > 0 || command.kind === 'settle')) return overdue.size > 0;
    const change = changeOf(command, locksReachOthers);
    if (change === undefined) continue;
    if (index >= start && (change.overdue || change.what === '')) return true;
    if (change.overdue) overdue.add(change.what);
    else overdue.delete(change.what);
  }
  return overdue.size > 0;
}

/** What a command makes overdue, or no longer so: the account, or an interface of it. */
function changeOf(
  command: Command,
  locksReachOthers: boolean,
): { what: string; overdue: boolean } | undefined {
  if (command.kind !== 'control') return undefined;
  const { overdue, businessStatus } = command.set;
  if (overdue !== undefined) return { what: '', overdue };
  if (!locksReachOthers || businessStatus === undefined) return undefined;
  return { what: JSON.stringify(command.on), overdue: businessStatus === 'FinancialLocked' };
}
