import { parseArgs } from 'node:util';
import { type Mutant, mutants } from '../adapters/emulator/mutants.ts';
import { generatorNames } from '../properties/generate/suites.ts';
import { sourceOf, type SourceName } from '../properties/score/sources.ts';
import { Arena } from './detection/arena.ts';
import type { Contestant, Found } from './detection/contestant.ts';
import { fastCheckDefaults, fastCheckTuned } from './detection/fast-check.ts';
import { type Absent, pythonContestants } from './detection/python.ts';
import { bySequences, byTheModel } from './detection/sequences.ts';
import { shortestPaths, simplePaths } from './detection/xstate-paths.ts';

/**
 * How soon defects are found: other ways to test and our suites side by side, on the same mutants of the emulator,
 * with the same number of calls, the same oracle and the same seeds. Prints a Markdown table; counts of calls, so
 * that any machine gives the same figures:
 *
 *     npm run bench:detection -- [--seeds 1,2,3] [--every 1] [--budget 2000] [--python python3] [--only ours]
 *
 * Hypothesis and AALpy take part where the given Python can import them; nothing is installed.
 */

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    every: { type: 'string', default: '1' },
    budget: { type: 'string', default: '2000' },
    python: { type: 'string', default: 'python3' },
    only: { type: 'string', default: '' },
  },
});
const seeds = values.seeds.split(',').map(Number);
const every = Number(values.every);
const budget = Number(values.budget);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
if ([...seeds, every, budget].some((each) => !Number.isInteger(each) || each < 1)) {
  tell('--seeds takes whole numbers with commas between, --every and --budget one; all from 1 on.');
  process.exit(3);
}

const ours = (name: string, suites: readonly SourceName[], how: string): Contestant =>
  bySequences(
    `ours: ${name}`,
    `${how}; shortened by our model`,
    (seed) => sourceOf(suites, seed),
    byTheModel,
  );

const everyone: readonly (Contestant | Absent)[] = [
  fastCheckDefaults,
  fastCheckTuned,
  shortestPaths,
  simplePaths,
  ...pythonContestants(values.python),
  ours('random', ['random'], 'sequences by chance of 6 to 48 commands'),
  ours('guided', ['guided'], 'the same, steered by what was covered'),
  ours('tour', ['tour'], 'the planned tour, once'),
  ours('complete', ['complete'], 'the H suite without extra states, once'),
  ours('default run', generatorNames, 'what a default run sends'),
];

interface Tried {
  readonly contestant: Contestant;
  readonly seconds: number;
  readonly results: readonly (Found | undefined)[];
  /** On the emulator without a defect: what was wrongly found fault with. */
  readonly alarms: number;
}

async function onOne(
  contestant: Contestant,
  mutant: Partial<Mutant>,
  seed: number,
): Promise<Found | undefined> {
  const arena = await Arena.with(mutant);
  const found = await contestant.find(arena, seed, budget);
  await arena.close();
  return found;
}

async function tried(contestant: Contestant, chosen: readonly Mutant[]): Promise<Tried> {
  const began = performance.now();
  const results: (Found | undefined)[] = [];
  let alarms = 0;
  for (const seed of seeds) {
    if ((await onOne(contestant, {}, seed)) !== undefined) alarms += 1;
    for (const mutant of chosen) results.push(await onOne(contestant, mutant, seed));
  }
  contestant.close?.();
  const seconds = (performance.now() - began) / 1000;
  tell(`${contestant.name}: ${seconds.toFixed(0)} s`);
  return { contestant, results, alarms, seconds };
}

const mean = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? NaN;
/** What was not found has taken all there was, at least. */
const callsOf = ({ results }: Tried): readonly number[] => results.map((each) => each?.calls ?? budget);

function row(each: Tried, tuned: number): string {
  const found = each.results.flatMap((one) => one ?? []);
  const shrinking = found.flatMap(({ shrinkCalls }) => shrinkCalls ?? []);
  const calls = mean(callsOf(each));
  const cells = [
    each.contestant.name,
    `${((100 * found.length) / each.results.length).toFixed(1)} %`,
    calls.toFixed(0),
    median(callsOf(each)).toFixed(0),
    (calls / tuned).toFixed(2),
    found.length === 0 ? '–' : mean(found.map(({ length }) => length)).toFixed(1),
    shrinking.length === 0 ? '–' : median(shrinking).toFixed(0),
    shrinking.length === 0 ? '–' : mean(shrinking).toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

const chosen = mutants.filter((_, index) => index % every === 0);
const taking = everyone.filter(
  (each): each is Contestant =>
    'find' in each && (each === fastCheckTuned || each.name.includes(values.only)),
);
const all: Tried[] = [];
for (const contestant of taking) all.push(await tried(contestant, chosen));
const baseline = all.find(({ contestant }) => contestant === fastCheckTuned);
const tuned = baseline === undefined ? NaN : mean(callsOf(baseline));
say(
  `${chosen.length} mutants of the emulator, seeds ${seeds.join(', ')}, ${budget.toLocaleString('en')} calls to each; a mutant that was not found counts as ${budget.toLocaleString('en')}`,
);
say('');
say(
  '| | found | calls to the first divergence, mean | median | mean / fast-check tuned | counterexample | calls to shorten it, median | mean |',
);
say('| --- | --: | --: | --: | --: | --: | --: | --: |');
for (const each of all) say(row(each, tuned));
say('');
for (const { contestant } of all) say(`- ${contestant.name}: ${contestant.how}.`);
for (const absent of everyone) if ('reason' in absent) say(`- ${absent.name}: not run, ${absent.reason}.`);
const wrong = all.filter(({ alarms }) => alarms > 0);
for (const { contestant, alarms } of wrong)
  say(`- ${contestant.name}: FALSE ALARM on the emulator without a defect, with ${alarms} seeds.`);
const missed = chosen.filter(
  (_, index) =>
    all
      .at(-1)
      ?.results.filter((_, at) => at % chosen.length === index)
      .includes(undefined) === true,
);
say(
  `- Not found by ${all.at(-1)?.contestant.name} with one of the seeds or more: ${missed.map(({ name }) => name).join(', ') || 'none'}.`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;
