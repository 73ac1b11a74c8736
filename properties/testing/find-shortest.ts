/**
 * Computes the table in `shortest.ts`: for every mutant the shortest counterexample that names its rule,
 * over several seeds. Deterministic: the same sources give the same table. Takes about a second per
 * mutant and seed:
 *
 *     npm run shortest -- [seeds] [first seed] [name ...] > table.txt
 */
import { mutants } from '../../adapters/emulator/mutants.ts';
import { hunt, shortestOf } from './hunt.ts';

const [seeds = '8', first = '1', ...names] = process.argv.slice(2);
const chosen = mutants.filter(({ name }) => names.length === 0 || names.includes(name));

for (const mutant of chosen) {
  const lengths: number[] = [];
  const spent: number[] = [];
  let note = '';
  for (let seed = Number(first); seed < Number(first) + Number(seeds); seed++) {
    const found = await hunt(mutant, { seed });
    spent.push(found.commands);
    if (shortestOf(found) === undefined) {
      note += `; seed ${seed}: ${found.dependent.length} depend on what came before; ${found.fingerprints.join(' ')}`;
    }
    const shortest = shortestOf(found);
    if (shortest !== undefined) lengths.push(shortest);
  }
  const shortest = lengths.length === 0 ? 'undefined' : Math.min(...lengths);
  process.stdout.write(
    `  '${mutant.name}': ${shortest}, // ${lengths.join(' ')} after ${spent.join(' ')} commands${note}\n`,
  );
}
