import type { Target } from '../adapters/target.ts';
import { openBaseline, type OpenBaseline } from '../cli/baseline-file.ts';
import { conformanceOptions, decided } from '../cli/conformance-options.ts';
import { engine } from '../cli/engine.ts';
import { gatherAll, type Gathered } from '../cli/gather.ts';
import { withShardData } from '../cli/merge.ts';
import { type Config, variableOf } from '../cli/options.ts';
import { prepareDirectory, writeResult } from '../cli/output-directory.ts';
import { resolveTarget } from '../cli/recording.ts';
import { regressionsFor } from '../cli/stored-regressions.ts';
import { openTarget, type TargetChoice } from '../cli/target-choice.ts';
import { curlTarget } from '../cli/whereabouts.ts';
import { rules } from '../model/spec/rules.ts';
import type { ConformanceOptions } from '../properties/conformance.ts';
import { runRegressions, withRegressions } from '../properties/regressions.ts';
import { UsageError } from '../properties/run/errors.ts';
import type { RunRecord } from '../reports/record.ts';

/**
 * What is judged, and how: the options of `ri-conformance run`. Those that say how a run is shown (`reporter`, `quiet`,
 * `color`) have no effect: the test runner shows it.
 */
export type SuiteOptions = Omit<Config, 'target' | '$schema'> & {
  /** As for `--target`, or an adapter of one's own. */
  readonly target?: string | Target;
};

/** A run that has yet to begin. */
export interface Judging {
  /** What is judged, in words. */
  readonly target: string;
  readonly edition: string;
  readonly seed: number;
  /** Runs it; rejects with `SetupError` when nothing could be judged. */
  readonly run: () => Promise<RunRecord>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** In CI the seed must be given: a run that cannot be repeated is worth nothing there. */
function checkSeed({ given }: Gathered, env: Env): void {
  const { CI: ci = '' } = env;
  if (given.seed !== undefined || ci === '' || ci === 'false' || ci === '0') return;
  const variable = variableOf('seed');
  throw new UsageError(
    `${variable} is not set, and in CI (the variable CI is set) a run must say which sequences it sends. Set it, ` +
      'or the option "seed", to a whole number from 0 to 2147483647.',
  );
}

/**
 * Returns a run as the options say, then the environment (`RI_CONFORMANCE_…`), then the configuration file; without
 * a target it judges the emulator. Its files are written where `out` is given, and `conformance-baseline.yaml` is the
 * list of known divergences unless `baseline` names another. Throws `UsageError` for options that make no sense, and
 * `FileError` for a list that cannot be read.
 */
export async function judging(
  { target: wanted, ...options }: SuiteOptions,
  { env, cwd }: { readonly env: Env; readonly cwd: string },
): Promise<Judging> {
  const own = typeof wanted === 'object' ? wanted : undefined;
  const named = typeof wanted === 'string' ? { target: wanted } : {};
  const gathered = await gatherAll({ ...options, ...named }, { env, cwd }, (path) => `"${path}"`);
  checkSeed(gathered, env);
  const asked = { ...gathered.given, target: gathered.given.target ?? 'emulator' };
  const resolved = own === undefined ? await resolveTarget(asked, env, 'run') : undefined;
  const { given, choice } = resolved ?? { given: asked, choice: undefined };
  const plan = decided(given);
  const baseline = await openBaseline(given.baseline, {
    cwd,
    rules: rules.map(({ id }) => id),
    update: given.updateBaseline,
  });
  return {
    target: own?.name ?? asked.target,
    edition: plan.edition,
    seed: plan.seed,
    async run() {
      const target = own ?? (await open(choice));
      try {
        return await judge(conformanceOptions(given, target, plan), { given, choice, baseline });
      } finally {
        // An adapter that was handed in is not ours to close.
        if (own === undefined) await target.close();
      }
    },
  };
}

function open(choice: TargetChoice | undefined): Promise<Target> {
  if (choice === undefined) throw new TypeError('a target of its own needs no choice');
  return openTarget(choice);
}

async function judge(
  options: ConformanceOptions,
  {
    given,
    choice,
    baseline,
  }: {
    readonly given: Config;
    readonly choice: TargetChoice | undefined;
    readonly baseline: OpenBaseline | undefined;
  },
): Promise<RunRecord> {
  const { out, regressions } = given;
  if (out !== undefined) await prepareDirectory(out);
  const stored =
    out === undefined && regressions === undefined
      ? []
      : (await regressionsFor(options.suites ?? [], out ?? '.', given, choice)).counterexamples;
  const again = await runRegressions(engine.replay, options, stored);
  const curl = curlTarget(choice, given);
  const result = withShardData(withRegressions(await engine.runConformance(options), again), {
    regressions: again,
    curl,
  });
  const { regionId } = options;
  const judged = (await baseline?.judge(result.record)) ?? result.record;
  const record =
    out === undefined ? judged : await writeResult(out, { ...result, record: judged }, { ...curl, regionId });
  if (result.fault !== undefined) throw result.fault;
  return record;
}
