import { divergenceText, kindWords } from '../reports/divergence.ts';
import { counted } from '../reports/layout.ts';
import { type Paint, paint } from '../reports/paint.ts';
import type { RegressionResult, RunRecord } from '../reports/record.ts';
import type { ReportContext } from '../reports/reporter.ts';
import { clip } from '../reports/safe-text.ts';
import { headline, standingOf } from '../reports/standing.ts';
import type { Io } from './io.ts';

/** Divergences that are shown in full, with what to do about them. */
const mostInFull = 3;

function tintOfRun(record: RunRecord, { good, bad, doubtful }: Paint): Paint['good'] {
  const standing = standingOf(record);
  if (standing === 'conforms' || standing === 'known') return good;
  return standing === 'inconclusive' ? doubtful : bad;
}

/** Prints what each round of `watch` has brought that the one before had not. */
export class RoundSummaries {
  readonly #io: Io;
  #round = 0;
  #color = false;
  #known: ReadonlySet<string> = new Set();

  constructor(io: Io) {
    this.#io = io;
  }

  begin(round: number, why: string, color: boolean): void {
    this.#round = round;
    this.#color = color;
    this.#print(`\n${paint(color).strong(`Round ${round}`)}: ${why}`);
  }

  end(record: RunRecord, context: ReportContext): void {
    const fresh = record.divergences.filter(({ id }) => !this.#known.has(id));
    for (const each of fresh.slice(0, mostInFull)) {
      const [replayCommand, curlFile] = [context.replayCommand?.(each), context.curlFile?.(each)];
      this.#print('', ...divergenceText(each, { color: this.#color, replayCommand, curlFile }));
    }
    for (const { id, operation, kind } of fresh.slice(mostInFull))
      this.#print(`  also  ${clip(id, 60)}  ${clip(`${operation}: ${kindWords(kind)}`, 80)}`);
    if (fresh.length > 0) this.#print('');
    this.#known = new Set(record.divergences.map(({ id }) => id));

    const colours = paint(this.#color);
    const { word, text } = headline(record);
    const { commands, seconds } = record.counts;
    const again = (outcome: RegressionResult['outcome']): number =>
      record.regressions?.filter((each) => each.outcome === outcome).length ?? 0;
    const figures = [
      ...(record.regressions === undefined
        ? []
        : [`${again('FIXED')} of ${counted(record.regressions.length, 'counterexample')} fixed`]),
      ...(fresh.length === 0 || this.#round === 1 ? [] : [`${fresh.length} new`]),
      counted(commands, 'command'),
      `seed ${record.seed}`,
      `${seconds.toFixed(1)} s`,
    ];
    this.#print(
      `Round ${this.#round}: ${tintOfRun(record, colours)(word)}  ${clip(text, 80)} (${figures.join(', ')})`,
    );
  }

  #print(...lines: readonly string[]): void {
    this.#io.stdout.write(`${lines.join('\n')}\n`);
  }
}
