import { compile } from '../model/compile.ts';
import { chartFormats, printChart } from '../model/print-chart.ts';
import { UsageError } from '../properties/run/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

/** `ri-conformance model`: prints the lifecycle chart. Returns the exit code. */
export function model({ format = 'mermaid' }: { readonly format?: string | undefined }, io: Io): ExitCode {
  const known = chartFormats.find((each) => each === format);
  if (known === undefined) {
    throw new UsageError(`unknown format "${format}". The formats are: ${chartFormats.join(', ')}.`);
  }
  io.stdout.write(printChart(compile(), known));
  return exitCodes.conforms;
}
