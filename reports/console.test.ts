import { describe, expect, test } from 'vitest';
import { renderConsole } from './console.ts';
import { reportWidth } from './layout.ts';
import { columns } from './safe-text.ts';
import { hostile, onlyKnown, recordWithKnown, sampleRecord, saying } from './testing/sample-record.ts';

const options = {
  replayCommand: ({ id }: { id: string }) => `ri-conformance replay out/divergences/${id}.json`,
  curlFile: ({ id }: { id: string }) => `out/divergences/${id}.sh`,
};

/** The colours of a report, and nothing else that begins with an escape. */
const sgr = new RegExp(String.raw`\u001b\[(?:1|2|22|31|32|33|39)m`, 'g');

describe('renderConsole', () => {
  test('prints the report of a run that diverges', async () => {
    await expect(renderConsole(sampleRecord, options)).toMatchFileSnapshot('testing/console-diverges.txt');
  });

  test('prints the verdict first and the counts last when all conforms', () => {
    const rules = sampleRecord.rules.filter(({ verdict }) => verdict === 'conforms');
    const text = renderConsole({ ...sampleRecord, verdict: 'conforms', divergences: [], rules });
    expect(text.startsWith('CONFORMS  http(http://127.0.0.1:8787): no divergence found\n')).toBe(true);
    expect(text.endsWith('\nNo divergence. 2 rules: 2 conform.\n')).toBe(true);
  });

  test('only counts what the checks of the protocol say nothing about, where nothing else was run', () => {
    const counts = { ...sampleRecord.counts, sequences: 0, commands: 0, protocolChecks: 64 };
    const text = renderConsole({ ...sampleRecord, counts });
    const unasked = sampleRecord.rules.filter(({ verdict }) => verdict === 'not exercised');
    expect(unasked.length).toBeGreaterThan(0);
    expect(text).toContain(`not exercised (${unasked.length}): only the protocol was put to the test\n`);
    for (const { id } of unasked) expect(text).not.toMatch(new RegExp(`^ +${id} `, 'm'));
    expect(text).not.toContain('Coverage of the model');
    expect(text).not.toContain('Not testable here');
    expect(renderConsole(sampleRecord)).toContain('Coverage of the model');
  });

  test('says why a run ended early', () => {
    const text = renderConsole({ ...sampleRecord, verdict: 'inconclusive', ended: 'the target went away' });
    expect(text).toMatch(/^INCONCLUSIVE .*\n +ended early: the target went away\n/);
  });

  test('prints nothing that is only ASCII colour codes when colour is off', () => {
    expect(renderConsole(sampleRecord, options)).not.toContain('\u001b');
    expect(renderConsole(sampleRecord, { ...options, color: true })).toContain('\u001b[31mDIVERGES');
  });

  test.each([false, true])('escapes whatever a target says, colour %s', (color) => {
    const text = renderConsole(saying(hostile), { color }).replaceAll(sgr, '');
    expect(text).toContain(
      String.raw`\u{1b}[31mred\u{1b}]0;title\u{7}\n\r\t\u{9b}2J\u{202e}evil\u{2028}\u{d800}`,
    );
    // Named by its surroundings, since the whole text would fill the screen of whoever reads the failure.
    expect(/.{0,40}[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(text.replaceAll('\n', ''))?.[0]).toBeUndefined();
  });

  test('keeps to its width, and to a bearable length, however long an answer is', () => {
    const lines = [saying(hostile), saying(hostile, recordWithKnown), saying(hostile, onlyKnown)].flatMap(
      (record) => renderConsole(record).split('\n'),
    );
    expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(reportWidth);
    expect(lines.length).toBeLessThan(700);
  });

  test('keeps commands on one line, to be copied', () => {
    const replay = `ri-conformance replay ${'deep/'.repeat(40)}x.json --target http://127.0.0.1:8787`;
    expect(renderConsole(sampleRecord, { replayCommand: () => replay })).toContain(
      `  Replay:     ${replay}\n`,
    );
  });
});
