import * as fc from 'fast-check';
import type { CallCommand, Command } from '../model/vocabulary.ts';
import type { Sequence } from '../properties/sequence.ts';

/** Runs a program; returns whether it shows the divergence, and the commands that took. */
export type Shows = (sequence: Sequence) => Promise<{ shows: boolean; cost: number }>;

export interface ShrunkByFastCheck {
  readonly commands: readonly Command[];
  /** Commands that were run, without the run that showed it first. */
  readonly cost: number;
}

class Letter implements fc.AsyncCommand<object, Command[]> {
  readonly command: Command;
  constructor(command: Command) {
    this.command = command;
  }
  check(): boolean {
    return true;
  }
  run(_model: object, ran: Command[]): Promise<void> {
    ran.push(this.command);
    return Promise.resolve();
  }
  toString(): string {
    return JSON.stringify(this.command);
  }
}

/** Generates the commands of a list in their order; shrinks one as `fc.record` does, an optional key at a time. */
class InOrder extends fc.Arbitrary<Letter> {
  readonly #commands: readonly Command[];
  next = 0;

  constructor(commands: readonly Command[]) {
    super();
    this.#commands = commands;
  }

  override generate(): fc.Value<Letter> {
    const command = this.#commands[this.next++ % this.#commands.length] as Command;
    return new fc.Value(new Letter(command), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Letter {
    return value instanceof Letter;
  }

  override shrink({ command }: Letter): fc.Stream<fc.Value<Letter>> {
    if (command.kind !== 'call') return fc.Stream.nil();
    return fc.stream(
      Object.keys(command.args)
        .map((name): CallCommand => {
          const { [name]: _left, ...args } = command.args;
          return { ...command, args };
        })
        .map((each) => new fc.Value(new Letter(each), undefined))
        .values(),
    );
  }
}

/**
 * Shrinks a failing sequence with fast-check itself: `fc.commands`, run with `asyncModelRun`. Its generator
 * is made to produce just this sequence: seeds are tried until it draws as many commands as there are.
 */
export async function shrinkByFastCheck(
  sequence: Sequence,
  shows: Shows,
  mostCost: number,
): Promise<ShrunkByFastCheck | undefined> {
  const wanted = sequence.commands.length;
  for (let seed = 1; seed < 5000; seed++) {
    const inOrder = new InOrder(sequence.commands);
    let cost = 0;
    let first = true;
    let best: readonly Command[] | undefined;
    const property = fc.asyncProperty(
      fc.commands([inOrder], { maxCommands: wanted, size: 'max' }),
      async (drawn) => {
        const commands: Command[] = [];
        await fc.asyncModelRun(() => ({ model: {}, real: commands }), drawn);
        if (first && commands.length !== wanted) return true;
        if (commands.length === 0 || cost >= mostCost) return true;
        const ran = await shows({ ...sequence, commands });
        if (!first) cost += ran.cost;
        first = false;
        if (ran.shows) best = commands;
        return !ran.shows;
      },
    );
    await fc.check(property, { seed, numRuns: 1, endOnFailure: false });
    if (best !== undefined) return { commands: best, cost };
    if (!first) return undefined;
  }
  return undefined;
}
