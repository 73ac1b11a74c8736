import type { Tables } from '../../model/compile.ts';
import type { Trace } from '../trace.ts';
import { creditRace } from './credit.ts';
import { Evidence } from './evidence.ts';
import { Judge } from './judge.ts';
import { judgeRace, type RaceParts, raceParts, type RaceVerdict } from './judge-race.ts';
import type { RequestIds } from './request-ids.ts';
import type { Finding, StepVerdict } from './verdict.ts';

export interface JudgedSteps {
  /** Every step of which there is something to say, but for those that conform. */
  readonly verdicts: readonly { readonly step: number; readonly verdict: Remarkable }[];
  /** Reads lagged although that was not known beforehand. */
  readonly noticedLag: boolean;
  /** What came of it if several clients acted at once. */
  readonly race?: StepVerdict['kind'];
}

type Remarkable = Exclude<StepVerdict, { kind: 'conforms' }>;

/**
 * Judges a trace, whether one client acted or several did at once; notes in `evidence` what it has shown.
 * `ofRun` and `sequence`: the RequestIds of the whole run and the number of this sequence, where it is one of many.
 */
export function judgeSteps(
  tables: Tables,
  trace: Trace,
  evidence = new Evidence(),
  ofRun?: RequestIds,
  sequence = 0,
): JudgedSteps {
  const parts = raceParts(trace.steps);
  evidence.begin(trace, sequence);
  const judge = new Judge(tables, trace.environment, evidence, ofRun);
  const verdicts: { step: number; verdict: Remarkable }[] = [];
  for (const [step, each] of (parts?.before ?? trace.steps).entries()) {
    const verdict = judge.step(each);
    if (verdict.kind !== 'conforms') verdicts.push({ step, verdict });
  }
  judge.finish();
  const { noticedLag } = judge;
  if (parts === undefined) return { verdicts, noticedLag };
  // What is believed at its start decides a race: where that is in doubt, so is the race.
  if (verdicts.length > 0) return { verdicts, noticedLag, race: 'inconclusive' };
  const found = judgeRace(tables, parts, judge.belief, { ofRun });
  if (found.exercised !== undefined) {
    creditRace(evidence, trace, found.exercised());
    return { verdicts, noticedLag, race: 'conforms' };
  }
  const lagging = found.verdict.kind === 'diverges' ? judgedWithLag(tables, trace, parts, found) : undefined;
  if (lagging?.kind === 'conforms') return { verdicts, noticedLag: true, race: 'conforms' };
  const { step, verdict } = found;
  // Too much is open to say either: that is not a divergence, nor is it conformance.
  const said = lagging?.kind === 'inconclusive' ? lagging : verdict;
  return { verdicts: [{ step, verdict: said }], noticedLag, race: said.kind };
}

/** What diverges in a trace, and where. */
export const findingsOf = (
  tables: Tables,
  trace: Trace,
): readonly { readonly finding: Finding; readonly step: number }[] =>
  divergencesIn(judgeSteps(tables, trace));

/** The divergences among what was judged. */
export const divergencesIn = ({
  verdicts,
}: Pick<JudgedSteps, 'verdicts'>): readonly { readonly finding: Finding; readonly step: number }[] =>
  verdicts.flatMap(({ step, verdict }) =>
    verdict.kind === 'diverges' ? verdict.divergences.map((finding) => ({ finding, step })) : [],
  );

/** The verdict once reads may be a moment old; no lag makes an answer malformed, or fail to come. */
function judgedWithLag(
  tables: Tables,
  { environment }: Trace,
  parts: RaceParts,
  { verdict }: RaceVerdict,
): StepVerdict | undefined {
  if (environment.readsLag || environment.bounds.staleMs === 0) return undefined;
  if (verdict.kind !== 'diverges') return undefined;
  if (verdict.divergences.some(({ fingerprint }) => /^race\|(envelope|silence)\|/.test(fingerprint)))
    return undefined;
  const judge = new Judge(tables, { ...environment, readsLag: true });
  if (parts.before.some((step) => judge.step(step).kind !== 'conforms')) return undefined;
  return judgeRace(tables, parts, judge.belief).verdict;
}
