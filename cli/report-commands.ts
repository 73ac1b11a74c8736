import type { Command } from 'commander';
import { defaultBaseline } from './baseline-file.ts';
import { diff, diffHelp, type DiffFlags } from './diff.ts';
import { exitCodeHelp, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { report, type ReportFlags } from './report.ts';
import { reporterHelp } from './reporter-choice.ts';

/** An option that is given again adds to its list. */
const commaJoined = (each: string, all: string | undefined): string =>
  all === undefined ? each : `${all},${each}`;

/** Options that say what is written about a run, `usual` unless given, and what of it is known. */
export function reportOptions(command: Command, usual: string): Command {
  return command
    .option(
      '--reporter <list>',
      `reports to write, as console,junit=FILE, see below (default: ${usual})`,
      commaJoined,
    )
    .option(
      '--baseline <file>',
      `list of known divergences, none for none (default: ${defaultBaseline}, if it is there)`,
    )
    .option('--update-baseline', 'write what diverges into that list, and take out what is stale');
}

/** Adds the commands that need stored records only. */
export function defineReportCommands(program: Command, io: Io, done: (code: ExitCode) => void): void {
  reportOptions(
    program.command('report').description('render stored records again, without a target'),
    'console',
  )
    .argument('<record...>', 'report.json of a run, or several')
    .option('--out <file>', 'where to write it, - for standard output (default: -)')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .addHelpText('after', `\n${reporterHelp}\n\n${exitCodeHelp}\nOf several records the gravest counts.`)
    .action(async (files: readonly string[], flags: ReportFlags) => done(await report(files, flags, io)));

  program
    .command('diff')
    .description('compare two stored records: what is new, fixed, changed, no longer exercised')
    .argument('<old>', 'report.json of the earlier run')
    .argument('<new>', 'report.json of the later run')
    .option('--json', 'print JSON')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .addHelpText('after', `\n${diffHelp}`)
    .action(async (older: string, newer: string, flags: DiffFlags) =>
      done(await diff(older, newer, flags, io)),
    );
}
