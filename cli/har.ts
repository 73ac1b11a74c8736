import { writeFile } from 'node:fs/promises';
import { harExchanges } from '../adapters/recording/har-exchanges.ts';
import { readRecording } from '../adapters/recording/read-recording.ts';
import { toHar } from '../adapters/recording/to-har.ts';
import { harTrace } from '../properties/har-trace.ts';
import { SetupError, UsageError } from '../properties/run/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { readInput } from './read-input.ts';
import { reasonOf } from './reason.ts';
import { editionNamed } from './settings.ts';

async function deliver(text: string, out: string | undefined, io: Io): Promise<void> {
  if (out === undefined) io.stdout.write(text);
  else {
    await writeFile(out, text, { mode: 0o600 }).catch((error: unknown) => {
      throw new UsageError(`cannot write ${out}: ${reasonOf(error)}. Choose another file with --out.`);
    });
  }
}

/** `ri-conformance recording to-har`: an HTTP archive of a recording. Returns the exit code. */
export async function toHarFile(file: string, { out }: { out?: string }, io: Io): Promise<ExitCode> {
  await deliver(`${JSON.stringify(toHar(await readRecording(file)), null, 1)}\n`, out, io);
  return exitCodes.conforms;
}

export interface FromHarFlags {
  readonly out?: string;
  readonly host?: string;
  readonly region?: string;
  readonly router?: readonly string[];
  readonly edition?: string;
}

/** Clients poll every few seconds, and a deletion takes minutes. */
const bounds = { settleMs: 1_000_000, staleMs: 10_000 };

/** `ri-conformance recording from-har`: a trace for `judge` of an HTTP archive. Returns the exit code. */
export async function fromHarFile(file: string, flags: FromHarFlags, io: Io): Promise<ExitCode> {
  const { out, host, region, router, edition = 'any' } = flags;
  const named = editionNamed(edition);
  const contents = harExchanges(await readInput(file), file, host);
  const regionId = region ?? 'cn-hangzhou';
  const { trace, skipped } = harTrace(contents, {
    edition: named,
    bounds,
    target: `har(${file})`,
    ...(region === undefined ? {} : { regionId }),
    ...(router === undefined ? {} : { routers: router.map((id) => ({ id, regionId })) }),
  });
  for (const [what, count] of skipped) io.stderr.write(`left out: ×${count} ${what}\n`);
  if (trace.steps.length === 0)
    throw new SetupError(`${file} holds no call of the router-interface API (Vpc 2016-04-28).`);
  io.stderr.write(
    `${trace.steps.length} steps on ${trace.environment.routers.length} routers. Judge them with: ri-conformance judge ${out ?? 'FILE'}\n`,
  );
  await deliver(`${JSON.stringify(trace, null, 1)}\n`, out, io);
  return exitCodes.conforms;
}
