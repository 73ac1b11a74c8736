import { describe, expect, test } from 'vitest';
import { divergenceText } from './divergence.ts';
import { reportWidth } from './layout.ts';
import type { DivergenceRecord } from './record.ts';
import { sampleRecord } from './testing/sample-record.ts';

/** A divergence as text, with its lines put together again where they were broken. */
function told(changes: Partial<DivergenceRecord>): string {
  const [divergence] = sampleRecord.divergences;
  if (divergence === undefined) throw new Error('The sample has no divergence.');
  const lines = divergenceText({ ...divergence, ...changes });
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(reportWidth);
  return lines.join('\n').replaceAll(/\n {10,}/g, ' ');
}

describe('A divergence', () => {
  test('says why no program is shorter where that is known, and nothing of it otherwise', () => {
    const minimal =
      "no shorter program of the model's inputs leads to the situation before its last change (initiator Idle.free)";
    expect(told({ minimal })).toContain(`\n  Shortest:   ${minimal}.`);
    expect(told({})).not.toContain('Shortest:');
  });

  test('says how often it shows where it does not always, and nothing of it otherwise', () => {
    expect(told({ reproduction: { runs: 10, diverged: 3 } })).toContain(
      '\n  Shows:      in 3 of 10 runs of this program',
    );
    expect(told({})).not.toContain('Shows:');
  });

  test('that did not show again says so, or why nobody looked', () => {
    expect(told({ reproduced: false })).toContain(
      '\n  Note:       It did not show again when its sequence ran alone.',
    );
    const notShortened = 'It was not made shorter: time was up.';
    expect(told({ reproduced: false, notShortened })).toContain(`\n  Note:       ${notShortened}`);
    expect(told({ reproduced: true })).not.toContain('Note:');
  });
});
