import { parseStored } from '../properties/counterexample.ts';
import type { Replayed } from '../properties/replay.ts';
import { HookError } from '../adapters/target.ts';
import { SetupError } from '../properties/run/errors.ts';
import { divergenceText } from '../reports/divergence.ts';
import { field } from '../reports/layout.ts';
import { paint, tintOf } from '../reports/paint.ts';
import { programText } from '../reports/program.ts';
import { clip } from '../reports/safe-text.ts';
import type { Engine } from './engine.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { type Flags, gatherAll, usingOrigins } from './gather.ts';
import { stopOnInterrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { readInput } from './read-input.ts';
import { kept, resolveTarget } from './recording.ts';
import { editionNamed, routersOf, wantsColor } from './settings.ts';
import { storedProgram } from './stored-program.ts';
import { openTarget } from './target-choice.ts';
import { timesFor } from './times.ts';
import { leftBehindOn } from './whereabouts.ts';

const codes: Readonly<Record<Replayed['outcome'], ExitCode>> = {
  FIXED: exitCodes.conforms,
  'STILL DIVERGES': exitCodes.diverges,
  'DIVERGES DIFFERENTLY': exitCodes.diverges,
  'COULD NOT RUN': exitCodes.inconclusive,
};

/** A target that is not there is an outcome too; anything else is a fault. */
function couldNotRun(error: unknown): Replayed {
  if (error instanceof SetupError || error instanceof HookError)
    return { outcome: 'COULD NOT RUN', explanation: error.message };
  throw error;
}

/** `ri-conformance replay`: runs a counterexample against a target. Returns the exit code. */
export async function replay(file: string, flags: Flags, io: Io, engine: Engine): Promise<ExitCode> {
  const gathered = await gatherAll(flags, io);
  const { given, choice } = await usingOrigins(gathered, () =>
    resolveTarget(gathered.given, io.env, 'replay'),
  );
  const counterexample = parseStored(await readInput(file), file);
  const environment = 'suite' in counterexample ? counterexample : counterexample.trace.environment;
  const edition = editionNamed(given.edition ?? environment.edition);
  const routers = routersOf(given);
  const quotaPerRouter =
    given.quotaPerRouter ?? ('limits' in environment ? environment.limits.perRouter : undefined);
  const opened = await openTarget(choice);
  const times = timesFor(opened, given);
  const { target, ended, close } = kept(opened, { ...given, edition, times }, choice, io.env, 'replay');
  const interrupt = stopOnInterrupt(io, leftBehindOn(choice));
  const options = {
    target,
    edition,
    regionId: given.region ?? routers?.[0]?.regionId ?? environment.regionId,
    ...(routers === undefined ? {} : { routers }),
    maxRouters: given.maxRouters ?? 8,
    ...(quotaPerRouter === undefined ? {} : { quotaPerRouter }),
    ...(given.accountId === undefined ? {} : { accountId: given.accountId }),
    times,
    signal: interrupt.signal,
  };
  try {
    const replayed = await engine.replay(options, counterexample).catch(couldNotRun);
    ended({});
    const color = wantsColor(given, io);
    const { outcome } = replayed;
    const tint = tintOf(outcome, paint(color));
    const program =
      replayed.record === undefined
        ? [
            '  Program, with the answers of the run that found it:',
            ...programText(storedProgram(counterexample), { color, verdicts: false }),
          ]
        : ['', ...divergenceText(replayed.record, { color })];
    const lines = [
      `${tint(outcome)}  ${clip(counterexample.id, 60)}  ${clip(target.name, 60)}`,
      ...field('', replayed.explanation, 2, 0),
      ...program,
    ];
    io.stdout.write(`${lines.join('\n')}\n`);
    return codes[outcome];
  } finally {
    interrupt.release();
    close();
    await target.close();
  }
}
