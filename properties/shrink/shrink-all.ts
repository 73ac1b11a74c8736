import type { Tables } from '../../model/compile.ts';
import type { Bucket } from '../bucket.ts';
import { given } from '../given.ts';
import { findingsOf } from '../oracle/judge-steps.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Scene } from '../run/scene.ts';
import type { Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';
import type { Alone } from './alone.ts';
import { rootCause, type RootCause } from './root-cause.ts';
import { covers, isAlike, isDisturbing } from './same.ts';
import type { Attempt } from './shrink.ts';
import { type Met, shrinkFirst } from './shrink-first.ts';
import { isFlaky, type Reproduction } from './reproduction.ts';

export interface ShrinkOptions {
  /** Commands to spend on one divergence, at most. */
  readonly budget: number;
  /** When to be done (ms, as `performance.now` tells it); what is left then is only run once more. */
  readonly until: number;
  /** Why nothing is to be run at all, if so. */
  readonly not?: string;
  readonly signal?: AbortSignal;
}

/** Of a scene, what shrinking needs beside what runs programs. */
export type ShrinkStage = Pick<Scene, 'environmentFor'> & { readonly target: { readonly name: string } };

/** One distinct divergence with its shortest program. */
export interface Shown {
  readonly finding: Finding;
  occurrences: number;
  readonly sequence: Sequence;
  readonly trace: Trace;
  readonly reproduced: boolean;
  /** Why no shorter program can show it, where that is known. */
  readonly minimal?: string;
  /** Why nobody tried to show it again, if nobody did. */
  readonly notShortened?: string;
  /** How many other things diverge in its program. */
  readonly besides?: number;
  /** Divergences that are explained by this one. */
  readonly consequences: Finding[];
  /** Of one that does not show every time: how often it did when it was run again. */
  readonly reproduction?: Reproduction;
}

/** The divergences with the shortest programs that were found for them. */
export interface ShrunkAll {
  readonly shown: readonly Shown[];
  /** Commands that were spent. */
  readonly commands: number;
  /** Why not everything was made as short as can be, if so. */
  readonly cutShort?: string;
  /** A fault of the harness; what had not been shrunk by then is shown as it was found. */
  readonly fault?: unknown;
}

/** How long after time is up what is left may be run once more, ms. */
const graceMs = 5000;

const onlyRecorded = 'the target is a recording, which does not hold what this takes';

/**
 * Makes one counterexample per distinct divergence. One that says no more than another is folded into
 * it, and one that is only the consequence of another is listed with its cause.
 */
export async function shrinkAll(
  stage: ShrinkStage,
  tables: Tables,
  buckets: readonly Bucket[],
  { budget, until, not, signal, run }: ShrinkOptions & { readonly run: Alone },
): Promise<ShrunkAll> {
  const shown: Shown[] = [];
  let commands = 0;
  /** Why nothing more is run. */
  let stopped = not;
  let hurried = false;
  let fault: unknown;
  const isLate = (ms = 0): boolean => performance.now() > until + ms;
  const over = (): string | undefined => {
    if (signal?.aborted === true) stopped ??= 'the run was stopped';
    if (isLate(graceMs)) stopped ??= 'time was up';
    return stopped;
  };
  const attempt = async (candidate: Sequence): Promise<Attempt> => {
    if (over() !== undefined) return { findings: [], cost: budget, notRun: true };
    const before = run.unrecorded;
    const tried = await run.attempt(candidate);
    // Where a recording ends, time was up: nothing more was tried then either.
    if (run.unrecorded > before) return { findings: [], cost: budget, notRun: true };
    commands += tried.cost;
    stopped = over() ?? tried.broken;
    return tried;
  };
  const same = (finding: Finding): Shown | undefined =>
    shown.find((each) => each.finding.fingerprint === finding.fingerprint || covers(each.finding, finding));

  const shorten = async (met: readonly [Met, ...Met[]], finding: Finding, trace?: Trace): Promise<Shown> => {
    const before = run.unrecorded;
    const short = await shrinkFirst(met, finding, budget, attempt, { hurry: isLate, tables });
    const known = same(short.finding);
    if (known !== undefined) return known;
    const last = short.reproduced ? run.lastShowing(short.finding) : undefined;
    const why = over() ?? (run.unrecorded > before ? onlyRecorded : undefined);
    if (isLate()) hurried = true;
    return {
      finding: short.finding,
      sequence: short.sequence,
      reproduced: short.reproduced,
      ...(isFlaky(short.reproduction) ? { reproduction: short.reproduction } : {}),
      ...given({ minimal: short.minimal }),
      trace: last ?? trace ?? emptyTrace(stage),
      occurrences: 0,
      consequences: [],
      ...given({ besides: short.besides }),
      ...(short.reproduced || why === undefined ? {} : { notShortened: notShorter(why) }),
    };
  };

  /** The same wrong in the same way where nothing else is: beside other divergences it says nothing new. */
  const plainer = ({ finding, besides }: Shown): Shown | undefined =>
    besides === undefined || besides === 0
      ? undefined
      : shown.find((each) => each.besides === 0 && isAlike(each.finding, finding));

  const explained: {
    short: Shown;
    cause: Partial<RootCause> & Pick<RootCause, 'finding'>;
    occurrences: number;
  }[] = [];
  const earlierIn = ({ trace, step }: Bucket['witness'], finding: Finding): Finding | undefined =>
    finding.kind === 'envelope'
      ? undefined
      : findingsOf(tables, trace).find(
          (each) => each.step < step && isDisturbing(each.finding) && !isAlike(each.finding, finding),
        )?.finding;

  const rootOf = async ({ cause, short }: (typeof explained)[number]): Promise<Shown> => {
    const { finding, sequence, step, stillShows } = cause;
    if (stillShows === true) return shown.find((each) => isAlike(each.finding, short.finding)) ?? short;
    const alike = shown.filter((each) => isAlike(each.finding, finding));
    const known = same(finding) ?? alike.find(({ besides }) => besides === 0);
    if (known !== undefined) return known;
    if (sequence === undefined || step === undefined) return alike[0] ?? short;
    return shorten([{ sequence, step }], finding);
  };
  const show = (root: Shown, short: Shown, occurrences: number): void => {
    if (!shown.includes(root)) shown.push(root);
    root.occurrences += occurrences;
    if (root !== short) root.consequences.push(short.finding);
  };

  const one = async ({ witness, others, finding, occurrences }: Bucket): Promise<void> => {
    const { trace } = asFound({ witness });
    const short = await shorten([witness, ...others], finding, trace);
    const cause =
      short.reproduced && over() === undefined && !isLate()
        ? await rootCause(short.sequence, short.finding, { attempt }, tables)
        : undefined;
    // What never shows alone, and did only after something else, says nothing of its own.
    const earlier = short.reproduced || over() !== undefined ? undefined : earlierIn(witness, finding);
    if (earlier !== undefined) explained.push({ short, cause: { finding: earlier }, occurrences });
    else if (cause === undefined || shown.includes(short)) show(plainer(short) ?? short, short, occurrences);
    else explained.push({ short, cause, occurrences });
  };

  const simplestFirst = buckets.toSorted(
    (a, b) =>
      (a.witness.besides ?? 0) - (b.witness.besides ?? 0) ||
      a.finding.rules.length - b.finding.rules.length ||
      a.witness.step - b.witness.step ||
      a.witness.index - b.witness.index ||
      a.finding.fingerprint.localeCompare(b.finding.fingerprint),
  );
  for (const bucket of simplestFirst) {
    const { finding, occurrences } = bucket;
    const known = same(finding);
    if (known !== undefined) known.occurrences += occurrences;
    else if (fault === undefined) {
      await one(bucket).catch((error: unknown) => {
        fault = error;
        shown.push({ ...asFound(bucket), finding, occurrences });
      });
    } else shown.push({ ...asFound(bucket), finding, occurrences });
  }
  // What stands on its own comes first: a cause is most often among it.
  for (const each of explained) {
    const { short, occurrences } = each;
    const root =
      fault === undefined ? await rootOf(each).catch((error: unknown) => void (fault = error)) : short;
    show(root ?? short, short, occurrences);
  }
  await run.finish();
  const cutShort = buckets.length === 0 ? undefined : (stopped ?? (hurried ? 'time was up' : undefined));
  return {
    shown: shown.toSorted((a, b) => a.sequence.commands.length - b.sequence.commands.length),
    commands,
    ...given({ cutShort, fault }),
  };
}

export const notShorter = (why: string): string => `It was not made shorter: ${why.replace(/\.$/, '')}.`;

/** A divergence as the campaign met it, cut after the step that showed it. */
export function asFound({
  witness: { sequence, trace, step },
}: Pick<Bucket, 'witness'>): Omit<Shown, 'finding' | 'occurrences'> {
  const { commands, routers, exclusive } = sequence;
  return {
    sequence: { commands: commands.slice(0, step + 1), routers, exclusive },
    trace: { ...trace, steps: trace.steps.slice(0, step + 1) },
    reproduced: false,
    notShortened: notShorter('the harness failed before'),
    consequences: [],
  };
}

const emptyTrace = (scene: ShrinkStage): Trace => ({
  traceVersion: 1,
  target: scene.target.name,
  environment: scene.environmentFor([]),
  steps: [],
});
