import type { Evidence } from './oracle/evidence.ts';
import { commandsOf, type Sequence } from './sequence.ts';
import type { Shard } from './shards/shard-data.ts';

/** A sequence and its number. */
export type Planned = readonly [sequence: Sequence, index: number];

export interface AgendaOptions {
  readonly sequenceAt: (index: number) => Sequence;
  /** The number of the first sequence; 0 unless given. */
  readonly first?: number;
  /** Ends after so many sequences, whatever is left of the budget. */
  readonly sequences?: number;
  /** Judged commands to run, about. */
  readonly commands: number;
  /** Runs only the sequences that are this part's, of all that the budget is for. */
  readonly shard?: Shard;
  /** Asked when they are used up: goes on, by half as much at most, until it says yes. */
  readonly enough?: (evidence: Evidence) => boolean;
}

/** Commands by which a campaign goes on that has not had enough: many enough to run sequences side by side. */
const extension = 500;

/** Which sequence is the next: those that have to be run again, then new ones until the budget is used up. */
export class Agenda {
  readonly #options: AgendaOptions;
  readonly #end: number;
  /** Commands, those included that another campaign ran before. */
  readonly #most: number;
  #budget: number;
  #planned: number;
  #index: number;
  #again: Planned[] = [];

  /** `ran` are the commands that another campaign ran before. */
  constructor(options: AgendaOptions, ran: number) {
    this.#options = options;
    this.#index = options.first ?? 0;
    this.#end = this.#index + (options.sequences ?? Infinity);
    this.#most = ran + options.commands * 1.5;
    this.#budget = ran + options.commands;
    this.#planned = ran;
  }

  /** The next one; undefined when the budget is used up. */
  next(): Planned | undefined {
    const retried = this.#again.shift();
    if (retried !== undefined) return retried;
    const { sequenceAt, shard } = this.#options;
    while (this.#planned < this.#budget && this.#index < this.#end) {
      const sequence = sequenceAt(this.#index);
      this.#planned += commandsOf(sequence).length;
      const at = this.#index++;
      if (shard === undefined || at % shard.count === shard.index - 1) return [sequence, at];
    }
    return undefined;
  }

  /** Comes again after those that come again already: clean routers were missing for it, or others got in its way. */
  putOff(planned: Planned): void {
    this.#again.push(planned);
  }

  /** These come again, and nothing else does. */
  onlyAgain(left: Planned[]): void {
    this.#again = left;
  }

  /** Whether so many commands, and what they showed, are enough; otherwise it goes on a little. */
  isEnough(commands: number, evidence: Evidence): boolean {
    const { enough } = this.#options;
    if (this.#index >= this.#end || commands >= this.#most || enough?.(evidence) !== false) return true;
    this.#budget = Math.min(this.#most, commands + extension);
    this.#planned = commands;
    return false;
  }
}
