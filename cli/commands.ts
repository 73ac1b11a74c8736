import type { Command } from 'commander';
import { clientForms } from '../adapters/open-client.ts';
import { editionIds } from '../model/spec/editions.ts';
import { compare, compareHelp } from './compare.ts';
import type { Engine } from './engine.ts';
import { exitCodeHelp, type ExitCode } from './exit-codes.ts';
import type { Flags } from './gather.ts';
import type { Io } from './io.ts';
import { fromHarFile, type FromHarFlags, toHarFile } from './har.ts';
import { judge, type JudgeFlags } from './judge.ts';
import { model } from './model.ts';
import { mutants } from './mutants.ts';
import { printConfig } from './print-config.ts';
import { defineProjectCommands } from './project-commands.ts';
import { replay } from './replay.ts';
import { defineReportCommands, reportOptions } from './report-commands.ts';
import { reporterHelp } from './reporter-choice.ts';
import { rules, type RulesFlags } from './rules.ts';
import { run } from './run.ts';
import { scoreMutants, type ScoreFlags } from './score-mutants.ts';
import { sdk, sdkHelp } from './sdk.ts';
import { serve, type ServeFlags } from './serve.ts';
import { smallRound, watch, watchHelp } from './watch.ts';

/** A number as a number; anything else stays text, so that the message can show it. */
function number(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

const configHelp = `Each option can also be given by the environment, as RI_CONFORMANCE_MAX_ROUTERS=4 for
--max-routers 4, and by a configuration file. A flag wins over the environment, the environment over the file.`;

const editions = `any, or one of ${editionIds.join(', ')}`;

/** Options that say what is judged and how it is reached. */
function targetOptions(command: Command): Command {
  return command
    .option(
      '--target <target>',
      'emulator (embedded), the URL of the target, recording:FILE, or a client: sdk:NAME[@URL], exec:COMMAND[@URL]',
    )
    .option('--record <file>', 'keep every exchange, without secrets, for --target recording:FILE')
    .option(
      '--config <file>',
      'file with these options in camelCase (default: conformance.config.ts, .js, .mjs, .json, .yaml or .yml, if there)',
    )
    .option(
      '--access-key-id <id>',
      'default: ALIBABA_CLOUD_ACCESS_KEY_ID; testid for a target on this machine',
    )
    .option('--access-key-secret <secret>', 'default: ALIBABA_CLOUD_ACCESS_KEY_SECRET (safer than a flag)')
    .option('--security-token <token>', 'of a temporary key; default: ALIBABA_CLOUD_SECURITY_TOKEN')
    .option('--region <id>', 'region to work in (default: cn-hangzhou)')
    .option(
      '--control <url>',
      'URL of the control hooks, or none (default: <target>/_control, if it answers)',
    )
    .option('--preset <name>', 'bounds on waiting with a real clock: local or cloud (default: local)')
    .option(
      '--signature <scheme>',
      'v1 (HMAC-SHA1) or acs3 (ACS3-HMAC-SHA256) (default: v1; a client: its own)',
    )
    .option('--method <method>', 'GET or POST (default: GET)')
    .option('--format <format>', 'JSON or XML (default: JSON)')
    .option('--timeout <ms>', 'deadline for one answer (default: 10000)', number)
    .option('--max-routers <n>', 'routers to make, at most (default: 8)', number)
    .option('--routers <json>', 'existing routers to use: [{"regionId":…,"routerId":…,"vpcId":…}, …]')
    .option('--times <json>', 'bounds on waiting one by one: {"settleMs":…,"staleMs":…,"pollMs":[…,…]}')
    .option(
      '--quota-per-router <n>',
      'interfaces that one router may have, where the account has another quota than 5',
      number,
    )
    .option(
      '--account-id <number>',
      'the account of the credentials, which peers are said to belong to (default: 1234567890123456)',
    )
    .option('--profile <profile>', 'embedded emulator: a name, or axis=value pairs')
    .option(
      '--mutant <names>',
      'embedded emulator: a defect to have, or several with commas between, see "ri-conformance mutants"',
    )
    .option('--emulator-edition <id>', 'embedded emulator: edition it speaks (default: E2026)')
    .option('--no-color', 'no colours (also: NO_COLOR)');
}

/** Options of a test as a whole; `budget` is what it does unless told how much. */
function testOptions(command: Command, budget: string): Command {
  return reportOptions(targetOptions(command), 'console,html')
    .option('--edition <id>', `${editions} (default: any)`)
    .option(
      '--suite <list>',
      'suites to run, by comma: tour, complete, random, guided, protocol, races, regressions (default: random,guided,protocol,races,regressions)',
    )
    .option('--regressions <dir>', 'counterexamples to run first (default: those in <out>/divergences)')
    .option('--complete-method <name>', 'how the complete suite is made: h, w, wp or hsi (default: h)')
    .option(
      '--extra-states <n>',
      'states more than the model that it still catches: 0 or 1 (default: 0)',
      number,
    )
    .option(
      '--seed <n>',
      'repeats a run: the same seed, the same sequences (default: random, printed)',
      number,
    )
    .option('--commands <n>', `commands to send, about (default: ${budget})`, number)
    .option(
      '--race-commands <n>',
      'commands to send in races between clients, about (default: 4000, or a fifth of --commands)',
      number,
    )
    .option('--time <s>', 'seconds to run, at most; shortening what diverged included', number)
    .option('--concurrency <n>', 'sequences side by side (default: 4)', number)
    .option(
      '--shrink <n>',
      'commands to spend on shortening one counterexample, at most (default: 3000)',
      number,
    )
    .option('--out <dir>', 'where report.json and the counterexamples go (default: conformance-out)')
    .option('--quiet', 'no progress, the report only');
}

/** Adds every command to `program`; each hands its exit code to `done`. */
export function defineCommands(
  program: Command,
  io: Io,
  engine: Engine,
  done: (code: ExitCode) => void,
): void {
  testOptions(
    program.command('run').description('test a target and report every divergence'),
    '20000, or what fits into 24 s; into 55 s where the clock of the target is moved',
  )
    .option('--shard <i/n>', 'runs the i-th of n parts of the campaign, for "merge"; needs --seed')
    .option('--print-config', 'print every option with its value and where that is from, and do nothing else')
    .addHelpText('after', `\n${reporterHelp}\n\n${configHelp}\n\n${exitCodeHelp}`)
    .action(async (flags: Flags, command: Command) =>
      done(
        flags['printConfig'] === true
          ? await printConfig(flags, io, command.options)
          : await run(flags, io, engine),
      ),
    );

  testOptions(
    program.command('watch').description('test a target again each time it restarts: first what diverged'),
    `${smallRound.commands}, or what fits into ${smallRound.seconds} s`,
  )
    .addHelpText('after', `\n${watchHelp}\n\n${reporterHelp}\n\n${configHelp}\n\n${exitCodeHelp}`)
    .action(async (flags: Flags) => done(await watch(flags, io, engine)));

  defineReportCommands(program, io, done);

  targetOptions(program.command('replay').description('run a counterexample again'))
    .argument('<file>', 'a counterexample, as in conformance-out/divergences')
    .option('--edition <id>', `${editions} (default: as when it was found)`)
    .addHelpText('after', `\n${exitCodeHelp}\nA counterexample that is FIXED conforms.`)
    .action(async (file: string, flags: Flags) => done(await replay(file, flags, io, engine)));

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

  program
    .command('judge')
    .description('judge a stored trace again, without a target')
    .argument('<file>', 'a trace, or a counterexample with a trace in it')
    .option('--edition <id>', `${editions} (default: as when it was recorded)`)
    .option('--json', 'print JSON')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .addHelpText('after', `\n${exitCodeHelp}`)
    .action(async (file: string, flags: JudgeFlags) => done(await judge(file, flags, io, engine)));

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

  defineProjectCommands(program, io, done);

  for (const command of program.commands)
    command.option('--debug', 'show where a fault of the harness arose');
}
