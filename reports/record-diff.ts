import type { DivergenceRecord, RuleVerdict, RunRecord } from './record.ts';

/** What has become of the divergences of one run in another, as plain JSON. */
export interface RecordDiff {
  readonly schemaVersion: 1;
  readonly old: DiffedRun;
  readonly new: DiffedRun;
  /** What the two runs do not have in common, and what differences may rest on. */
  readonly caveats: readonly string[];
  /** Diverges now, and did not. */
  readonly appeared: readonly DiffedDivergence[];
  /** Diverged, and conforms now. */
  readonly fixed: readonly DiffedDivergence[];
  /** Diverges in both on the same operation by the same rules, but not in the same way. */
  readonly changed: readonly { readonly before: DiffedDivergence; readonly after: DiffedDivergence }[];
  /** Diverged, and nothing shows that it conforms now. */
  readonly notSeen: readonly DiffedDivergence[];
  /** Diverges in both, in the same way. */
  readonly remaining: readonly DiffedDivergence[];
  /** Rules that were put to the test and are not any more. */
  readonly noLongerExercised: readonly {
    readonly rule: string;
    readonly statement: string;
    readonly now: RuleVerdict;
  }[];
  /** Rules that are put to the test and were not. */
  readonly newlyExercised: readonly string[];
}

export interface DiffedRun {
  readonly target: string;
  readonly edition: string;
  readonly seed: number;
  readonly verdict: RunRecord['verdict'];
  readonly version: string;
  readonly modelHash: string;
  readonly divergences: number;
}

export type DiffedDivergence = Pick<
  DivergenceRecord,
  'id' | 'rules' | 'operation' | 'kind' | 'expected' | 'observed'
>;

const inShort = ({ id, rules, operation, kind, expected, observed }: DivergenceRecord): DiffedDivergence => ({
  id,
  rules,
  operation,
  kind,
  expected,
  observed,
});

const runOf = ({ target, edition, seed, verdict, tool, divergences }: RunRecord): DiffedRun => ({
  target,
  edition,
  seed,
  verdict,
  version: tool.version,
  modelHash: tool.modelHash,
  divergences: divergences.length,
});

function caveats(before: RunRecord, after: RunRecord): string[] {
  const differ = (name: string, a: string, b: string): string[] =>
    a === b ? [] : [`another ${name}: ${a}, ${b}`];
  return [
    ...differ('model', before.tool.modelHash.slice(0, 12), after.tool.modelHash.slice(0, 12)),
    ...differ('version of the tool', before.tool.version, after.tool.version),
    ...differ('edition', before.edition, after.edition),
    ...differ('seed', String(before.seed), String(after.seed)),
    ...differ('target', before.target, after.target),
    ...(before.ended === undefined ? [] : [`the old run ended early: ${before.ended}`]),
    ...(after.ended === undefined ? [] : [`the new run ended early: ${after.ended}`]),
  ];
}

/** Whether the new run shows that what a divergence is about conforms. */
function conformsIn(
  { rules, ended, verdict, regressions }: RunRecord,
  divergence: DivergenceRecord,
): boolean {
  if (regressions?.find(({ id }) => id === divergence.id)?.outcome === 'FIXED') return true;
  if (ended !== undefined || verdict === 'inconclusive') return false;
  return divergence.rules.every((id) => {
    const now = rules.find((rule) => rule.id === id)?.verdict;
    return now === 'conforms' || now === 'contested';
  });
}

const tested = (verdict: RuleVerdict | undefined): boolean =>
  verdict !== undefined && verdict !== 'not exercised' && verdict !== 'not testable';

/** Compares two records of runs on what should be the same target. Divergences are the same by their id. */
export function diffRecords(before: RunRecord, after: RunRecord): RecordDiff {
  const had = new Map(before.divergences.map((each) => [each.id, each]));
  const has = new Map(after.divergences.map((each) => [each.id, each]));
  const gone = before.divergences.filter(({ id }) => !has.has(id));
  const come = after.divergences.filter(({ id }) => !had.has(id));
  const place = ({ operation, rules }: DivergenceRecord): string => `${operation}|${rules.join(' ')}`;
  const changed: RecordDiff['changed'][number][] = [];
  const matched = new Set<DivergenceRecord>();
  for (const each of come) {
    const same = gone.find((other) => !matched.has(other) && place(other) === place(each));
    if (same === undefined) continue;
    matched.add(same).add(each);
    changed.push({ before: inShort(same), after: inShort(each) });
  }
  const left = gone.filter((each) => !matched.has(each));
  const now = new Map(after.rules.map(({ id, verdict }) => [id, verdict]));
  const then = new Map(before.rules.map(({ id, verdict }) => [id, verdict]));
  return {
    schemaVersion: 1,
    old: runOf(before),
    new: runOf(after),
    caveats: caveats(before, after),
    appeared: come.filter((each) => !matched.has(each)).map(inShort),
    fixed: left.filter((each) => conformsIn(after, each)).map(inShort),
    changed,
    notSeen: left.filter((each) => !conformsIn(after, each)).map(inShort),
    remaining: after.divergences.filter(({ id }) => had.has(id)).map(inShort),
    noLongerExercised: before.rules.flatMap(({ id, statement, verdict }) => {
      const found = now.get(id);
      return tested(verdict) && found !== undefined && !tested(found)
        ? [{ rule: id, statement, now: found }]
        : [];
    }),
    newlyExercised: after.rules
      .filter(({ id, verdict }) => tested(verdict) && then.has(id) && !tested(then.get(id)))
      .map(({ id }) => id),
  };
}

/** Whether something is worse than it was: it diverges as it did not. */
export function isWorse({ appeared, changed }: RecordDiff): boolean {
  return appeared.length > 0 || changed.length > 0;
}
