import type * as fc from 'fast-check';
import type { Command } from '../../model/vocabulary.ts';
import type { Plan } from '../../properties/generate/plan.ts';
import type { Arena } from './arena.ts';

/** The oracle found something wrong. */
export class Diverged extends Error {}

export class Letter implements fc.AsyncCommand<Plan, Arena> {
  readonly #name: string;
  readonly #check: (plan: Plan) => boolean;
  readonly #commands: (plan: Plan) => readonly Command[];

  constructor(name: string, commands: (plan: Plan) => readonly Command[], check: (plan: Plan) => boolean) {
    this.#name = name;
    this.#commands = commands;
    this.#check = check;
  }

  check(plan: Plan): boolean {
    return this.#check(plan);
  }

  async run(plan: Plan, arena: Arena): Promise<void> {
    for (const command of this.#commands(plan)) {
      plan.add(command);
      if ((await arena.perform(command)).length > 0) throw new Diverged(this.#name);
    }
  }

  toString(): string {
    return this.#name;
  }
}

export type Letters = fc.Arbitrary<Letter>;
