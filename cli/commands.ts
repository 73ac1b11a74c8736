import type { Command } from 'commander';
import { defineClientCommands } from './client-commands.ts';
import type { Engine } from './engine.ts';
import { exitCodeHelp, type ExitCode } from './exit-codes.ts';
import type { Flags } from './gather.ts';
import type { Io } from './io.ts';
import { defineModelCommands } from './model-commands.ts';
import { editions, number } from './option-values.ts';
import { printConfig } from './print-config.ts';
import { defineProjectCommands } from './project-commands.ts';
import { replay } from './replay.ts';
import { defineReportCommands, reportOptions } from './report-commands.ts';
import { reporterHelp } from './reporter-choice.ts';
import { run } from './run.ts';
import { defineTraceCommands } from './trace-commands.ts';
import { smallRound, watch, watchHelp } from './watch.ts';

const configHelp = `Each option can also be given by the environment, as RI_CONFORMANCE_MAX_ROUTERS=4 for
--max-routers 4, and by a configuration file. A flag wins over the environment, the environment over the file.`;

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

  defineClientCommands(program, io, engine, done);
  defineTraceCommands(program, io, engine, done);
  defineModelCommands(program, io, done);
  defineProjectCommands(program, io, done);

  for (const command of program.commands)
    command.option('--debug', 'show where a fault of the harness arose');
}
