import type { RunRecord } from '../reports/record.ts';
import type { ConformanceOptions } from './conformance.ts';
import type { Counterexample } from './counterexample.ts';
import { given } from './given.ts';
import { divergenceRecord } from './make-record.ts';
import type { ProtocolCounterexample } from './protocol/counterexample.ts';
import { replayProtocol } from './protocol/replay.ts';
import { setScene } from './run/scene.ts';
import { commandsOf, type Race, type Sequence } from './sequence.ts';
import { type Alone, alone } from './shrink/alone.ts';
import { isSame } from './shrink/same.ts';
import type { Finding } from './oracle/verdict.ts';
import { defaultTables } from './tables.ts';
import type { Trace } from './trace.ts';

export interface Replayed {
  readonly outcome: 'FIXED' | 'STILL DIVERGES' | 'DIVERGES DIFFERENTLY' | 'COULD NOT RUN';
  readonly explanation: string;
  /** What diverged this time, if anything did. */
  readonly record?: RunRecord['divergences'][number];
}

/** Runs a counterexample again, on any target, and compares what it shows with what it showed. */
export async function replay(
  options: Omit<ConformanceOptions, 'seed' | 'commands' | 'shrinkBudget' | 'concurrency'>,
  counterexample: Counterexample | ProtocolCounterexample,
): Promise<Replayed> {
  if ('suite' in counterexample) return replayProtocol(options, counterexample);
  const { target, signal } = options;
  const tables = options.tables ?? defaultTables();
  const { sequence, expected, observed } = counterexample;
  const missing = missingHooks(counterexample, options);
  if (missing !== undefined) return { outcome: 'COULD NOT RUN', explanation: missing };
  const scene = await setScene(target, {
    edition: options.edition,
    regionId: options.regionId,
    maxRouters: Math.max(2, sequence.routers),
    times: options.times,
    ...given({
      quotaPerRouter: options.quotaPerRouter,
      accountId: options.accountId,
      routers: options.routers,
      signal,
    }),
  });
  const run = alone(scene, tables, signal);
  try {
    if (scene.routers.length < sequence.routers) {
      return {
        outcome: 'COULD NOT RUN',
        explanation: `It needs ${sequence.routers} routers; the target has ${scene.routers.length}.`,
      };
    }
    if (sequence.race !== undefined)
      return await replayRace({ ...sequence, race: sequence.race }, counterexample, run);
    const { findings, broken } = await run.attempt(sequence);
    if (run.unrecorded > 0) {
      const explanation = 'The target is a recording, and this program is not in it as it would run now.';
      return { outcome: 'COULD NOT RUN', explanation };
    }
    const wanted: Finding = {
      kind: kindOf(counterexample.fingerprint),
      operation: counterexample.operation,
      rules: counterexample.rules,
      expected,
      observed,
      fingerprint: counterexample.fingerprint,
    };
    const same = findings.find((each) => isSame(each.finding, wanted));
    const shown = same ?? findings[0];
    if (shown === undefined && broken !== undefined)
      return { outcome: 'COULD NOT RUN', explanation: `It was not run to its end: ${broken}.` };
    if (shown === undefined)
      return { outcome: 'FIXED', explanation: 'Every answer is among those that are permitted.' };
    const { finding } = shown;
    const trace = run.lastShowing(finding) as Trace;
    return {
      outcome: same === undefined ? 'DIVERGES DIFFERENTLY' : 'STILL DIVERGES',
      explanation: `Expected ${finding.expected}; observed ${finding.observed}.`,
      record: divergenceRecord(
        { finding, occurrences: 1, trace, reproduced: true, consequences: [] },
        tables,
        scene.target,
      ),
    };
  } finally {
    await run.finish();
    await scene.strike();
  }
}

/** Runs of a race: what goes wrong in one does not do so every time. */
const raceRuns = 20;

/** Runs a race as often as it takes to tell, and says how often it diverged. */
async function replayRace(
  sequence: Sequence & { readonly race: Race },
  { rules }: Counterexample,
  run: Alone,
): Promise<Replayed> {
  let runs = 0;
  let diverged = 0;
  let broken: string | undefined;
  let shown: { readonly finding: Finding; readonly trace: Trace; readonly same: boolean } | undefined;
  for (let attempt = 0; attempt < raceRuns; attempt++) {
    const jitter = sequence.race.jitter + attempt;
    const tried = await run.attempt({ ...sequence, race: { ...sequence.race, jitter } });
    const { findings, trace } = tried;
    broken = tried.broken;
    if (trace === undefined) break;
    runs += 1;
    const same = findings.find(({ finding }) => finding.rules.some((rule) => rules.includes(rule)));
    if (same !== undefined) diverged += 1;
    const finding = same?.finding ?? findings[0]?.finding;
    if (finding !== undefined && (shown === undefined || (same !== undefined && !shown.same)))
      shown = { finding, trace, same: same !== undefined };
  }
  if (runs === 0)
    return {
      outcome: 'COULD NOT RUN',
      explanation:
        broken === undefined
          ? 'It was stopped, or the target is a recording without it.'
          : `It was not run to its end: ${broken}.`,
    };
  if (shown === undefined) {
    const explanation = `In none of ${runs} runs did the clients see anything that no order of their calls explains.`;
    return { outcome: 'FIXED', explanation };
  }
  const { finding, trace, same } = shown;
  const reproduction = { runs, diverged };
  const record = divergenceRecord(
    {
      finding,
      occurrences: Math.max(1, diverged),
      trace,
      reproduced: true,
      consequences: [],
      reproduction,
    },
    defaultTables(),
  );
  return {
    outcome: same ? 'STILL DIVERGES' : 'DIVERGES DIFFERENTLY',
    explanation: `In ${diverged} of ${runs} runs. Expected ${finding.expected}; observed ${finding.observed}.`,
    record,
  };
}

const kindOf = (fingerprint: string): Finding['kind'] => fingerprint.split('|')[0] as Finding['kind'];

/** The control hook that the counterexample needs and the target lacks. */
function missingHooks(
  { sequence }: Counterexample,
  { target }: Pick<ConformanceOptions, 'target'>,
): string | undefined {
  for (const command of commandsOf(sequence)) {
    if (command.kind === 'control' && target.control?.hooks.has(command.hook) !== true) {
      return `It needs the control hook "${command.hook}", which the target does not offer.`;
    }
  }
  return undefined;
}
