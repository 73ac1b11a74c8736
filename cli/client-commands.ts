import type { Command } from 'commander';
import { clientForms } from '../adapters/open-client.ts';
import { compare, compareHelp } from './compare.ts';
import type { Engine } from './engine.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Flags } from './gather.ts';
import type { Io } from './io.ts';
import { editions, number } from './option-values.ts';
import { sdk, sdkHelp } from './sdk.ts';

/** Adds the commands that set one target or client against another. */
export function defineClientCommands(
  program: Command,
  io: Io,
  engine: Engine,
  done: (code: ExitCode) => void,
): void {
  program
    .command('compare')
    .description('run the same sequences on two targets and tell in what they differ')
    .option(
      '--target <target>',
      'twice: the two targets, see below',
      (each: string, all: string[] | undefined) => [...(all ?? []), each],
    )
    .option('--config <file>', 'file with options in camelCase (default: as for run)')
    .option('--edition <id>', `${editions} (default: any)`)
    .option('--region <id>', 'region to work in (default: cn-hangzhou)')
    .option('--seed <n>', 'the same seed, the same sequences (default: random, printed)', number)
    .option('--commands <n>', 'commands to send to each, about (default: 4000)', number)
    .option('--time <s>', 'seconds to run, at most (default: 24 where time is real)', number)
    .option('--concurrency <n>', 'sequences side by side on each (default: 4)', number)
    .option(
      '--quota-per-router <n>',
      'interfaces that one router may have on both, where that is another number than 5',
      number,
    )
    .option('--max-routers <n>', 'routers to make on each, at most (default: 8)', number)
    .option('--shrink <n>', 'commands to spend on shortening one program, at most (default: 600)', number)
    .option('--strict', 'permitted differences count as well')
    .option('--out <dir>', 'writes compare.json there')
    .option('--json', 'print JSON')
    .option('--quiet', 'no progress, the result only')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .addHelpText('after', `\n${compareHelp}`)
    .action(async (flags: Flags) => done(await compare(flags, io, engine)));

  program
    .command('sdk')
    .description('record what the caller of an SDK sees, also under faults, and compare it')
    .option('--sdk <client>', `the client: ${clientForms}`)
    .option('--against <client|file>', 'another client, or a stored behaviour.json, to compare with')
    .option(
      '--fail-on <severity>',
      'least difference that counts: breaking, notable, minor (default: notable)',
    )
    .option('--signature <form>', 'v1 or acs3 (default: what the client does unless told)')
    .option('--method <method>', 'GET or POST (default: what the client does unless told)')
    .option('--timeout <ms>', 'how long the client is told to wait for an answer (default: 1000)', number)
    .option(
      '--seed <n>',
      'decides where bodies are damaged and which faults come by chance (default: 1)',
      number,
    )
    .option('--concurrency <n>', 'scenarios side by side (default: 4)', number)
    .option('--out <dir>', 'writes the record to behaviour.json there')
    .option('--json', 'print JSON: the record, and the differences where there is something to compare')
    .option('--quiet', 'no progress, the report only')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .addHelpText('after', `\n${sdkHelp}`)
    .action(async (flags: Flags) => done(await sdk(flags, io, engine)));
}
