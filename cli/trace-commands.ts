import type { Command } from 'commander';
import type { Engine } from './engine.ts';
import { exitCodeHelp, type ExitCode } from './exit-codes.ts';
import { fromHarFile, type FromHarFlags, toHarFile } from './har.ts';
import type { Io } from './io.ts';
import { judge, type JudgeFlags } from './judge.ts';
import { editions } from './option-values.ts';

/** Adds the commands that take what was stored of a target instead of the target. */
export function defineTraceCommands(
  program: Command,
  io: Io,
  engine: Engine,
  done: (code: ExitCode) => void,
): void {
  program
    .command('judge')
    .description('judge a stored trace again, without a target')
    .argument('<file>', 'a trace, or a counterexample with a trace in it')
    .option('--edition <id>', `${editions} (default: as when it was recorded)`)
    .option('--json', 'print JSON')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .addHelpText('after', `\n${exitCodeHelp}`)
    .action(async (file: string, flags: JudgeFlags) => done(await judge(file, flags, io, engine)));

  const recording = program
    .command('recording')
    .description('recordings of "run --record" and HTTP archives (HAR 1.2)');
  recording
    .command('to-har')
    .description('print the exchanges of a recording as an HTTP archive')
    .argument('<file>', 'a recording')
    .option('--out <file>', 'write it there')
    .action(async (file: string, flags: { out?: string }) => done(await toHarFile(file, flags, io)));
  recording
    .command('from-har')
    .description('print a trace for "judge" of the exchanges in an HTTP archive')
    .argument('<file>', 'an HTTP archive of a browser or proxy')
    .option('--out <file>', 'write it there')
    .option('--host <host>', 'leave out what was sent elsewhere')
    .option('--region <id>', 'region (default: the most frequent one)')
    .option('--router <id...>', 'routers (default: those on which interfaces are made)')
    .option('--edition <id>', `${editions} (default: any)`)
    .action(async (file: string, flags: FromHarFlags) => done(await fromHarFile(file, flags, io)));
}
