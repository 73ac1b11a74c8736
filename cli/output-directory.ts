import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ConformanceResult } from '../properties/conformance.ts';
import type { Counterexample } from '../properties/counterexample.ts';
import type { ProtocolCounterexample } from '../properties/protocol/counterexample.ts';
import { UsageError } from '../properties/run/errors.ts';
import { curlScript, type CurlOptions } from '../reports/curl.ts';
import type { DivergenceRecord, RunRecord } from '../reports/record.ts';
import { reasonOf, systemCode } from './reason.ts';

/** The folder of counterexamples within an output directory. */
const folder = 'divergences';

/**
 * Creates a directory and those above it. Not with `recursive`: Node 20 then never returns where a
 * parent exists that takes no directories, such as /proc.
 */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || parent === path) throw error;
    if ((await stat(parent).catch(() => undefined)) !== undefined) throw error;
    await makeDirectory(parent);
    await mkdir(path);
  }
}

/**
 * Creates the directory that a run writes to and tries it, so that nothing is run whose result would be
 * lost: files go to the folder `within` it. Throws `UsageError` when it cannot be written.
 */
export async function prepareDirectory(out: string, within = folder): Promise<void> {
  const probe = join(out, within, `.probe-${process.pid}`);
  try {
    await makeDirectory(resolve(out, within));
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new UsageError(
      `cannot write to the output directory ${out}: ${reasonOf(error)}. Choose one with --out.`,
    );
  }
}

/** Makes sure that a file can be written, and the folder for it. Throws `UsageError` that calls it `shown`. */
export async function prepareFile(path: string, shown: string): Promise<void> {
  const probe = `${path}.${process.pid}.probe`;
  try {
    await makeDirectory(dirname(path));
    await writeFile(probe, '');
    await rm(probe);
    if ((await stat(path).catch(() => undefined))?.isDirectory() === true)
      throw Object.assign(new Error('it is a directory'), { code: 'EISDIR' });
  } catch (error) {
    throw new UsageError(`cannot write to ${shown}: ${reasonOf(error)}.`, { cause: error });
  }
}

/** Returns the file of a divergence without its ending: ids can hold what file names cannot. */
function stem({ id }: DivergenceRecord): string {
  return `${folder}/${
    id
      .replaceAll(/[^\w.-]+/g, '-')
      .replace(/^\.+/, '')
      .slice(0, 100) || 'divergence'
  }`;
}

/** Returns where the curl script of a divergence lies within the output directory, if there is anything to run. */
export function curlFile(divergence: DivergenceRecord): string | undefined {
  return divergence.counterexample.length === 0 ? undefined : `${stem(divergence)}.sh`;
}

/** Writes a file that is there whole or not at all: a run can be stopped while it writes. */
export async function write(path: string, text: string, mode = 0o644): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, text, { mode });
  await rename(part, path);
}

const asText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Returns the counterexample of a divergence, of whichever suite. */
export function storedCounterexample(
  { counterexamples, protocolCounterexamples }: ConformanceResult,
  id: string,
): Counterexample | ProtocolCounterexample | undefined {
  return counterexamples.get(id) ?? protocolCounterexamples?.get(id);
}

/**
 * Writes `report.json`, and for each divergence its counterexample and curl script. Returns the record as
 * written. Files of earlier runs stay: a counterexample is worth keeping until it is fixed.
 */
export async function writeResult(
  out: string,
  result: ConformanceResult,
  curl: CurlOptions,
): Promise<RunRecord> {
  const { record } = result;
  const divergences = record.divergences.map((divergence) =>
    storedCounterexample(result, divergence.id) !== undefined
      ? Object.assign({}, divergence, { traceFile: `${stem(divergence)}.json` })
      : divergence,
  );
  const written: RunRecord = { ...record, divergences };
  await makeDirectory(resolve(out, folder));
  for (const divergence of divergences) {
    const { id, traceFile } = divergence;
    const counterexample = storedCounterexample(result, id);
    if (counterexample !== undefined && traceFile !== undefined) {
      await write(join(out, traceFile), asText(counterexample));
    }
    const script = curlFile(divergence);
    if (script !== undefined) await write(join(out, script), curlScript(divergence, curl), 0o755);
  }
  await write(join(out, 'report.json'), asText(written));
  return written;
}
