import { parseRecord } from '../properties/stored-record.ts';
import { diffRecords, isWorse } from '../reports/record-diff.ts';
import { renderRecordDiff } from '../reports/record-diff-text.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { readInput } from './read-input.ts';
import { wantsColor } from './settings.ts';

export interface DiffFlags {
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** What only this command says at the end of its help. */
export const diffHelp = `Divergences are the same by their id. What diverged and is gone is "fixed" only where the new run put its
rules to the test.

Exit codes:
  0  nothing diverges that did not diverge before, in the same way
  1  something does: it is new, or changed
  2  the new run came to no verdict
  3  wrong usage, a file that is no record, or a fault of the harness`;

/** `ri-conformance diff`: compares two records. Returns the exit code. */
export async function diff(older: string, newer: string, flags: DiffFlags, io: Io): Promise<ExitCode> {
  const before = parseRecord(await readInput(older), older);
  const after = parseRecord(await readInput(newer), newer);
  const found = diffRecords(before, after);
  const color = wantsColor(flags.color === false ? { color: false } : {}, io);
  io.stdout.write(
    flags.json === true ? `${JSON.stringify(found, null, 2)}\n` : renderRecordDiff(found, { color }),
  );
  if (isWorse(found)) return exitCodes.diverges;
  return after.verdict === 'inconclusive' ? exitCodes.inconclusive : exitCodes.conforms;
}
