import { UsageError } from '../properties/run/errors.ts';
import { score, type Score, type ScoredSuite, scoredSuites } from '../properties/score/score.ts';
import { field, grouped } from '../reports/layout.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

export interface ScoreFlags {
  readonly suite?: string | undefined;
  readonly budget?: number | string | undefined;
  readonly seed?: number | string | undefined;
  readonly every?: number | string | undefined;
  readonly json?: boolean | undefined;
}

function whole(flag: string, value: number | string | undefined, fallback: number, least: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw new UsageError(`--${flag} is ${JSON.stringify(value)}; it must be a whole number from ${least} on.`);
}

function suitesNamed(list: string): readonly ScoredSuite[] {
  return list.split(',').map((each) => {
    const name = scoredSuites.find((known) => known === each.trim());
    if (name !== undefined) return name;
    throw new UsageError(
      `suite "${each.trim()}" cannot be scored. Those that can are: ${scoredSuites.join(', ')}.`,
    );
  });
}

/**
 * `ri-conformance mutants --score`: how many mutants each suite finds, and the default run, and what nothing guards:
 * all of it for the last suite, which is the default run unless others are asked for. Returns the exit code; survivors are no failure.
 */
export async function scoreMutants(flags: ScoreFlags, io: Io): Promise<ExitCode> {
  const suites = flags.suite === undefined ? scoredSuites : suitesNamed(flags.suite);
  const common = {
    seed: whole('seed', flags.seed, 1, 0),
    budget: whole('budget', flags.budget, 2000, 1),
    every: whole('every', flags.every, 1, 1),
  };
  const scores: Score[] = [];
  for (const suite of suites) scores.push(await score({ suites: [suite], ...common }));
  io.stdout.write(flags.json === true ? `${JSON.stringify(scores, null, 2)}\n` : text(scores));
  return exitCodes.conforms;
}

function text(scores: readonly Score[]): string {
  const tables = scores.flatMap(({ suites, seed, budget, kinds }) => [
    `${suites.join(' and ')}, seed ${seed}, ${grouped(budget)} commands to each mutant at most`,
    '  mutants of            killed         %   commands: mean  median',
    ...kinds.map(({ kind, killed, total, mean, median }) => {
      const share = ((100 * killed) / total).toFixed(1);
      return `  ${kind.padEnd(20)}${`${killed} of ${total}`.padStart(13)}${share.padStart(8)}${String(mean).padStart(14)}${String(median).padStart(8)}`;
    }),
    '',
  ]);
  const last = scores.at(-1);
  if (last === undefined) return '';
  const reasons = new Map<string, number>();
  for (const { reason } of last.notToldApart) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const all = new Map(last.rules.map(({ rule, killed, total }) => [rule, `${killed}/${total}`]));
  return `${[
    ...tables,
    'Killed by rule',
    ...field('', [...all].map(([rule, share]) => `${rule} ${share}`).join('  '), 2, 0, 12),
    'Rules that no killed mutant breaks',
    ...field('', last.unguarded.join(' ') || 'none', 2, 0, 12),
    `Cannot be told from the model, and count nowhere (${last.notToldApart.length})`,
    ...[...reasons].flatMap(([reason, count]) => [
      `  ${reason} (${count}):`,
      ...last.notToldApart
        .filter((each) => each.reason === reason)
        .map(({ kind, name }) => `    ${kind}: ${name}`),
    ]),
    `Survivors of ${last.suites.join(' and ')} (${last.survivors.length})`,
    ...last.survivors.map(({ kind, name }) => `  ${kind}: ${name}`),
  ].join('\n')}\n`;
}
