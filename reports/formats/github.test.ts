import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../record.ts';
import { hostile, onlyKnown, recordWithKnown, sampleRecord, saying } from '../testing/sample-record.ts';
import { githubReporter, workflowCommand } from './github.ts';

async function lines(record: RunRecord): Promise<string[]> {
  const text = await githubReporter.render([record], {});
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

const level = (line: string): string => /^::(\w+) /.exec(line)?.[1] ?? 'none';

describe('annotations', () => {
  test('are errors for divergences, with the program as their message', async () => {
    const [first = '', second = ''] = await lines(sampleRecord);
    expect(first).toMatch(/^::error title=R36 ConnectRouterInterface%3A success::DIVERGES  R36 /);
    expect(first).toContain('%0A  Program:%0A');
    expect(second).toBe(
      '::notice title=ri-conformance%3A DIVERGES::http(http://127.0.0.1:8787): 1 divergence',
    );
  });

  test('are notices for known ones, and point to the line of the list that must change', async () => {
    const all = await lines(recordWithKnown);
    expect(all.map(level)).toEqual(['error', 'error', 'error', 'notice', 'notice']);
    expect(all[0]).toBe(
      '::error file=conformance-baseline.yaml,line=8,title=known divergence stale::stale: R34 conforms now; remove the entry at line 8 of conformance-baseline.yaml',
    );
    expect((await lines(onlyKnown)).map(level)).toEqual(['notice', 'notice']);
  });

  test('are one line each, whatever a target says, and of the same kinds', async () => {
    const kinds = (await lines(saying('plain', recordWithKnown))).map(level);
    const part = fc.oneof(
      fc.constantFrom('\n::error::', '\r', '\r\n', '%0A', '::', ',', ':', '##[add-path]', '\u2028'),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
        expect((await lines(saying(parts.join(''), recordWithKnown))).map(level)).toEqual(kinds);
      }),
      { seed: 1, numRuns: 25, examples: [[[hostile]]] },
    );
  });
});

test('a workflow command escapes what would end its properties or its message', () => {
  expect(workflowCommand('error', { title: 'a,b=c:d%\n', line: '1' }, 'x%\ny::z')).toBe(
    String.raw`::error title=a%2Cb=c%3Ad%25\n,line=1::x%25%0Ay::z`,
  );
});

test('the job summary is the Markdown report', () => {
  expect(githubReporter.append?.variable).toBe('GITHUB_STEP_SUMMARY');
  expect(githubReporter.append?.render([sampleRecord], {})).toMatch(/^## ❌ DIVERGES/);
});
