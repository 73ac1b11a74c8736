import { parseArgs } from 'node:util';
import { diceOf } from '../properties/score/model-target.ts';
import { runAgainst, severalMutants } from './several-mutants.ts';

/**
 * How many of several defects at once a run tells apart, and how much it reports that is none of them. Each set
 * of defects is drawn with a seed of its own, which is the seed of the run, too. A defect counts as found when
 * some reported program shows the same divergence on an emulator with that defect alone; what no defect shows
 * alone is strange. Prints a Markdown table; counts of calls, so that any machine gives the same figures:
 *
 *     npx tsx bench/several.ts [--sets 24] [--first 1] [--defects 5] [--budget 20000]
 */

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: '24' },
    first: { type: 'string', default: '1' },
    defects: { type: 'string', default: '5' },
    budget: { type: 'string', default: '20000' },
  },
});
const [sets, first, defects, budget] = [values.sets, values.first, values.defects, values.budget].map(
  Number,
) as [number, number, number, number];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
if ([sets, first, defects, budget].some((each) => !Number.isInteger(each) || each < 1)) {
  process.stderr.write('--sets, --first, --defects and --budget each take one whole number, from 1 on.\n');
  process.exit(3);
}

let [found, seen, strange, reported] = [0, 0, 0, 0];
const list = (all: readonly string[]): string => (all.length === 0 ? '' : all.join(', '));
say('| seed | defects | found | missed | in no answer of the run | reported | strange |');
say('| ---: | --- | ---: | --- | --- | ---: | --- |');
for (let seed = first; seed < first + sets; seed++) {
  const run = await runAgainst(severalMutants(defects, diceOf(seed)), seed, budget);
  const { names, hidden, shown } = run;
  const missed = names.filter((name) => !run.found.has(name) && !hidden.includes(name));
  const odd = run.strange.map(({ finding }) => `\`${finding.fingerprint.replaceAll('|', '\\|')}\``);
  say(
    `| ${seed} | ${list(names)} | ${run.found.size} | ${list(missed)} | ${list(hidden)} | ${shown.length} | ${list(odd)} |`,
  );
  found += run.found.size;
  seen += defects - hidden.length;
  strange += run.strange.length;
  reported += shown.length;
}
const mean = (count: number): string => (count / sets).toFixed(2);
say('');
say(`Found of ${defects}, mean: ${mean(found)}; of those that are in the answers at all: ${mean(seen)}.`);
say(`Strange: ${strange} of ${reported} reported divergences.`);
