import type { Command } from 'commander';
import { completion } from './completion.ts';
import { exitCodeHelp, type ExitCode } from './exit-codes.ts';
import { init, type InitFlags } from './init.ts';
import type { Io } from './io.ts';
import { merge, mergeHelp } from './merge.ts';
import type { ReportFlags } from './report.ts';
import { reportOptions } from './report-commands.ts';
import { reporterHelp } from './reporter-choice.ts';

/** Adds the commands by which the tool fits into a project; each hands its exit code to `done`. */
export function defineProjectCommands(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('init')
    .description('write a configuration, an example test and a CI workflow here')
    .option('--target <target>', 'what the configuration is to judge (default: emulator)')
    .option('--force', 'write over what is there')
    .action(async (flags: InitFlags) => done(await init(flags, io)));

  reportOptions(
    program
      .command('merge')
      .description('put the records of all shards of a campaign together, as one run would have written it'),
    'console,html',
  )
    .argument('<record...>', 'report.json of each "run --shard i/n"')
    .option('--out <dir>', 'where report.json and the counterexamples go (default: conformance-out)')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .addHelpText('after', `\n${mergeHelp}\n\n${reporterHelp}\n\n${exitCodeHelp}`)
    .action(async (files: readonly string[], flags: ReportFlags) => done(await merge(files, flags, io)));

  program
    .command('completion')
    .description('print a script that completes commands and options')
    .argument('<shell>', 'bash, zsh or fish')
    .action((shell: string) => done(completion(shell, program, io)));
}
