import type { Arg, CallCommand, Command } from '../../model/vocabulary.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';

/** What a candidate showed when it ran alone. */
export interface Attempt {
  readonly findings: readonly { readonly finding: Finding; readonly step: number }[];
  /** Commands that were spent on it. */
  readonly cost: number;
  /** What was sent and seen, if it ran. */
  readonly trace?: Trace;
  /** Why it was not run to its end, and nothing else can be, if so. */
  readonly broken?: string;
}

export interface Shrunk {
  readonly sequence: Sequence;
  /** The finding as the shortest sequence shows it. */
  readonly finding: Finding;
  readonly reproduced: boolean;
  readonly cost: number;
}

/** Values that say "nothing special" for a parameter, simplest first. */
const simplest: Readonly<Record<string, string>> = { Spec: 'Mini.2', Name: 'ab', Description: 'ab' };

/**
 * Makes the sequence that shows a finding as short as can be: everything after it is cut, then ever
 * smaller blocks of commands, then single optional arguments, as long as the same divergence shows
 * (delta debugging, Zeller and Hildebrandt 2002). `run` executes a candidate alone; `budget` bounds
 * the commands spent. Once `hurry` says yes it is only seen whether it shows again.
 */
export async function shrink(
  sequence: Sequence,
  step: number,
  wanted: Finding,
  budget: number,
  run: (candidate: Sequence) => Promise<Attempt>,
  hurry: () => boolean = () => false,
): Promise<Shrunk> {
  let cost = 0;
  let finding = wanted;
  let best: readonly Command[] = sequence.commands.slice(0, step + 1);
  /** Runs a candidate; if it shows the same divergence, it is the best so far, cut after it. */
  const accept = async (commands: readonly Command[]): Promise<boolean> => {
    if (commands.length === 0 || cost >= budget || (cost > 0 && hurry())) return false;
    const attempt = await run({ ...sequence, commands });
    cost += attempt.cost;
    const shown = attempt.findings.find((each) => isSame(each.finding, finding));
    if (shown === undefined) return false;
    ({ finding } = shown);
    best = commands.slice(0, shown.step + 1);
    return true;
  };
  const reproduced = await accept(best);
  if (!reproduced) return { sequence: { ...sequence, commands: best }, finding, reproduced, cost };
  await dropBlocks(() => best, accept);
  await dropPairs(() => best, accept);
  await simplifyArguments(() => best, accept);
  // Arguments that are gone may have been all that needed a command.
  await dropBlocks(() => best, accept);
  await dropPairs(() => best, accept);
  return { sequence: { ...sequence, commands: best }, finding, reproduced, cost };
}

/** A sequence in which a finding was met, at this step. */
export interface Met {
  readonly sequence: Sequence;
  readonly step: number;
}

/** Shrinks the first of several sequences that shows the finding again when it runs alone. */
export async function shrinkFirst(
  [first, ...others]: readonly [Met, ...Met[]],
  wanted: Finding,
  budget: number,
  run: (candidate: Sequence) => Promise<Attempt>,
  hurry?: () => boolean,
): Promise<Shrunk> {
  const short = await shrink(first.sequence, first.step, wanted, budget, run, hurry);
  let { cost } = short;
  for (const { sequence, step } of short.reproduced ? [] : others) {
    const other = await shrink(sequence, step, wanted, budget, run, hurry);
    cost += other.cost;
    if (other.reproduced) return { ...other, cost };
  }
  return { ...short, cost };
}

/** The same fault: same kind, operation and field; fewer violated rules at once say the same more clearly. */
export function isSame(found: Finding, wanted: Finding): boolean {
  return found.fingerprint === wanted.fingerprint || covers(found, wanted);
}

/** Whether `general` says the same as `special` with fewer rules in play. */
export function covers(general: Finding, special: Finding): boolean {
  if (likeness(general) !== likeness(special)) return false;
  return general.rules.length > 0 && general.rules.every((rule) => special.rules.includes(rule));
}

/** The fingerprint without its rules: what was seen where. */
function likeness({ fingerprint }: Finding): string {
  return fingerprint
    .split('|')
    .filter((part) => !/^[RP]\d+(\+[RP]\d+)*$/.test(part))
    .join('|');
}

type Accept<T> = (items: readonly T[]) => Promise<boolean>;

/** Leaves out ever smaller blocks for as long as that is accepted; never the last item. */
export async function dropBlocks<T>(best: () => readonly T[], accept: Accept<T>): Promise<void> {
  let size = Math.max(1, best().length >> 1);
  for (;;) {
    let dropped = false;
    // From the end: what comes last depends on the most, and least depends on it. The last one shows it.
    for (let start = best().length - 1 - size; start > -size; start -= size) {
      const commands = best();
      const from = Math.max(0, start);
      const to = Math.min(commands.length - 1, start + size);
      if (to <= from) continue;
      if (await accept([...commands.slice(0, from), ...commands.slice(to)])) dropped = true;
    }
    if (size > 1) size = Math.max(1, size >> 1);
    else if (!dropped) break;
  }
}

/** Two commands that need each other, such as a lock and its release, go together or not at all. */
async function dropPairs<T>(best: () => readonly T[], accept: Accept<T>): Promise<void> {
  if (best().length > 14) return;
  for (let first = best().length - 3; first >= 0; first--) {
    for (let second = first + 1; second < best().length - 1; second++) {
      const commands = best();
      if (await accept(commands.filter((_, index) => index !== first && index !== second)))
        return dropPairs(best, accept);
    }
  }
}

/** Leaves out arguments, or makes them plainer, for as long as that is accepted. */
export async function simplifyArguments(
  best: () => readonly Command[],
  accept: Accept<Command>,
): Promise<void> {
  for (let index = best().length - 1; index >= 0; index--) {
    const command = best()[index];
    if (command === undefined || command.kind !== 'call') continue;
    for (const name of Object.keys(command.args)) {
      const current = best()[index];
      // What shows the divergence earlier than before is cut there: this command may be gone.
      if (current?.kind !== 'call') break;
      for (const args of simpler(current, name)) {
        if (await accept(best().with(index, { ...current, args }))) break;
      }
    }
  }
}

/** The call without an argument, or with a plainer value for it. */
function simpler({ args }: CallCommand, name: string): Readonly<Record<string, Arg>>[] {
  const { [name]: value, ...rest } = args;
  if (value === undefined) return [];
  const plainer = simplest[name];
  return plainer === undefined || plainer === value ? [rest] : [rest, { ...args, [name]: plainer }];
}
