import { parseTrace } from '../properties/counterexample.ts';
import type { JudgedTrace } from '../properties/judge-trace.ts';
import { divergenceText } from '../reports/divergence.ts';
import { counted, field } from '../reports/layout.ts';
import { paint } from '../reports/paint.ts';
import type { Engine } from './engine.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { readInput } from './read-input.ts';
import { editionNamed, wantsColor } from './settings.ts';

export interface JudgeFlags {
  readonly edition?: string | undefined;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

function asText(judged: JudgedTrace, file: string, color: boolean): string {
  const { good, bad, doubtful } = paint(color);
  const tint = { conforms: good, diverges: bad, inconclusive: doubtful }[judged.verdict];
  const fit = judged.editionsThatFit.join(', ') || 'none of the documents';
  const lines = [
    ...field(
      '',
      `${file}: ${counted(judged.steps, 'step')}, ${counted(judged.divergences.length, 'divergence')}`,
      0,
      0,
    ),
    ...field('verdict', judged.verdict, 2, 12).map(tint),
    ...field('edition', `${judged.edition}; the answers fit ${fit}`),
    ...judged.inconclusive.flatMap(({ reason, count }) => field('not judged', `×${count} ${reason}`)),
    ...judged.divergences.flatMap((divergence) => ['', ...divergenceText(divergence, { color })]),
  ];
  return `${lines.join('\n')}\n`;
}

/** `ri-conformance judge`: judges a stored trace again, without a target. Returns the exit code. */
export async function judge(file: string, flags: JudgeFlags, io: Io, engine: Engine): Promise<ExitCode> {
  const edition = flags.edition === undefined ? undefined : editionNamed(flags.edition);
  const trace = parseTrace(await readInput(file), file);
  const judged = engine.judgeTrace(trace, edition);
  const color = wantsColor(flags.color === false ? { color: false } : {}, io);
  io.stdout.write(flags.json === true ? `${JSON.stringify(judged, null, 2)}\n` : asText(judged, file, color));
  return exitCodes[judged.verdict];
}
