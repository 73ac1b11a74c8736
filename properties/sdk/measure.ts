import type { OpenBench, Bench } from '../../adapters/faults/bench.ts';
import { faultCatalogue } from '../../adapters/faults/catalogue.ts';
import {
  behaviourSchemaVersion,
  type BehaviourRecord,
  type BehaviourSettings,
  type Facts,
  type Section,
  type SectionName,
} from '../../reports/behaviour.ts';
import { SetupError } from '../run/errors.ts';
import { inParallel } from '../run/in-parallel.ts';
import { measureAnswers } from './answers.ts';
import { measureErrors } from './errors.ts';
import { measureFault } from './faults.ts';
import { wireFacts } from './sent-facts.ts';
import { measureShapes } from './shapes.ts';
import { region } from './situations.ts';
import { bringAbout, perform, withBench } from './stage.ts';
import { measureStorm } from './storm.ts';

export interface MeasureOptions {
  readonly openBench: OpenBench;
  readonly settings: BehaviourSettings;
  /** Scenarios side by side; 4 unless given. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Told after each part that is done. */
  readonly progress?: (done: number, total: number) => void;
}

/** Sorts the names of an object, and those within it, so that records differ only where behaviour does. */
function sorted(section: Readonly<Record<string, Facts>>): Section {
  const inOrder = <T>(object: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(inOrder(section).map(([id, facts]) => [id, Object.fromEntries(inOrder(facts))]));
}

/** A client is not broken until it has shown that it can do its work at all. */
async function introduce(bench: Bench): Promise<Pick<BehaviourRecord, 'client' | 'wire'>> {
  await bringAbout(bench, []);
  const { name, version } = bench.client;
  const { view, attempts } = await perform(bench, 'DescribeRouterInterfaces', { RegionId: region });
  const [first] = attempts;
  if (first !== undefined) return { client: { name, version }, wire: wireFacts(first) };
  const why = view.kind === 'threw' ? view.error.message : view.kind;
  throw new SetupError(`${name} sent nothing to the address it was given (${why}).`);
}

/**
 * Measures what a caller of a client sees: of success, of every documented error, of odd bodies and of faults.
 * Rejects with `SetupError` when the client cannot be measured at all.
 */
export function measureBehaviour(options: MeasureOptions): Promise<BehaviourRecord> {
  const { openBench, settings, concurrency = 4, signal, progress } = options;
  return withBench(openBench, async (bench) => {
    const { client, wire } = await introduce(bench);
    // Later than any deadline: a client without one shows that it has none.
    const faults = faultCatalogue(3 * settings.timeoutMs + 1000);
    const seen: Record<SectionName, Record<string, Facts>> = {
      answers: {},
      errors: {},
      shapes: {},
      faults: {},
      storm: {},
    };
    let notProvoked: BehaviourRecord['notProvoked'] = [];
    const parts: (() => Promise<void>)[] = [
      async () => {
        const errors = await measureErrors(openBench);
        ({ notProvoked } = errors);
        Object.assign(seen.errors, errors.seen);
      },
      async () => {
        Object.assign(seen.answers, await measureAnswers(bench));
        Object.assign(seen.shapes, await measureShapes(bench));
        seen.storm[`seed ${settings.seed}`] = await measureStorm(bench, faults, settings.seed);
      },
      ...faults.map((fault) => async () => {
        Object.assign(seen.faults, await measureFault(openBench, fault));
      }),
    ];
    const waiting = parts.values();
    let done = 0;
    await inParallel(
      () => waiting.next().value,
      concurrency,
      () => false,
      async (part) => {
        await part();
        if (signal?.aborted === true) throw new SetupError('It was interrupted.');
        progress?.(++done, parts.length);
        return true;
      },
    );
    return {
      schemaVersion: behaviourSchemaVersion,
      kind: 'sdk-behaviour',
      client,
      settings,
      wire,
      sections: {
        answers: sorted(seen.answers),
        errors: sorted(seen.errors),
        shapes: sorted(seen.shapes),
        faults: sorted(seen.faults),
        storm: sorted(seen.storm),
      },
      notProvoked,
    };
  });
}
