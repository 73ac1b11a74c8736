import { compile } from '../model/compile.ts';
import { chartFormats, printChart } from '../model/print-chart.ts';
import { buildMachine } from '../properties/machine/machine.ts';
import { machineAsJson } from '../properties/machine/print.ts';
import { UsageError } from '../properties/run/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

const machineFormat = 'machine-json';

/** `ri-conformance model`: prints the lifecycle chart, or the machine of one pair that the planned suites walk over. Returns the exit code. */
export function model({ format = 'mermaid' }: { readonly format?: string | undefined }, io: Io): ExitCode {
  if (format === machineFormat) {
    const facts = { accountHook: true, interfaceHook: true, routeEntries: true };
    io.stdout.write(machineAsJson(buildMachine({ facts })));
    return exitCodes.conforms;
  }
  const known = chartFormats.find((each) => each === format);
  if (known === undefined) {
    throw new UsageError(
      `unknown format "${format}". The formats are: ${[...chartFormats, machineFormat].join(', ')}.`,
    );
  }
  io.stdout.write(printChart(compile(), known));
  return exitCodes.conforms;
}
