import type { Tables } from '../model/compile.ts';
import { type Bucket, record } from './bucket.ts';
import { Evidence } from './oracle/evidence.ts';
import { divergencesIn, judgeSteps } from './oracle/judge-steps.ts';
import { RequestIds } from './oracle/request-ids.ts';
import type { Sequence } from './sequence.ts';
import { besides } from './shrink/same.ts';
import type { Trace } from './trace.ts';

export interface Counts {
  sequences: number;
  commands: number;
  inconclusive: number;
}

/** What was found so far. */
interface Found {
  readonly counts: Counts;
  readonly evidence: Evidence;
  readonly buckets: readonly Bucket[];
  readonly inconclusive: ReadonlyMap<string, number>;
}

type Judged = ReturnType<typeof judgeSteps>;

/** What the traces of a campaign come to: each is judged first, and counts only once it is added. */
export class Tally {
  readonly counts: Counts;
  readonly evidence: Evidence;
  readonly #buckets: Map<string, Bucket>;
  readonly #inconclusive: Map<string, number>;
  readonly #requestIds = new RequestIds();

  /** Goes on from what another campaign found, if there is one. */
  constructor(after: Found | undefined) {
    this.counts = { sequences: 0, commands: 0, inconclusive: 0, ...after?.counts };
    this.evidence = after?.evidence ?? new Evidence();
    this.#buckets = new Map((after?.buckets ?? []).map((each) => [each.finding.fingerprint, each]));
    this.#inconclusive = new Map(after?.inconclusive);
  }

  /** How many different things diverged. */
  get divergences(): number {
    return this.#buckets.size;
  }

  get found(): Found {
    const { counts, evidence } = this;
    return { counts, evidence, buckets: [...this.#buckets.values()], inconclusive: this.#inconclusive };
  }

  judge(tables: Tables, trace: Trace, index: number): Judged {
    return judgeSteps(tables, trace, this.evidence, this.#requestIds, index);
  }

  /** Whether something diverged that never did before. */
  hasNews(judged: Judged): boolean {
    return divergencesIn(judged).some(({ finding }) => !this.#buckets.has(finding.fingerprint));
  }

  add(judged: Judged, sequence: Sequence, index: number, trace: Trace): void {
    const all = divergencesIn(judged);
    for (const { step, verdict } of judged.verdicts) {
      if (verdict.kind === 'inconclusive') {
        this.counts.inconclusive += 1;
        this.#inconclusive.set(verdict.reason, (this.#inconclusive.get(verdict.reason) ?? 0) + 1);
      } else {
        for (const finding of verdict.divergences) {
          const { size } = besides(all, step, finding);
          record(this.#buckets, finding, { sequence, index, step, trace, besides: size });
        }
      }
    }
    this.counts.sequences += 1;
    this.counts.commands += trace.steps.length;
  }
}
