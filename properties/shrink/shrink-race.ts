import type { CallCommand, Command } from '../../model/vocabulary.ts';
import { given } from '../given.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Race, Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';
import { simplifyArguments } from './arguments.ts';
import { dropBlocks } from './blocks.ts';
import type { Reproduction } from './reproduction.ts';
import type { Attempt, Shrunk } from './shrink.ts';

export interface ShrunkRace extends Shrunk {
  readonly reproduction: Reproduction;
  /** A run of the shortest that showed it. */
  readonly trace?: Trace;
  /** One client alone shows a fault by the same rules: it is no matter of a race at all. */
  readonly alone?: { readonly sequence: Sequence; readonly step: number; readonly finding: Finding };
}

type Raced = Sequence & { readonly race: Race };

/** Runs of the race as it was found before it counts as one that does not show again. */
const firstRuns = 24;
/** Runs of one candidate, at least and at most. */
const [leastRuns, mostRuns] = [3, 16];
/** Chance that a candidate which shows it is thrown away, about. */
const missed = 0.05;
/** Runs of the shortest one, to tell how often it shows. */
const lastRuns = 20;
/** Orders of the clients that are tried one after another. */
const mostOrders = 6;

/** Whether two races show the same fault: by some rule that both break. */
export function isSameRace(found: Finding, wanted: Finding): boolean {
  return found.race !== undefined && found.rules.some((rule) => wanted.rules.includes(rule));
}

/**
 * Makes a race as short as can be: is it one at all, or does a client alone show the same? Then whole clients
 * and single commands are left out, what need not happen at once is put before, and what came before is
 * shortened like any sequence. What goes wrong in a race does not do so every time, so each candidate runs
 * several times: as often as it takes to see what shows as seldom as this does.
 */
export async function shrinkRace(
  sequence: Raced,
  wanted: Finding,
  budget: number,
  run: (candidate: Sequence) => Promise<Attempt>,
): Promise<ShrunkRace> {
  return new RaceShrinker(sequence, wanted, budget, run).shrink();
}

class RaceShrinker {
  #best: Raced;
  #finding: Finding;
  #trace: Trace | undefined;
  #cost = 0;
  #runs = 0;
  #diverged = 0;
  readonly #budget: number;
  readonly #run: (candidate: Sequence) => Promise<Attempt>;

  constructor(
    sequence: Raced,
    wanted: Finding,
    budget: number,
    run: (candidate: Sequence) => Promise<Attempt>,
  ) {
    this.#best = sequence;
    this.#finding = wanted;
    this.#budget = budget;
    this.#run = run;
  }

  async shrink(): Promise<ShrunkRace> {
    const alone = await this.#alone();
    if (alone !== undefined) return { ...this.#result(true), alone };
    if (!(await this.#accept(this.#best, firstRuns))) return this.#result(false);
    await this.#dropAfter();
    await this.#dropClients();
    await this.#dropOfClients();
    await this.#dropBefore();
    await this.#simplify();
    await this.#count();
    return this.#result(true);
  }

  #result(reproduced: boolean): ShrunkRace {
    return {
      sequence: this.#best,
      finding: this.#finding,
      reproduced,
      cost: this.#cost,
      reproduction: { runs: this.#runs, diverged: this.#diverged },
      ...given({ trace: this.#trace }),
    };
  }

  /** The clients one after another, in several orders: what shows then is no matter of a race. */
  async #alone(): Promise<ShrunkRace['alone']> {
    const { race, ...rest } = this.#best;
    for (const lanes of orders(race.lanes).slice(0, mostOrders)) {
      if (this.#cost >= this.#budget) return undefined;
      const sequence: Sequence = { ...rest, commands: [...rest.commands, ...lanes.flat(), ...race.after] };
      const { findings, cost } = await this.#run(sequence);
      this.#cost += cost;
      const shown = findings.find(({ finding }) =>
        finding.rules.some((rule) => this.#finding.rules.includes(rule)),
      );
      if (shown !== undefined) return { sequence, ...shown };
    }
    return undefined;
  }

  /** Runs a candidate until it shows the same, as often as it may take; then it is the best so far. */
  async #accept(candidate: Raced, runs = this.#runsEach()): Promise<boolean> {
    for (let attempt = 0; attempt < runs && this.#cost < this.#budget; attempt++) {
      const jittered = { ...candidate, race: { ...candidate.race, jitter: candidate.race.jitter + attempt } };
      const { findings, cost, trace, notRun } = await this.#run(jittered);
      this.#cost += cost;
      const isWhole = candidate === this.#best;
      if (isWhole && notRun !== true) this.#runs += 1;
      const shown = findings.find(({ finding }) => isSameRace(finding, this.#finding));
      if (shown === undefined) continue;
      if (isWhole) this.#diverged += 1;
      this.#best = jittered;
      this.#finding = shown.finding;
      this.#trace = trace;
      return true;
    }
    return false;
  }

  /** So many that one which shows it as often as the whole did is hardly ever missed. */
  #runsEach(): number {
    const rate = Math.min(0.95, this.#diverged / Math.max(1, this.#runs));
    return Math.min(mostRuns, Math.max(leastRuns, Math.ceil(Math.log(missed) / Math.log(1 - rate))));
  }

  #withRace(race: Partial<Race>): Raced {
    return { ...this.#best, race: { ...this.#best.race, ...race } };
  }

  async #dropAfter(): Promise<void> {
    const { after } = this.#best.race;
    if (after.length > 0 && (await this.#accept(this.#withRace({ after: [] })))) return;
    // Backwards, so that what waits goes after what looks.
    for (let index = after.length - 1; index >= 0; index--)
      await this.#accept(this.#withRace({ after: this.#best.race.after.toSpliced(index, 1) }));
  }

  /** Whole clients: what one of them sends is left out, or sent before the others begin, or by one of them. */
  async #dropClients(): Promise<void> {
    for (let lane = this.#best.race.lanes.length - 1; lane >= 0; lane--) {
      const { race, commands } = this.#best;
      if (race.lanes.length === 2) return;
      const mine = race.lanes[lane] as readonly CallCommand[];
      const lanes = race.lanes.toSpliced(lane, 1);
      const without = this.#withRace({ lanes });
      if (await this.#accept(without)) continue;
      if (await this.#accept({ ...without, commands: [...commands, ...mine] })) continue;
      for (const [index, other] of lanes.entries())
        if (await this.#accept(this.#withRace({ lanes: lanes.with(index, [...other, ...mine]) }))) break;
    }
  }

  /** Single commands of the clients: left out, or sent by one client alone before the others begin. */
  async #dropOfClients(): Promise<void> {
    for (let lane = 0; lane < this.#best.race.lanes.length; lane++) {
      for (
        let index = (this.#best.race.lanes[lane] as readonly CallCommand[]).length - 1;
        index >= 0;
        index--
      ) {
        const { lanes } = this.#best.race;
        const commands = lanes[lane] as readonly CallCommand[];
        if (commands.length < 2) break;
        const shorter = lanes.with(lane, commands.toSpliced(index, 1));
        await this.#accept(this.#withRace({ lanes: shorter }));
      }
      const { race, commands } = this.#best;
      const [first, ...rest] = race.lanes[lane] ?? [];
      if (first === undefined || rest.length === 0) continue;
      const moved = this.#withRace({ lanes: race.lanes.with(lane, rest) });
      await this.#accept({ ...moved, commands: [...commands, first] });
    }
  }

  async #dropBefore(): Promise<void> {
    // The blocks leave the last item alone: that is to be the race itself.
    const race: Command = { kind: 'settle' };
    await dropBlocks<Command>(
      () => [...this.#best.commands, race],
      (items) => this.#accept({ ...this.#best, commands: items.slice(0, -1) }),
    );
  }

  async #simplify(): Promise<void> {
    await simplifyArguments(
      () => this.#best.commands,
      (commands) => this.#accept({ ...this.#best, commands }),
    );
    await simplifyArguments(
      () => this.#best.race.lanes.flat(),
      (flat) => {
        let from = 0;
        const lanes = this.#best.race.lanes.map(
          (lane) => flat.slice(from, (from += lane.length)) as readonly CallCommand[],
        );
        return this.#accept(this.#withRace({ lanes }));
      },
    );
  }

  /** How often the shortest one shows it. */
  async #count(): Promise<void> {
    this.#runs = 0;
    this.#diverged = 0;
    const best = this.#best;
    for (let attempt = 0; attempt < lastRuns; attempt++) {
      const jitter = best.race.jitter + attempt;
      const { findings, cost, trace, notRun } = await this.#run({ ...best, race: { ...best.race, jitter } });
      this.#cost += cost;
      if (notRun === true) break;
      this.#runs += 1;
      const shown = findings.find(({ finding }) => isSameRace(finding, this.#finding));
      if (shown === undefined) continue;
      this.#diverged += 1;
      this.#finding = shown.finding;
      this.#trace = trace;
    }
  }
}

/** The orders of a short list. */
function orders<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, index) => orders(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}
