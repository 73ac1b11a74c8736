import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { model } from './model.ts';
import { mutants } from './mutants.ts';
import { number } from './option-values.ts';
import { rules, type RulesFlags } from './rules.ts';
import { scoreMutants, type ScoreFlags } from './score-mutants.ts';
import { serve, type ServeFlags } from './serve.ts';

/** Adds the commands that show what the documents are read as, and the emulator that follows them. */
export function defineModelCommands(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('rules')
    .description('print the rules that are judged, with their sources')
    .option('--rule <id...>', 'these only, by id or key')
    .option('--operation <name>', 'those of one operation only')
    .option('--json', 'print JSON')
    .action((flags: RulesFlags) => done(rules(flags, io)));

  program
    .command('model')
    .description('print the lifecycle chart')
    .option(
      '--format <format>',
      'mermaid, dot, json, or machine-json: the machine of one pair (default: mermaid)',
    )
    .action((flags: { format?: string }) => done(model(flags, io)));

  program
    .command('mutants')
    .description('list the defects that the emulator can be given')
    .option('--json', 'print JSON')
    .option('--score', 'find out how many of them, and of the model, each suite finds')
    .option(
      '--suite <list>',
      'random, guided, tour, complete, races, default, by comma (default: each of them)',
    )
    .option('--budget <n>', 'commands to send to each mutant, at most (default: 2000)', number)
    .option('--seed <n>', 'seed of the sequences (default: 1)', number)
    .option('--every <n>', 'every n-th mutant only (default: 1)', number)
    .action(async (flags: ScoreFlags & { score?: boolean }) =>
      done(flags.score === true ? await scoreMutants(flags, io) : mutants(flags, io)),
    );

  program
    .command('serve')
    .description('serve the emulator over HTTP until it is interrupted')
    .option('--port <n>', 'port, 0 for any free one', '8787')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--edition <id>', 'edition whose refusals it speaks (default: E2026)')
    .option('--profile <profile>', 'what it does where the documents are silent: a name, or axis=value pairs')
    .option(
      '--mutant <names>',
      'a defect to have, or several with commas between, see "ri-conformance mutants"',
    )
    .option('--manual-clock', 'time moves only through the clock hook')
    .option('--connect-ms <ms>', 'how long Connecting lasts (default: 20, and about as long for the others)')
    .option('--activate-ms <ms>', 'how long Activating lasts')
    .option('--deactivate-ms <ms>', 'how long Deactivating lasts')
    .option('--delete-ms <ms>', 'how long Deleting lasts')
    .option('--access-key-id <id>', 'the access key it knows (default: testid)')
    .option('--access-key-secret <secret>', 'its secret (default: testsecret)')
    .option('--security-token <token>', 'makes it a temporary key, good only with this token')
    .option('--no-verify-signature', 'let every request in')
    .action(async (flags: ServeFlags) => done(await serve(flags, io)));
}
