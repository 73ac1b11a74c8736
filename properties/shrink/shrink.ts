import type { Tables } from '../../model/compile.ts';
import type { Command } from '../../model/vocabulary.ts';
import { given } from '../given.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';
import { isFullLook, isMandatory, plainest, withoutArgument } from './arguments.ts';
import { leaveOut, leaveOutPairs } from './blocks.ts';
import { findingsOf } from '../oracle/judge-steps.ts';
import { Guide } from './guide.ts';
import { mostRuns, type Reproduction } from './reproduction.ts';
import { besides, isSame } from './same.ts';
import { situationOf } from './situation.ts';

/** What a candidate showed when it ran alone. */
export interface Attempt {
  readonly findings: readonly { readonly finding: Finding; readonly step: number }[];
  /** Commands that were spent on it. */
  readonly cost: number;
  /** What was sent and seen, if it ran. */
  readonly trace?: Trace;
  /** It could not run at all: that it shows nothing says nothing. */
  readonly notRun?: true;
  /** Why it was not run to its end, and nothing else can be, if so. */
  readonly broken?: string;
}

export interface Shrunk {
  readonly sequence: Sequence;
  /** The finding as the shortest sequence shows it. */
  readonly finding: Finding;
  readonly reproduced: boolean;
  /** How often the sequence showed it when it ran alone; all of the time, unless the target is flaky. */
  readonly reproduction: Reproduction;
  /** How many other things diverge in it, once it ran. */
  readonly besides?: number;
  /** Why no shorter program can show it, where that is known. */
  readonly minimal?: string;
  readonly cost: number;
}

/** What shrinking may know and heed besides. */
export interface ShrinkContext {
  /** Once it says yes it is only seen whether the divergence shows again. */
  readonly hurry?: () => boolean;
  /** The model, so that it tells which candidates are worth running. */
  readonly tables?: Tables;
  /** What was seen when the divergence was met. */
  readonly trace?: Trace;
}

/**
 * Makes the sequence that shows a finding as short as can be, as long as the same divergence shows: first
 * the shortest part that leads into the same situation by the model, with ever more of what came last
 * before it, then without this command or that, then with fewer and plainer arguments. Without a model, by
 * delta debugging alone (Zeller and Hildebrandt 2002). `run` executes a candidate alone; `budget` bounds
 * the commands spent. The result runs once more: if it does not show then, the target is flaky, candidates
 * are given several tries each, and the result says how often it shows.
 */
export async function shrink(
  sequence: Sequence,
  step: number,
  wanted: Finding,
  budget: number,
  run: (candidate: Sequence) => Promise<Attempt>,
  context: ShrinkContext = {},
): Promise<Shrunk> {
  const shrinking = new Shrinking(sequence, step, wanted, budget, run, context);
  if (await shrinking.begin()) {
    await shrinking.reduce();
    await shrinking.confirm();
  }
  return shrinking.result;
}

class Shrinking {
  readonly #sequence: Sequence;
  readonly #budget: number;
  readonly #run: (candidate: Sequence) => Promise<Attempt>;
  readonly #context: ShrinkContext;
  /** Candidates that did not show it: nothing is run twice for the same answer. */
  readonly #vain = new Set<string>();
  #finding: Finding;
  #best: readonly Command[];
  #guide: Guide | undefined;
  #cost = 0;
  #shown = 0;
  #runs = 0;
  /** What it had to see, if it was not the whole: a defect that depends on what the model does not see. */
  #hidden = false;
  /** What diverges beside it, once that is known: nothing else may, or it could be the consequence of that. */
  #besides: ReadonlySet<string> | undefined;
  #trace: Trace | undefined;
  #minimal: string | undefined;
  /** How often a candidate is run before it counts as one that does not show it. */
  #tries = 1;

  constructor(
    sequence: Sequence,
    step: number,
    wanted: Finding,
    budget: number,
    run: (candidate: Sequence) => Promise<Attempt>,
    context: ShrinkContext,
  ) {
    this.#sequence = sequence;
    this.#best = sequence.commands.slice(0, step + 1);
    this.#finding = wanted;
    this.#budget = budget;
    this.#run = run;
    this.#context = context;
    this.#guideBy(context.trace, step);
    if (context.tables !== undefined && context.trace !== undefined)
      this.#besides = besides(findingsOf(context.tables, context.trace), step, wanted);
  }

  get result(): Shrunk {
    return {
      sequence: { ...this.#sequence, commands: this.#best },
      finding: this.#finding,
      reproduced: this.#shown > 0,
      reproduction: { runs: this.#runs, diverged: this.#shown },
      cost: this.#cost,
      ...given({ minimal: this.#minimal, besides: this.#besides?.size }),
    };
  }

  /** Whether anything shows it again: what the model makes of it, or else the whole. */
  async begin(): Promise<boolean> {
    const whole = this.#best;
    if (this.#isHurried || this.#guide === undefined) {
      if (!(await this.#accept(whole, true)) && !(await this.#anyhow(whole))) return false;
      // Only now is anything known of what it does.
      await this.#slices();
      return true;
    }
    if (await this.#slices()) return true;
    this.#hidden = true;
    return (await this.#accept(whole, true)) || this.#anyhow(whole);
  }

  /** Where it never shows with nothing beside it but what was there at first, it may show with more. */
  async #anyhow(whole: readonly Command[]): Promise<boolean> {
    if (this.#besides === undefined || this.#isHurried) return false;
    this.#besides = undefined;
    this.#vain.clear();
    return this.#accept(whole, true);
  }

  async reduce(): Promise<void> {
    await this.#commands(true);
    if (await this.#simplifyArguments()) {
      // Arguments that are gone may have been all that needed a command.
      await this.#commands(false);
    }
    await this.#otherWay();
  }

  /** Whether the way into the situation is the shortest that the model knows; if not, tries that one. */
  async #otherWay(): Promise<void> {
    const { tables } = this.#context;
    if (this.#best.length === 1) this.#minimal = 'no program is shorter than one command';
    if (tables === undefined || this.#trace === undefined || this.#best.length === 1) return;
    const situation = situationOf(tables, this.#trace);
    if (situation?.shorter !== undefined) await this.#accept(situation.shorter);
    const now = situationOf(tables, this.#trace);
    if (now === undefined || now.before > now.atLeast) return;
    this.#minimal = `no shorter program of the model's inputs leads to the situation before its last change (${now.label})`;
  }

  /** Runs the result again, and goes about it patiently if it does not show every time. */
  async confirm(): Promise<void> {
    if (await this.#again()) return;
    await this.#measure();
    if (this.#shown === this.#runs || this.#shown === 0) return;
    const chance = this.#shown / this.#runs;
    // All of so many runs fail by bad luck once in twenty times.
    this.#tries = Math.min(8, Math.ceil(Math.log(0.05) / Math.log(1 - chance)));
    this.#vain.clear();
    await this.reduce();
    await this.#measure();
  }

  async #measure(): Promise<void> {
    while (this.#runs < mostRuns && !this.#isOver) await this.#again();
  }

  /** Runs the best once more; true if it showed, or nobody can tell. */
  async #again(): Promise<boolean> {
    if (this.#isOver) return true;
    const attempt = await this.#run({ ...this.#sequence, commands: this.#best });
    this.#cost += attempt.cost;
    if (attempt.notRun === true || attempt.broken !== undefined) return true;
    this.#runs += 1;
    const shows = attempt.findings.some((each) => isSame(each.finding, this.#finding));
    if (shows) this.#shown += 1;
    return shows;
  }

  get #isHurried(): boolean {
    return this.#context.hurry?.() === true;
  }

  get #isOver(): boolean {
    return this.#cost >= this.#budget || this.#isHurried;
  }

  /** Runs a candidate; if it shows the same divergence, it is the best so far, cut after it. */
  async #accept(commands: readonly Command[], must = false): Promise<boolean> {
    if (commands.length === 0) return false;
    const key = JSON.stringify(commands);
    if (this.#vain.has(key)) return false;
    for (let tries = 1; tries <= this.#tries; tries++) {
      if (this.#cost >= this.#budget || (this.#isHurried && !must)) return false;
      const attempt = await this.#run({ ...this.#sequence, commands });
      this.#cost += attempt.cost;
      const shown = attempt.findings.find((each) => isSame(each.finding, this.#finding));
      if (shown === undefined) continue;
      const others = besides(attempt.findings, shown.step, this.#finding);
      if (this.#besides !== undefined && [...others].some((each) => this.#besides?.has(each) === false))
        continue;
      this.#besides = others;
      this.#finding = shown.finding;
      this.#best = commands.slice(0, shown.step + 1);
      this.#trace = attempt.trace && {
        ...attempt.trace,
        steps: attempt.trace.steps.slice(0, shown.step + 1),
      };
      this.#minimal = undefined;
      this.#shown = 1;
      this.#runs = tries;
      this.#guideBy(attempt.trace, shown.step);
      return true;
    }
    this.#vain.add(key);
    return false;
  }

  #guideBy(trace: Trace | undefined, step: number): void {
    const { tables } = this.#context;
    this.#guide =
      tables === undefined || trace === undefined
        ? undefined
        : new Guide(tables, { ...trace, steps: trace.steps.slice(0, step + 1) }, this.#finding);
  }

  /** The way into the same situation by the model, then with ever more of what happened before it. */
  async #slices(): Promise<boolean> {
    const guide = this.#guide;
    if (guide === undefined) return false;
    for (let keep = 0; keep < guide.commands.length - 1; keep = Math.max(1, keep * 2)) {
      const slice = guide.slice(keep);
      if (slice === undefined) return false;
      const plain = this.#plainest(guide, slice);
      const whole = slice.map((place) => guide.commands[place] as Command);
      if (!(await this.#accept(plain)) && !(await this.#accept(whole))) continue;
      this.#hidden = keep > 0;
      return true;
    }
    return false;
  }

  /** The commands at these places, with no argument that the model can do without. */
  #plainest(guide: Guide, slice: readonly number[]): readonly Command[] {
    let all: readonly (Command | undefined)[] = guide.commands.map((command, place) =>
      slice.includes(place) ? command : undefined,
    );
    for (const place of slice.toReversed()) {
      for (const name of this.#names(all[place])) {
        const current = all[place];
        if (current?.kind !== 'call') break;
        const changed = all.with(place, withoutArgument(current, name));
        if (guide.instead(changed)) all = changed;
      }
      const command = all[place];
      const plain = command?.kind === 'call' ? plainest(command) : undefined;
      if (plain === undefined) continue;
      const changed = all.with(place, plain);
      if (guide.instead(changed)) all = changed;
    }
    return all.filter((command) => command !== undefined);
  }

  /** `waits`: also tries to do without waiting, of which only the target can tell. */
  async #commands(waits: boolean): Promise<void> {
    const best = (): readonly Command[] => this.#best;
    const without = (places: readonly number[]): Promise<boolean> =>
      this.#accept(this.#best.filter((_, index) => !places.includes(index)));
    if (this.#guide === undefined) {
      await leaveOut(best, without, this.#best.length >> 1);
      await leaveOutPairs(best, without);
      return;
    }
    // What the model can do without, most of it first.
    const sensible = async (places: readonly number[]): Promise<boolean> => {
      const [first = 0] = places;
      const isWait = waits && places.length === 1 && this.#best[first]?.kind === 'settle';
      return (isWait || this.#guide?.without(places) === true) && without(places);
    };
    await leaveOut(best, sensible, this.#best.length >> 1);
    // Of several broken rules fewer may be enough, in a situation that the model takes for another one.
    const { kind, rules } = this.#finding;
    const fewer = rules.length > 1 && (kind === 'accepted' || kind === 'code');
    if (!(this.#hidden || fewer) || !waits) return;
    await leaveOut(best, without, 1);
    await leaveOutPairs(best, without);
  }

  /** The arguments that may go. A look at everything there is is as plain as a look can be. */
  #names(command: Command | undefined): readonly string[] {
    if (command?.kind !== 'call' || isFullLook(command)) return [];
    const names = Object.keys(command.args);
    // Without what it needs a call means something else, and what the finding is about has to be there.
    const about = this.#finding.fingerprint.split('|');
    return this.#guide === undefined
      ? names
      : names.filter((name) => !isMandatory(command, name) && !about.includes(name.split('.')[0] ?? ''));
  }

  /** Says nothing special where it has to say something. */
  async #plainValues(): Promise<void> {
    for (let place = this.#best.length - 1; place >= 0; place--) {
      const command = this.#best[place];
      const plain = command?.kind === 'call' ? plainest(command) : undefined;
      if (plain !== undefined) await this.#accept(this.#best.with(place, plain));
    }
  }

  /** All arguments that the model can do without at once, then halves of them, down to single ones. */
  async #simplifyArguments(): Promise<boolean> {
    const places = this.#best.map((_, index) => index).toReversed();
    const names = places.flatMap((place) => {
      return this.#names(this.#best[place]).map((name) => [place, name] as const);
    });
    const before = this.#best;
    await this.#simplify(names);
    await this.#plainValues();
    return this.#best !== before;
  }

  async #simplify(names: readonly (readonly [place: number, name: string])[]): Promise<void> {
    if (names.length === 0) return;
    let changed: readonly Command[] = this.#best;
    const left: (readonly [number, string])[] = [];
    for (const [place, name] of names) {
      const current = changed[place];
      // What shows the divergence earlier than before is cut there: this command may be gone.
      if (current?.kind !== 'call') continue;
      const candidate = changed.with(place, withoutArgument(current, name));
      if (this.#guide?.instead(candidate) === false) continue;
      changed = candidate;
      left.push([place, name]);
    }
    if (left.length === 0 || (await this.#accept(changed))) return;
    const half = left.length >> 1;
    if (half === 0) return;
    await this.#simplify(left.slice(0, half));
    await this.#simplify(left.slice(half));
  }
}
