import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../properties/run/errors.ts';
import { parseRecord } from '../properties/stored-record.ts';
import type { DivergenceRecord, RunRecord } from '../reports/record.ts';
import type { ReportContext } from '../reports/reporter.ts';
import { standingOf } from '../reports/standing.ts';
import { openBaseline } from './baseline-file.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { curlFile } from './output-directory.ts';
import { readInput } from './read-input.ts';
import { reportersNamed } from './reporter-choice.ts';
import { Reporting } from './reporting.ts';
import { wantsColor } from './settings.ts';
import { shellLine } from './shell-command.ts';

export interface ReportFlags {
  readonly reporter?: string | undefined;
  readonly out?: string | undefined;
  readonly baseline?: string | undefined;
  readonly updateBaseline?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** How the target of a record is named to `replay`; nothing where the record does not tell. */
function targetOf({ target }: RunRecord): string | undefined {
  if (target === 'emulator') return target;
  return /^http\(([^()]+)\)$/.exec(target)?.[1];
}

/** What lies beside records that are still where their runs wrote them, each by the path of its file. */
export function beside(records: ReadonlyMap<string, RunRecord>, self: string): ReportContext {
  const homes = new Map<DivergenceRecord, { file: string; record: RunRecord }>();
  for (const [file, record] of records)
    for (const each of record.divergences) homes.set(each, { file, record });
  const found = (divergence: DivergenceRecord, name: string | undefined): string | undefined => {
    const { file } = homes.get(divergence) ?? {};
    if (file === undefined || name === undefined || name.split('/').includes('..')) return undefined;
    const path = join(dirname(file), name);
    return existsSync(path) ? path : undefined;
  };
  return {
    replayCommand(divergence) {
      const path = found(divergence, divergence.traceFile);
      const { record } = homes.get(divergence) ?? {};
      const target = record && targetOf(record);
      if (path === undefined || target === undefined) return undefined;
      return `${self} ${shellLine(['replay', path, '--target', target])}`;
    },
    curlFile(divergence) {
      const path = found(divergence, curlFile(divergence));
      return path === undefined ? undefined : shellLine([path]);
    },
  };
}

function withoutBaseline({ baseline: _left, ...record }: RunRecord): RunRecord {
  return record;
}

/** The gravest: a divergence, then no verdict. */
function together(codes: readonly ExitCode[]): ExitCode {
  const { diverges, inconclusive, conforms } = exitCodes;
  return [diverges, inconclusive].find((code) => codes.includes(code)) ?? conforms;
}

/** `ri-conformance report`: renders stored records, without a target. Returns the exit code of their runs. */
export async function report(files: readonly string[], flags: ReportFlags, io: Io): Promise<ExitCode> {
  const chosen = await reportersNamed(flags.reporter ?? 'console', io.cwd);
  if (flags.out !== undefined && chosen.filter(({ to }) => to === undefined).length !== 1)
    throw new UsageError('--out is for one reporter; with several name files, as --reporter html=page.html.');
  const { out } = flags;
  const placed = chosen.map((each) =>
    each.to === undefined && out !== undefined ? { ...each, to: out } : each,
  );
  const read = new Map<string, RunRecord>();
  for (const file of files) read.set(file, parseRecord(await readInput(file), file));
  const update = flags.updateBaseline === true;
  if (update && files.length > 1)
    throw new UsageError(
      '--update-baseline takes one record: merge them first, or update with one after the other.',
    );
  const rules = [...new Set([...read.values()].flatMap((record) => record.rules.map(({ id }) => id)))];
  const baseline = await openBaseline(flags.baseline, { cwd: io.cwd, rules, update });
  const reporting = await Reporting.prepare(placed, io);
  const judged = new Map<string, RunRecord>();
  for (const [file, record] of read) {
    if (baseline !== undefined) judged.set(file, await baseline.judge(record));
    else judged.set(file, flags.baseline === 'none' ? withoutBaseline(record) : record);
  }
  const records = [...judged.values()];
  const color = wantsColor(flags.color === false ? { color: false } : {}, io);
  const kept = 'The other reports are written, and the records are as they were.';
  const failure = await reporting.finish(records, { color, ...beside(judged, io.self) }, kept);
  if (failure !== undefined) throw failure;
  return together(records.map((record) => exitCodeOf(standingOf(record))));
}
