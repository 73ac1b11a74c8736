import { join } from 'node:path';
import type { ConformanceOptions, ConformanceResult } from '../properties/conformance.ts';
import { runRegressions, withRegressions } from '../properties/regressions.ts';
import { renderConsole } from '../reports/console.ts';
import { conformanceOptions, decided } from './conformance-options.ts';
import type { Engine } from './engine.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { type Flags, gatherAll, usingOrigins } from './gather.ts';
import { stopOnInterrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { curlFile, prepareDirectory, storedCounterexample, writeResult } from './output-directory.ts';
import { ProgressDisplay } from './progress-display.ts';
import { type Ending, kept, resolveTarget } from './recording.ts';
import { wantsColor } from './settings.ts';
import { say } from './say.ts';
import { replayCommand, shellLine } from './shell-command.ts';
import { regressionsFor } from './stored-regressions.ts';
import { openTarget } from './target-choice.ts';
import { timesFor } from './times.ts';
import { version } from './version.ts';
import { curlTarget, leftBehindOn } from './whereabouts.ts';

/** `ri-conformance run`: tests a target, writes the record, prints the report. Returns the exit code. */
export async function run(flags: Flags, io: Io, engine: Engine): Promise<ExitCode> {
  const gathered = await gatherAll(flags, io);
  const { given, choice } = await usingOrigins(gathered, () => resolveTarget(gathered.given, io.env, 'run'));
  const plan = decided(given);
  const { suites, edition, seed, regionId } = plan;
  const { out = 'conformance-out', quiet = false } = given;
  await prepareDirectory(out);

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
  const options: ConformanceOptions = {
    ...conformanceOptions(given, target, plan),
    signal: interrupt.signal,
    ...(quiet ? {} : { onProgress: (progress) => display.show(progress) }),
  };
  try {
    const again = await runRegressions(engine.replay, options, regressions.counterexamples);
    const result = withRegressions(await engine.runConformance(options), again);
    ended(endingOf(result, options));
    display.clear();
    const record = await writeResult(out, result, { ...curlTarget(choice, given), regionId });
    io.stdout.write(
      renderConsole(record, {
        color: wantsColor(given, io),
        replayCommand: ({ id, traceFile }) =>
          traceFile === undefined || storedCounterexample(result, id) === undefined
            ? undefined
            : replayCommand(io.self, join(out, traceFile), given, flags.config),
        curlFile: (each) => {
          const script = curlFile(each);
          return script === undefined ? undefined : shellLine([join(out, script)]);
        },
      }),
    );
    tell(`The whole record is in ${join(out, 'report.json')}.`);
    // Reported and written all the same; but a faulty harness must not pass for a verdict.
    if (result.fault !== undefined) throw result.fault;
    return exitCodes[record.verdict];
  } finally {
    display.clear();
    interrupt.release();
    close();
    await target.close();
  }
}

/** How a run ended that was kept: why not all of it is there, if that is so. */
function endingOf({ record, fault }: ConformanceResult, { timeMs }: ConformanceOptions): Ending {
  if (fault !== undefined) return { ended: 'a fault of the harness' };
  if (record.ended !== undefined) return { ended: record.ended };
  return timeMs === undefined ? {} : { timeLimited: true };
}
