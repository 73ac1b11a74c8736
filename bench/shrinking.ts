import { embeddedTarget } from '../adapters/embedded.ts';
import { type Mutant, mutants } from '../adapters/emulator/mutants.ts';
import type { Bucket } from '../properties/bucket.ts';
import { campaign } from '../properties/campaign.ts';
import { alone } from '../properties/shrink/alone.ts';
import { isSame } from '../properties/shrink/same.ts';
import { shrink } from '../properties/shrink/shrink.ts';
import { defaultTables } from '../properties/tables.ts';
import { sceneOn, sequencesFor } from '../properties/testing/campaigns.ts';
import { shortest } from '../properties/testing/shortest.ts';
import { shrinkByFastCheck } from './fast-check-shrinking.ts';

/**
 * What shrinking costs and how short it gets, beside fast-check's own on the same failing sequences. Counts
 * of calls, so that any machine gives the same figures:
 *
 *     npx tsx bench/shrinking.ts [seeds] [mutant ...]
 */

const tables = defaultTables();
const budget = 3000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Measured {
  readonly name: string;
  readonly seed: number;
  readonly from: number;
  /** Commands of the shortest counterexample that names the rule. */
  readonly shortest: number;
  readonly ours: { readonly cost: number; readonly length: number; readonly minimal: boolean };
  readonly theirs: { readonly cost: number; readonly length: number } | undefined;
}

/** The first divergence that names the mutant's rule and shows when its sequence runs alone. */
async function measure({ name, rule, profile }: Mutant, seed: number): Promise<Measured | undefined> {
  const scene = await sceneOn(embeddedTarget({ mutant: name, profile }));
  const sequenceAt = sequencesFor(scene, seed);
  const run = alone(await sceneOn(embeddedTarget({ mutant: name, profile })), tables);
  const tried = new Set<string>();
  for (let from = 0, spent = 0; spent < 6000;) {
    const start = from;
    const { counts, buckets } = await campaign(scene, {
      tables,
      sequenceAt: (index) => sequenceAt(start + index),
      commands: 500,
      concurrency: 1,
    });
    from += counts.sequences;
    spent += counts.commands;
    const named = buckets
      .filter(({ finding }) => finding.rules.includes(rule) && !tried.has(finding.fingerprint))
      .toSorted((a, b) => a.witness.step - b.witness.step);
    for (const [index, bucket] of named.entries()) {
      tried.add(bucket.finding.fingerprint);
      const both = await compare(bucket, run);
      if (both === undefined) continue;
      const others = await lengths(named.slice(index + 1, index + 4), run);
      return { name, seed, ...both, shortest: Math.min(both.ours.length, ...others) };
    }
  }
  return undefined;
}

/** Of other divergences that name the rule, of which a run reports each. */
async function lengths(
  buckets: readonly Bucket[],
  run: ReturnType<typeof alone>,
): Promise<readonly number[]> {
  const all: number[] = [];
  for (const { finding, witness } of buckets) {
    const { sequence, step, trace } = witness;
    const short = await shrink(sequence, step, finding, budget, (each) => run.attempt(each), {
      tables,
      trace,
    });
    if (short.reproduced) all.push(short.sequence.commands.length);
  }
  return all;
}

async function compare(
  { finding, witness: { sequence, step, trace } }: Bucket,
  run: ReturnType<typeof alone>,
): Promise<Omit<Measured, 'name' | 'seed' | 'shortest'> | undefined> {
  const commands = sequence.commands.slice(0, step + 1);
  const shows = async (candidate: typeof sequence): Promise<{ shows: boolean; cost: number }> => {
    const { findings, cost } = await run.attempt(candidate);
    return { shows: findings.some((each) => isSame(each.finding, finding)), cost };
  };
  if (!(await shows({ ...sequence, commands })).shows) return undefined;
  const ours = await shrink(sequence, step, finding, budget, (each) => run.attempt(each), { tables, trace });
  const theirs = await shrinkByFastCheck({ ...sequence, commands }, shows, 20_000);
  return {
    from: commands.length,
    ours: {
      cost: ours.cost,
      length: ours.sequence.commands.length,
      minimal: ours.minimal !== undefined,
    },
    theirs: theirs && { cost: theirs.cost, length: theirs.commands.length },
  };
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? NaN;
const mean = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;
const p95 = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.95)] ?? NaN;

async function shrinking(seeds: number, chosen: readonly Mutant[]): Promise<void> {
  const all: Measured[] = [];
  for (const mutant of chosen) {
    for (let seed = 1; seed <= seeds; seed++) {
      const measured = await measure(mutant, seed);
      if (measured === undefined) {
        say(`  ${mutant.name}, seed ${seed}: not met within the budget`);
        continue;
      }
      all.push(measured);
      const known = shortest[mutant.name] ?? NaN;
      const { from, ours, theirs } = measured;
      if (
        process.env['VERBOSE'] !== undefined ||
        ours.length > known ||
        ours.cost > 0.3 * (theirs?.cost ?? 0)
      )
        say(
          `  ${mutant.name}, seed ${seed}: from ${from} commands to ${ours.length} (${theirs?.length}; known ${known}) in ${ours.cost} calls (${theirs?.cost})${ours.minimal ? ', minimal' : ''}`,
        );
    }
  }
  const both = all.flatMap(({ theirs, ...rest }) => (theirs === undefined ? [] : [{ ...rest, theirs }]));
  const costs = both.map(({ ours }) => ours.cost);
  const theirCosts = both.map(({ theirs }) => theirs.cost);
  const ratios = all.map((each) => each.shortest / (shortest[each.name] ?? NaN));
  say(`${both.length} failing sequences of ${median(all.map(({ from }) => from))} commands (median):`);
  say(
    `  calls, median / mean / p95: ${median(costs)} / ${mean(costs).toFixed(1)} / ${p95(costs)}; fast-check ${median(theirCosts)} / ${mean(theirCosts).toFixed(1)} / ${p95(theirCosts)}`,
  );
  say(`  ratio of medians: ${(median(costs) / median(theirCosts)).toFixed(3)} (goal: at most 0.1)`);
  say(
    `  length, mean: ${mean(both.map(({ ours }) => ours.length)).toFixed(2)}; fast-check ${mean(both.map(({ theirs }) => theirs.length)).toFixed(2)}`,
  );
  say(`  shown to be minimal: ${both.filter(({ ours }) => ours.minimal).length}`);
  say(
    `  longer than fast-check's: ${both.filter(({ ours, theirs }) => ours.length > theirs.length).length}, shorter: ${both.filter(({ ours, theirs }) => ours.length < theirs.length).length}`,
  );
  say(
    `  length / shortest known: median ${median(ratios).toFixed(2)}, mean ${mean(ratios).toFixed(3)} (goals: 1.00, at most 1.05)`,
  );
}

const [first = '3', ...names] = process.argv.slice(2);
await shrinking(
  Number(first),
  mutants.filter(({ name }) => names.length === 0 || names.includes(name)),
);
