import { Command, CommanderError } from 'commander';
import { ClientSetupError } from '../adapters/client.ts';
import { RecordingFileError } from '../adapters/recording/format.ts';
import { TargetUrlError } from '../adapters/http/target-url.ts';
import { FileError } from '../properties/counterexample.ts';
import { UsageError } from '../properties/run/errors.ts';
import { defineCommands } from './commands.ts';
import type { Engine } from './engine.ts';
import { exitCodeHelp, exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { isNotJudged } from './not-judged.ts';
import { ReporterError } from './reporting.ts';
import { say } from './say.ts';
import { version } from './version.ts';

const examples = `Examples:
  ri-conformance run --target emulator
  ri-conformance run --target http://127.0.0.1:8787 --edition E2026 --seed 7
  ri-conformance run --target http://127.0.0.1:8787 --reporter console,junit=junit.xml
  ri-conformance watch --target http://127.0.0.1:8787
  ri-conformance report conformance-out/report.json --reporter markdown
  ri-conformance replay conformance-out/divergences/ID.json --target http://127.0.0.1:8787
  ri-conformance serve --port 8787 --manual-clock
  ri-conformance rules --operation ConnectRouterInterface
  ri-conformance sdk --sdk sdk:vpc20160428 --against stored/behaviour.json`;

/** Thrown for what the user, not the harness, did wrong. */
const usersErrors = [
  UsageError,
  TargetUrlError,
  FileError,
  RecordingFileError,
  ClientSetupError,
  ReporterError,
] as const;

/** Those about what is in a file: no help says more. */
const aboutFiles = [FileError, RecordingFileError, ReporterError] as const;

function commandNamed(argv: readonly string[], program: Command): string {
  const name = argv.find((word) => program.commands.some((command) => command.name() === word));
  return name === undefined ? 'ri-conformance --help' : `ri-conformance ${name} --help`;
}

function explain(error: unknown, argv: readonly string[], program: Command, io: Io): ExitCode {
  if (error instanceof CommanderError) {
    // Help and version that were asked for have been printed, and so has what is wrong with the words.
    if (error.exitCode === 0) return exitCodes.conforms;
    if (error.code !== 'commander.help') say(io, `See: ${commandNamed(argv, program)}`);
    return exitCodes.fault;
  }
  if (isNotJudged(error)) {
    say(io, `Nothing could be judged: ${error.message}`);
    return exitCodes.inconclusive;
  }
  if (error instanceof Error && usersErrors.some((kind) => error instanceof kind)) {
    say(io, `error: ${error.message}`);
    if (!aboutFiles.some((kind) => error instanceof kind)) say(io, `See: ${commandNamed(argv, program)}`);
    return exitCodes.fault;
  }
  const debug = argv.includes('--debug');
  say(
    io,
    `Fault of the harness, not of the target: ${error instanceof Error ? error.message : String(error)}`,
  );
  say(io, debug && error instanceof Error ? (error.stack ?? '') : 'Run it again with --debug to see where.');
  return exitCodes.fault;
}

/**
 * Runs the command line `argv` (without program and script) and returns the exit code. Never throws: every
 * error ends as a message on `io.stderr`.
 */
export async function main(argv: readonly string[], io: Io, engine: Engine): Promise<ExitCode> {
  const program = new Command('ri-conformance')
    .description("Judges whether a target behaves like Alibaba Cloud's router-interface API as documented.")
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', `\n${examples}\n\n${exitCodeHelp}`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  let code: ExitCode = exitCodes.conforms;
  defineCommands(program, io, engine, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, argv, program, io);
  }
}
