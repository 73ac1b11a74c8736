import type { ProgressFigures } from '../progress.ts';
import type { RunRecord } from '../record.ts';
import type { Reporter, RunStart } from '../reporter.ts';
import { isKnown, standingOf } from '../standing.ts';

/** Of the events; fields are added, never renamed. */
const schemaVersion = 1;

const line = (event: string, run: number, fields: object): string =>
  `${JSON.stringify({ event, run, ...fields })}\n`;

function start({ tool, target, client, edition, seed, startedAt }: RunStart, run: number): string {
  return line('start', run, { schemaVersion, tool, target, client, edition, seed, startedAt });
}

function progress(figures: ProgressFigures): string {
  const { phase, sequences, commands, seconds, transitions, refusals, divergences } = figures;
  return line('progress', 0, { phase, sequences, commands, seconds, transitions, refusals, divergences });
}

function end(record: RunRecord, run: number): string {
  const { divergences, rules, baseline, verdict, ended, counts, coverage, editionsThatFit, leftBehind } =
    record;
  return [
    ...divergences.map((each) => line('divergence', run, { known: isKnown(record, each), ...each })),
    ...rules.map((each) => line('rule', run, each)),
    ...(baseline?.entries.map((each) => line('known', run, { file: baseline.file, ...each })) ?? []),
    line('end', run, {
      verdict,
      standing: standingOf(record),
      ended,
      counts,
      coverage,
      editionsThatFit,
      leftBehind,
    }),
  ].join('');
}

/**
 * Events, one JSON object a line, documented in docs/ndjson.md: of a run that goes on they come as they
 * happen, of stored records there is no progress.
 */
export const ndjsonReporter: Reporter = {
  name: 'ndjson',
  file: 'events.ndjson',
  render: (records) => records.map((record, run) => start(record, run) + end(record, run)).join(''),
  live: { start: (run) => start(run, 0), progress, end: (record) => end(record, 0) },
};
