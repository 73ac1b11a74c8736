import { counted, grouped } from './layout.ts';
import { clip } from './safe-text.ts';

/** How far a run has come. */
export interface ProgressFigures {
  readonly phase: string;
  readonly sequences: number;
  readonly commands: number;
  readonly seconds: number;
  readonly transitions: { readonly covered: number; readonly total: number };
  readonly refusals: { readonly covered: number; readonly total: number };
  readonly divergences: number;
}

/** Returns progress as one line of at most `width` columns; what matters most comes first. */
export function progressLine(figures: ProgressFigures, width: number): string {
  const { phase, sequences, commands, seconds, transitions, refusals, divergences } = figures;
  const parts = [
    phase,
    counted(divergences, 'divergence'),
    counted(commands, 'command'),
    ...(seconds > 0 ? [`${grouped(commands / seconds)}/s`] : []),
    counted(sequences, 'sequence'),
    `transitions ${transitions.covered}/${transitions.total}`,
    `refusals ${refusals.covered}/${refusals.total}`,
  ];
  return clip(parts.join('  '), width);
}
