import type { Command, Ref } from '../../model/vocabulary.ts';
import type { Draw } from '../generate/draw.ts';
import type { Sequence } from '../sequence.ts';
import { routerOf, type Slot } from './abstraction.ts';
import type { Input, Site } from './inputs.ts';
import type { CellBranch, Machine, Taken } from './machine.ts';

export interface Regions {
  readonly region: string;
  readonly otherRegion: string;
}

/** A walk over the machine as commands with symbolic names, such as any target can run. */
export class Script {
  readonly commands: Command[] = [];
  /** The input that each command belongs to, as an index into `taken`. */
  readonly origins: number[] = [];
  /** The steps, each with the names that the slots had once it was sent. */
  readonly taken: (Taken & { readonly names: ReadonlyMap<string, string> })[] = [];
  readonly #machine: Machine;
  readonly #draw: Draw;
  readonly #site: Site;
  readonly #names = new Map<string, string>();
  #made = 0;
  #exclusive = false;
  #state: number | undefined;

  constructor(machine: Machine, { region, otherRegion }: Regions, draw: Draw) {
    this.#machine = machine;
    this.#draw = draw;
    this.#state = machine.start;
    this.#site = {
      region,
      otherRegion,
      // What was never made is sent as an id that does not exist.
      interface: (slot): Ref => ({ ref: this.#names.get(slot) ?? 'ri#0' }),
      router: (slot: Slot): Ref => ({ ref: routerOf[slot] }),
      routeTable: (slot: Slot): Ref => ({ ref: routerOf[slot].replace('router', 'table') }),
      fresh: (slot) => {
        const name = `${slot.startsWith('route ') ? 'route' : 'ri'}#${++this.#made}`;
        this.#names.set(slot, name);
        return name;
      },
    };
  }

  /** The state it has come to, if every branch was as expected; undefined where nothing is known of it. */
  get state(): number | undefined {
    return this.#state;
  }

  /** The name of what is in a slot now, e.g. `ri#2`. */
  nameOf(slot: string): string | undefined {
    return this.#names.get(slot);
  }

  /**
   * Sends one input. Where success and refusal are both open it takes the success for granted, of a faulty call
   * the refusal, unless told otherwise.
   */
  take(input: number, branch?: number): CellBranch | undefined {
    const from = this.#state;
    const letter = this.#machine.inputs[input];
    if (letter === undefined) throw new Error(`The machine has no input ${input}.`);
    const cell = from === undefined ? undefined : this.#machine.cell(from, input);
    if (from === undefined || cell === undefined)
      throw new Error(`"${letter.id}" is not enabled where the walk is.`);
    const refusal = cell.branches.findIndex(({ kind }) => kind === 'refusal');
    const usual = letter.kind === 'faulty call' ? Math.max(0, refusal) : 0;
    const taken = branch ?? usual;
    const expected = cell.branches[taken];
    this.#send(letter, expected?.kind === 'refusal');
    this.taken.push({ from, input, branch: taken, names: new Map(this.#names) });
    this.#state = expected?.next;
    return expected;
  }

  /** Sends inputs one after the other. */
  follow(path: readonly Pick<Taken, 'input' | 'branch'>[]): void {
    for (const { input, branch } of path) this.take(input, branch);
  }

  #send(letter: Input, refused: boolean): void {
    const before = new Map(this.#names);
    const commands = letter.commands(this.#site, this.#draw);
    if (refused) {
      // Nothing was made: what was in the slot is still what there is.
      for (const slot of this.#names.keys()) {
        const known = before.get(slot);
        if (known === undefined) this.#names.delete(slot);
        else this.#names.set(slot, known);
      }
    }
    for (const command of commands) {
      this.commands.push(command);
      this.origins.push(this.taken.length);
      if (command.kind === 'control' && command.hook === 'account') this.#exclusive = true;
    }
  }

  /** What was sent so far, ready to run. */
  get sequence(): Sequence {
    return { commands: [...this.commands], routers: 2, exclusive: this.#exclusive };
  }
}

/** The shortest program that brings two empty routers into a state, with values drawn from their classes. */
export function programTo(machine: Machine, state: number, regions: Regions, draw: Draw): Script {
  const script = new Script(machine, regions, draw);
  script.follow(machine.access(state));
  return script;
}
