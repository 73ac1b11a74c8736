import { join } from 'node:path';
import type { ConformanceOptions, ConformanceResult } from '../properties/conformance.ts';
import { runRegressions, withRegressions } from '../properties/regressions.ts';
import { rules } from '../model/spec/rules.ts';
import type { ProgressFigures } from '../reports/progress.ts';
import type { RunRecord } from '../reports/record.ts';
import type { ReportContext, RunStart } from '../reports/reporter.ts';
import { standingOf } from '../reports/standing.ts';
import { defaultTables } from '../properties/tables.ts';
import { openBaseline } from './baseline-file.ts';
import { conformanceOptions, decided } from './conformance-options.ts';
import type { Engine } from './engine.ts';
import { exitCodeOf, type ExitCode } from './exit-codes.ts';
import { type Flags, gatherAll, usingOrigins } from './gather.ts';
import { stopOnInterrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { curlFile, prepareDirectory, storedCounterexample, writeResult } from './output-directory.ts';
import { ProgressDisplay } from './progress-display.ts';
import { type Ending, kept, resolveTarget } from './recording.ts';
import { reportersNamed } from './reporter-choice.ts';
import { Reporting } from './reporting.ts';
import { wantsColor } from './settings.ts';
import { say } from './say.ts';
import { replayCommand, shellLine } from './shell-command.ts';
import { regressionsFor } from './stored-regressions.ts';
import { openTarget } from './target-choice.ts';
import { timesFor } from './times.ts';
import { version } from './version.ts';
import { withShardData } from './merge.ts';
import { curlTarget, leftBehindOn } from './whereabouts.ts';

/** What a run is a part of. */
export interface Within {
  /** Breaks the run off: it throws the reason of the signal, and nothing is written or reported. */
  readonly signal: AbortSignal;
  /** Told of the record as it was written. */
  readonly finished: (record: RunRecord, context: ReportContext) => void;
}

/**
 * `ri-conformance run`: tests a target, writes the record, prints the report. Returns the exit code; throws what kept
 * it from judging.
 */
export async function run(flags: Flags, io: Io, engine: Engine, within?: Within): Promise<ExitCode> {
  const gathered = await gatherAll(flags, io);
  const { given, choice } = await usingOrigins(gathered, () => resolveTarget(gathered.given, io.env, 'run'));
  const plan = decided(given);
  const { suites, edition, seed, regionId } = plan;
  const { out = 'conformance-out', quiet = false } = given;
  const chosen = await reportersNamed(given.reporter ?? 'console,html', io.cwd);
  const baseline = await openBaseline(given.baseline, {
    cwd: io.cwd,
    rules: rules.map(({ id }) => id),
    update: given.updateBaseline,
  });
  await prepareDirectory(out);
  const reporting = await Reporting.prepare(chosen, io, out);

  const regressions = await regressionsFor(suites, out, given, choice);
  const opened = await openTarget(choice);
  const used = { ...given, edition, seed, region: regionId, times: timesFor(opened, given) };
  const { target, ended, close } = kept(opened, used, choice, io.env, 'run');
  const tell = (text: string): void => (quiet ? undefined : say(io, text));
  tell(`ri-conformance ${version}: ${target.name}, edition ${edition}, seed ${seed}`);
  if (opened.noControl !== undefined) tell(`no control hooks: ${opened.noControl}`);
  for (const problem of regressions.unreadable) tell(`not run again: ${problem}`);

  const display = new ProgressDisplay(io.stderr);
  const interrupt = stopOnInterrupt(io, leftBehindOn(choice));
  const show = (figures: ProgressFigures): void => {
    if (!quiet) display.show(figures);
    reporting.progress(figures);
  };
  const options: ConformanceOptions = {
    ...conformanceOptions(given, target, plan),
    signal: within === undefined ? interrupt.signal : AbortSignal.any([interrupt.signal, within.signal]),
    ...(quiet && !reporting.hasLive ? {} : { onProgress: show }),
  };
  try {
    if (reporting.hasLive) reporting.start(startOf(options));
    const again = await runRegressions(engine.replay, options, regressions.counterexamples);
    const result = withShardData(withRegressions(await engine.runConformance(options), again), {
      regressions: again,
      curl: curlTarget(choice, given),
    });
    within?.signal.throwIfAborted();
    ended(endingOf(result, options));
    display.clear();
    const judged = (await baseline?.judge(result.record)) ?? result.record;
    const record = await writeResult(
      out,
      { ...result, record: judged },
      { ...curlTarget(choice, given), regionId },
    );
    const stored = join(out, 'report.json');
    const context: ReportContext = {
      color: wantsColor(given, io),
      replayCommand: ({ id, traceFile }) =>
        traceFile === undefined || storedCounterexample(result, id) === undefined
          ? undefined
          : replayCommand(io.self, join(out, traceFile), given, flags.config),
      curlFile: (each) => {
        const script = curlFile(each);
        return script === undefined ? undefined : shellLine([join(out, script)]);
      },
    };
    const failure = await reporting.finish(
      [record],
      context,
      `The record is in ${stored}, to be rendered again: ${io.self} ${shellLine(['report', stored])} --reporter NAME`,
    );
    within?.finished(record, context);
    tell(`The whole record is in ${stored}.`);
    for (const file of reporting.files) tell(`Written: ${file}`);
    // Reported and written all the same; but a faulty harness must not pass for a verdict.
    if (result.fault !== undefined) throw result.fault;
    if (failure !== undefined) throw failure;
    return exitCodeOf(standingOf(record));
  } finally {
    display.clear();
    interrupt.release();
    close();
    await target.close();
  }
}

/** What is known of a run before it begins. */
function startOf({ target, edition, seed }: ConformanceOptions): RunStart {
  const tool = { name: 'ri-conformance', version, modelHash: defaultTables().hash } as const;
  const { name, client } = target;
  const startedAt = new Date().toISOString();
  return { tool, target: name, ...(client === undefined ? {} : { client }), edition, seed, startedAt };
}

/** How a run ended that was kept: why not all of it is there, if that is so. */
function endingOf({ record, fault }: ConformanceResult, { timeMs }: ConformanceOptions): Ending {
  if (fault !== undefined) return { ended: 'a fault of the harness' };
  if (record.ended !== undefined) return { ended: record.ended };
  return timeMs === undefined ? {} : { timeLimited: true };
}
